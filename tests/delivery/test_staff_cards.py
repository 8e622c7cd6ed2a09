"""Cards on their way to the staff and taps on their way back, with the simulated WeCom over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.channels.official_account import NAME as RESIDENTS
from bot.channels.wecom_app import NAME
from bot.conversation import Conversation
from bot.delivery.enrolment import Enrolment
from bot.rules.office import Office
from bot.simulator.wecom import Mishap, Outcome
from bot.store import Store
from bot.store.staff import StaffRole
from tests.support.staff_line import StaffLine, staff_line

NOISE = "新村1栋楼上半夜吵得睡不着"
FIRST = "T261123-0001"
WORKER, MANAGER = "worker3", "manager"


@pytest.fixture
async def line(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[StaffLine]:
    async with staff_line(store, talk, tmp_path) as running:
        running.hires(WORKER, "WGY3")
        await running.enrols()
        yield running


async def test_a_complaint_reaches_the_grid_worker_who_takes_it(line: StaffLine) -> None:
    assert "已经转过去了" in await line.complains(NOISE)
    await line.send_all()
    [card] = line.wecom.cards(WORKER)
    assert card.title == "新工单"
    exchange = await line.wecom.taps(WORKER, "接单")
    assert exchange.outcome is Outcome.EMPTY
    await line.settled()
    assert "接单成功" in (await line.wecom.wait_for(WORKER, "接单成功")).text
    [card] = line.wecom.cards(WORKER)
    assert card.changed
    assert list(card.buttons()) == ["办结", "转派"]
    assert line.kinds(RESIDENTS) == ["ticket_taken"]


async def test_two_take_it_at_once(line: StaffLine) -> None:
    line.hires("worker3b", "WGY3")
    line.hires(MANAGER, role=StaffRole.MANAGER)
    await line.enrols()
    await line.complains(NOISE)
    await line.send_all()
    await asyncio.gather(line.wecom.taps(WORKER, "接单"), line.wecom.says(MANAGER, f"接单 {FIRST}"))
    await line.settled()
    assert line.kinds(RESIDENTS) == ["ticket_taken"]
    read = "".join(one.text for name in (WORKER, MANAGER) for one in line.wecom.bubbles(name) if one.sender == "app")
    assert "接单成功" in read
    assert "已经由" in read


async def test_a_tap_that_comes_again_and_again_counts_once(line: StaffLine) -> None:
    await line.complains(NOISE)
    await line.send_all()
    line.wecom.mishaps.on(Mishap.RESEND, times=1)
    await line.wecom.taps(WORKER, "接单")
    await line.settled()
    assert line.kinds(RESIDENTS) == ["ticket_taken"]
    assert sum("接单成功" in one.text for one in line.wecom.bubbles(WORKER)) == 1


async def test_words_whose_answer_was_lost_are_passed_on_once(line: StaffLine) -> None:
    await line.complains(NOISE)
    await line.send_all()
    line.wecom.mishaps.on(Mishap.DROP, times=1)
    exchange = await line.wecom.says(WORKER, "今晚八点上门看看")
    assert [one.outcome for one in exchange.attempts] == [Outcome.TIMEOUT, Outcome.REPLIED]
    assert exchange.text == f"已转给居民（{FIRST}）。"
    assert line.kinds(RESIDENTS) == ["ticket_answered"]


async def test_a_lost_token_is_fetched_again(line: StaffLine) -> None:
    await line.complains(NOISE)
    await line.send_all()
    line.wecom.world.revoke_tokens()
    await line.complains("还有狗叫")
    await line.send_all()
    assert line.calls("/cgi-bin/gettoken") == 2
    assert "还有狗叫" in line.wecom.bubbles(WORKER)[-1].text


async def test_an_old_token_is_replaced(line: StaffLine) -> None:
    await line.complains(NOISE)
    await line.send_all()
    line.wecom.clock.advance(7200)
    await line.complains("新村2栋楼上半夜吵", "grandpa")
    await line.send_all()
    assert line.calls("/cgi-bin/gettoken") == 2
    assert set(line.states(NAME)) == {"sent"}


async def test_a_refused_card_goes_as_words_and_can_be_answered(line: StaffLine) -> None:
    line.wecom.mishaps.on(Mishap.NO_CARDS)
    await line.complains(NOISE)
    await line.send_all()
    assert line.wecom.cards(WORKER) == []
    assert FIRST in line.wecom.bubbles(WORKER)[-1].text
    assert "已转给居民" in (await line.wecom.says(WORKER, "今晚八点上门看看")).text


async def test_a_card_that_cannot_be_changed_leaves_the_answer(line: StaffLine) -> None:
    await line.complains(NOISE)
    await line.send_all()
    line.wecom.mishaps.on(Mishap.NO_CHANGES)
    await line.wecom.taps(WORKER, "接单")
    await line.settled()
    assert "接单成功" in line.wecom.bubbles(WORKER)[-1].text
    assert not line.wecom.cards(WORKER)[0].changed
    assert set(line.states(NAME)) == {"sent"}


async def test_somebody_who_has_left_is_told_no_more(line: StaffLine) -> None:
    line.wecom.leave(WORKER)
    await line.complains(NOISE)
    await line.send_all()
    assert line.states(NAME) == ["failed"]
    assert "请您再打个电话" in await line.complains("新村2栋楼上半夜吵", "grandpa")


async def test_too_many_at_once_wait_a_minute(line: StaffLine) -> None:
    line.wecom.mishaps.on(Mishap.RATE, times=1)
    await line.complains(NOISE)
    await line.send_all()
    assert line.states(NAME) == ["waiting"]
    line.wecom.clock.advance(61)
    await line.send_all()
    assert len(line.wecom.cards(WORKER)) == 1


async def test_a_strange_address_keeps_what_is_to_be_told(line: StaffLine) -> None:
    line.wecom.mishaps.on(Mishap.STRANGE_ADDRESS, times=1)
    await line.complains(NOISE)
    await line.send_all()
    assert line.states(NAME) == ["waiting"]
    line.wecom.clock.advance(3600)
    await line.send_all()
    assert len(line.wecom.cards(WORKER)) == 1


async def test_a_card_of_which_nobody_knows_is_not_sent_twice(line: StaffLine) -> None:
    line.wecom.mishaps.on(Mishap.HANGS, times=1)
    await line.complains(NOISE)
    await line.send_all()
    line.wecom.clock.advance(3600)
    await line.send_all()
    assert line.states(NAME) == ["unsure"]
    assert len(line.wecom.cards(WORKER)) == 1


async def test_a_card_whose_answer_was_lost_can_be_tapped(line: StaffLine) -> None:
    line.wecom.mishaps.on(Mishap.HANGS, times=1)
    await line.complains(NOISE)
    await line.send_all()
    await line.wecom.taps(WORKER, "接单")
    await line.settled()
    assert "接单成功" in line.wecom.bubbles(WORKER)[-1].text


async def test_choices_come_as_buttons_and_lead_on(line: StaffLine) -> None:
    await line.complains(NOISE)
    await line.send_all()
    await line.wecom.taps(WORKER, "转派")
    await line.settled()
    asked = line.wecom.cards(WORKER)[-1]
    assert "第1网格网格员" in asked.buttons()
    await line.wecom.taps(WORKER, "第1网格网格员")
    await line.settled()
    assert "已转给第1网格网格员" in line.wecom.bubbles(WORKER)[-1].text


async def test_the_address_is_verified(line: StaffLine) -> None:
    assert await line.wecom.verify()


async def test_a_false_signature_is_refused(line: StaffLine) -> None:
    line.wecom.mishaps.on(Mishap.BAD_SIGNATURE, times=4)
    exchange = await line.wecom.says(WORKER, "我的工单")
    assert exchange.attempts[0].status == 403


async def test_whoever_gets_an_account_is_known_without_a_word_of_theirs(line: StaffLine) -> None:
    line.hires("worker1", "WGY1")
    known = asyncio.Event()

    async def do(work: Callable[[Office], object]) -> object:
        found = await asyncio.wrap_future(line.desk.run(lambda session: work(line.office(session))))
        known.set()
        return found

    enrolment = Enrolment(do)
    at_work = asyncio.create_task(enrolment.run())
    await known.wait()
    enrolment.stop()
    await at_work
    await line.complains("花园1栋楼上半夜吵")
    await line.send_all()
    assert len(line.wecom.cards("worker1")) == 1


async def test_a_database_that_is_away_does_not_end_the_enrolment() -> None:
    tries: list[object] = []
    enrolment = Enrolment(lambda work: away(work), seconds=0.001)

    async def away(work: object) -> object:
        tries.append(work)
        if len(tries) == 2:
            enrolment.stop()
        raise ConnectionError

    await enrolment.run()
    assert len(tries) == 2
