"""Watching: where a lesson's pictures stand, who is told, and when a replay counts."""

import pytest

from bot.channels.official_account import NAME
from bot.errors import Refusal
from bot.rules import push, study
from bot.rules.push import News
from bot.rules.study import NothingToConfirm, NotToWatch
from tests.study.scene import LIVE, MEMBERS, REPLAY, Scene
from tests.support.members import Roster
from tests.support.town import Person, Town

TOOK = "老师讲的握笔和坐姿最有用，回家天天练半小时"


def opens(scene: Scene, person: Person) -> str:
    """Follow the link of this moment; returns where it leads."""
    who = scene.known(person)
    with scene.lesson() as (office, its):
        one = study.picture(office, its.id)
        assert one is not None
        return study.follow(office, one, who, channel=NAME)


def test_before_during_and_after_the_right_thing_is_said(scene: Scene) -> None:
    wang = scene.town.resident("王阿姨")
    assert "没有直播，请到现场听" in wang.says("看书法入门的直播")
    scene.shows(live=LIVE)
    scene.at(-24 * 60)
    assert "14:30开始直播" in wang.says("看书法入门的直播")
    assert "十五分钟发消息" in wang.taps("开播提醒我")
    scene.at(10)
    assert "正在直播" in wang.says("看书法入门的直播")
    scene.at(10, of_end=True)
    scene.shows(live=LIVE)
    assert "回放还没放上来" in wang.says("看书法入门的回放")
    assert "就告诉您" in wang.taps("有回放告诉我")
    with scene.office() as office:
        until = office.now.replace(month=12, day=20)
    scene.shows(live=LIVE, replay=REPLAY, until=until)
    assert "能看到12月20日" in wang.says("看书法入门的回放")
    scene.town.now = until
    assert "已经过期" in wang.says("看书法入门的回放")


def test_a_recording_is_asked_for_by_subject_or_as_that_of_the_last_lesson(scene: Scene) -> None:
    wang, li = scene.town.resident("王阿姨"), scene.town.resident("李叔")
    scene.enrols(wang)
    scene.at(10, of_end=True)
    assert "回放还没放上来" in wang.says("上次那堂课有回放吗")
    scene.shows(replay=REPLAY)
    for words in ("上次那堂课有回放吗", "书法课有回放没得", "怎么看书法课的回放"):
        assert "书法入门（示例）的回放可以看" in wang.says(words)
    assert "书法入门（示例）的回放可以看" in li.says("上次那堂课有回放吗")  # no lesson of theirs, and no other to watch
    assert "重进" in li.says("回放打不开怎么办")


def test_who_enrolled_and_who_asked_hear_of_the_replay_once(scene: Scene) -> None:
    wang, li, zhang = (scene.town.resident(name) for name in ("王阿姨", "李叔", "张伯"))
    scene.enrols(wang)
    unwilling = scene.enrols(li)
    scene.shows(live=LIVE)
    with scene.office() as office:
        push.choose(office, unwilling, {News.COURSE: False})
    scene.at(5, of_end=True)
    zhang.says("看书法入门的回放")
    zhang.taps("有回放告诉我")
    for _ in range(2):
        with scene.office() as office:
            told = study.tell(office)
        assert told == 0
    scene.shows(live=LIVE, replay=REPLAY)
    with scene.office() as office:
        assert (study.tell(office), study.tell(office)) == (2, 0)
    said = [words for words in scene.town.waiting_words() if "回放来了" in words]
    assert len(said) == 2


def test_who_asked_is_reminded_before_it_goes_live(scene: Scene) -> None:
    wang = scene.town.resident("王阿姨")
    scene.shows(live=LIVE)
    scene.at(-24 * 60)
    wang.says("看书法入门的直播")
    wang.taps("开播提醒我")
    scene.at(-10)
    with scene.office() as office:
        assert (study.tell(office), study.tell(office)) == (1, 0)
    assert any("14:30开始直播" in words for words in scene.town.waiting_words())


def test_a_replay_counts_after_its_time_and_an_answer_of_ones_own(scene: Scene) -> None:
    wang = scene.town.resident("王阿姨")
    scene.shows(replay=REPLAY)
    scene.at(60, of_end=True)
    assert "没有查到您打开过" in wang.says("看完了")
    assert opens(scene, wang) == REPLAY
    scene.town.passes(minutes=20)
    assert "还要看34分钟" in wang.says("看完了")
    scene.town.passes(minutes=40)
    assert "收获" in wang.says("看完了")
    assert "至少15个字" in wang.says("很好很好")
    for asked in (
        "知识共享站在哪",
        "课程要不要收费，年纪大的人有没有什么优惠？",
        "3栋2单元电梯坏了好几天了一直没有人来修",
    ):
        assert "学时" not in wang.says(asked)
        wang.says("取消")
        assert "收获" in wang.says("看完了")
    assert "重复的字" in wang.says("好" * 20)
    assert "1.5学时" in wang.says(TOOK)
    assert "没有查到" in wang.says("看完了")
    assert "1.5学时（看回放）" in wang.says("我的学时")


def test_a_lesson_counts_once_though_its_replay_is_watched_after_new_year(scene: Scene) -> None:
    wang, li = scene.town.resident("王阿姨"), scene.town.resident("李叔")
    people = {"there": scene.enrols(wang), "at home": scene.known(li)}
    scene.at(-5)
    wang.does("scan", scene.scene())
    scene.at(5, of_end=True)
    with scene.office() as office:
        assert study.count(office) == 1
    scene.shows(replay=REPLAY)
    scene.town.now = scene.town.now.replace(year=2027, month=1, day=2)
    for person in (wang, li):
        opens(scene, person)
    scene.town.passes(hours=2)
    for who in people.values():
        with scene.lesson() as (office, its):
            study.confirm(office, who, its.id, TOOK)
    with scene.office() as office:
        minutes = {
            name: [study.of_resident(office, who, year).totals.minutes for year in (2026, 2027)]
            for name, who in people.items()
        }
    assert minutes == {"there": [90, 0], "at home": [0, 90]}


def test_nothing_is_opened_that_is_not_there_or_not_safe(scene: Scene) -> None:
    wang = scene.town.resident("王阿姨")
    scene.shows(live="http://plain.example/room")
    scene.at(5)
    with pytest.raises(NotToWatch):
        opens(scene, wang)
    who = scene.known(wang)
    with scene.lesson() as (office, its), pytest.raises(NothingToConfirm):
        study.confirm(office, who, its.id, TOOK)


def test_what_is_for_members_is_shown_to_members(town: Town) -> None:
    scene, roster = Scene(town, MEMBERS), Roster(town)
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    roster.has("D1", "示例党员甲")
    roster.is_somebody("D1", scene.known(wang))
    scene.shows(live=LIVE)
    scene.at(5)
    assert "正在直播" in wang.says("看书记讲党课的直播")
    assert "正在直播" not in li.says("看书记讲党课的直播")
    with pytest.raises(Refusal):
        opens(scene, li)


def test_the_same_words_do_not_count_for_two_lessons(town: Town) -> None:
    wang = town.resident("王阿姨")
    first, second = Scene(town), Scene(town, "KC02-1")
    second.at(60, of_end=True)
    for scene in (first, second):
        scene.shows(replay=REPLAY)
        opens(scene, wang)
    town.passes(hours=2)
    assert "点一下" in wang.says("看完了")
    wang.taps("书法入门（示例）")
    assert "1.5学时" in wang.says(TOOK)
    assert "收获" in wang.says("看完了")
    assert "和别的课说的一样" in wang.says(TOOK)
