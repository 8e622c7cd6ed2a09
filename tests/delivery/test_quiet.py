"""Quiet hours: news wait until the morning, but for a talk that goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, time
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.rules import quiet, reach
from bot.rules.quiet import NoQuietHours, Quiet
from bot.store import Store
from bot.store.ticket import What
from bot.wording import explain
from bot.wording import reach as say
from tests.support.news import BY_TEMPLATE, Newsroom, newsroom
from tests.support.town import CHENGDU


@pytest.fixture
async def room(file_store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Newsroom]:
    """It is noon on a Monday; the account has a template for tickets."""
    async with newsroom(file_store, talk, tmp_path, BY_TEMPLATE) as found:
        yield found
    file_store.close()


async def test_news_of_the_night_arrive_in_the_morning(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    room.passes(hours=9, minutes=31)
    room.staff(number, What.TAKEN)
    await room.delivered()
    [row] = room.news(granny)
    assert (row.state, row.reason) == ("waiting", "quiet hours")
    assert row.due_at.astimezone(CHENGDU).isoformat() == "2026-11-24T08:00:00+08:00"
    room.passes(hours=10, minutes=28)
    await room.delivered()
    assert room.seen(granny, "customer") == []
    room.passes(minutes=1)
    await room.delivered()
    assert len(room.seen(granny, "customer")) == 1
    assert room.news(granny)[0].tries == 1


async def test_whoever_is_in_the_middle_of_a_talk_is_answered_at_night(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    room.passes(hours=10)
    number = await room.complaint(granny)
    room.passes(minutes=29)
    room.staff(number, What.TAKEN)
    await room.delivered()
    assert len(room.seen(granny, "customer")) == 1
    room.passes(minutes=1)
    room.staff(number, What.SCHEDULED, "明天上午来")
    await room.delivered()
    assert len(room.seen(granny, "customer")) == 1


async def test_a_late_reply_knows_no_quiet_hours(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    await room.line.platform.says(granny, "你好")
    room.passes(hours=10)
    room.line.put(granny, "您刚才问的")
    await room.delivered()
    assert room.seen(granny, "customer") == ["您刚才问的"]


async def test_the_staff_may_change_the_quiet_hours(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    with room.office() as office:
        quiet.change(office, begins="23:00", ends="06:30")
    room.passes(hours=10)
    room.staff(number, What.TAKEN)
    await room.delivered()
    assert len(room.seen(granny, "customer")) == 1
    with room.office() as office:
        quiet.change(office, begins="21:00", ends="21:00")
        assert quiet.hours(office.session).until(office.now, CHENGDU) is None


@pytest.mark.parametrize("said", ["25:00", "8", "", "20:61", "八点"])
async def test_what_is_no_time_of_day_is_refused(room: Newsroom, said: str) -> None:
    with room.office() as office, pytest.raises(NoQuietHours) as refused:
        quiet.change(office, begins=said, ends="08:00")
    assert "21:30" in explain(refused.value)


async def test_the_staff_see_beforehand_that_it_will_wait(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    await room.complaint(granny)
    room.passes(hours=11)
    with room.office() as office:
        found = reach.reach(office, room.line.resident(office.session, granny), "ticket_taken")
        assert not found.now
        assert say.how(found, office.now) == ("客服消息，还可发 5 条，窗口剩 37 小时；现在是安静时段，明天 08:00 送出")


@pytest.mark.parametrize(
    ("begins", "ends", "now", "until"),
    [
        ((21, 30), (8, 0), "2026-11-23T21:29", None),
        ((21, 30), (8, 0), "2026-11-23T21:30", "2026-11-24T08:00"),
        ((21, 30), (8, 0), "2026-11-24T07:59", "2026-11-24T08:00"),
        ((21, 30), (8, 0), "2026-11-24T08:00", None),
        ((12, 30), (14, 0), "2026-11-24T13:00", "2026-11-24T14:00"),
        ((12, 30), (14, 0), "2026-11-24T14:00", None),
        ((0, 0), (0, 0), "2026-11-24T00:00", None),
    ],
)
def test_until_when(begins: tuple[int, int], ends: tuple[int, int], now: str, until: str | None) -> None:
    found = Quiet(time(*begins), time(*ends)).until(datetime.fromisoformat(f"{now}+08:00"), CHENGDU)
    assert found == (datetime.fromisoformat(f"{until}+08:00") if until else None)
