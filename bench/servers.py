"""The servers under load, each a process of its own on its own core: the product and the ceiling."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter, sleep
from urllib.request import urlopen

from bench import machine
from bench.client import Client, Run
from bench.people import ROOT, Said
from bench.wire import ACCOUNT, check, check_constant
from bot.samples import demo
from bot.store import Session, open_store, schema, transaction

START_SECONDS = 60.0
DEAD_API = "http://127.0.0.1:9"  # nothing listens there: sending fails at once and costs nothing
SECRET = "the secret of the bench, long enough to be one"  # noqa: S105 - of nothing but the bench
OUTCOMES = "weizhan_messages_total"
Check = Callable[[Said, int, bytes], str]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server process, started at `began`. `check` raises WrongReply for a reply that is not right."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path
    began: float
    check: Check

    def first_answer(self, said: Said, request: bytes) -> float:
        """Wait for the first right answer; returns the seconds since the start. Raises RuntimeError with the log."""
        while perf_counter() - self.began < START_SECONDS and self.process.poll() is None:
            try:
                with machine.on_core(machine.CLIENT_CORE), Client(self.port, connections=1) as client:
                    run = client.saturate([request])
            except ConnectionError:
                sleep(0.005)
                continue
            seconds = perf_counter() - self.began
            self.verify([said], run)
            return seconds
        raise RuntimeError(f"no answer from the server; it said:\n{self.log.read_text()[-2000:]}")

    def verify(self, said: Sequence[Said], run: Run) -> int:
        """Open every reply that was kept; returns how many. Raises WrongReply at the first that is not right."""
        for number, status, body in run.kept:
            self.check(said[number], status, body)
        return len(run.kept)

    def cpu_seconds(self) -> float:
        return machine.cpu_seconds(self.process.pid)

    def memory_mib(self) -> tuple[float, float]:
        return machine.memory_mib(self.process.pid)

    def outcomes(self) -> dict[str, int]:
        """How many messages came to what, as the product itself counts them."""
        with urlopen(f"http://127.0.0.1:{self.port}/metrics") as response:
            lines = response.read().decode().splitlines()
        counted = (line.rpartition(" ") for line in lines if line.startswith(OUTCOMES))
        return {name[len(OUTCOMES) :]: int(float(value)) for name, _, value in counted}


@contextmanager
def ceiling(folder: Path) -> Iterator[Server]:
    """The baseline."""
    words = [str(ROOT / "bench" / "ceiling.py"), "{port}", ACCOUNT.token, ACCOUNT.app_id, str(ACCOUNT.aes_key)]
    with _started(folder / "ceiling", words, {}, check_constant) as server:
        yield server


@contextmanager
def product(
    folder: Path,
    faq: Path,
    database_url: str = "",
    *,
    mqtt_url: str = "",
    furnish: Callable[[Session], None] | None = None,
) -> Iterator[Server]:
    """`weizhan serve` on a fresh database with the sample community: a SQLite file in the folder, or the given one.

    `furnish` puts more into it before the server starts.
    """
    folder.mkdir()
    address = database_url or f"sqlite:///{folder / 'weizhan.db'}"
    _fill(address, furnish)
    words = ["-m", "bot.cli", "serve", "--host", "127.0.0.1", "--port", "{port}"]
    with _started(folder, words, _settings(address, faq, mqtt_url), check) as server:
        yield server


def _fill(database_url: str, furnish: Callable[[Session], None] | None) -> None:
    store = open_store(database_url)
    schema.create(store)
    with transaction(store) as session:
        demo.fill(session)
        if furnish is not None:
            furnish(session)
    store.close()


def _settings(database_url: str, faq: Path, mqtt_url: str) -> dict[str, str]:
    settings = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": SECRET,
        "MQTT_URL": mqtt_url,
        "FAQ_DIR": str(faq),
        "WECHAT_TOKEN": ACCOUNT.token,
        "WECHAT_APP_ID": ACCOUNT.app_id,
        "WECHAT_APP_SECRET": ACCOUNT.app_secret,
        "WECHAT_AES_KEY": str(ACCOUNT.aes_key),
        "WECHAT_API_BASE": DEAD_API,
        "ALLOW_INSECURE_API": "1",
    }
    return {f"WEIZHAN_{name}": value for name, value in settings.items()}


@contextmanager
def _started(folder: Path, words: Sequence[str], settings: Mapping[str, str], right: Check) -> Iterator[Server]:
    """The process with these words for Python, `{port}` filled in, in a folder without a .env."""
    folder.mkdir(exist_ok=True)
    port = _free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith("WEIZHAN_")}
    command = [sys.executable, *(word.format(port=port) for word in words)]
    with (folder / "log").open("wb") as log:
        began = perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=folder,
            env={**own, **settings, "PYTHONPATH": str(ROOT)},  # the product beside this bench, wherever it is
            stdout=log,
            stderr=log,
            preexec_fn=partial(os.sched_setaffinity, 0, {machine.SERVER_CORE}),
        )
    try:
        yield Server(process, port, folder / "log", began, right)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
