"""`weizhan serve` and `weizhan demo`: the production server, and the whole product against the sandbox."""

from contextlib import closing
from typing import Annotated

import typer
from aiohttp import web

from bot import app as build
from bot import logs, settings
from bot.cli.workers import say_ready, supervise
from bot.errors import OperatorError
from bot.store import check_writable

SHUTDOWN_SECONDS = 10.0
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Processes; more than one needs PostgreSQL.")]
Empty = Annotated[str, typer.Option(help="An empty database instead of a temporary one.", show_default=False)]
Brokered = Annotated[
    str,
    typer.Option("--cabinets", help="The broker for simulated cabinets, mqtt://…; default: HTTP.", show_default=False),
]


def register(app: typer.Typer) -> None:
    app.command()(serve)
    app.command()(demo)


def serve(host: Host = "0.0.0.0", port: Port = 8000, workers: Workers = 1) -> None:  # noqa: S104
    """Serve in production; refuses to start on a missing or unsafe setting."""
    chosen = settings.load()
    wrong = settings.unsafe(chosen)
    if wrong:
        raise OperatorError(" · ".join(wrong))
    build.means_of(chosen)
    logs.configure(level=chosen.log_level, form=chosen.log_format)
    with closing(build.store_of(chosen)) as store:
        check_writable(store)
        build.check_secret(store, chosen)
        if workers > 1 and store.is_sqlite:
            raise OperatorError(
                "--workers needs PostgreSQL: set WEIZHAN_DATABASE_URL=postgresql://…, or use one worker"
            )
    known = build.knowledge(chosen)
    ready_fd = supervise(workers) if workers > 1 else None
    if workers > 1 and ready_fd is None:
        return
    with closing(build.store_of(chosen)) as store:
        product = build.Product(chosen, store, build.conversation(chosen, known), known=known)
        _run(product, host, port, ready_fd)


def _run(product: build.Product, host: str, port: int, ready_fd: int | None) -> None:
    """Serve until stopped. Raises OperatorError when the port is taken."""

    def serving(_line: str) -> None:
        typer.echo(f"weizhan: serving on http://{host}:{port}", err=True)
        if ready_fd is not None:
            say_ready(ready_fd)

    try:
        web.run_app(
            product.application(),
            host=host,
            port=port,
            access_log=None,
            shutdown_timeout=SHUTDOWN_SECONDS,
            reuse_port=ready_fd is not None or None,
            print=serving,
        )
    except OSError as error:
        raise OperatorError(f"cannot listen on {host}:{port}: {error.strerror}; try --port") from error


def demo(host: Host = "127.0.0.1", port: Port = 8000, database_url: Empty = "", cabinets: Brokered = "") -> None:
    """Serve with the sandbox: simulated phones at /sandbox/, sample data, no account."""
    from bot.demo import run  # only the demo needs the simulator, and takes the time to load it

    run(host, port, database_url, cabinets)
