"""Residents look for activities, enrol, wait, give up and check in, in their own words."""

from dataclasses import replace

import pytest

from bot.rules import activity
from tests.activity.scene import BOOKS, DUMPLINGS, at, on, plan_of, sample
from tests.booking.scene import office_of
from tests.support.town import Person, Town


def joined(person: Person, words: str) -> str:
    """Enrol by talking; returns the last reply."""
    assert "请核对" in person.says(words), person.reply.text
    return person.says("确认")


def test_what_is_on_is_listed_with_its_places(town: Town) -> None:
    wang = town.resident("王阿姨")
    said = wang.says("最近有什么活动")
    assert "邻里汤圆会（示例）：11月28日（周六）14:30，还有20个名额" in said
    assert "不限名额" in said
    assert "一楼大厅" in wang.taps("邻里汤圆会（示例）")
    assert "请核对" in wang.taps("报名")


def test_a_day_without_any_shows_the_next_ones(town: Town) -> None:
    wang = town.resident("王阿姨")
    assert "这天没有排活动" in wang.says("后天有什么活动")
    said = wang.says("下周六有啥活动")
    assert "邻里汤圆会" in said
    assert "口腔义诊" not in said


def test_one_is_asked_for_by_its_name(town: Town) -> None:
    said = town.resident("王阿姨").says("邻里汤圆会啥时候")
    assert "11月28日（周六）14:30–16:30" in said
    assert "示例花园楼栋议事会" in said


@pytest.mark.parametrize(
    ("words", "persons"),
    [
        ("报名邻里汤圆会", "1人"),
        ("邻里汤圆会给我报个名，三个人", "3人"),
        ("我要参加邻里汤圆会，两个大人一个娃娃", "3人"),
        ("报名邻里汤圆会，一家四口", "4人"),
        ("帮我占邻里汤圆会的名额，我和老伴", "2人"),
    ],
)
def test_a_place_is_read_back_and_given(town: Town, words: str, persons: str) -> None:
    wang = town.resident("王阿姨")
    assert f"人数：{persons}" in wang.says(words)
    said = wang.says("确认")
    assert f"报好了：邻里汤圆会（示例），{persons}" in said
    assert "报名号：1" in said
    assert "邻里汤圆会" in wang.says("我的报名")
    assert "邻里汤圆会" in wang.says("我的预约")


def test_the_number_of_people_can_be_corrected(town: Town) -> None:
    wang = town.resident("王阿姨")
    wang.says("报名邻里汤圆会")
    wang.taps("改人数")
    assert "人数：4人" in wang.says("4")
    assert "最多报10个人" in wang.says("改成12个人")


def test_who_has_a_place_is_not_asked_again(town: Town) -> None:
    wang = town.resident("王阿姨")
    joined(wang, "报名邻里汤圆会")
    assert "您已经报了" in wang.says("我要参加邻里汤圆会")
    assert "邻里汤圆会（示例）" not in wang.says("我要报名活动").splitlines()


@pytest.mark.parametrize("words", ["汤圆会我去不了了", "取消报名", "周六的活动我不去了", "邻里汤圆会取消了嘛"])
def test_a_place_is_given_up_by_words(town: Town, words: str) -> None:
    wang = town.resident("王阿姨")
    joined(wang, "报名邻里汤圆会")
    assert "确定取消报名吗" in wang.says(words)
    assert "取消了" in wang.says("确定取消")
    assert "没有报名的活动" in wang.says("我的报名")


def test_a_question_about_giving_up_gives_nothing_up(town: Town) -> None:
    wang = town.resident("王阿姨")
    joined(wang, "报名邻里汤圆会")
    assert "确定取消" not in wang.says("活动报名了怎么退")
    wang.says("取消报名")
    assert "给您留着" in wang.says("留着")
    assert "邻里汤圆会" in wang.says("我的报名")


def test_the_slower_one_waits_is_offered_the_place_and_takes_it(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    joined(wang, "报名旧书换绿植，3个人")
    assert "名额满了" in li.says("报名旧书换绿植")
    assert "您排第一位" in li.says("确认")
    assert "候补：旧书换绿植" in li.says("我的报名")
    assert "没有给您留着的名额" in li.says("要这个名额")
    wang.says("旧书换绿植不去了")
    wang.says("确定取消")
    assert any("有名额了，给您留到10:30" in words for words in town.waiting_words())
    assert "报好了：旧书换绿植" in li.says("要这个名额")


def test_the_waiting_list_and_its_offer_are_agreed_to_in_short_words(town: Town) -> None:
    wang, li, zhao = (town.resident(name) for name in ("王阿姨", "李叔", "赵大爷"))
    joined(wang, "报名旧书换绿植，3个人")
    for person in (li, zhao):
        person.says("报名旧书换绿植")
        assert "已经帮您候补" in person.says("那就候补嘛")
    wang.says("旧书换绿植不去了")
    wang.says("确定取消")
    assert "名额让给后面的人" in li.says("不要")
    with office_of(town) as office:
        activity.offer_all(office)
    assert "报好了：旧书换绿植" in zhao.says("要得")
    assert "报好了" not in zhao.says("要得")


def test_an_offer_that_is_not_taken_goes_to_the_next(town: Town) -> None:
    wang, li, zhao = (town.resident(name) for name in ("王阿姨", "李叔", "赵大爷"))
    joined(wang, "报名旧书换绿植，3个人")
    li.says("报名旧书换绿植，2个人")
    li.says("确认")
    zhao.says("报名旧书换绿植，3个人")
    zhao.says("确认")
    wang.says("旧书换绿植不去了")
    wang.says("确定取消")
    town.passes(minutes=31)
    with office_of(town) as office:
        activity.offer_all(office)
    assert any("已经让给后面的人" in words for words in town.waiting_words())
    assert "没有给您留着" in li.says("要这个名额")
    assert "报好了" in zhao.says("要这个名额")


def test_at_night_nobody_is_offered_anything_and_nobody_jumps_the_queue(town: Town) -> None:
    wang, li, zhao = (town.resident(name) for name in ("王阿姨", "李叔", "赵大爷"))
    joined(wang, "报名旧书换绿植，3个人")
    li.says("报名旧书换绿植")
    li.says("确认")
    on(town, at(11, 22, 22))
    wang.says("旧书换绿植不去了")
    wang.says("确定取消")
    assert town.outbox() == {}
    assert "名额满了" in zhao.says("报名旧书换绿植")
    on(town, at(11, 23, 8, 1))
    with office_of(town) as office:
        activity.offer_all(office)
    assert "报好了" in li.says("要这个名额")


def test_reminders_come_the_evening_before_and_the_hour_before_once(town: Town) -> None:
    wang = town.resident("王阿姨")
    joined(wang, "报名邻里汤圆会")
    for moment, told in ((at(11, 27, 19), "提醒：明天11月28日"), (at(11, 28, 13, 35), "提醒：今天14:30")):
        on(town, moment)
        before = len(town.waiting_words())
        for _ in range(2):
            with office_of(town) as office:
                activity.remind(office)
        words = town.waiting_words()
        assert len(words) == before + 1
        assert any(told in one for one in words)


def test_everybody_enrolled_hears_of_a_move_and_of_a_cancellation(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    joined(wang, "报名旧书换绿植，3个人")
    li.says("报名旧书换绿植")
    li.says("确认")
    with office_of(town) as office:
        its = sample(office.session, BOOKS)
        activity.change(office, its.id, plan_of(its, starts_at=at(12, 6, 10), ends_at=at(12, 6, 12)))
    moved = [words for words in town.waiting_words() if "改了" in words]
    assert len(moved) == 2
    assert all("原来12月5日（周六）10:00，现在12月6日（周日）10:00" in words for words in moved)
    with office_of(town) as office:
        activity.cancel(office, sample(office.session, BOOKS).id, "下雨", by="站长")
    assert sum("不办了。原因：下雨" in words for words in town.waiting_words()) == 2
    assert "没有报名的活动" in wang.says("我的报名")


def test_checking_in_needs_the_word_on_the_wall_and_its_time(town: Town) -> None:
    wang = town.resident("王阿姨")
    joined(wang, "报名邻里汤圆会，2个人")
    with office_of(town) as office:
        its = sample(office.session, DUMPLINGS)
        code = activity.give_code(office, its)
    wrong = f"{(int(code) + 1) % 10000:04d}"
    assert "签到成功" not in wang.says(f"签到 {code}")
    on(town, at(11, 28, 14))
    assert "四位签到码" in wang.says("活动签到")
    assert "签到码不对" in wang.says(wrong)
    assert "签到成功：邻里汤圆会（示例），2人" in wang.says(code)
    assert "已经签过到" in wang.says(f"签到 {code}")
    with office_of(town) as office:
        counts = activity.counts(office, sample(office.session, DUMPLINGS))
    assert (counts.enrolled, counts.came) == (2, 2)


def test_the_word_is_not_guessed(town: Town) -> None:
    wang = town.resident("王阿姨")
    joined(wang, "报名邻里汤圆会")
    with office_of(town) as office:
        code = activity.give_code(office, sample(office.session, DUMPLINGS))
    on(town, at(11, 28, 14))
    for number in range(1, 6):
        wang.says(f"签到 {(int(code) + number) % 10000:04d}")
    assert "签到码不对" in wang.says(f"签到 {code}")


@pytest.mark.parametrize(
    ("words", "said", "never"),
    [
        ("有什么活动", "邻里汤圆会", "报名号"),
        ("报名口腔义诊日", "私聊", "请核对"),
        ("我报了哪些活动", "私聊", "报名号"),
    ],
)
def test_a_group_reads_what_is_on_and_nobodys_own(town: Town, words: str, said: str, never: str) -> None:
    wang = town.resident("王阿姨")
    joined(wang, "报名邻里汤圆会")
    reply = wang.last(replace(wang.message(text=words), channel="group")).reply
    assert said in reply.text
    assert never not in reply.text
    assert reply.choices == {}


def test_what_has_begun_takes_nobody(town: Town) -> None:
    wang = town.resident("王阿姨")
    on(town, at(11, 28, 14))
    wang.says("报名邻里汤圆会")
    on(town, at(11, 28, 14, 31))
    assert "已经开始" in wang.says("确认")
