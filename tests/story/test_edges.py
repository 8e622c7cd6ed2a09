"""What seldom happens to a complaint, and must go well all the same."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from bot.messages import Kind, Message, Opens
from bot.rules import api, holiday, resident
from bot.rules.office import Office
from bot.simulator.back_office import Fault
from bot.store.contact import Contact
from bot.store.forwarding import State as Forwarded
from bot.store.holiday import DayKind
from bot.store.outbox import Outbox
from bot.store.resident import person
from bot.store.staff import StaffRole
from bot.store.ticket import State, Ticket
from tests.story.conftest import WORKER
from tests.support.story import Story

NOISE, LAMP = "新村1栋楼上半夜吵得睡不着", "花园2栋的路灯不亮"
FIRST, SECOND = "T261123-0001", "T261123-0002"


async def test_two_take_it_at_once_and_one_has_it(told: Story) -> None:
    told.hires("worker3b", "WGY3")
    told.hires("manager", role=StaffRole.MANAGER)
    await told.says("granny", NOISE)
    await asyncio.gather(
        told.wecom.taps(WORKER, "接单"),
        told.wecom.taps("worker3b", "接单"),
        told.wecom.says("manager", f"接单 {FIRST}"),
    )
    await told.settled()
    assert told.history(FIRST).count("taken") == 1
    assert len(told.notices("ticket_taken")) == 1
    read = "".join(one for name in (WORKER, "worker3b", "manager") for one in told.read_in_wecom(name))
    assert read.count("接单成功") == 1


async def test_a_rating_that_comes_again_counts_once(told: Story) -> None:
    """The platform delivers the same word three times, and the resident says it once more."""
    granny = told.person("granny")
    await told.says("granny", NOISE)
    await told.taps(WORKER, "办结")
    await told.types(WORKER, "劝过了")
    first = await told.platform.says(granny, "不满意", msg_id=4711)
    again = await told.platform.says(granny, "不满意", msg_id=4711)
    await told.settled()
    assert first.text == again.text
    assert "已经重新打开" in first.text
    await told.says("granny", "不满意")
    assert told.history(FIRST).count("rated") == 1
    assert told.history(FIRST).count("reopened") == 1
    assert told.city.books.posts == {FIRST: 1, f"{FIRST}-R2": 1}


async def test_one_resident_in_two_channels(told: Story) -> None:
    """What was said in the mini-program and in the account is one person's, once they have said that it is them."""
    in_program = await said_in_the_program(told, "oprogram", NOISE)
    assert FIRST in in_program
    scene = told.do(lambda office: resident.invite(office, in_the_program(office)))
    assert SECOND in await told.says("granny", LAMP)
    assert "是您本人吗" in await scanned(told, scene)
    await told.says("granny", "是我")
    both = await told.says("granny", "我的投诉办得怎么样了")
    assert FIRST in both
    assert SECOND in both
    owners = told.do(lambda office: set(office.session.scalars(select(col(Ticket.resident_id)))))
    assert len(owners) == 1


async def test_news_of_what_was_said_elsewhere_reach_the_account(told: Story) -> None:
    """Nobody speaks into the mini-program: who is one with somebody in the account reads there."""
    await said_in_the_program(told, "oprogram", NOISE)
    await told.says("granny", "你好")
    scene = told.do(lambda office: resident.invite(office, in_the_program(office)))
    await scanned(told, scene)
    await told.says("granny", "是我")
    await told.taps(WORKER, "接单")
    await told.settled()
    assert any("已经接单" in one for one in told.read("granny", "customer"))


async def test_our_clock_goes_wrong_and_comes_back(told: Story) -> None:
    """Into the next day, then far back, then right: nothing is lost, nothing happens twice."""
    await told.passes(hours=11.5)
    told.skew = timedelta(minutes=50)
    assert FIRST in await told.says("granny", NOISE)
    await told.comes_round()
    told.skew = timedelta(minutes=-50)
    assert SECOND in await told.says("grid_worker", LAMP)
    await told.types(WORKER, f"接单 {FIRST}")
    await told.comes_round()
    told.skew = timedelta()
    assert "T261123-0003" in await told.says("parent", "花园3栋的电梯坏了")
    await told.passes(days=2)
    assert told.numbers() == [FIRST, SECOND, "T261123-0003"]
    assert told.city.books.posts == dict.fromkeys(told.numbers(), 1)
    assert sum("已经接单" in one for one in told.read("granny")) == 1
    for number in told.numbers():
        assert told.forward(number).state == Forwarded.ACCEPTED
        created, due = told.ticket(number).created_at, told.ticket(number).due_at
        assert due is not None
        assert timedelta() < due - created < timedelta(days=14)


async def test_with_a_clock_a_day_off_nothing_is_half_done(told: Story) -> None:
    """What the platform signed cannot be told from a copy then: it is refused, and taken when the clock is right."""
    told.skew = timedelta(days=1)
    assert await told.says("granny", NOISE) == ""
    assert {one.status for one in told.platform.exchanges()[-1].attempts} == {403}
    assert told.numbers() == []
    told.skew = timedelta()
    assert FIRST in await told.says("granny", NOISE)


async def test_a_holiday_declared_while_clocks_run_moves_them(told: Story) -> None:
    """And taken back it moves them back."""
    await told.says("granny", NOISE)
    await told.taps(WORKER, "接单")
    before = told.ticket(FIRST).due_at
    assert before is not None
    tuesday = date(2026, 11, 24)
    told.do(lambda office: holiday.decide(office, tuesday, DayKind.HOLIDAY, "示例放假"))
    await told.comes_round()
    assert told.ticket(FIRST).due_at == before + timedelta(days=1)
    assert told.do(lambda office: holiday.leave_to_calendar(office, tuesday))
    await told.comes_round()
    assert told.ticket(FIRST).due_at == before


async def test_a_grid_worker_on_leave_hands_over_and_takes_it_back_by_hand(told: Story) -> None:
    """Who stands in gets the tickets on the first day of it; who leaves for good leaves them to the community."""
    told.hires("worker1", "WGY1")
    told.hires("manager", role=StaffRole.MANAGER)
    await told.says("granny", NOISE)
    told.do(lambda office: goes_on_leave(office, first=date(2026, 11, 25), stand_in="WGY1"))
    await told.passes(days=1)
    assert told.ticket(FIRST).holder == "第3网格网格员"
    await told.passes(days=1)
    assert told.ticket(FIRST).holder == "第1网格网格员"
    assert [card.title for card in told.wecom.cards("worker1")][:1] == ["新工单"]
    assert told.wecom.cards(WORKER)[0].changed
    told.do(lambda office: leaves(office, "WGY1"))
    await told.passes(hours=1)
    assert told.ticket(FIRST).holder not in ("第3网格网格员", "第1网格网格员", "")
    assert told.history(FIRST).count("routed") == 3


async def test_the_back_office_is_down_for_a_week(told: Story) -> None:
    """People go on without it, those who have to know it know, and in the end it has everything once."""
    told.hires("manager", role=StaffRole.MANAGER)
    told.city.books.behave(fault=Fault.BROKEN)
    for who, said in (("granny", NOISE), ("parent", LAMP)):
        await told.says(who, said)
    await told.taps(WORKER, "接单")
    await told.passes(days=7, every=6)
    await told.types(WORKER, f"办结 {FIRST} 劝过了")
    assert told.city.books.posts == {}
    assert any("几次都没成功" in one for one in told.read_in_wecom(WORKER))
    assert any("已经一天没成功" in one for one in told.read_in_wecom("manager"))
    told.city.books.behave(fault=Fault.NONE)
    await told.passes(hours=6, every=1.5)
    assert told.city.books.posts == {FIRST: 1, SECOND: 1}
    assert [one["status"] for one in told.city.books.of_reference(FIRST).heard] == ["FIXED"]  # type: ignore[union-attr]
    assert sum("几次都没成功" in one for one in told.read_in_wecom(WORKER)) == 1


async def test_a_month_in_which_nothing_happens(told: Story) -> None:
    """The clocks and chores go round; afterwards it works as on the first day."""
    await told.passes(days=30, every=24)
    assert told.do(lambda office: office.session.scalar(select(func.count()).select_from(Outbox))) == 0
    assert told.wecom.bubbles(WORKER) == []
    assert told.city.books.posts == {}
    assert "T261223-0001" in await told.says("granny", NOISE)
    await told.taps(WORKER, "接单")
    assert told.ticket("T261223-0001").state == State.WORKING
    assert told.city.books.posts == {"T261223-0001": 1}


async def said_in_the_program(told: Story, sender: str, text: str) -> str:
    """A person of the mini-program's, registered by its server, says something."""
    told.do(lambda office: api.token_for(office, channel="mini_program", sender=sender))
    told.heard.came += 1
    slip = told.product.desk.ask(
        Message(
            channel="mini_program",
            sender=sender,
            key="p1",
            kind=Kind.TEXT,
            sent_at=told.now(),
            text=text,
            opens=Opens.TALK,
        )
    )
    await told.settled()
    assert slip.answered is not None
    return slip.answered.reply.text


def in_the_program(office: Office) -> UUID:
    found = person(office.session, channel="mini_program", sender="oprogram")
    assert found is not None
    return found


async def scanned(told: Story, scene: str) -> str:
    told.platform.world.codes.make(scene, told.now(), timedelta(days=30))
    exchange = await told.platform.scan(told.person("granny"), scene)
    await told.settled()
    return exchange.text


def goes_on_leave(office: Office, *, first: date, stand_in: str) -> None:
    post(office, "WGY3").leave_from = first
    post(office, "WGY3").stand_in_id = post(office, stand_in).id


def leaves(office: Office, code: str) -> None:
    post(office, code).phone = ""


def post(office: Office, code: str) -> Contact:
    return office.session.scalars(select(Contact).where(col(Contact.code) == code)).one()
