"""A running product behind real HTTP, in the test's own loop or in a thread of its own, and slow or dying counters."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot.app import READY_SECONDS, Now, Product
from bot.conversation import Answered, Answers
from bot.messages import Message
from bot.store import Session, Store, inbox, open_store, transaction
from bot.web.webhooks import BODY_SECONDS, REPLY_SECONDS
from tests.support import letters
from tests.support.letters import Letter
from tests.support.town import SUNDAY_MORNING

XML_TYPE = {"Content-Type": "text/xml"}


def store_in(folder: Path, template: Path) -> Store:
    """A SQLite file with the sample community."""
    file = folder / "town.db"
    file.write_bytes(template.read_bytes())
    return open_store(f"sqlite:///{file}")


def product(
    store: Store,
    talk: Answers,
    folder: Path,
    *,
    now: Now = lambda: SUNDAY_MORNING,
    reply_seconds: float = REPLY_SECONDS,
    body_seconds: float = BODY_SECONDS,
    ready_seconds: float = READY_SECONDS,
    **changed: object,
) -> Product:
    """A product of the tests' account on this store, with its spool in the folder; `changed`: settings."""
    chosen = letters.settings(store.engine.url.render_as_string(hide_password=False), **changed)
    return Product(
        chosen,
        store,
        talk,
        now=now,
        reply_seconds=reply_seconds,
        body_seconds=body_seconds,
        ready_seconds=ready_seconds,
        folder=folder,
    )


@dataclass
class Line:
    """Somebody with the platform's keys and a connection to the product."""

    base: str
    session: aiohttp.ClientSession

    async def post(self, letter: Letter, **how: object) -> tuple[int, bytes]:
        """Deliver; the status and the body of the answer."""
        url = f"{self.base}/wechat?{urlencode(letter.query)}"
        headers = {**XML_TYPE, **how.pop("headers", {})}  # type: ignore[dict-item]
        async with self.session.post(url, data=letter.body, headers=headers, **how) as response:  # type: ignore[arg-type]
            return response.status, await response.read()

    async def get(self, path: str) -> tuple[int, str]:
        async with self.session.get(self.base + path) as response:
            return response.status, await response.text()

    async def reads(self, letter: Letter) -> str:
        """Deliver; the words of the secure reply."""
        status, body = await self.post(letter)
        assert status == 200, status
        return letters.fields(letters.opened(body))["Content"]


@asynccontextmanager
async def serving(of: Product) -> AsyncIterator[Line]:
    """The product on a free port of this loop."""
    runner = web.AppRunner(of.application(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with aiohttp.ClientSession() as session:
            yield Line(f"http://127.0.0.1:{runner.addresses[0][1]}", session)
    finally:
        await runner.cleanup()


@contextmanager
def serving_beside(of: Product) -> Iterator[int]:
    """The product in a thread with a loop of its own: the port it listens on."""
    ports: list[int] = []
    loop, ready, stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def run() -> None:
        async with serving(of) as line:
            ports.append(int(line.base.rpartition(":")[2]))
            ready.set()
            await stop.wait()

    def body() -> None:
        try:
            loop.run_until_complete(run())
        finally:
            ready.set()
            loop.close()

    thread = threading.Thread(target=body, name="served")
    thread.start()
    ready.wait()
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def posted(port: int, query: str, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Deliver from a plain synchronous client, whatever stands in query and body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", f"/wechat?{query}", body, headers or XML_TYPE)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@dataclass
class Slow:
    """A conversation that waits before it answers, for as long as the test wants."""

    talk: Answers
    wanted: Callable[[Message], bool] = lambda _message: True
    begun: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)
    heard: list[Message] = field(default_factory=list)

    def answer(self, session: Session, message: Message, *, in_time: Callable[[], bool]) -> Answered:
        self.heard.append(message)
        if self.wanted(message):
            self.begun.set()
            self.go.wait(timeout=30)  # a test that fails must not hang
        return self.talk.answer(session, message, in_time=in_time)


async def until(happened: threading.Event) -> None:
    """Wait for what another thread does."""
    await asyncio.to_thread(happened.wait)


def rows(store: Store) -> int:
    """How many messages were kept."""
    with transaction(store) as session:
        return inbox.count(session)
