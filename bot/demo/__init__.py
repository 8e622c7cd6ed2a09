"""`weizhan demo`: the whole product against the simulated platform, with sample data and a fresh database."""

import asyncio
import signal
import sys
import tempfile
from collections.abc import Mapping

from aiohttp import web

from bot import app as build
from bot import logs, settings
from bot.channels.official_account.menu import menu
from bot.demo.furnishing import (
    fill_sealed,
    join_back_office,
    join_groups,
    join_residents,
    open_groups,
    sample_staff,
    sample_store,
    set_up_cabinets,
    welcome,
)
from bot.demo.platforms import paired, start_assistant, start_platform, start_wecom, with_assistant, with_staff
from bot.errors import OperatorError
from bot.nlu.current import Current
from bot.samples import staff
from bot.settings import Settings
from bot.simulator import Platform
from bot.simulator.back_office import BackOffice
from bot.store import Store
from bot.web.sandbox import Device, Inside, Slowness, add_sandbox
from bot.web.sandbox.watch import Watched

__all__ = [
    "fill_sealed",
    "join_back_office",
    "join_groups",
    "join_residents",
    "open_groups",
    "paired",
    "run",
    "sample_staff",
    "sample_store",
    "sandboxed",
    "set_up_cabinets",
    "start_assistant",
    "start_platform",
    "start_wecom",
    "welcome",
    "with_assistant",
    "with_staff",
]


def run(host: str, port: int, database_url: str = "", broker: str = "") -> None:
    """Serve until stopped, on a database of its own or an empty one that is given.

    The cabinets meet the server at `broker`, the server with its own account there (WEIZHAN_MQTT_URL); else over HTTP.

    Raises OperatorError when the port is taken.
    """
    chosen = settings.load()
    logs.configure(level=chosen.log_level, form=chosen.log_format)
    with tempfile.TemporaryDirectory(prefix="weizhan-demo-") as folder:
        try:
            asyncio.run(_serve(chosen, database_url or f"sqlite:///{folder}/demo.db", host, port, broker))
        except OSError as error:
            raise OperatorError(f"cannot listen on {host}:{port}: {error.strerror}; try --port") from error


def sandboxed(
    platform: Platform,
    chosen: Settings,
    known: Current,
    store: Store,
    devices: Mapping[Device, str] | None = None,
) -> web.Application:
    """The product's application with the sandbox beside it; `chosen` is paired with the platform."""
    inside, slowness = Inside(), Slowness()
    watched = Watched(
        build.conversation(chosen, known),
        store,
        inside,
        slowness,
        lambda text, now: known.explain(text, now.astimezone(chosen.zone)),
    )
    product = build.Product(chosen, store, watched, now=platform.clock.now, told=watched.told, known=known)
    app = product.application()
    add_sandbox(app, platform=platform.api_base, inside=inside, slowness=slowness, devices=devices)

    async def furnish(_app: web.Application) -> None:
        await product.client.create_menu(menu(chosen.public_url if chosen.wechat_oauth else ""))

    app.on_startup.append(furnish)
    return app


async def _serve(chosen: Settings, database_url: str, host: str, port: int, broker: str) -> None:
    known = build.knowledge(chosen)
    store = sample_store(database_url)
    password = sample_staff(store)
    here = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound
    async with (
        await start_platform(f"http://{here}:{port}/wechat") as platform,
        await start_wecom(f"http://{here}:{port}/wecom/app", platform.clock) as corp,
        await start_assistant(platform.clock) as bot,
        BackOffice(now=platform.clock.now) as city,
    ):
        served = with_staff(paired(platform, chosen, database_url, mqtt_url=chosen.mqtt_url if broker else ""), corp)
        served = with_assistant(served, bot)
        join_back_office(store, served, city, f"http://{here}:{port}")
        join_groups(store, served, corp)
        join_residents(store, served, corp)
        fill_sealed(store, served)
        served = served.model_copy(
            update={
                "public_url": f"http://{here}:{port}",
                "wechat_oauth": True,
                "wechat_open_base": f"http://{here}:{port}/sandbox/platform",
            }
        )
        devices = {Device.WECOM: corp.api_base, Device.CITY: city.root, Device.ASSISTANT: bot.api_base}
        app = sandboxed(platform, served, known, store, devices)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            await welcome(platform)
            await set_up_cabinets(platform, store, served, broker or f"http://{here}:{port}")
            await open_groups(store, served, bot)
            people = " ".join(staff.LOGINS)
            back = f"http://{host}:{port}/console/"
            sys.stderr.write(f"weizhan: the back office is at {back} login: {people} password: {password}\n")
            sys.stderr.write(f"weizhan: the staff's simulated WeCom is at {corp.api_base}/_sim/state\n")
            sys.stderr.write(f"weizhan: the simulated group assistant is at {bot.api_base}/_sim/state\n")
            sys.stderr.write(f"weizhan: the simulated city's books are at {city.root}/_office/state\n")
            sys.stderr.write(f"weizhan: the sandbox is at http://{host}:{port}/sandbox/ (stop with Ctrl-C)\n")
            await _until_stopped()
        finally:
            await runner.cleanup()


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()
