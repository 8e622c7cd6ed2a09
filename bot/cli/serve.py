"""`weizhan serve` and `weizhan demo`: the production server, and the whole product against the sandbox."""

import os
import signal
import subprocess
import sys
from typing import Annotated

import typer
from aiohttp import web

from bot import app as build
from bot import logs, settings
from bot.errors import OperatorError
from bot.store import check_writable

SHUTDOWN_SECONDS = 10.0
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Processes; more than one needs PostgreSQL.")]
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
    store = build.store_of(chosen)
    check_writable(store)
    if workers > 1:
        if store.is_sqlite:
            raise OperatorError(
                "--workers needs PostgreSQL: set WEIZHAN_DATABASE_URL=postgresql://…, or use one worker"
            )
        store.close()
        _supervise(host, port, workers)
        return
    talk = build.conversation(chosen, build.knowledge(chosen))
    product = build.Product(chosen, store, talk)
    web.run_app(
        product.application(),
        host=host,
        port=port,
        access_log=None,
        shutdown_timeout=SHUTDOWN_SECONDS,
        reuse_port=shared_port or None,
        print=lambda _line: typer.echo(f"weizhan: serving on http://{host}:{port}", err=True),
    )


def demo(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve with the sandbox: simulated phones at /sandbox/, sample data, no account."""
    from bot.demo import run  # only the demo needs the simulator, and takes the time to load it

    run(host, port)


def _supervise(host: str, port: int, workers: int) -> None:
    """Start the workers on one shared port and start anew whichever dies, until told to stop."""
    command = [sys.executable, "-m", "bot.cli", "serve", "--host", host, "--port", str(port), "--shared-port"]
    running = [subprocess.Popen(command) for _ in range(workers)]  # noqa: S603 - our own command
    stopping = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True
        for worker in running:
            worker.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        gone, status = os.wait()
        if stopping:
            break
        typer.echo(f"weizhan: worker {gone} ended with {os.waitstatus_to_exitcode(status)}, starting another", err=True)
        running = [worker for worker in running if worker.pid != gone]
        running.append(subprocess.Popen(command))  # noqa: S603 - our own command
    for worker in running:
        worker.wait()
