"""The one place that builds: settings in, a running application out."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from aiohttp import web
from sqlalchemy.engine import make_url

from bot.channels.official_account import NAME, OfficialAccount
from bot.channels.official_account.client import Client
from bot.channels.official_account.tokens import SharedTokens
from bot.conversation import Answers, Conversation
from bot.delivery import Delivery
from bot.desk import Desk, Slip, Stand
from bot.errors import OperatorError
from bot.handlers import all_routers
from bot.nlu import Understander, load_understander
from bot.nlu.faq import FaqError
from bot.privacy import Seal
from bot.rules.office import Office
from bot.settings import Settings
from bot.store import Session, Store, mark, open_store, outbox, schema, transaction
from bot.store.spool import Spool
from bot.timetable import Timetable, Work
from bot.web.health import Health, Metrics
from bot.web.webhooks import BODY_SECONDS, MOST_BODY, REPLY_SECONDS, OfficialAccountHook, Waiting

READY_SECONDS = 2.0
STOP_SECONDS = 10.0
Now = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


def knowledge(settings: Settings) -> Understander:
    """The knowledge base of the settings. Raises OperatorError when it cannot be read."""
    try:
        return load_understander(settings.faq_dir)
    except FaqError as error:
        raise OperatorError(f"WEIZHAN_FAQ_DIR: {error}") from error


def conversation(settings: Settings, known: Understander) -> Conversation:
    """The assistant itself, without any way in or out."""
    return Conversation(all_routers(), known, Seal(settings.secret_key), settings.zone)


def store_of(settings: Settings) -> Store:
    """The database of the settings. Raises OperatorError unless it is there and up to date."""
    store = open_store(settings.database_url)
    try:
        schema.check_current(store)
    except OperatorError:
        store.close()
        raise
    return store


def check_secret(store: Store, settings: Settings) -> None:
    """Raises OperatorError when the database was written with another WEIZHAN_SECRET_KEY."""
    with transaction(store) as session:
        mark.check(session, Seal(settings.secret_key))


def account_of(settings: Settings) -> OfficialAccount:
    """The official account's wire format, with the current and the previous key."""
    return OfficialAccount(
        token=settings.wechat_token,
        app_id=settings.wechat_app_id,
        aes_keys=(settings.wechat_aes_key, settings.wechat_aes_key_previous),
    )


class Worker(Protocol):
    """What works beside the requests, from start to stop, in the loop."""

    async def run(self) -> None: ...
    def stop(self) -> None: ...


@dataclass(slots=True)
class Product:
    """What a running product is made of. `told` also hears of every batch, from the desk's thread."""

    settings: Settings
    store: Store
    talk: Answers
    now: Now = utc_now
    reply_seconds: float = REPLY_SECONDS
    body_seconds: float = BODY_SECONDS
    ready_seconds: float = READY_SECONDS
    told: Callable[[Sequence[Slip]], None] | None = None
    folder: Path | None = None  # for the spool; beside the database where none is said
    metrics: Metrics = field(default_factory=Metrics)
    spool: Spool = field(init=False)
    waiting: Waiting = field(init=False)
    desk: Desk = field(init=False)
    client: Client = field(init=False)
    delivery: Delivery = field(init=False)
    workers: list[Worker] = field(init=False)
    seal: Seal = field(init=False)
    loop: asyncio.AbstractEventLoop | None = None

    def __post_init__(self) -> None:
        self.seal = Seal(self.settings.secret_key)
        self.spool = Spool(self.folder or _beside(self.settings.database_url), self.seal)
        self.waiting = Waiting(self.spool)
        self.desk = Desk(self.store, self.talk, self._announce)
        self.client = Client(
            base=self.settings.wechat_api_base,
            app_id=self.settings.wechat_app_id,
            secret=self.settings.wechat_app_secret,
            tokens=SharedTokens(self.desk.run, self.seal, self.settings.wechat_app_id),
            now=self.now,
            counted=lambda path, code: self.metrics.calls.labels(path, str(code)).inc(),
        )
        self.delivery = Delivery(channel=NAME, desk=self.desk, seal=self.seal, send=self.client.send_text, now=self.now)
        self.workers = [self.delivery]

    def application(self) -> web.Application:
        """The routes on one page; whatever runs beside them starts and stops with the application."""
        hook = OfficialAccountHook(
            account_of(self.settings),
            self.desk,
            self.spool,
            self.metrics,
            self.now,
            reply_seconds=self.reply_seconds,
            body_seconds=self.body_seconds,
        )
        health = Health(self.metrics, self._why_not_ready, self._count_outbox)
        packed_as_sent = {"auto_decompress": False}  # the platform packs nothing; a bomb stays as small as it came
        app = web.Application(client_max_size=MOST_BODY, handler_args=packed_as_sent)
        app.router.add_get("/wechat", hook.verify)
        app.router.add_post("/wechat", hook.receive)
        app.router.add_get("/healthz", health.alive)
        app.router.add_get("/readyz", health.ready)
        app.router.add_get("/metrics", health.metrics)
        app.cleanup_ctx.append(self._running)
        return app

    async def _running(self, _app: web.Application) -> AsyncIterator[None]:
        self.loop = asyncio.get_running_loop()
        self.waiting.start()
        self.desk.open()
        for message in self.spool.left_over():
            self.desk.ask_late(message)
        await self.client.open()
        timetable = Timetable(self._do, self.settings.zone)
        timetable.start()
        at_work = [asyncio.create_task(worker.run()) for worker in self.workers]
        yield
        for worker in self.workers:
            worker.stop()
        await asyncio.wait(at_work, timeout=STOP_SECONDS)
        for task in at_work:
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)
        timetable.stop()
        await self.client.close()
        await asyncio.to_thread(self.desk.close)
        self.spool.close()
        self.store.close()

    def _announce(self, slips: Sequence[Slip]) -> None:
        """From the desk's thread, after a commit."""
        self.waiting.announce(slips)
        self.metrics.answered(slips)
        if self.loop is not None and any(slip.stand is Stand.LATE for slip in slips):
            self.loop.call_soon_threadsafe(self.delivery.wake)
        if self.told is not None:
            self.told(slips)

    async def _why_not_ready(self) -> str:
        """The reason, or "" when messages can be answered."""
        try:
            await asyncio.wait_for(asyncio.wrap_future(self.desk.run(outbox.by_state)), self.ready_seconds)
        except TimeoutError:
            return f"the desk does not answer within {self.ready_seconds:g} seconds"
        except Exception as error:  # whatever the store raises is the reason
            return f"the store is not usable: {type(error).__name__}"
        return ""

    async def _count_outbox(self) -> None:
        try:
            counts = await asyncio.wait_for(asyncio.wrap_future(self.desk.run(outbox.by_state)), self.ready_seconds)
        except Exception:  # the figures that are known are still worth showing
            return
        for state in outbox.State:
            self.metrics.outbox.labels(state.value).set(counts.get(state.value, 0))

    def office(self, session: Session) -> Office:
        """What the rules work with, at this moment."""
        return Office(session, self.seal, self.settings.zone, self.now())

    async def _do(self, work: Work) -> None:
        """A chore, in a transaction of the desk."""
        await asyncio.wrap_future(self.desk.run(lambda session: work(self.office(session))))


def _beside(database_url: str) -> Path:
    """The folder for what must survive beside the database."""
    where = make_url(database_url)
    on_disk = where.get_backend_name() == "sqlite" and where.database not in (None, "", ":memory:")
    return Path(str(where.database)).parent if on_disk else Path("data")
