"""Arriving: the code that changes, the picture that is scanned, with a place and without one."""

from datetime import timedelta

import pytest

from bot.rules import activity, arrival, study_terms
from bot.rules.activity import rotating
from bot.rules.arrival import screen
from bot.store.activity import CameBy
from tests.study.scene import MEMBERS, Scene
from tests.support.members import Roster
from tests.support.town import Town

FAR_AWAY = (30.70, 104.20)


def test_the_code_of_this_minute_and_of_the_one_before_check_in_and_older_ones_do_not(scene: Scene) -> None:
    wang, li = scene.town.resident("王阿姨"), scene.town.resident("李叔")
    scene.enrols(wang, 2)
    scene.enrols(li)
    scene.at(-5)
    said, old = scene.digits(), scene.town.now
    scene.town.passes(seconds=rotating.SECONDS)
    assert "签到成功：书法入门（示例），2人" in wang.says(f"签到 {said[:3]} {said[3:]}")
    assert "已经签过到" in wang.says(f"签到 {said}")
    scene.town.now = old + timedelta(seconds=rotating.SECONDS * 3)
    assert "刚换过" in li.says(f"签到 {said}")
    assert "签到成功" in li.says(scene.digits())
    assert [row.came_by for row in scene.rows()] == [CameBy.CODE, CameBy.CODE]


def test_a_scan_too_early_spoils_nothing(scene: Scene) -> None:
    """What others' rotating codes are known to fail by."""
    wang = scene.town.resident("王阿姨")
    scene.enrols(wang)
    scene.at(-90)
    assert "13:30起可以签" in wang.does("scan", scene.scene())
    scene.at(-10)
    assert "签到成功" in wang.does("scan", scene.scene())
    assert "已经签过到" in wang.does("scan", scene.scene())
    assert [row.came_by for row in scene.rows()] == [CameBy.QR]


def test_who_was_ticked_off_by_mistake_and_then_enrols_is_no_walk_in(scene: Scene) -> None:
    wang = scene.town.resident("王阿姨")
    scene.at(-30)
    wang.does("scan", scene.scene())
    (row,) = scene.rows()
    assert row.walk_in
    with scene.office() as office:
        activity.untick(office, row.id, by="示例社区知识共享站")
    scene.enrols(wang)
    assert [row.walk_in for row in scene.rows()] == [False]


def test_old_and_made_up_pictures_are_refused_in_plain_words(scene: Scene) -> None:
    wang = scene.town.resident("王阿姨")
    scene.enrols(wang)
    scene.at(-5)
    old = scene.scene()
    assert len(old) <= 64
    scene.town.passes(minutes=3)
    assert "大屏每分钟换一次" in wang.does("scan", old)
    made_up = old[:-3] + ("aaa" if not old.endswith("aaa") else "bbb")
    assert "认不出来" in wang.does("scan", made_up)
    assert "认不出来" in wang.does("scan", "lesson-1")
    assert all(row.came_at is None for row in scene.rows())


def test_the_word_on_the_wall_sleeps_while_a_screen_is_lit(scene: Scene) -> None:
    """Else whoever is there would tell it to whoever is not; when the line is down it counts again."""
    wang = scene.town.resident("王阿姨")
    scene.enrols(wang)
    scene.at(-5)
    with scene.lesson() as (office, its):
        wall = activity.give_code(office, its)
        screen.shown(office, its)
    assert "签到码不对" in wang.says(f"签到 {wall}")
    scene.town.passes(minutes=4)
    assert "签到成功" in wang.says(f"签到 {wall}")


def test_whoever_comes_without_a_place_is_counted_apart_while_there_are_places(scene: Scene) -> None:
    people = [scene.town.resident(name) for name in ("王阿姨", "李叔", "张伯", "赵姐")]
    scene.enrols(people[0])
    scene.has(places=3)
    scene.at(5)
    assert "没有报名也欢迎" in people[1].does("scan", scene.scene())
    assert "没有报名也欢迎" in people[2].says(f"签到 {scene.digits()}")
    assert "名额都报满了" in people[3].does("scan", scene.scene())
    assert "签到成功" in people[0].says(scene.digits() + " 签到")
    with scene.lesson() as (office, its):
        shown = arrival.shown(office, its)
    assert (shown.there.came, shown.there.walked_in) == (3, 2)


def test_walk_ins_can_be_switched_off(scene: Scene) -> None:
    with scene.office() as office:
        study_terms.change(office, {"walk_ins": False}, by=None)
    scene.at(5)
    assert "只给报了名的人" in scene.town.resident("王阿姨").does("scan", scene.scene())


def test_a_lesson_for_members_takes_members(town: Town) -> None:
    scene, roster = Scene(town, MEMBERS), Roster(town)
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    roster.has("D1", "示例党员甲", is_secretary=True)
    roster.is_somebody("D1", scene.known(wang))
    scene.at(0)
    assert "签到成功" in wang.does("scan", scene.scene())
    assert "党员" in li.does("scan", scene.scene())
    assert len(scene.rows()) == 1


def test_codes_are_not_guessed_by_whoever_has_no_place(scene: Scene) -> None:
    wang = scene.town.resident("王阿姨")
    scene.at(0)
    assert "签到码" in wang.says("我要签到")
    for number in range(5):
        wang.says(f"签到 {(int(scene.digits()) + 1 + number) % 10**6:06d}")
    assert "十五分钟" in wang.says(f"签到 {scene.digits()}")
    scene.town.passes(minutes=16)
    assert "签到成功" in wang.says(f"签到 {scene.digits()}")


def test_six_digits_that_were_asked_for_are_no_pick_up_code(scene: Scene) -> None:
    """About one in ten looks like a locker's; over twenty minutes there are enough of these."""
    for minute in range(20):
        who = scene.town.resident(f"居民{minute}")
        scene.at(minute)
        assert "签到码" in who.says("我要签到")
        said = who.says(scene.digits())
        assert "签到成功" in said or "名额都报满了" in said


def test_a_place_far_away_is_noted_and_refuses_nobody(scene: Scene) -> None:
    wang = scene.town.resident("王阿姨")
    scene.enrols(wang)
    scene.at(-5)
    assert "签到码" in wang.says("签到")
    assert "有点远" in wang.shares(*FAR_AWAY)
    assert "签到成功" in wang.says(scene.digits())
    with scene.lesson() as (office, its):
        assert [line.far for line in arrival.lines(office, its)] == [True]


@pytest.mark.parametrize(("minutes", "of_end", "said"), [(-3000, False, "没有可以签到的"), (1, True, "没有可以签到的")])
def test_before_and_after_the_next_step_is_said(scene: Scene, minutes: int, of_end: bool, said: str) -> None:
    scene.at(minutes, of_end=of_end)
    assert said in scene.town.resident("王阿姨").says("我要签到")
