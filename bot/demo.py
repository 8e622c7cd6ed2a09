"""`weizhan demo`: the whole product against the simulated platform, with sample data and a fresh database."""

import asyncio
import secrets
import signal
import sys
import tempfile

from aiohttp import web

from bot import app as build
from bot import logs, settings
from bot.channels.official_account.menu import menu
from bot.errors import OperatorError
from bot.nlu import Understander
from bot.samples import demo as sample
from bot.settings import Settings
from bot.simulator import Platform
from bot.store import Store, open_store, schema, transaction
from bot.web.sandbox import Inside, Slowness, add_sandbox
from bot.web.sandbox.watch import Watched

APP_ID = "wx5a5a5a5a5a5a5a5a"


def run(host: str, port: int, database_url: str = "") -> None:
    """Serve until stopped, on a database of its own or an empty one that is given.

    Raises OperatorError when the port is taken.
    """
    chosen = settings.load()
    logs.configure(level=chosen.log_level, form=chosen.log_format)
    with tempfile.TemporaryDirectory(prefix="weizhan-demo-") as folder:
        try:
            asyncio.run(_serve(chosen, database_url or f"sqlite:///{folder}/demo.db", host, port))
        except OSError as error:
            raise OperatorError(f"cannot listen on {host}:{port}: {error.strerror}; try --port") from error


async def start_platform(webhook_url: str) -> Platform:
    """The simulator in secure mode, with keys of its own making."""
    return await Platform.start(
        webhook_url=webhook_url,
        token=secrets.token_hex(12),
        app_id=APP_ID,
        app_secret=secrets.token_hex(16),
        aes_key=secrets.token_hex(22)[:43],
        mode="secure",
    )


def paired(platform: Platform, chosen: Settings, database_url: str) -> Settings:
    """The settings with the simulator in the place of WeChat."""
    account = platform.account
    return chosen.model_copy(
        update={
            "secret_key": secrets.token_urlsafe(48),
            "database_url": database_url,
            "wechat_token": account.token,
            "wechat_app_id": account.app_id,
            "wechat_app_secret": account.app_secret,
            "wechat_aes_key": account.aes_key or "",
            "wechat_api_base": platform.api_base,
        }
    )


def sandboxed(platform: Platform, chosen: Settings, known: Understander, store: Store) -> web.Application:
    """The product's application with the sandbox beside it; `chosen` is paired with the platform."""
    inside, slowness = Inside(), Slowness()
    watched = Watched(
        build.conversation(chosen, known),
        store,
        inside,
        slowness,
        lambda text, now: known.explain(text, now.astimezone(chosen.zone)),
    )
    product = build.Product(chosen, store, watched, now=platform.clock.now, told=watched.told)
    app = product.application()
    add_sandbox(app, platform=platform.api_base, inside=inside, slowness=slowness)

    async def furnish(_app: web.Application) -> None:
        await product.client.create_menu(menu())

    app.on_startup.append(furnish)
    return app


def sample_store(database_url: str) -> Store:
    """An empty database filled with the sample community."""
    store = open_store(database_url)
    schema.create(store)
    with transaction(store) as session:
        sample.fill(session)
    return store


async def welcome(platform: Platform) -> None:
    """Those who follow already are greeted, as they were when they followed."""
    for person in platform.people:
        if person.following:
            await platform.event(person, "subscribe")


async def _serve(chosen: Settings, database_url: str, host: str, port: int) -> None:
    known = build.knowledge(chosen)
    store = sample_store(database_url)
    here = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound
    async with await start_platform(f"http://{here}:{port}/wechat") as platform:
        app = sandboxed(platform, paired(platform, chosen, database_url), known, store)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            await welcome(platform)
            sys.stderr.write(f"weizhan: the sandbox is at http://{host}:{port}/sandbox/ (stop with Ctrl-C)\n")
            await _until_stopped()
        finally:
            await runner.cleanup()


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()
