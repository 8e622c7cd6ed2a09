"""The whole product behind real HTTP, between all simulators, on one clock that moves only when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from sqlmodel import col, select

from bot.app import Product
from bot.channels.back_office import Senders
from bot.conversation import Conversation
from bot.delivery.forwarding import Forwarding
from bot.delivery.pictures import Pictures
from bot.desk import Slip
from bot.rules import post
from bot.rules.forwarding import destinations
from bot.rules.forwarding.destinations import Draft
from bot.rules.office import Office
from bot.settings import Settings
from bot.simulator import Platform, SimClock
from bot.simulator.back_office import BackOffice
from bot.simulator.people import Person
from bot.simulator.wecom import Corp, WeCom
from bot.store import Store, forwarding, transaction
from bot.store import ticket as tickets
from bot.store.contact import Contact
from bot.store.forwarding import Forward, Way
from bot.store.outbox import Outbox
from bot.store.staff import Staff, StaffRole
from bot.store.ticket import Ticket
from bot.timetable import chores
from tests.support import letters
from tests.support.line import AES_KEY, APP_ID, APP_SECRET, TOKEN
from tests.support.serving import free_port

T = TypeVar("T")
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # a Monday, noon in Chengdu
TEMPLATE = "TICKETPROGRESS00000000000000000000000000001"
CITY = "示例市政后台"
SENT_WITHIN = 5.0  # seconds a back office may take to answer
CORP = Corp(
    callback_url="http://127.0.0.1:1/wecom/app",
    corp_id="ww5a5a5a5a5a5a5a5a",
    agent_id=1000002,
    secret="s" * 43,
    token="stafftoken",
    aes_key="abcdefghij" * 4 + "klm",
)


@dataclass
class Heard:
    """How much has come to the product over HTTP from phones, and how much of it the desk has done with."""

    came: int = 0
    told: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Idle:
    """A worker with nothing to do."""

    async def run(self) -> None:
        return

    def stop(self) -> None:
        return


@dataclass
class Story:
    """A product whose workers and chores move when the story says so. `skew`: how far our clock goes wrong."""

    platform: Platform
    wecom: WeCom
    city: BackOffice
    store: Store
    heard: Heard
    skew: timedelta = timedelta()
    product: Product = field(init=False)
    forwarding: Forwarding = field(init=False)
    pictures: Pictures = field(init=False)

    def now(self) -> datetime:
        return self.platform.clock.now() + self.skew

    def do(self, work: Callable[[Office], T]) -> T:
        """Something in a transaction of its own, now."""
        with transaction(self.store) as session:
            return work(self.product.office(session))

    # What people do ---------------------------------------------------------------------------------------------

    async def says(self, who: str, text: str) -> str:
        """A resident types; what they read in answer."""
        exchange = await self.platform.says(self.person(who), text)
        await self.settled()
        return exchange.text

    def person(self, who: str) -> Person:
        return self.platform.person(who)

    def hires(self, userid: str, holds: str = "", role: StaffRole = StaffRole.GRID_WORKER) -> None:
        """An account for the post of that code, whose holder is in the corporation and known to be there."""

        def hire(office: Office) -> str:
            held = office.session.scalars(select(Contact).where(col(Contact.code) == holds)).first()
            name = held.title if held else userid
            account = Staff(login=userid, name=name, role=role.value, wecom_userid=userid, created_at=NOON)
            account.contact_id = held.id if held else None
            office.session.add(account)
            office.session.flush()
            post.enrol(office)
            return name

        name = self.do(hire)
        self.wecom.join(userid, name, name)

    def goes_to_the_city(self, **how: object) -> None:
        """Tickets go to the back office as well."""
        draft = Draft(code="city", title=CITY, way=Way.OPEN311, address=self.city.address, talks=True, **how)  # type: ignore[arg-type]
        self.do(lambda office: destinations.add(office, draft))

    async def taps(self, userid: str, button: str) -> None:
        await self.wecom.taps(userid, button)
        await self.settled()

    async def types(self, userid: str, text: str) -> None:
        await self.wecom.says(userid, text)
        await self.settled()

    # Time ---------------------------------------------------------------------------------------------------------

    async def settled(self) -> None:
        """Until the desk has done with everything that came, and whatever is due at this moment has gone out."""
        while self.heard.told < self.heard.came:
            self.heard.news.clear()
            await self.heard.news.wait()
        while await self._round():
            pass
        await self.platform.settle()
        while await self._round():
            pass

    async def _round(self) -> int:
        staff = self.product.staff_side
        assert staff is not None
        worked = [await self.product.delivery.send_due(), await staff.delivery.send_due()]
        return sum(worked) + await self.pictures.fetch_due() + await self.forwarding.send_due()

    async def passes(self, *, every: float = 6.0, **time: float) -> None:
        """Let time pass in steps of so many hours; at each the chores come round and what is due goes out."""
        left = timedelta(**time)
        while left > timedelta():
            step = min(left, timedelta(hours=every))
            self.platform.clock.advance(step.total_seconds())
            left -= step
            await self.comes_round()

    async def comes_round(self) -> None:
        """Every chore once, and what the back office says."""
        for chore in chores(self.product.settings.zone):
            self.do(chore.work)
        while await self.forwarding.listen():
            pass
        await self.settled()

    # What can be seen -----------------------------------------------------------------------------------------------

    def read(self, who: str, via: str = "") -> list[str]:
        """What stands on somebody's phone from us, and came that way."""
        return [
            one.text
            for one in self.platform.bubbles(self.person(who))
            if one.sender.value == "account" and via in ("", one.via.value)
        ]

    def read_in_wecom(self, userid: str) -> list[str]:
        return [one.text for one in self.wecom.bubbles(userid) if one.sender == "app"]

    def ticket(self, number: str) -> Ticket:
        def found(office: Office) -> Ticket:
            row = tickets.numbered(office.session, number)
            assert row is not None
            return row

        return self.do(found)

    def numbers(self) -> list[str]:
        """The numbers of all tickets."""
        return self.do(lambda office: sorted(office.session.scalars(select(Ticket.number))))

    def history(self, number: str) -> list[str]:
        """What happened, in one word each."""
        row = self.ticket(number)
        return self.do(lambda office: [line.what for line in tickets.history(office.session, row.id)])

    def forward(self, number: str) -> Forward:
        row = self.ticket(number)

        def found(office: Office) -> Forward:
            [forward] = forwarding.of_ticket(office.session, row.id)
            return forward

        return self.do(found)

    def outcomes(self, number: str) -> list[str]:
        """What became of each attempt to forward it."""
        forward = self.forward(number)
        return self.do(lambda office: [one.outcome for one in forwarding.tries(office.session, forward.id)])

    def notices(self, kind: str) -> list[Outbox]:
        """Everything of a kind that was or is to be told to somebody, oldest first."""
        rows = select(Outbox).where(col(Outbox.kind) == kind).order_by(col(Outbox.created_at))
        return self.do(lambda office: list(office.session.scalars(rows)))


@asynccontextmanager
async def story(store: Store, talk: Conversation, folder: Path, **changed: object) -> AsyncIterator[Story]:
    """The product and its three neighbours; `changed`: settings of the product."""
    clock, port, loop = SimClock(NOON), free_port(), asyncio.get_running_loop()
    async with AsyncExitStack() as stack:
        wecom = await stack.enter_async_context(await WeCom.start(CORP, clock=clock))
        platform = await stack.enter_async_context(await _platform(clock, port))
        city = await stack.enter_async_context(BackOffice(now=clock.now))
        found = Story(platform, wecom, city, store, Heard())

        def told(slips: Sequence[Slip]) -> None:
            loop.call_soon_threadsafe(_count, found.heard, len(slips))

        found.product = Product(
            _settings(store, platform, wecom, port, changed), store, talk, now=found.now, told=told, folder=folder
        )
        found.product.workers = [Idle()]  # the others move when the story says so
        await _employ(stack, found)
        app = found.product.application()
        app.middlewares.append(_counting(found.heard))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", port).start()
        wecom.calls_at(f"http://127.0.0.1:{port}/wecom/app")
        yield found


async def _platform(clock: SimClock, port: int) -> Platform:
    return await Platform.start(
        webhook_url=f"http://127.0.0.1:{port}/wechat",
        token=TOKEN,
        app_id=APP_ID,
        app_secret=APP_SECRET,
        aes_key=AES_KEY,
        mode="secure",
        clock=clock,
    )


def _settings(store: Store, platform: Platform, wecom: WeCom, port: int, changed: Mapping[str, object]) -> Settings:
    chosen: dict[str, object] = {
        "public_url": f"http://127.0.0.1:{port}",
        "wechat_token": TOKEN,
        "wechat_app_id": APP_ID,
        "wechat_app_secret": APP_SECRET,
        "wechat_aes_key": AES_KEY,
        "wechat_api_base": platform.api_base,
        "wecom_corp_id": CORP.corp_id,
        "wecom_agent_id": str(CORP.agent_id),
        "wecom_secret": CORP.secret,
        "wecom_token": CORP.token,
        "wecom_aes_key": CORP.aes_key,
        "wecom_api_base": wecom.api_base,
    }
    return letters.settings(store.engine.url.render_as_string(hide_password=False), **{**chosen, **changed})


async def _employ(stack: AsyncExitStack, found: Story) -> None:
    """The workers that the product has, in the hands of the story."""
    senders = Senders(found.now, SENT_WITHIN)
    await senders.open()
    stack.push_async_callback(senders.close)
    desk, office = found.product.desk, found.product.office
    found.forwarding = Forwarding(desk=desk, office=office, send=senders)
    found.pictures = Pictures(found.product.client, desk=desk, office=office)


def _count(heard: Heard, told: int) -> None:
    heard.told += told
    heard.news.set()


def _counting(heard: Heard) -> Middleware:
    """Counts what comes to the two callbacks and is to be answered by the desk."""

    @web.middleware
    async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request)
        if request.method == "POST" and request.path in ("/wechat", "/wecom/app") and response.status == 200:
            heard.came += 1
        return response

    return count
