"""The line from the simulated WeCom and the simulated account to one desk and back, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web
from aiohttp.typedefs import Handler
from sqlmodel import col, select

from bot.channels.official_account import NAME
from bot.conversation import Answers
from bot.desk import Desk, Slip
from bot.messages import Kind, Message, Opens
from bot.privacy import Seal
from bot.rules import post
from bot.rules.office import Office
from bot.settings import Settings
from bot.simulator import SimClock
from bot.simulator.wecom import Corp, Limits, WeCom
from bot.store import Session, Store, outbox, transaction
from bot.store.contact import Contact
from bot.store.spool import Spool
from bot.store.staff import Staff, StaffRole
from bot.web.health import Metrics
from bot.web.webhooks import Hook, Waiting
from bot.web.wecom import StaffSide, add_staff_app, staff_app_of
from tests.conftest import SECRET

CORP = Corp(
    callback_url="http://127.0.0.1:1/wecom/app",
    corp_id="ww5a5a5a5a5a5a5a5a",
    agent_id=1000002,
    secret="s" * 43,
    token="stafftoken",
    aes_key="abcdefghij" * 4 + "klm",
)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # a Monday, noon in Chengdu
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class Counted:
    """What has come to the desk over HTTP, and what it has done with."""

    came: int = 0
    told: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class StaffLine:
    """A running callback with a desk, and a delivery that moves only when it is told to."""

    wecom: WeCom
    store: Store
    desk: Desk
    side: StaffSide
    seal: Seal
    counted: Counted
    numbers: int = 0

    def hires(self, userid: str, holds: str = "", role: StaffRole = StaffRole.GRID_WORKER) -> None:
        """An account for the post of that code, and its holder in the corporation."""
        with transaction(self.store) as session:
            held = session.scalars(select(Contact).where(col(Contact.code) == holds)).first()
            name = held.title if held else userid
            account = Staff(login=userid, name=name, role=role.value, wecom_userid=userid, created_at=NOON)
            account.contact_id = held.id if held else None
            session.add(account)
        self.wecom.join(userid, name, name)

    async def enrols(self) -> None:
        """What the worker beside the requests does every half a minute."""
        await asyncio.wrap_future(self.desk.run(lambda session: post.enrol(self.office(session))))

    def office(self, session: Session) -> Office:
        return Office(session, self.seal, ZONE, self.wecom.clock.now())

    async def complains(self, text: str, who: str = "granny") -> str:
        """A resident says something; returns what they read."""
        self.numbers += 1
        now = self.wecom.clock.now()
        message = Message(
            channel=NAME,
            sender=who,
            key=f"m{self.numbers}",
            kind=Kind.TEXT,
            sent_at=now,
            text=text,
            opens=Opens.TALK,
        )
        self.counted.came += 1
        slip = self.desk.ask(message)
        await self._told()
        assert slip.answered is not None
        return slip.answered.reply.text

    async def send_all(self) -> None:
        """Rounds until nothing is due any more."""
        while await self.side.delivery.send_due():
            pass

    async def settled(self) -> None:
        """Until what was acknowledged has been answered, and the answers have gone."""
        await self._told()
        await self.send_all()

    async def _told(self) -> None:
        """Until the desk has done with everything that came."""
        while self.counted.told < self.counted.came:
            self.counted.news.clear()
            await self.counted.news.wait()

    def states(self, channel: str) -> list[str]:
        """Where the notices of a channel stand, oldest first."""
        with transaction(self.store) as session:
            rows = session.scalars(select(outbox.Outbox).where(col(outbox.Outbox.channel) == channel))
            return [row.state for row in sorted(rows, key=lambda row: row.created_at)]

    def kinds(self, channel: str) -> list[str]:
        with transaction(self.store) as session:
            rows = session.scalars(select(outbox.Outbox).where(col(outbox.Outbox.channel) == channel))
            return [row.kind for row in sorted(rows, key=lambda row: row.created_at)]

    def calls(self, path: str) -> int:
        return sum(call["path"] == path for call in self.wecom.world.api_calls)


@asynccontextmanager
async def staff_line(
    store: Store, talk: Answers, folder: Path, *, limits: Limits | None = None, seconds: float = 4.0
) -> AsyncIterator[StaffLine]:
    """Serve the staff app's callback for a simulator on a standing clock; `seconds`: how long a reply may take."""
    async with await WeCom.start(CORP, clock=SimClock(NOON), limits=limits) as wecom:
        seal = Seal(SECRET)
        spool = Spool(folder, seal)
        waiting = Waiting(spool)
        counted, loop = Counted(), asyncio.get_running_loop()

        def announce(slips: Sequence[Slip]) -> None:
            waiting.announce(slips)
            loop.call_soon_threadsafe(count_told, len(slips))

        def count_told(number: int) -> None:
            counted.told += number
            counted.news.set()

        @web.middleware
        async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
            counted.came += 1
            return await handler(request)

        desk = Desk(store, talk, announce)

        async def do(work: object) -> object:
            assert callable(work)

            def doing(session: Session) -> object:
                return work(Office(session, seal, ZONE, wecom.clock.now()))

            return await asyncio.wrap_future(desk.run(doing))

        settings = Settings(
            secret_key=SECRET,
            wecom_corp_id=CORP.corp_id,
            wecom_agent_id=str(CORP.agent_id),
            wecom_secret=CORP.secret,
            wecom_token=CORP.token,
            wecom_aes_key=CORP.aes_key,
            wecom_api_base=wecom.api_base,
        )
        side = StaffSide(settings, desk=desk, seal=seal, now=wecom.clock.now, counted=lambda _path, _code: None, do=do)
        hook = Hook(staff_app_of(settings), desk, spool, Metrics(), wecom.clock.now, seconds)
        app = web.Application(middlewares=[count])
        add_staff_app(app, hook)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        wecom.calls_at(f"http://127.0.0.1:{runner.addresses[0][1]}/wecom/app")
        waiting.start()
        desk.open()
        await side.client.open()
        try:
            yield StaffLine(wecom, store, desk, side, seal, counted)
        finally:
            await side.client.close()
            await runner.cleanup()
            await asyncio.to_thread(desk.close)
            spool.close()
