"""The delivery ladder: what goes by template or against a consent once the window is shut, and what is held."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from uuid import UUID

import pytest

from bot.channels.answer import Answer
from bot.channels.official_account import NAME
from bot.delivery import LOST_AFTER
from bot.rules import call, report
from bot.rules.means import Means
from bot.simulator.people import Person
from bot.store import outbox
from bot.store.ticket import What
from tests.support.news import (
    BY_BOTH,
    BY_TEMPLATE,
    SEND,
    SHUT,
    TEMPLATE,
    Newsroom,
    Opened,
)
from tests.support.town import CHENGDU


@pytest.fixture
async def room(opened: Opened) -> AsyncIterator[Newsroom]:
    """An account with a template for tickets."""
    async with opened(BY_TEMPLATE) as found:
        yield found


async def test_within_the_window_news_go_as_words(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    room.staff(number, What.TAKEN)
    await room.delivered()
    assert number in room.seen(granny, "customer")[0]
    assert room.line.calls(SEND) == 0
    assert [(row.via, row.state) for row in room.news(granny)] == [("customer", "sent")]


async def test_a_late_report_of_failure_does_not_tell_again_what_a_reply_has_told(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    room.passes(hours=SHUT)
    room.staff(number, What.ANSWERED, "明天上午来清运")
    await room.delivered()
    [row] = room.news(granny)
    assert (row.via, row.state) == ("template", "held")
    exchange = await room.line.platform.says(granny, "你好")
    assert "明天上午来清运" in exchange.text
    who, sent = room.who(granny), row.platform_id
    with room.office() as office:
        report.template_done(office, resident_id=who, platform_id=sent, arrived=False, said="failed:user block")
    await room.delivered()
    assert [(row.via, row.state) for row in room.news(granny)] == [("reply", "sent")]


async def test_after_the_window_a_template_carries_them(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    room.passes(hours=SHUT)
    room.staff(number, What.TAKEN)
    await room.delivered()
    assert room.line.sends() == 0
    [shown] = room.seen(granny, "template")
    assert number in shown
    assert "第3网格网格员已接单" in shown
    [row] = room.news(granny)
    assert (row.via, row.state, row.tries) == ("template", "sent", 1)
    assert row.platform_id.isdigit()


async def test_what_a_template_cannot_say_follows_at_the_next_contact(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    room.passes(hours=SHUT)
    room.staff(number, What.ANSWERED, "垃圾车明天上午9点到，请放在2栋楼下的桶边，大件请放门卫室旁")
    await room.delivered()
    assert "有答复了，回复“进度”看详情" in room.seen(granny, "template")[0]
    exchange = await room.line.platform.says(granny, "谢谢")
    assert "垃圾车明天上午9点到" in exchange.text
    again = await room.line.platform.says(granny, "谢谢")
    assert "垃圾车" not in again.text
    assert [row.state for row in room.news(granny)] == ["sent"]


async def test_the_rating_is_asked_by_template_and_not_again_once_given(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    room.passes(hours=SHUT)
    room.staff(number, What.SOLVED, "垃圾已经清走")
    await room.delivered()
    assert "请回复满意或没修好" in room.seen(granny, "template")[0]
    exchange = await room.line.platform.says(granny, "满意")
    assert "谢谢您的评价" in exchange.text
    assert "垃圾已经清走" not in exchange.text
    assert [(row.state, row.reason) for row in room.news(granny)] == [("sent", "outdated")]


async def test_the_rating_is_asked_at_the_next_contact_where_no_template_is_known(opened: Opened) -> None:
    async with opened(Means()) as room:
        granny = room.line.platform.person("granny")
        number = await room.complaint(granny)
        room.passes(hours=SHUT)
        room.staff(number, What.SOLVED, "垃圾已经清走")
        await room.delivered()
        assert room.news(granny)[0].state == "held"
        exchange = await room.line.platform.says(granny, "你好")
        assert "垃圾已经清走" in exchange.text
        assert "满意" in exchange.text


async def test_who_refuses_the_accounts_messages_is_told_at_the_next_contact(room: Newsroom) -> None:
    """The platform takes the template and reports later that it bounced."""
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    room.passes(hours=SHUT)
    granny.blocks = True
    room.staff(number, What.TAKEN)
    await room.delivered()
    [row] = room.news(granny)
    assert (row.state, row.skips, row.sent_at) == ("held", "template", None)
    assert "user block" in row.reason
    granny.blocks = False
    exchange = await room.line.platform.says(granny, "你好")
    assert "已经接单" in exchange.text


@pytest.mark.parametrize("code", [40037, 43117, 47003, 48001, 45168])
async def test_a_template_that_is_refused_leads_to_the_next_rung(opened: Opened, code: int) -> None:
    async with opened(BY_BOTH) as room:
        granny = room.line.platform.person("granny")
        number = await room.complaint(granny)
        await room.line.platform.consent(granny, TEMPLATE)
        room.passes(hours=SHUT)
        room.staff(number, What.TAKEN)
        room.line.platform.faults.on("errcode", code=code, path=SEND)
        await room.delivered()
        [row] = room.news(granny)
        assert (row.via, row.state, row.skips) == ("subscription", "sent", "template")
        assert number in room.seen(granny, "subscription")[0]


async def test_a_window_that_the_platform_calls_shut_leads_to_the_template(room: Newsroom) -> None:
    """Our ledger says one thing, the platform another: the platform has the last word."""
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    room.staff(number, What.TAKEN)
    room.line.platform.faults.on("errcode", code=45015, path="/cgi-bin/message/custom/send")
    await room.delivered()
    [row] = room.news(granny)
    assert (row.via, row.state, row.skips, row.tries) == ("template", "sent", "customer", 2)


async def test_a_template_whose_answer_is_lost_is_sent_once(room: Newsroom) -> None:
    """The notice's id makes the second call the same as the first."""
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    room.passes(hours=SHUT)
    room.staff(number, What.TAKEN)
    await room.line.client.send_text(granny.openid, "有口令了")
    room.line.platform.faults.on("api_down", how="lost", times=1)
    await room.delivered()
    assert len(room.seen(granny, "template")) == 1
    assert [row.state for row in room.news(granny)] == ["sent"]
    assert room.line.calls(SEND) == 2


def _reminds(room: Newsroom, person: Person, kind: str, start: datetime) -> UUID:
    """A reminder of a booking or an activity, due now."""
    facts = {"title": "家电清洗", "number": "Y261124-0001", "start": start.isoformat(), "visit": True, "persons": 1}
    with room.office() as office:
        return outbox.put(
            office.session,
            resident_id=room.line.resident(office.session, person),
            channel=NAME,
            kind=kind,
            facts=office.seal.close_json(facts),
            now=office.now,
            due_at=office.now,
        )


@pytest.mark.parametrize("kind", ["booking", "activity"])
async def test_a_reminder_that_comes_too_late_is_not_told_at_all(room: Newsroom, kind: str) -> None:
    """Neither by a message, nor below the next answer, nor by telephone."""
    granny = room.line.platform.person("granny")
    await room.line.platform.says(granny, "你好")
    start = datetime(2026, 11, 26, 9, 0, tzinfo=CHENGDU)
    room.passes(hours=SHUT)
    notice = _reminds(room, granny, f"{kind}_tomorrow", start)
    await room.delivered()
    assert room.line.row(notice).state == "held"  # no template for bookings here
    room.passes(days=1)
    late = _reminds(room, granny, f"{kind}_soon", start)
    await room.delivered()
    assert (room.line.row(late).state, room.line.row(late).reason) == ("failed", "outdated")
    with room.office() as office:
        assert call.fill(office) == 0
        assert call.waiting(office) == []
    exchange = await room.line.platform.says(granny, "你好")
    assert "家电清洗" not in exchange.text
    assert room.line.row(notice).state == "failed"


def _dies(room: Newsroom, *, after_sending: bool) -> None:
    """Let the process be gone in the middle of the next template."""
    really = room.line.client.send_template

    async def die(openid: str, template_id: str, fields: Mapping[str, str], *, key: str) -> Answer:
        if after_sending:
            await really(openid, template_id, fields, key=key)
        raise ConnectionAbortedError("the process is gone")

    room.line.client.send_template = die  # type: ignore[method-assign]


async def test_a_sender_that_dies_with_a_template_leaves_it_unsure(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    room.passes(hours=SHUT)
    room.staff(number, What.TAKEN)
    _dies(room, after_sending=False)
    with pytest.raises(ConnectionAbortedError):
        await room.line.delivery.send_due()
    room.passes(seconds=LOST_AFTER.total_seconds() + 1)
    assert room.line.sweep() == 1
    assert [row.state for row in room.news(granny)] == ["unsure"]
    assert await room.line.delivery.send_due() == 0


async def test_the_platforms_report_says_what_a_dead_sender_could_not(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    room.passes(hours=SHUT)
    room.staff(number, What.TAKEN)
    _dies(room, after_sending=True)
    with pytest.raises(ConnectionAbortedError):
        await room.line.delivery.send_due()
    await room.line.platform.settle()
    room.passes(seconds=LOST_AFTER.total_seconds() + 1)
    assert room.line.sweep() == 1
    assert [row.state for row in room.news(granny)] == ["sent"]
    assert len(room.seen(granny, "template")) == 1
