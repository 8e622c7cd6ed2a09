"""A push from its writing to its end: read by a second person, sent once to each, taken back, tried again."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import select

from bot.conversation import Conversation
from bot.rules import lesson_push, privacy
from bot.rules.lesson_push import (
    Draft,
    Fate,
    PushDecided,
    PushLessonGone,
    PushNotDraft,
    PushToNobody,
    PushTooLate,
    SameHand,
    Segment,
    Who,
)
from bot.store import Store, outbox
from bot.store import lesson_push as rows
from bot.store.lesson_push import LessonPushMass, MassState, PushState
from bot.wording import lesson_push as say
from tests.support.pushes import BY_TEMPLATE, CUSTOMER, MASS, PUBLIC, Studio, studio


async def test_a_push_goes_to_every_member_once_after_a_second_person_has_read_it(room: Studio) -> None:
    room.has_members(3)
    push = room.writes(lesson_id=room.has_lesson())
    await room.works()
    assert room.heard("DY1") == []
    with pytest.raises(SameHand):
        room.agrees(push, "clerk")
    room.agrees(push)
    await room.works()
    [words] = room.heard("DY1")
    assert "11月24日（周二）12:00" in words
    assert "一楼党员活动室" in words
    assert "https://live.example/1" in words
    assert "退订" in words
    progress = room.progress(push)
    assert (progress.made, progress.counts) == (3, {Fate.DELIVERED: 3})
    assert room.push(push).state == PushState.OVER
    assert room.twice() == []


async def test_what_is_changed_is_read_again(room: Studio) -> None:
    room.has_members(1)
    push = room.writes()
    before, clerk, manager = room.push(push).version, room.account("clerk"), room.account("manager")
    with room.office() as office:
        lesson_push.change(office, push, Draft("示例推送", "改过了"), by=clerk)
        lesson_push.propose(office, push)
    with room.office() as office, pytest.raises(PushDecided):
        lesson_push.approve(office, push, version=before, by=manager)
    room.agrees(push)
    with room.office() as office, pytest.raises(PushNotDraft):
        lesson_push.change(office, push, Draft("示例推送"), by=clerk)
    with room.office() as office, pytest.raises(PushDecided):
        lesson_push.approve(office, push, version=before + 1, by=manager)


async def test_a_push_to_nobody_or_of_no_lesson_is_refused(room: Studio) -> None:
    with pytest.raises(PushToNobody):
        room.writes(segment=Segment(Who.NOBODY))
    with pytest.raises(PushLessonGone):
        room.writes(lesson_id=uuid4())
    with pytest.raises(PushTooLate):
        room.writes(at=room.now)


async def test_the_preview_says_who_is_reached_how(room: Studio) -> None:
    room.has_members(2)
    room.has_members(3, talked=False)
    room.phones["DY5"].following = False
    await room.line.platform.says(room.phones["DY2"], "退订")
    push = room.writes(by_mass=True)
    assert room.preview(push) == {Fate.CUSTOMER: 1, Fate.REFUSED: 1, Fate.MASS: 3}
    push = room.writes()
    assert room.preview(push) == {Fate.CUSTOMER: 1, Fate.REFUSED: 1, Fate.HELD: 3}


async def test_who_is_not_reached_hears_at_their_next_word(room: Studio) -> None:
    room.has_members(1, talked=False)
    push = room.sent()
    await room.works()
    assert room.progress(push).counts == {Fate.HELD: 1}
    assert "示例推送" in (await room.line.platform.says(room.phones["DY1"], "你好")).text
    assert room.progress(push).counts == {Fate.DELIVERED: 1}


async def test_unsubscribing_alone_stops_it_at_once_and_is_confirmed(room: Studio) -> None:
    room.has_members(2, talked=False)
    push = room.sent()
    await room.works()
    assert "不收" in (await room.line.platform.says(room.phones["DY1"], "退订")).text
    assert room.heard("DY1") == []
    assert room.progress(push).counts == {Fate.HELD: 1, Fate.REFUSED: 1}
    await room.works()
    later = room.sent()
    await room.works()
    assert room.progress(later).counts == {Fate.REFUSED: 1, Fate.HELD: 1}


async def test_the_rest_goes_in_one_mass_send_while_the_month_allows(room: Studio) -> None:
    room.has_members(1)
    room.has_members(3, talked=False)
    for number in range(1, 6):
        push = room.sent(by_mass=True)
        await room.works()
        assert [len(room.heard(code)) for code in ("DY1", "DY2", "DY4")] == [number, min(number, 4), min(number, 4)]
    assert room.line.calls(MASS) == 4
    assert room.progress(push).counts == {Fate.DELIVERED: 1, Fate.HELD: 3}


async def test_a_mass_send_whose_answer_is_lost_is_made_once(room: Studio) -> None:
    room.has_members(3, talked=False)
    push = room.sent(by_mass=True)
    await room.line.client.create_code("warm", 60)  # so that there is a token
    room.line.platform.faults.on("api_down", how="lost", times=1)
    await room.works()
    assert [len(room.heard(code)) for code in room.phones] == [1, 1, 1]  # it was sent, and we do not know
    room.passes(minutes=3)
    room.line.sweep()
    await room.works()
    assert room.twice() == []
    assert room.progress(push).counts == {Fate.DELIVERED: 3}


@pytest.mark.parametrize("code", [45028, 48001])
async def test_where_the_platform_will_not_send_to_all_they_are_held(room: Studio, code: int) -> None:
    room.has_members(3, talked=False)
    push = room.sent(by_mass=True)
    room.line.platform.faults.on("errcode", code=code, path=MASS)
    await room.works()
    progress = room.progress(push)
    assert progress.counts == {Fate.HELD: 3}
    assert str(code) in progress.masses[0].reason
    assert "示例推送" in (await room.line.platform.says(room.phones["DY1"], "你好")).text


async def test_a_mass_send_put_off_to_midnight_waits_for_the_morning(room: Studio) -> None:
    """Nobody is woken; whoever writes before it reads it then, and other pushes go on meanwhile."""
    room.has_members(4, talked=False)
    room.sent(by_mass=True)
    room.line.platform.faults.on("errcode", code=45009, path=MASS, times=1)
    await room.works()
    assert "示例推送" in (await room.line.platform.says(room.phones["DY4"], "你好")).text
    room.passes(hours=14)  # deep in the night
    await room.works()
    assert [len(room.heard(code)) for code in room.phones] == [0, 0, 0, 1]
    room.passes(hours=10)
    await room.works()
    assert [len(room.heard(code)) for code in room.phones] == [1, 1, 1, 1]


async def test_a_stopped_push_of_which_nobody_knows_whether_it_went_is_told_to_nobody_twice(room: Studio) -> None:
    room.has_members(3, talked=False)
    push = room.sent(by_mass=True)
    await _until_gathered(room)
    with room.office() as office:
        assert lesson_push.claim(office) is not None  # and its sender died
    with room.office() as office:
        lesson_push.stop(office, push)
    room.passes(minutes=3)
    await room.works()
    await room.line.platform.says(room.phones["DY1"], "你好")
    assert room.twice() == []
    progress = room.progress(push)
    assert (progress.counts, progress.masses[0].state) == ({Fate.UNSURE: 3}, MassState.UNSURE)


async def test_a_mass_send_under_way_keeps_no_other_push_waiting(room: Studio) -> None:
    room.has_members(3, talked=False)
    room.sent(by_mass=True)
    await _until_gathered(room)
    with room.office() as office:
        mass = lesson_push.claim(office)
        assert mass is not None
        assert (len(mass.openids), outbox.due_of(office.session, lesson_push.KIND, office.now)) == (3, 0)


async def _until_gathered(room: Studio) -> None:
    """Up to where a mass send is due and nobody has asked for it."""
    gathered = 0
    while not gathered:
        await room.line.delivery.send_due()
        with room.office() as office:
            lesson_push.go_on(office, in_group=say.in_group)
            gathered = len(office.session.scalars(select(LessonPushMass.id)).all())


async def test_who_was_told_in_short_reads_the_new_hour(file_store: Store, talk: Conversation, tmp_path: Path) -> None:
    async with studio(file_store, talk, tmp_path, means=BY_TEMPLATE) as room:
        room.has_members(1, talked=False)
        lesson = room.has_lesson(hours=3)
        room.sent(lesson_id=lesson)
        await room.works()
        room.moves(lesson, hours=1)
        await room.works()
        assert "16:00" in (await room.line.platform.says(room.phones["DY1"], "你好")).text
    file_store.close()


async def test_a_preview_of_many_is_counted_in_portions(room: Studio) -> None:
    room.has_members(2)
    room.has_members(3, talked=False)
    push, seen, steps = room.writes(by_mass=True), 0, 0
    with room.office() as office:
        its = room.push_in(office, push)
        found = lesson_push.preview(office, its, most=2)
        while found.after is not None:
            seen, steps = seen + len(found.people), steps + 1
            found = lesson_push.go_on_counting(office, its, after=found.after, so_far=found.counts, most=2)
    assert (steps, seen + len(found.people)) == (2, 5)
    assert found.counts == {Fate.CUSTOMER: 2, Fate.MASS: 3}


async def test_a_moved_lesson_is_told_at_its_new_hour_only(room: Studio) -> None:
    room.has_members(2, talked=False)
    lesson = room.has_lesson(hours=3)
    room.sent(lesson_id=lesson)
    await room.works()
    room.moves(lesson, hours=1)
    assert "16:00" not in (await room.line.platform.says(room.phones["DY1"], "你好")).text
    await room.works()
    assert ["16:00" in one for one in room.heard("DY1")] == [True]
    assert "16:00" in (await room.line.platform.says(room.phones["DY2"], "你好")).text


async def test_a_lesson_called_off_takes_its_push_along(room: Studio) -> None:
    room.has_members(2, talked=False)
    lesson = room.has_lesson(hours=3)
    push = room.sent(lesson_id=lesson)
    await room.works()
    room.moves(lesson, cancelled=True)
    assert "示例推送" not in (await room.line.platform.says(room.phones["DY1"], "你好")).text
    await room.works()
    assert room.progress(push).counts == {Fate.WITHDRAWN: 2}
    assert room.push(push).state == PushState.STOPPED


async def test_a_stopped_push_reaches_nobody_else(room: Studio) -> None:
    room.has_members(2)
    push = room.sent()
    await room.pushes.take_up()
    with room.office() as office:
        lesson_push.stop(office, push)
    await room.works()
    assert room.heard("DY1") + room.heard("DY2") == []
    assert room.progress(push).counts == {Fate.WITHDRAWN: 2}


async def test_what_failed_is_tried_again_and_nothing_else(room: Studio) -> None:
    room.has_members(3)
    push = room.sent()
    room.line.platform.faults.on("errcode", code=45168, path=CUSTOMER, times=1)
    await room.works()
    assert room.progress(push).counts == {Fate.DELIVERED: 2, Fate.FAILED: 1}
    with room.office() as office:
        assert lesson_push.try_again(office, push) == 1
    await room.works()
    assert room.progress(push).counts == {Fate.DELIVERED: 3}
    assert room.twice() == []


async def test_at_night_a_push_waits_for_the_morning(room: Studio) -> None:
    room.has_members(1)
    room.passes(hours=10)
    push = room.sent()
    await room.works()
    assert (room.heard("DY1"), room.push(push).state) == ([], PushState.APPROVED)
    room.passes(hours=10, minutes=1)
    await room.works()
    assert len(room.heard("DY1")) == 1


async def test_its_page_counts_who_opened_it_and_a_word_who_read_it(
    file_store: Store, talk: Conversation, tmp_path: Path
) -> None:
    async with studio(file_store, talk, tmp_path, means=BY_TEMPLATE, public_url=PUBLIC) as room:
        room.has_members(2)
        push = room.sent(lesson_id=room.has_lesson())
        await room.works()
        [words] = room.heard("DY1")
        name = words.split(f"{PUBLIC}/h5/pushes/")[1].split()[0]
        with room.office() as office:
            found = lesson_push.opened(office, name)
        assert found is not None
        assert found.facts["title"] == "示例推送"
        assert "已经看到" in (await room.line.platform.says(room.phones["DY2"], "收到")).text
        progress = room.progress(push)
        assert (progress.opened, progress.answered) == (1, 1)
    file_store.close()


async def test_who_is_forgotten_is_only_counted(room: Studio) -> None:
    room.has_members(2)
    push = room.sent()
    await room.works()
    with room.office() as office:
        person = room.line.resident(office.session, room.phones["DY1"])
        privacy.forget(office.session, person)
        assert person not in rows.reached(office.session, push, [person])
    assert room.progress(push).counts == {Fate.DELIVERED: 2}
