"""`weizhan serve` as the real process it is: started, killed, stopped, and asked over HTTP as the platform asks."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import aiohttp
from sqlalchemy import select

from bot.simulator import crypto, wire
from bot.simulator.account import Account, Mode
from bot.simulator.envelope import new_nonce, sealed
from bot.simulator.wire import XmlFields
from bot.store import Store, transaction
from bot.store.inbox import Inbox
from tests.support.line import AES_KEY, APP_ID, APP_SECRET, TOKEN

ROOT = Path(__file__).parent.parent.parent
SECRET_KEY = "a secret of the tests, long enough to be one"
START_SECONDS = 120.0
ACCOUNT = Account("http://127.0.0.1/wechat", TOKEN, APP_ID, APP_SECRET, AES_KEY, Mode.SECURE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """One server: its process, where it listens, and what it has said so far."""

    database_url: str
    folder: Path
    words: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "serve.log").read_text("utf-8", errors="replace")

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def launch(self) -> None:
        """Start the process without waiting for it to listen."""
        mine = {name: value for name, value in os.environ.items() if not name.startswith("WEIZHAN_")}
        settings = {
            "WEIZHAN_DATABASE_URL": self.database_url,
            "WEIZHAN_SECRET_KEY": SECRET_KEY,
            "WEIZHAN_FAQ_DIR": str(ROOT / "faq"),
            "WEIZHAN_WECHAT_TOKEN": TOKEN,
            "WEIZHAN_WECHAT_APP_ID": APP_ID,
            "WEIZHAN_WECHAT_APP_SECRET": APP_SECRET,
            "WEIZHAN_WECHAT_AES_KEY": AES_KEY,
            "WEIZHAN_WECHAT_API_BASE": "http://127.0.0.1:1",
            "WEIZHAN_ALLOW_INSECURE_API": "1",
        }
        command = [sys.executable, "-m", "bot.cli", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *self.words],
                cwd=self.folder,
                env={**mine, **settings, **self.settings},
                stdout=log,
                stderr=log,
            )

    def run(self) -> int:
        """Start one that is to end by itself; returns its exit status."""
        self.launch()
        assert self.process is not None
        return self.process.wait(timeout=START_SECONDS)

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        self.launch()
        self.wait_listening()

    def wait_listening(self) -> None:
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert self.process is not None
                assert self.process.poll() is None, f"the server ended:\n{self.log}"
                assert time.monotonic() < end, f"the server does not listen:\n{self.log}"
                time.sleep(0.02)

    def wait_said(self, words: str, times: int = 1) -> None:
        """Until the log has the words so often."""
        end = time.monotonic() + START_SECONDS
        while self.log.count(words) < times:
            assert self.process is not None
            assert self.process.poll() is None, f"the server ended:\n{self.log}"
            assert time.monotonic() < end, f"the server has not said {words!r} {times} times:\n{self.log}"
            time.sleep(0.02)

    def kill(self) -> None:
        """As the kernel does when memory runs out."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """As an operator does; returns the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=START_SECONDS)

    def children(self) -> list[int]:
        """The process ids of its workers."""
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]


@contextmanager
def served(database_url: str, folder: Path, *words: str) -> Iterator[Served]:
    """A running server, killed in the end if it still runs."""
    running = Served(database_url, folder, words)
    running.start()
    try:
        yield running
    finally:
        if running.process is not None and running.process.poll() is None:
            running.process.kill()
            running.process.wait()


@dataclass
class Said:
    """One message of somebody, with every answer its deliveries got."""

    sender: str
    text: str
    msg_id: int
    created: int
    replies: list[bytes] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """How the inbox knows it."""
        return self.sender, f"m{self.msg_id}-{self.created}"


class Crowd:
    """Many people who each say one thing after another, delivered again until it is acknowledged."""

    def __init__(self, url: str, people: int = 24, text: str = "居住证怎么办") -> None:
        self._url = url
        self._people = people
        self._text = text
        self._numbers = count(1)
        self.said: list[Said] = []
        self._news = asyncio.Condition()
        self._going_home = False

    @property
    def acknowledged(self) -> list[Said]:
        return [said for said in self.said if said.replies]

    async def talk(self) -> None:
        """Everybody speaks until told to go home; who was cut off repeats what they said."""
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=8)) as http:
            await asyncio.gather(*(self._person(http, f"o{number:027d}") for number in range(self._people)))

    async def wait_for(self, acknowledged: int) -> None:
        """Until so many messages have been acknowledged in all."""
        async with asyncio.timeout(START_SECONDS), self._news:
            await self._news.wait_for(lambda: len(self.acknowledged) >= acknowledged)

    def go_home(self) -> None:
        self._going_home = True

    async def repeat(self, some: list[Said]) -> None:
        """The platform delivers these once more."""
        async with aiohttp.ClientSession() as http:
            await asyncio.gather(*(self._deliver(http, said) for said in some))

    async def _person(self, http: aiohttp.ClientSession, sender: str) -> None:
        while not self._going_home:
            said = Said(sender, self._text, next(self._numbers), int(time.time()))
            self.said.append(said)
            while not said.replies:
                await self._deliver(http, said)
            async with self._news:
                self._news.notify_all()

    async def _deliver(self, http: aiohttp.ClientSession, said: Said) -> None:
        try:
            status, body = await deliver(http, self._url, said)
        except (aiohttp.ClientError, TimeoutError):
            await asyncio.sleep(0.05)  # the server is down; a platform waits as well
            return
        said.statuses.append(status)
        if status == 200:
            said.replies.append(body)
        else:
            await asyncio.sleep(0.05)


async def deliver(http: aiohttp.ClientSession, url: str, said: Said) -> tuple[int, bytes]:
    """One delivery in secure mode: status and body."""
    fields: XmlFields = {
        "ToUserName": "gh_5a1e2f3c4b6d",
        "FromUserName": said.sender,
        "CreateTime": said.created,
        "MsgType": "text",
        "Content": said.text,
        "MsgId": said.msg_id,
    }
    push = sealed(ACCOUNT, fields, openid=said.sender, timestamp=int(time.time()), nonce=new_nonce())
    async with http.post(f"{url}/wechat", params=dict(push.query), data=push.body.encode()) as response:
        return response.status, await response.read()


def kept(store: Store) -> list[tuple[str, str]]:
    """Sender and key of every message in the inbox."""
    with transaction(store) as session:
        return [(row.sender, row.key) for row in session.scalars(select(Inbox))]


def opened_reply(account: Account, body: bytes) -> str:
    """The words in an encrypted reply."""
    cipher = wire.content(wire.read(body.decode()), "Encrypt")
    assert account.aes_key is not None
    return wire.content(wire.read(crypto.decrypt(cipher, account.aes_key, account.app_id)), "Content")
