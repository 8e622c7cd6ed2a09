"""Residents look for courses, enrol in one lesson or all, wait and give up, in their own words."""

import pytest

from bot.rules import activity, course
from bot.store import course as courses
from bot.store.activity import Activity
from bot.store.resident import person, register
from tests.activity.scene import sample
from tests.booking.scene import office_of
from tests.support.members import Roster
from tests.support.town import Person, Town

CALLIGRAPHY, PHOTOGRAPHS, PARTY = "书法入门（示例）", "手机摄影入门（示例）", "书记讲党课：院落里的治理（示例）"
STORIES, OPERA = "红色故事会（示例）", "川剧脸谱绘画（示例）"


def joined(person: Person, words: str) -> str:
    """Enrol by talking; returns the last reply."""
    assert "请核对" in person.says(words), person.reply.text
    return person.says("确认")


def test_what_belongs_to_a_course_for_members_is_shown_to_members(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    asked = "下周二党课在哪儿上"
    wang.says(asked)
    with office_of(town) as office:
        its = courses.coded(office.session, "KC03")
        assert its is not None
        course.add_material(office, its.id, title="学习参考", url="https://example.org/x.pdf", words="")
        who = person(office.session, channel="official_account", sender="王阿姨")
        assert who is not None
    roster = Roster(town)
    roster.has("D1", "示例党员甲")
    roster.is_somebody("D1", who)
    assert "学习参考" in wang.says(asked)
    assert "学习参考" not in li.says(asked)


def full(town: Town, code: str) -> None:
    """Somebody else has all places of a lesson."""
    with office_of(town) as office:
        its: Activity = sample(office.session, code)
        its.places = 1
        who = register(office.session, channel="official_account", sender="别人", now=office.now)
        activity.enrol(office, its.id, resident_id=who, channel="official_account")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("最近有什么课", "书法入门（示例）：11月25日（周三）14:30，还有16个名额"),
        ("下周有啥子课", "书法入门（示例）：11月25日"),
        ("周末有没有课", "党员话初心：一枚纪念章（示例）：11月28日（周六）9:30，不限名额"),
        ("明天有课吗", "那个时间没有排课"),
        ("下周二党课在哪儿上", "示例社区知识共享站 一楼分享厅"),
        ("书法课还有名额没", "11月25日（周三）14:30：还有16个名额"),
        ("书法课哪个讲", "主讲：示例书画社会员（身边榜样）"),
        ("有没有红色文化的活动", STORIES),
        ("先锋模范讲的课有哪些", PARTY),
        ("专业导师讲什么课", PHOTOGRAPHS),
        ("理论宣讲什么时候有", "11月26日（周四）15:00–16:00"),
        ("社区里最近有没有什么文化活动", OPERA),
        ("有没有插花课", "还没有排“插花”这样的课"),
        ("书记讲党课有没有", "限党员"),
        ("晚上有没有课", "手机摄影入门（示例）：11月27日（周五）19:00"),
        ("明天晚上有没有课", "那个时间没有排课"),
        ("报名瑜伽课", "还没有排“瑜伽”这样的课。想报哪门课"),
        ("我想报那个教剪纸的课", "还没有排“剪纸”这样的课"),
        ("给我报个太极班", "还没有排“太极”这样的课"),
        ("明天的书法课取消了吗", "11月25日（周三）14:30"),
        ("川剧脸谱那个还能报不", "12月5日（周六）14:00"),
        ("周四有什么课", "理论宣讲：文明实践面对面"),
        ("书法临帖讲义发我一份", "https://example.org/shufa.pdf"),
    ],
)
def test_what_is_on_is_told_in_one_message(town: Town, words: str, told: str) -> None:
    assert told in town.resident("王阿姨").says(words)


def test_other_kinds_are_left_out(town: Town) -> None:
    said = town.resident("王阿姨").says("先锋模范讲的课有哪些")
    assert CALLIGRAPHY not in said
    assert OPERA not in town.resident("李叔").says("这周末有什么课")


def test_one_lesson_of_several_is_chosen(town: Town) -> None:
    wang = town.resident("王阿姨")
    said = wang.says("报名书法课")
    assert "想上哪一节" in said
    assert "12月2日（周三）14:30" in said
    assert "人数：1人" in wang.taps("12月2日（周三）14:30")
    assert "报好了：书法入门" in wang.says("确认")
    assert "12月2日（周三）14:30" in wang.says("我的课程")
    assert "书法入门" in wang.says("我的报名")
    assert "您现在没有报名的活动" in wang.says("我的活动")


@pytest.mark.parametrize(
    "words", ["帮我报名下周三的书法课，两个人", "11月25号的书法课给我和老伴报名", "报名11月25号的书法课，两个人"]
)
def test_the_day_is_taken_from_the_words(town: Town, words: str) -> None:
    wang = town.resident("王阿姨")
    said = wang.says(words)
    assert "11月25日（周三）14:30" in said
    assert "人数：2人" in said


def test_a_lesson_is_enrolled_in_from_the_list(town: Town) -> None:
    wang = town.resident("王阿姨")
    wang.says("最近有什么课")
    assert "报名" in wang.taps(CALLIGRAPHY)
    assert "想上哪一节" in wang.taps("报名")
    assert "请核对" in wang.says("第一个")


def test_a_whole_course_is_one_enrolment_and_one_way_out(town: Town) -> None:
    wang = town.resident("王阿姨")
    assert "一共3节，每节都给您报上" in wang.says("我要报手机摄影课，两个人")
    assert "后面3节都有您，2人" in wang.says("确认")
    assert "您已经报了" in wang.says("报名手机摄影课")
    assert "12月4日（周五）19:00）不去了" in wang.says("12月4号的摄影课我去不了了")
    wang.says("确定取消")
    assert f"{PHOTOGRAPHS}整门课" in wang.says("摄影课不上了")
    assert "后面2节都不去了" in wang.taps(f"{PHOTOGRAPHS}整门课")
    assert "后面2节的报名取消了" in wang.says("确定取消")
    assert "没有报名的课" in wang.says("我的课程")


def test_of_a_whole_course_the_full_lessons_are_waited_for(town: Town) -> None:
    full(town, "KC02-2")
    wang = town.resident("王阿姨")
    said = wang.says("报名手机摄影课")
    assert "有1节满了（12月4日（周五））" in said
    assert "2节先给您报上" in said
    assert "2节报好了，1节替您候补" in wang.says("确认")
    assert "候补：手机摄影入门" in wang.says("我的课程")


def test_a_full_lesson_is_waited_for_and_offered(town: Town) -> None:
    full(town, "KC07-1")
    li = town.resident("李叔")
    assert "名额满了" in li.says("报名川剧脸谱绘画")
    assert "您排第一位" in li.says("确认")
    town.resident("别人").says("川剧脸谱绘画不去了")
    town.resident("别人").says("确定取消")
    assert any("有名额了" in words for words in town.waiting_words())
    assert "报好了：川剧脸谱绘画" in li.says("要这个名额")


def test_a_course_for_members_says_how_to_be_known_as_one(town: Town) -> None:
    wang = town.resident("王阿姨")
    said = wang.says("报名书记讲党课")
    assert "登记过的党员才能报" in said
    assert "想报哪门课" in said


def test_a_group_reads_of_courses_and_enrols_elsewhere(town: Town) -> None:
    wang = town.resident("王阿姨")
    said = wang.says("有什么课", group="g1")
    assert CALLIGRAPHY in said
    assert not wang.reply.choices
    assert "示例书画社会员" in wang.says("书法课哪个讲", group="g1")
    for words in ("报名书法课", "我的课程"):
        assert "私聊" in wang.says(words, group="g1")


def test_activities_and_courses_do_not_take_each_others_words(town: Town) -> None:
    wang = town.resident("王阿姨")
    joined(wang, "报名邻里汤圆会")
    joined(wang, "报名党员话初心：一枚纪念章")
    assert "党员话初心" in wang.says("周六的课我不去了")
    wang.says("留着")
    assert "邻里汤圆会" in wang.says("周六的活动我不去了")


def test_questions_about_giving_up_or_lecturers_are_not_taken_for_courses(town: Town) -> None:
    wang = town.resident("王阿姨")
    assert "有一技之长" in wang.says("怎么当讲师")
    assert "确定取消" not in wang.says("书法课报了怎么退")
