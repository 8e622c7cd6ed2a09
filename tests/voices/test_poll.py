"""One person one vote, under a name that leads to nobody; who is asked, and who reads the sums when."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.rules import poll, resident
from bot.rules.office import Office
from bot.rules.poll import NotAsked, Plan, PollOver
from bot.store import activity as activities
from bot.store import resident as residents
from bot.store import transaction
from bot.store.place import Area, Level
from bot.store.poll import Poll, PollVote, Segment, Shows
from tests.support.console import Browser, House
from tests.support.town import CHENGDU, Town

DESK = "/console/polls"


def put(town: Town, **other: object) -> Poll:
    """A published question, asked now."""
    plan: dict[str, object] = {
        "question": "院坝装什么？",
        "words": "",
        "options": ("乒乓台", "葡萄架", "凉亭"),
        "most": 1,
        "segment": Segment.EVERYBODY,
        "activity_id": None,
        "area_id": None,
        "opens_at": town.now,
        "closes_at": town.now + timedelta(days=7),
        "shows": Shows.AFTER_VOTE,
    }
    with transaction(town.store) as session:
        office = Office(session, town.talk.seal, CHENGDU, town.now)
        row = poll.draw_up(office, Plan(**{**plan, **other}))  # type: ignore[arg-type]
        return poll.publish(office, row.id)


def votes(town: Town) -> list[PollVote]:
    with transaction(town.store) as session:
        return list(session.scalars(select(PollVote)))


def test_a_tap_is_a_vote_and_another_takes_its_place(town: Town) -> None:
    put(town)
    wang = town.resident("王阿姨")
    assert "院坝装什么？" in wang.says("有啥子投票")
    assert "结束前可以改" in wang.taps("院坝装什么？")
    assert "乒乓台：1票（100%）" in wang.taps("乒乓台")
    wang.says("我要投票")
    assert "您现在投的是：乒乓台" in wang.taps("院坝装什么？")
    assert "凉亭：1票（100%）" in wang.taps("凉亭")
    [vote] = votes(town)
    assert vote.choices == [2]
    with transaction(town.store) as session:
        person = residents.person(session, channel="official_account", sender="王阿姨")
    assert person is not None
    assert person.hex not in vote.voter


def test_several_by_taps_or_by_numbers(town: Town) -> None:
    put(town, most=2, shows=Shows.AT_END)
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    wang.says("有投票吗")
    wang.taps("院坝装什么？")
    assert "还可以选1个" in wang.taps("凉亭")
    assert "结束后公布" in wang.taps("乒乓台")
    li.says("有投票吗")
    li.taps("院坝装什么？")
    assert "请选1到2个" in li.says("1、2、3")
    assert "投好了：葡萄架、凉亭" in li.says("2、3")
    assert sorted(one.choices for one in votes(town)) == [[0, 2], [1, 2]]
    town.passes(days=8)
    assert "凉亭：2票（100%）" in wang.says("投票结果")


def test_who_is_not_asked_does_not_see_it_and_nobody_votes_after_the_end(town: Town) -> None:
    row = put(town, segment=Segment.MEMBERS)
    wang = town.resident("王阿姨")
    assert "院坝装什么" not in wang.says("有啥子投票")
    with transaction(town.store) as session:
        office = Office(session, town.talk.seal, CHENGDU, town.now)
        person = residents.person(session, channel="official_account", sender="王阿姨")
        assert person is not None
        with pytest.raises(NotAsked):
            poll.vote(office, row.id, person, [0])
        late = replace(office, now=row.closes_at)
        with pytest.raises(PollOver):
            poll.vote(late, row.id, person, [0])


def test_those_who_enrolled_are_asked(town: Town) -> None:
    with transaction(town.store) as session:
        its = activities.coded(session, "HD01")
    assert its is not None
    put(town, segment=Segment.ENROLLED, activity_id=its.id)
    wang = town.resident("王阿姨")
    assert "院坝装什么" not in wang.says("有啥子投票")
    wang.says("我要报名活动邻里汤圆会")
    wang.says("确认")
    wang.says("有啥子投票")
    assert "投好了" in (wang.taps("院坝装什么？") and wang.taps("凉亭"))


def test_in_a_group_nobody_votes(town: Town) -> None:
    put(town)
    wang = town.resident("王阿姨")
    reply = wang.last(replace(wang.message(text="有啥子投票"), channel="group")).reply
    assert "私聊" in reply.text
    assert not reply.choices


def test_two_who_turn_out_to_be_one_have_one_vote(town: Town) -> None:
    row = put(town)
    with transaction(town.store) as session:
        office = Office(session, town.talk.seal, CHENGDU, town.now)
        first, second = (
            residents.register(session, channel="official_account", sender=name, now=town.now) for name in ("甲", "乙")
        )
        poll.vote(office, row.id, first, [0])
        poll.vote(office, row.id, second, [1])
        resident.merge(office, into=first, other=second)
        assert poll.totals(office, row).people == 1
        assert poll.voted(office, row, first) == ["乒乓台"]


def typed(browser: Browser, **other: str) -> dict[str, str]:
    area = re.search(r'<select id="f-area".*?<option value="([0-9a-f-]{36})"', browser.page, re.S)
    assert area, browser.words
    version = re.search(r'name="_version" value="([0-9a-f]*)"', browser.page)
    values = {
        "question": "活动室周末开到几点？",
        "words": "",
        "options": "八点\n九点",
        "most": "1",
        "segment": "everybody",
        "activity": "",
        "area": area[1],
        "from_day": "2026-11-22",
        "from_time": "08:00",
        "until_day": "2026-11-30",
        "until_time": "21:00",
        "shows": "after_vote",
        "_version": version[1] if version else "",
    }
    return {**values, **other}


async def test_the_staff_put_a_question_and_read_sums_never_names(house: House, clerk: Browser) -> None:
    await clerk.opens(f"{DESK}/new")
    assert "选项要2到8个" in await clerk.sends(DESK, typed(clerk, options="八点"))
    await clerk.opens(f"{DESK}/new")
    await clerk.sends(DESK, typed(clerk))
    here = clerk.at
    wang = house.town.resident("王阿姨")
    assert "活动室周末" not in wang.says("有啥子投票")
    await clerk.sends(f"{here}/publish")
    wang.says("有啥子投票")
    wang.taps("活动室周末开到几点？")
    wang.taps("九点")
    words = await clerk.opens(here)
    assert "1 人投了" in words
    assert "九点 1 100%" in words
    assert "王阿姨" not in words
    assert "已经有人投了" in await clerk.sends(here, typed(clerk, options="八点\n十点"))
    assert "已结束" in await clerk.sends(f"{here}/close")
    assert "九点：1票（100%）" in wang.says("投票结果")
    assert "活动室周末" in await clerk.opens(DESK)
    house.change("clerk", area_id=None, station_id=None, grid_id=house.account("grid3").grid_id)
    await clerk.opens(here)
    assert clerk.status == 404


async def test_nobody_asks_those_enrolled_in_another_community(house: House, clerk: Browser) -> None:
    with house.transaction() as session:
        elsewhere = Area(code="SQ02", level=Level.COMMUNITY.value, name="另一社区")
        session.add(elsewhere)
        session.flush()
        its = activities.coded(session, "HD03")
        assert its is not None
        its.area_id, its.station_id = elsewhere.id, None
    await clerk.opens(f"{DESK}/new")
    page = await clerk.sends(DESK, typed(clerk, segment="enrolled", activity="HD03"))
    assert (clerk.status, "请写活动或课次的编码" in page) == (409, True)
