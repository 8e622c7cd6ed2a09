"""`weizhan demo`: the whole product against the simulated platform, with sample data and a fresh database."""

import asyncio
import secrets
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence

from aiohttp import web

from bot import app as build
from bot import logs, settings
from bot.cabinets.provisioning import Provision, provisions
from bot.channels.official_account import NAME
from bot.channels.official_account.menu import menu
from bot.errors import OperatorError
from bot.nlu.current import Current
from bot.privacy import Seal
from bot.rules import kf
from bot.rules.office import Office
from bot.rules.staff import first_password
from bot.samples import (
    assistant,
    back_office,
    group_posts,
    groups,
    lockers,
    members,
    residents_groups,
    staff,
    wecom,
)
from bot.samples import demo as sample
from bot.settings import Settings
from bot.simulator import Platform, SimClock
from bot.simulator.back_office import BackOffice
from bot.simulator.cabinet import Keys
from bot.simulator.wecom import Corp, WeCom
from bot.simulator.wecom.bot import AssistantSim, BotKeys
from bot.store import Store, open_store, schema, transaction
from bot.web.sandbox import Device, Inside, Slowness, add_sandbox
from bot.web.sandbox.watch import Watched

APP_ID = "wx5a5a5a5a5a5a5a5a"
CORP_ID, AGENT_ID = "ww5a5a5a5a5a5a5a5a", 1000002


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


async def start_wecom(callback_url: str, clock: SimClock) -> WeCom:
    """The simulated WeCom with the sample staff in it, on the same clock."""
    corp = Corp(
        callback_url=callback_url,
        corp_id=CORP_ID,
        agent_id=AGENT_ID,
        secret=secrets.token_hex(21),
        token=secrets.token_hex(12),
        aes_key=secrets.token_hex(22)[:43],
    )
    started = await WeCom.start(corp, clock=clock)
    for userid, member in wecom.MEMBERS.items():
        started.join(userid, member.title, member.title)
    started.serves_customers()
    for one in wecom.RESIDENTS_GROUPS:
        started.customer_groups.has(one.chat_id, one.name, one.owner, one.people)
    return started


async def start_assistant(clock: SimClock) -> AssistantSim:
    """The simulated group assistant on a long connection, in the sample group, on the same clock."""
    keys = BotKeys("aibSample", assistant.NAME, secret=secrets.token_hex(21))
    started = await AssistantSim.start(keys, clock=clock)
    started.open_group(assistant.CHAT, assistant.GROUP, assistant.PEOPLE)
    return started


def with_assistant(chosen: Settings, sim: AssistantSim) -> Settings:
    """The settings with the simulated group assistant."""
    bot = {"wecom_bot_id": sim.keys.bot_id, "wecom_bot_secret": sim.keys.secret, "wecom_bot_name": sim.keys.name}
    return chosen.model_copy(update={**bot, "wecom_bot_line": sim.line_url})


def with_staff(chosen: Settings, corp: WeCom) -> Settings:
    """The settings with the simulated corporation in the place of WeCom."""
    return chosen.model_copy(
        update={
            "wecom_corp_id": corp.corp.corp_id,
            "wecom_agent_id": str(corp.corp.agent_id),
            "wecom_secret": corp.corp.secret,
            "wecom_token": corp.corp.token,
            "wecom_aes_key": corp.corp.aes_key,
            "wecom_api_base": corp.api_base,
            "wecom_kf_id": corp.world.kf.open_kfid if corp.world.kf else "",
            "wecom_customer_groups": True,
            "wecom_reports": True,
        }
    )


def paired(platform: Platform, chosen: Settings, database_url: str, *, mqtt_url: str = "") -> Settings:
    """The settings with the simulator in the place of WeChat; without a broker its cabinets speak HTTP."""
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
            "wechat_templates": platform.template_ids(),
            "mqtt_url": mqtt_url,
        }
    )


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


def sample_store(database_url: str) -> Store:
    """An empty database filled with the sample community."""
    store = open_store(database_url)
    schema.create(store)
    with transaction(store) as session:
        sample.fill(session, build.utc_now().date())
    return store


def sample_staff(store: Store) -> str:
    """Sample accounts of the back office; returns the password of this run that all of them have."""
    password = first_password()
    with transaction(store) as session:
        staff.fill(session, build.utc_now(), password)
        wecom.fill(session, build.utc_now())
    return password


async def welcome(platform: Platform) -> None:
    """Those who follow already are greeted, as they were when they followed."""
    for person in platform.people:
        if person.following:
            await platform.event(person, "subscribe")


async def set_up_cabinets(platform: Platform, store: Store, served: Settings, url: str) -> None:
    """The sample cabinets, with the keys this database has for them, switched on."""
    seal = Seal(served.secret_key)

    def provisioned() -> tuple[list[Provision], Sequence[int]]:
        with transaction(store) as session:
            office = Office(session, seal, served.zone, platform.clock.now())
            lying = lockers.stow(office, platform.people[0].openid, channel=NAME)
            lockers.let_in(office, platform.person("courier").openid, channel=NAME)
            return provisions(office), lying

    found, lying = await asyncio.to_thread(provisioned)
    for one in found:
        keys = Keys(one.keys.cabinet, one.number, one.line_key, one.keys.lock)
        cabinet = platform.park.add(keys, doors=one.doors, url=url, name=one.name)
        for door in lying if cabinet.serial == lockers.FIRST else ():
            cabinet.door(door).occupied = True


def join_back_office(store: Store, chosen: Settings, city: BackOffice, url: str) -> None:
    """Let the sample community's tickets go to the simulated city, and let it report to us at that address."""
    with transaction(store) as session:
        office = Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
        city.push_key = back_office.fill(office, city.address)
    city.push_to = f"{url}/api/v1/open311/{back_office.JURISDICTION}/servicerequestupdates.json"


def put_down_members(store: Store, chosen: Settings) -> None:
    """The sample roster, sealed with this run's key."""
    with transaction(store) as session:
        members.fill(Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now()))


def join_groups(store: Store, chosen: Settings, corp: WeCom) -> None:
    """Put a push robot into a group of the simulated corporation."""
    with transaction(store) as session:
        office = Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
        groups.fill(office, corp.robot(groups.WORKERS))
        assistant.fill(office)


def join_residents(store: Store, chosen: Settings, corp: WeCom) -> None:
    """Take up the simulated residents' groups; the helper's answers are pasted there, and somebody has spoken."""
    if corp.world.kf is None:
        return
    with transaction(store) as session:
        office = Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
        answers = residents_groups.fill(office, corp.world.kf.open_kfid, corp.world.kf.way(kf.LINK_SCENE))
    for chat_id, words in answers.items():
        corp.customer_groups.pastes(chat_id, words)
    for chat_id, talk in residents_groups.TALK.items():
        for who, text in talk:
            corp.customer_groups.says(chat_id, who, text)


async def open_groups(store: Store, chosen: Settings, bot: AssistantSim) -> None:
    """Somebody registers the members' group, which opens it to posts; then each group has its first one."""
    try:
        await bot.up()
    except TimeoutError:
        return  # the group says itself that nobody has the line
    await bot.says(assistant.LEADER, assistant.HELLO, group=assistant.CHAT)

    def post() -> None:
        with transaction(store) as session:
            office = Office(session, Seal(chosen.secret_key), chosen.zone, build.utc_now())
            group_posts.fill(office, chosen.public_url)

    await asyncio.to_thread(post)


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
        put_down_members(store, served)
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
