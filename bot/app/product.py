"""A running product: what it is made of, and how it starts and stops."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from aiohttp import web
from sqlalchemy.engine import make_url

from bot.app import routes
from bot.app.parts import means_of, utc_now
from bot.app.soundness import Soundness
from bot.cabinets.line import Line
from bot.channels.back_office import Senders
from bot.channels.official_account.client import Client
from bot.channels.official_account.tokens import SharedTokens
from bot.channels.wecom_webhook import Webhooks
from bot.conversation import Answers
from bot.delivery import Delivery, Residents
from bot.delivery.forwarding import Forwarding
from bot.delivery.groups import GroupDelivery, Transport
from bot.delivery.letters import Letter
from bot.delivery.pictures import Pictures
from bot.delivery.pushes import Pushes
from bot.desk import Desk, Slip, Stand
from bot.librarian import Librarian
from bot.messages import Message
from bot.nlu.current import Current
from bot.privacy import Seal
from bot.rules.assistant import CHANNEL as ASSISTANT
from bot.rules.means import Means
from bot.rules.office import Office
from bot.settings import Settings
from bot.store import Session, Store
from bot.store.spool import Spool
from bot.timetable import Timetable
from bot.web.health import Metrics
from bot.web.webhooks import BODY_SECONDS, REPLY_SECONDS, Waiting
from bot.web.wecom import StaffSide
from bot.web.wecom_bot import Around, AssistantPace, AssistantSide
from bot.web.wecom_residents import ResidentsSide

READY_SECONDS = 2.0
STOP_SECONDS = 10.0
Now = Callable[[], datetime]
T = TypeVar("T")


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
    known: Current | None = None  # what the talk knows, to be kept up to date
    folder: Path | None = None  # for the spool; beside the database where none is said
    assistant_pace: AssistantPace | None = None
    metrics: Metrics = field(default_factory=Metrics)
    spool: Spool = field(init=False)
    waiting: Waiting = field(init=False)
    desk: Desk = field(init=False)
    soundness: Soundness = field(init=False)
    client: Client = field(init=False)
    delivery: Delivery[Letter] = field(init=False)
    staff_side: StaffSide | None = field(init=False, default=None)
    by_wecom: ResidentsSide = field(init=False)
    assistant: AssistantSide | None = field(init=False, default=None)
    cabinets: Line = field(init=False)
    workers: list[Worker] = field(init=False)
    seal: Seal = field(init=False)
    means: Means = field(init=False)
    loop: asyncio.AbstractEventLoop | None = None

    def __post_init__(self) -> None:
        self.seal = Seal(self.settings.secret_key)
        self.means = means_of(self.settings)
        self.spool = Spool(self.folder or _beside(self.settings.database_url), self.seal)
        self.waiting = Waiting(self.spool)
        self.desk = Desk(self.store, self.talk, self._announce)
        self.soundness = Soundness(self.desk, self.metrics, self.ready_seconds)
        self.client = Client(
            base=self.settings.wechat_api_base,
            app_id=self.settings.wechat_app_id,
            secret=self.settings.wechat_app_secret,
            tokens=SharedTokens(self.desk.run, self.seal, self.settings.wechat_app_id),
            now=self.now,
            counted=self._counted,
        )
        self.delivery = Delivery(self._residents(), desk=self.desk, now=self.now)
        self.cabinets = Line(
            self.desk,
            self.office,
            self.now,
            mqtt_url=self.settings.mqtt_url,
            counted=lambda kind, outcome: self.metrics.cabinets.labels(kind, outcome).inc(),
        )
        self.by_wecom = ResidentsSide(
            self.settings,
            desk=self.desk,
            seal=self.seal,
            office=self.office,
            now=self.now,
            counted=self._counted,
            followers=self.client.people,
        )
        files = self.by_wecom.files(self.client)
        self.workers = [self.delivery, Pictures(files, desk=self.desk, office=self.office)]
        self.workers += self.by_wecom.workers
        self.workers += self.cabinets.workers
        if self.settings.has_assistant:
            around = Around(self.desk, self.spool, self.seal, self.now, self.metrics, self._do)
            self.assistant = AssistantSide(self.settings, around, self.assistant_pace)
            self.workers += self.assistant.workers
        self.workers.append(GroupDelivery(self._into_groups(), desk=self.desk, office=self.office))
        self.workers.append(Forwarding(desk=self.desk, office=self.office, send=Senders(self.now)))
        if self.known is not None:
            self.workers.append(Librarian(self.known, desk=self.desk, office=self.office))
        if self.settings.has_staff_app:
            self.staff_side = StaffSide(
                self.settings, desk=self.desk, seal=self.seal, now=self.now, counted=self._counted, do=self._do
            )
            self.workers += self.staff_side.workers
        self.workers.append(
            Pushes(self.client, desk=self.desk, office=self.office, public_url=self.settings.public_url)
        )

    def _into_groups(self) -> list[Transport]:
        """The ways into groups, one for each kind that can be written to."""
        assistant = self.assistant.posts() if self.assistant else []
        return [Webhooks(self.settings.wecom_api_base, self._counted), *assistant, *self.by_wecom.posts()]

    def _residents(self) -> Residents:
        return Residents(seal=self.seal, client=self.client, zone=self.settings.zone, means=self.means)

    def application(self) -> web.Application:
        """The routes; whatever runs beside them starts and stops with the application."""
        app = routes.application(self)
        app.cleanup_ctx.append(self._running)
        return app

    def _counted(self, path: str, code: int) -> None:
        self.metrics.calls.labels(path, str(code)).inc()

    async def _running(self, _app: web.Application) -> AsyncIterator[None]:
        self.loop = asyncio.get_running_loop()
        self.waiting.start()
        self.desk.open()
        for message in self.spool.left_over():
            self._ask_again(message)
        await self.client.open()
        if self.staff_side is not None:
            await self.staff_side.client.open()
        await self.by_wecom.open()
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
        if self.staff_side is not None:
            await self.staff_side.client.close()
        await self.by_wecom.close()
        await asyncio.to_thread(self.desk.close)
        self.spool.close()
        self.store.close()

    def _ask_again(self, message: Message) -> None:
        """What an earlier run acknowledged and did not answer."""
        if self.assistant is not None and message.channel == ASSISTANT:
            self.assistant.resume(message)
        else:
            self.desk.ask_late(message)

    def _announce(self, slips: Sequence[Slip]) -> None:
        """From the desk's thread, after a commit."""
        self.waiting.announce(slips)
        self.metrics.answered(slips)
        if self.loop is not None and any(slip.stand is Stand.LATE for slip in slips):
            self.loop.call_soon_threadsafe(self._wake)
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self.cabinets.dispatcher.wake)
        if self.told is not None:
            self.told(slips)

    def _wake(self) -> None:
        self.delivery.wake()
        if self.staff_side is not None:
            self.staff_side.delivery.wake()
        self.by_wecom.wake()

    def office(self, session: Session) -> Office:
        """What the rules work with, at this moment."""
        return Office(session, self.seal, self.settings.zone, self.now(), self.means)

    async def _do(self, work: Callable[[Office], T]) -> T:
        """A chore, in a transaction of the desk."""
        return await asyncio.wrap_future(self.desk.run(lambda session: work(self.office(session))))


def _beside(database_url: str) -> Path:
    """The folder for what must survive beside the database."""
    where = make_url(database_url)
    on_disk = where.get_backend_name() == "sqlite" and where.database not in (None, "", ":memory:")
    return Path(str(where.database)).parent if on_disk else Path("data")
