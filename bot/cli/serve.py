"""`weizhan serve` and `weizhan demo`: the production server, and the whole product against the sandbox."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from time import monotonic
from typing import Annotated

import typer
from aiohttp import web

from bot import app as build
from bot import logs, settings
from bot.errors import OperatorError
from bot.store import check_writable

SHUTDOWN_SECONDS = 10.0
QUICK_SECONDS = 10.0
MOST_QUICK_FAILURES = 3
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Processes; more than one needs PostgreSQL.")]
Empty = Annotated[str, typer.Option(help="An empty database instead of a temporary one.", show_default=False)]
Shared = Annotated[bool, typer.Option("--shared-port", hidden=True)]


def register(app: typer.Typer) -> None:
    app.command()(serve)
    app.command()(demo)


def serve(host: Host = "0.0.0.0", port: Port = 8000, workers: Workers = 1, shared_port: Shared = False) -> None:  # noqa: S104
    """Serve in production; refuses to start on a missing or unsafe setting."""
    chosen = settings.load()
    wrong = settings.unsafe(chosen)
    if wrong:
        raise OperatorError(" · ".join(wrong))
    logs.configure(level=chosen.log_level, form=chosen.log_format)
    with closing(build.store_of(chosen)) as store:
        check_writable(store)
        build.check_secret(store, chosen)
        if workers == 1:
            talk = build.conversation(chosen, build.knowledge(chosen))
            _run(build.Product(chosen, store, talk), host, port, shared_port=shared_port)
            return
        if store.is_sqlite:
            raise OperatorError(
                "--workers needs PostgreSQL: set WEIZHAN_DATABASE_URL=postgresql://…, or use one worker"
            )
    _supervise(host, port, workers)


def _run(product: build.Product, host: str, port: int, *, shared_port: bool) -> None:
    """Serve until stopped. Raises OperatorError when the port is taken."""
    try:
        web.run_app(
            product.application(),
            host=host,
            port=port,
            access_log=None,
            shutdown_timeout=SHUTDOWN_SECONDS,
            reuse_port=shared_port or None,
            print=lambda _line: typer.echo(f"weizhan: serving on http://{host}:{port}", err=True),
        )
    except OSError as error:
        raise OperatorError(f"cannot listen on {host}:{port}: {error.strerror}; try --port") from error


def demo(host: Host = "127.0.0.1", port: Port = 8000, database_url: Empty = "") -> None:
    """Serve with the sandbox: simulated phones at /sandbox/, sample data, no account."""
    from bot.demo import run  # only the demo needs the simulator, and takes the time to load it

    run(host, port, database_url)


def _supervise(host: str, port: int, workers: int) -> None:
    """Start the workers on one shared port and start anew whichever dies, until told to stop.

    Raises OperatorError when they keep ending right after their start: the reason stands above, in their own words.
    """
    command = [sys.executable, "-m", "bot.cli", "serve", "--host", host, "--port", str(port), "--shared-port"]
    crew = _Crew(command)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _signal, _frame: crew.stop())
    try:
        for _ in range(workers):
            crew.start()
        while not crew.stopping:
            crew.replace_one()
    finally:
        crew.stop()
        crew.wait()


class _Crew:
    """The workers, and how often one of them ended soon after its start."""

    def __init__(self, command: list[str]) -> None:
        self.stopping = False
        self._command = command
        self._running: dict[int, tuple[subprocess.Popen[bytes], float]] = {}
        self._quick_failures = 0

    def start(self) -> None:
        worker = subprocess.Popen(self._command)  # noqa: S603 - our own command
        self._running[worker.pid] = (worker, monotonic())

    def replace_one(self) -> None:
        """Wait until one ends and start another. Raises OperatorError after too many quick failures."""
        gone, status = os.wait()
        if self.stopping or gone not in self._running:
            return
        worker, started_at = self._running.pop(gone)
        worker.returncode = os.waitstatus_to_exitcode(status)
        lived = monotonic() - started_at
        self._quick_failures = self._quick_failures + 1 if lived < QUICK_SECONDS else 0
        if self._quick_failures == MOST_QUICK_FAILURES:
            raise OperatorError(f"{MOST_QUICK_FAILURES} workers ended right after their start; see their errors above")
        typer.echo(f"weizhan: worker {gone} ended with {worker.returncode}, starting another", err=True)
        self.start()

    def stop(self) -> None:
        self.stopping = True
        for worker, _ in list(self._running.values()):
            worker.terminate()

    def wait(self) -> None:
        for worker, _ in self._running.values():
            worker.wait()
