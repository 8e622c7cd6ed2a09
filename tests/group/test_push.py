"""What is written in a push group arrives once, within the platform's limits, or somebody hears why not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.channels.pieces import pieces
from bot.channels.wecom_webhook.outgoing import split
from bot.rules import group
from bot.rules.group import Article, Card, Content, GroupCannot, Job, Later, Markdown, News, Text
from bot.rules.office import Office
from bot.simulator.wecom import Mishap
from bot.store import Store
from bot.store.group import Audience, GroupChat, GroupKind, GroupPost, PostState
from tests.group.scene import Scene, scene

LESSON = Text("明天19:30，银发手机课堂，学习站二楼。", ("@all",))


@pytest.fixture
async def here(store: Store) -> AsyncIterator[Scene]:
    async with scene(store) as running:
        yield running


only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@only_sqlite
async def test_every_kind_of_content_arrives_once(here: Scene) -> None:
    room = here.has_group()
    news = News((Article("端午活动", "https://weizhan.example/h5/activities", "周六上午"),))
    card = Card("学习提醒", "https://weizhan.example/h5/", "还差2学时", (("截止", "12月31日"),))
    contents: list[Content] = [LESSON, Markdown("**今晚**有课"), news, card]
    for number, content in enumerate(contents):
        first = here.posts(room, content, f"k{number}")
        assert here.posts(room, content, f"k{number}") == first
    await here.delivers()
    shown = here.wecom.in_group("第3网格工作群")
    assert [one.kind for one in shown] == ["text", "markdown", "news", "card"]
    assert here.stands("k0").state is PostState.SENT
    await here.delivers()
    assert len(here.read()) == 4


@only_sqlite
async def test_a_long_push_is_cut_and_goes_on_in_the_next_minute(here: Scene) -> None:
    room = here.has_group()
    words = "\n".join(f"{line:03d} " + "社区学习安排请看清楚。" * 20 for line in range(75))
    here.posts(room, Text(words))
    await here.delivers()
    assert len(here.read()) == 20  # the platform has said no to nothing
    assert here.stands().state is PostState.QUEUED
    here.wecom.clock.advance(59)
    await here.delivers()
    assert len(here.read()) == 20
    here.wecom.clock.advance(2)
    await here.delivers()
    assert here.stands().state is PostState.SENT
    assert "".join("".join(here.read()).split("\n")) == words.replace("\n", "")
    assert all(len(one.encode()) <= 2048 for one in here.read())


@only_sqlite
async def test_nothing_overtakes_what_stands_before_it_in_its_group(here: Scene) -> None:
    room = here.has_group()
    here.wecom.mishaps.on(Mishap.RATE, 1)
    here.posts(room, Text("第一条"), "a")
    here.posts(room, Text("第二条"), "b")
    await here.delivers()
    assert here.stands("a").state is PostState.QUEUED
    assert "45009" in here.stands("a").reason
    assert here.read() == []
    here.wecom.clock.advance(120)
    await here.delivers()
    assert here.read() == ["第一条", "第二条"]


@only_sqlite
async def test_one_that_the_platform_never_takes_does_not_hold_up_the_others(here: Scene) -> None:
    room = here.has_group()
    here.wecom.mishaps.on(Mishap.RATE, 4)
    here.posts(room, Text("第一条"), "a")
    here.posts(room, Text("第二条"), "b")
    for _ in range(4):
        await here.delivers()
        here.wecom.clock.advance(61)
    here.wecom.mishaps.on(Mishap.RATE, 1)
    await here.delivers()
    assert here.read() == ["第二条"]


@only_sqlite
async def test_what_the_platform_did_not_take_counts_against_no_limit(here: Scene) -> None:
    """A residents' group has one message a day: a line that broke must not be that one."""
    room = here.has_group()
    with here.office() as office:
        office.session.get_one(GroupChat, room).per_day = 1
    here.wecom.mishaps.on(Mishap.RATE, 1)
    here.posts(room, LESSON)
    await here.delivers()
    assert here.stands().state is PostState.QUEUED
    here.wecom.clock.advance(61)
    await here.delivers()
    assert here.stands().state is PostState.SENT
    here.posts(room, Text("第二条"), "b")
    await here.delivers()
    assert here.stands("b").state is PostState.QUEUED


@only_sqlite
async def test_a_lost_answer_waits_for_a_person_and_is_not_sent_again_blindly(here: Scene) -> None:
    room = here.has_group()
    here.hires_clerk()
    here.wecom.mishaps.on(Mishap.HANGS, 1)
    here.posts(room, LESSON)
    await here.delivers()
    here.wecom.clock.advance(3600)
    await here.delivers()
    assert (here.stands().state, len(here.read())) == (PostState.UNSURE, 1)
    [told] = here.told()
    assert "不确定到没到" in told
    post_id = here.stands().id
    with here.office() as office:
        group.send_again(office, office.session.get_one(GroupPost, post_id))
    await here.delivers()
    assert (here.stands().state, len(here.read())) == (PostState.SENT, 2)


@only_sqlite
async def test_a_wrong_key_closes_the_group_until_it_is_mended(here: Scene) -> None:
    room = here.has_group()
    here.hires_clerk()
    here.wecom.robot_leaves("第3网格工作群")
    here.posts(room, LESSON, "a")
    here.posts(room, Text("再一条"), "b")
    await here.delivers()
    assert here.stands("a").state is PostState.FAILED
    assert here.stands("b").state is PostState.QUEUED
    assert "93000" in here.chat(room).trouble
    [told] = here.told()
    assert "密钥不对" in told
    with here.office() as office:
        row = office.session.get_one(GroupChat, room)
        fresh = here.wecom.robot("第3网格工作群")
        draft = group.Draft("wg3", row.name, GroupKind.WEBHOOK, Audience(row.audience), area_id=row.area_id, hook=fresh)
        group.edit(office, row, draft)
    await here.delivers()
    assert here.read() == ["再一条"]


@only_sqlite
async def test_what_nobody_could_say_in_time_is_not_said(here: Scene) -> None:
    room = here.has_group()
    here.posts(room, LESSON)
    here.wecom.clock.advance(86460)
    await here.delivers()  # a server that comes back after a day looks before anybody has swept
    with here.office() as office:
        group.sweep(office)
    assert (here.stands().state, here.read()) == (PostState.EXPIRED, [])


@only_sqlite
async def test_what_cannot_be_read_fails_alone(here: Scene) -> None:
    room = here.has_group()
    first = here.posts(room, LESSON, "a")
    here.posts(room, Text("第二条"), "b")
    with here.office() as office:
        office.session.get_one(GroupPost, first).content = b"of another key, or spoilt on the disk"
    await here.delivers()
    assert here.stands("a").state is PostState.FAILED
    await here.delivers()
    assert here.read() == ["第二条"]


@only_sqlite
async def test_a_sender_that_died_leaves_it_unsure(here: Scene) -> None:
    room = here.has_group()
    here.posts(room, LESSON)
    with here.office() as office:
        assert len(claim(office)) == 1
    here.wecom.clock.advance(180)
    with here.office() as office:
        group.sweep(office)
    assert here.stands().state is PostState.UNSURE


async def test_two_workers_share_one_budget(here: Scene) -> None:
    """Twenty a minute, however many look at once: on each kind of database."""
    room = here.has_group()
    words = "\n".join("社区学习安排请看清楚。" * 60 for _ in range(30))
    here.posts(room, Text(words))
    taken: list[Job] = []

    def work(_: int) -> None:
        while True:
            with here.office() as office:
                jobs = claim(office)
            if not jobs:
                return
            taken.extend(jobs)
            for job in jobs:
                with here.office() as office:
                    group.settle(office, job, group.Sent())

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))
    assert len(taken) == 20
    assert sorted(job.part for job in taken) == list(range(20))


@only_sqlite
async def test_what_the_platform_does_not_allow_is_refused(here: Scene) -> None:
    with pytest.raises(GroupCannot):
        here.posts(here.has_group("gw", kind=GroupKind.GATEWAY), LESSON)
    customers = here.chat(here.has_group("kh", kind=GroupKind.CUSTOMER))
    assert customers.needs_human_confirm
    draft = group.Draft("kh", customers.name, GroupKind.CUSTOMER, Audience.RESIDENTS, can_receive_at=True)
    with here.office() as office, pytest.raises(GroupCannot):
        group.edit(office, customers, draft)


@only_sqlite
async def test_trying_again_ends(here: Scene) -> None:
    room = here.has_group()
    with here.office() as office:
        group.post(office, room, LESSON, key="k", until=here.now + timedelta(days=3))
    for _ in range(24):
        with here.office() as office:
            [job] = claim(office)
        with here.office() as office:
            group.settle(office, job, Later("-1 busy"))
        here.wecom.clock.advance(7201)
    assert here.stands().state is PostState.FAILED


def claim(office: Office) -> list[Job]:
    """As the delivery does."""
    return group.claim(office, [GroupKind.WEBHOOK.value], split, 8)


def test_pieces_are_cut_at_lines_and_sentences_and_never_inside_a_character() -> None:
    assert pieces("一。二", 6) == ["一。", "二"]
    assert pieces("短\n短\n", 100) == ["短\n短"]
    assert pieces("😀" * 5, 9) == ["😀😀", "😀😀", "😀"]
    assert pieces(" \n ", 10) == []
