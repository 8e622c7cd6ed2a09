"""Hundreds of members, a platform that fails, a sender that dies: nobody hears it twice, nobody is lost."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from uuid import UUID

import pytest

from bot.channels.answer import Reaction
from bot.channels.official_account.errcodes import table
from bot.conversation import Conversation
from bot.errors import Refusal
from bot.rules import lesson_push
from bot.rules.lesson_push import Fate, Segment, Who
from bot.rules.office import Office
from bot.store import Store, transaction
from bot.store import lesson_push as lesson_pushes
from bot.store.lesson_push import PushState, Whom
from tests.support.pushes import CUSTOMER, Studio, studio
from tests.support.town import CHENGDU

MEMBERS = int(os.environ.get("WEIZHAN_TEST_MEMBERS", "120"))


@pytest.fixture
async def both(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio on each of the two kinds of database."""
    async with studio(store, talk, tmp_path) as found:
        yield found


async def test_one_in_ten_calls_fails_with_each_errcode_in_turn(room: Studio) -> None:
    """After a day of trying everybody is told, or held, or failed with the reason, or unsure: and nobody twice."""
    room.has_members(MEMBERS)
    push, codes = room.sent(), cycle(code for code, its in table().items() if its.reaction is not Reaction.DONE)
    faults, rounds = room.line.platform.faults, 0
    while rounds < 3:
        faults.on("errcode", code=next(codes), path=CUSTOMER, times=1)
        made = await room.pushes.take_up() + await room.line.delivery.send_due()
        if not made:
            rounds += 1
            room.passes(hours=12)  # past the pauses, and past midnight
    faults.clear()
    for _ in range(4):
        room.passes(hours=12)
        await room.works()
    progress = room.progress(push)
    assert progress.made == MEMBERS
    assert set(progress.counts) <= {Fate.DELIVERED, Fate.HELD, Fate.FAILED, Fate.LEFT, Fate.UNSURE}
    told = sum(bool(room.heard(code)) for code in room.phones)
    assert told == progress.counts[Fate.DELIVERED] >= MEMBERS * 0.8
    assert room.twice() == []


async def test_a_sender_killed_five_times_tells_nobody_twice(both: Studio) -> None:
    """Cut off while notices are made and while the platform is asked; what may have arrived is not sent again."""
    room, count = both, min(MEMBERS, 40)
    room.has_members(count)
    push = room.sent()
    for steps in (1, 3, 5, 8, 13):
        making = asyncio.create_task(_both(room))
        for _ in range(steps * 3):
            await asyncio.sleep(0)
        making.cancel()
        await asyncio.gather(making, return_exceptions=True)
        with room.office() as office:
            lesson_pushes.locked(office.session, push)  # what was begun at the desk has come to its end
    room.passes(minutes=3)
    room.line.sweep()
    await room.works()
    progress = room.progress(push)
    assert progress.made == count
    assert sum(progress.counts.values()) == progress.counts[Fate.DELIVERED] + progress.counts.get(Fate.UNSURE, 0)
    told = sum(bool(room.heard(code)) for code in room.phones)
    assert progress.counts[Fate.DELIVERED] <= told <= count
    assert room.twice() == []


async def _both(room: Studio) -> None:
    while True:
        await room.pushes.take_up()
        await room.line.delivery.send_due()


async def test_two_workers_on_one_push_make_each_notice_once(both: Studio) -> None:
    room = both
    room.has_members(40)
    push = room.sent()
    while sum(await asyncio.gather(room.pushes.take_up(), room.pushes.take_up(), room.line.delivery.send_due())):
        pass
    await room.works()
    assert room.progress(push).counts == {Fate.DELIVERED: 40}
    assert room.twice() == []


async def test_who_leaves_in_the_middle_is_told_nothing_and_counted(room: Studio) -> None:
    room.has_members(20)
    push = room.sent()
    await room.pushes.take_up()
    for code in ("DY3", "DY7"):
        await room.line.platform.unfollow(room.phones[code])
    await room.works()
    assert room.progress(push).counts == {Fate.DELIVERED: 18, Fate.LEFT: 2}
    assert room.heard("DY3") == []


async def test_of_two_who_agree_at_once_one_wins(store: Store, talk: Conversation, tmp_path: Path) -> None:
    async with studio(store, talk, tmp_path) as room:
        room.has_members(1)
        push = room.writes()
        approvers = [room.account(login) for login in ("manager", "admin", "grid3", "auditor")]
        now, version = room.now, room.push(push).version

        def agrees(by: UUID) -> bool:
            try:
                with transaction(store) as session:
                    lesson_push.approve(Office(session, talk.seal, CHENGDU, now), push, version=version, by=by)
            except Refusal:
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            won = list(pool.map(agrees, approvers))
        assert sum(won) == 1
        assert room.push(push).approved_by == approvers[won.index(True)]
        assert room.push(push).state == PushState.APPROVED


async def test_whom_it_is_for_and_what_becomes_of_the_rest_on_each_database(both: Studio) -> None:
    """By branch and kind, by who came and who lacks hours; the held in one mass send, the moved lesson at its hour."""
    room = both
    room.has_members(2)
    branch = room.has_members(3, talked=False, branch="ZB2")
    lesson = room.has_lesson(hours=3)
    other = Segment(whom=Whom(branches=(branch,), kind="double"))
    assert room.preview(room.writes(segment=other)) == {}
    assert room.preview(room.writes(segment=Segment(came=lesson))) == {}
    assert room.preview(room.writes(segment=Segment(came=lesson, but_came=True))) == {Fate.CUSTOMER: 2, Fate.HELD: 3}
    assert room.preview(room.writes(segment=Segment(short_of_hours=True)))[Fate.CUSTOMER] == 2
    assert room.preview(room.writes(segment=Segment(Who.RESIDENTS)))[Fate.HELD] == 3
    push = room.sent(segment=Segment(whom=Whom(branches=(branch,))), lesson_id=lesson, by_mass=True)
    while not await room.pushes.take_up():
        pass
    room.moves(lesson, hours=1)
    await room.works()
    assert room.progress(push).counts == {Fate.DELIVERED: 3}
    assert all("16:00" in one for code in ("DY3", "DY4", "DY5") for one in room.heard(code))
    assert room.heard("DY1") == [] == room.twice()
