"""The call list: what had to arrive and did not, and those who ring people up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.channels.official_account import NAME
from bot.conversation import Conversation
from bot.rules import call, privacy, retention
from bot.rules.call import CallOver, NoReasonToDrop
from bot.rules.means import Means
from bot.rules.office import Office
from bot.store import Store, open_store, outbox, transaction
from bot.store import call as calls
from bot.store.ticket import What
from bot.wording import call as say
from bot.wording import explain
from tests.support.news import BY_TEMPLATE, Newsroom, newsroom
from tests.support.town import CHENGDU

WORKER = "示例社区客服"


@pytest.fixture
def file_store(tmp_path: Path, template: Path) -> Store:
    file = tmp_path / "town.db"
    file.write_bytes(template.read_bytes())
    return open_store(f"sqlite:///{file}")


@pytest.fixture
async def room(file_store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Newsroom]:
    """An account without templates: after the window everything is held."""
    async with newsroom(file_store, talk, tmp_path, Means()) as found:
        yield found
    file_store.close()


async def _held(room: Newsroom, what: What = What.ANSWERED, note: str = "明天上午来清运") -> str:
    """Something the resident should know and does not; returns the ticket's number."""
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    room.passes(hours=49)
    room.staff(number, what, note)
    await room.delivered()
    return number


def _list(room: Newsroom, **later: float) -> list[call.Waiting]:
    """What the chore puts on the list, that much later."""
    room.passes(**later)
    with room.office() as office:
        call.fill(office)
        return call.waiting(office)


async def test_what_did_not_arrive_in_a_day_is_to_be_called(room: Newsroom) -> None:
    number = await _held(room)
    assert _list(room, hours=23) == []
    [one] = _list(room, hours=1)
    assert one.facts["number"] == number
    assert one.facts["note"] == "明天上午来清运"
    assert one.tries == 0
    assert len(_list(room, minutes=5)) == 1


async def test_news_nobody_can_read_do_not_hold_up_the_list(room: Newsroom) -> None:
    number = await _held(room)
    granny = room.who(room.line.platform.person("granny"))
    with room.office() as office:
        outbox.put(
            office.session,
            resident_id=granny,
            channel=NAME,
            kind="ticket_answered",
            facts=b"sealed with another key, or by another version",
            now=office.now,
            due_at=office.now,
        )
    await room.delivered()
    [one] = _list(room, hours=25)
    assert one.facts["number"] == number


async def test_what_may_wait_is_never_called(room: Newsroom) -> None:
    await _held(room, What.TAKEN, "")
    assert _list(room, days=10) == []


async def test_who_has_left_is_to_be_called_too(room: Newsroom) -> None:
    granny = room.line.platform.person("granny")
    number = await room.complaint(granny)
    granny.following = False  # and the event that would tell us is lost
    room.line.platform.faults.on("errcode", code=43004, path="/cgi-bin/message/custom/send")
    room.staff(number, What.ANSWERED, "明天上午来清运")
    await room.delivered()
    assert room.news(granny)[0].state == "failed"
    assert len(_list(room, hours=24)) == 1


async def test_what_a_template_has_told_needs_no_call(file_store: Store, talk: Conversation, tmp_path: Path) -> None:
    async with newsroom(file_store, talk, tmp_path / "spool", BY_TEMPLATE) as room:
        await _held(room)
        assert _list(room, days=2) == []
    file_store.close()


async def test_a_contact_takes_the_call_off_the_list(room: Newsroom) -> None:
    await _held(room)
    assert len(_list(room, hours=24)) == 1
    exchange = await room.line.platform.says(room.line.platform.person("granny"), "你好")
    assert "明天上午来清运" in exchange.text
    assert _list(room, minutes=5) == []


async def test_who_was_called_is_not_told_again(room: Newsroom) -> None:
    await _held(room)
    [one] = _list(room, hours=24)
    with room.office() as office:
        call.called(office, one.id, by=WORKER, note="本人接的")
    assert _list(room, minutes=5) == []
    exchange = await room.line.platform.says(room.line.platform.person("granny"), "你好")
    assert "明天上午来清运" not in exchange.text
    with room.office() as office:
        row = office.session.get(calls.Call, one.id)
        assert row is not None
        assert (say.STATES[calls.CallState(row.state)], row.by) == ("已打电话告知", WORKER)
        assert office.seal.open(row.note or b"") == "本人接的"


async def test_who_was_not_reached_stays_on_the_list_behind_the_others(room: Newsroom) -> None:
    number = await _held(room)
    room.passes(seconds=1)
    room.staff(number, What.SCHEDULED, "后天上午")
    await room.delivered()
    first, second = _list(room, hours=24)
    with room.office() as office:
        assert call.not_reached(office, first.id, by=WORKER) == 1
        assert [one.id for one in call.waiting(office)] == [second.id, first.id]
        assert say.tries(call.waiting(office)[1].tries) == "打过1次没接"


async def test_a_call_that_is_dropped_needs_a_reason_and_the_news_still_wait(room: Newsroom) -> None:
    await _held(room)
    [one] = _list(room, hours=24)
    with room.office() as office, pytest.raises(NoReasonToDrop) as refused:
        call.dropped(office, one.id, by=WORKER, reason=" ")
    assert "原因" in explain(refused.value) or "为什么" in explain(refused.value)
    with room.office() as office:
        call.dropped(office, one.id, by=WORKER, reason="家属已经知道")
    assert _list(room, hours=24) == []
    exchange = await room.line.platform.says(room.line.platform.person("granny"), "你好")
    assert "明天上午来清运" in exchange.text


async def test_a_call_is_made_once(room: Newsroom) -> None:
    await _held(room)
    [one] = _list(room, hours=24)
    with room.office() as office:
        call.called(office, one.id, by=WORKER)
    for act in (call.called, call.not_reached):
        with room.office() as office, pytest.raises(CallOver) as refused:
            act(office, one.id, by=WORKER)
        assert "已经" in explain(refused.value)


async def test_whoever_is_forgotten_is_on_no_list(room: Newsroom) -> None:
    await _held(room)
    assert len(_list(room, hours=24)) == 1
    who = room.who(room.line.platform.person("granny"))
    with room.office() as office:
        privacy.forget(office.session, who)
        assert call.waiting(office) == []


async def test_old_calls_go_with_their_notices(room: Newsroom) -> None:
    await _held(room)
    [one] = _list(room, hours=24)
    with room.office() as office:
        call.called(office, one.id, by=WORKER)
    with room.office(days=181) as office:
        retention.forget_old(office)
        assert office.session.get(calls.Call, one.id) is None


async def test_two_workers_put_a_call_on_the_list_once(
    store: Store, database_url: str, talk: Conversation, tmp_path: Path
) -> None:
    async with newsroom(store, talk, tmp_path, Means()) as room:
        await _held(room)
        now = room.line.platform.clock.now()
    twin = open_store(database_url)

    def fill(one: Store) -> int:
        with transaction(one) as session:
            return call.fill(Office(session, talk.seal, CHENGDU, now + retention.NOTICES / 180))

    with ThreadPoolExecutor() as both:
        put = sum(both.map(fill, (store, twin)))
    twin.close()
    assert put == 1
