"""Volunteers register, claim shifts, give them up, swap and ask for their hours, in their own words."""

import pytest

from bot.rules import activity, volunteer
from bot.store.volunteer import hours
from tests.booking.scene import office_of
from tests.support.town import Town
from tests.volunteer.scene import at, becomes, shift

SATURDAY = "11月28日（周六）9:00–12:00"


def test_only_who_was_approved_claims_a_shift(town: Town) -> None:
    wang = town.resident("王阿姨")
    assert "排上" not in wang.says("周六上午我来值班")
    said = becomes(wang)
    assert "站里看过就告诉您" in said
    assert any("登记通过了" in words for words in town.waiting_words())
    assert "还差2人" in wang.says("这周还有哪些班")
    said = wang.says("周六上午我来")
    assert SATURDAY in said
    assert "给您排上" in said
    assert "排上了" in wang.taps("排上")
    assert SATURDAY in wang.says("我的班次")
    assert "还差1人" in wang.says("还有哪些班")


def test_a_word_for_a_class_stays_with_the_courses(town: Town) -> None:
    assert "排上" not in town.resident("王阿姨").says("这周还有哪些班")


def test_the_setting_lets_everybody_be_one_at_once(town: Town) -> None:
    with office_of(town) as office:
        volunteer.set_takes_all(office, True, by=None)
    assert "欢迎您" in becomes(town.resident("王阿姨"))


def test_two_shifts_at_once_are_refused(town: Town) -> None:
    wang = town.resident("王阿姨")
    becomes(wang)
    wang.says("周六上午我来")
    wang.taps("排上")
    with office_of(town) as office:
        plan = shift(office.session, at(11, 28, 9))
        both = volunteer.Pattern(plan.station_id, 5, at(1, 1, 11).time(), at(1, 1, 13).time(), 1, 1, "共享站午间值班")  # type: ignore[arg-type]
        volunteer.add(office, both)
    said = wang.says("周六11点我来值班")
    wang.taps(next(one for one in wang.reply.choices if "午间" in one))
    assert "一个人顾不了两头" in wang.taps("排上"), said


def test_early_no_reason_is_asked_and_late_the_station_hears_it(town: Town) -> None:
    wang = town.resident("王阿姨")
    becomes(wang)
    wang.says("周六上午我来")
    wang.taps("排上")
    assert "来不了了" in wang.says("周六来不了")
    assert "帮您退了" in wang.taps("来不了")
    wang.says("周六上午我来")
    wang.taps("排上")
    town.now = at(11, 27, 20)
    wang.says("明天来不了")
    assert "说一句原因" in wang.taps("来不了")
    assert "帮您退了" in wang.says("娃娃发烧了")
    with office_of(town) as office:
        drops = hours.drops_of(office.session, shift(office.session, at(11, 28, 9)).id)
        assert [office.seal.open(one.reason or b"") for one in drops] == ["娃娃发烧了"]


def test_a_question_is_no_reason_and_thinking_better_of_it_keeps_the_shift(town: Town) -> None:
    wang = town.resident("王阿姨")
    becomes(wang)
    wang.says("周六上午我来")
    wang.taps("排上")
    town.now = at(11, 27, 20)
    for word in ("共享站几点开门？", "算了", "不用了"):
        wang.says("明天来不了")
        assert "说一句原因" in wang.taps("来不了")
        assert "帮您退了" not in wang.says(word)
    assert SATURDAY in wang.says("我的班次")


def test_keeping_it_after_all_keeps_it(town: Town) -> None:
    wang = town.resident("王阿姨")
    becomes(wang)
    wang.says("周六上午我来")
    wang.taps("排上")
    wang.says("周六来不了")
    assert "给您留着" in wang.taps("还是来")
    assert SATURDAY in wang.says("我的班次")


def test_a_shift_goes_to_the_first_who_takes_it(town: Town) -> None:
    wang, li, zhao = (town.resident(name) for name in ("王阿姨", "李叔", "赵姐"))
    for one in (wang, li, zhao):
        becomes(one)
    wang.says("周六上午我来")
    wang.taps("排上")
    town.resident("孙叔").says("你好")
    becomes(town.resident("孙叔"))
    town.resident("孙叔").says("志愿者消息我不想收关掉")
    wang.says("换班")
    assert "2位志愿者" in wang.taps("问所有志愿者")
    assert sum("先回的先得" in words for words in town.waiting_words()) == 2
    assert "是您的班了" in li.says("我来接班")
    assert "没有人要换班" in zhao.says("我来接班")
    assert SATURDAY in li.says("我的班次")
    assert "没有排上" in wang.says("我的班次")
    assert any("有人接了，您不用来了" in words for words in town.waiting_words())


def test_a_shift_is_offered_to_one_by_name(town: Town) -> None:
    wang, li, zhao = (town.resident(name) for name in ("王阿姨", "李叔", "赵姐"))
    for one in (wang, li, zhao):
        becomes(one)
    wang.says("周六上午我来")
    wang.taps("排上")
    assert "已经问了李叔" in wang.says("把周六的班换给李叔")
    assert "没有人要换班" in zhao.says("我来接班")
    assert "是您的班了" in li.says("我来接班")


def test_a_full_shift_has_a_waiting_list(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    for one in (wang, li):
        becomes(one)
    wang.says("周六下午我来")
    wang.taps("排上")
    assert "满了" in li.says("周六下午我来")
    assert "已帮您候补" in li.taps("候补")
    wang.says("周六来不了")
    wang.taps("来不了")
    assert any("有名额了" in words for words in town.waiting_words())
    said = li.says("要这个名额")
    assert said.startswith("排上了")
    assert "换班" in said
    with office_of(town) as office:
        code = activity.give_code(office, shift(office.session, at(11, 28, 14)))
    town.now = at(11, 28, 13, 30)
    said = li.says(f"签到 {code}")
    assert "辛苦您了" in said
    assert "1人" not in said
    assert "辛苦您了" in li.says("签到")


@pytest.mark.parametrize(("minute", "hours"), [(10, "3小时"), (40, "2小时15分钟")])
def test_hours_come_from_the_check_in_with_their_rule(town: Town, minute: int, hours: str) -> None:
    wang = town.resident("王阿姨")
    becomes(wang)
    wang.says("周六上午我来")
    wang.taps("排上")
    with office_of(town) as office:
        code = activity.give_code(office, shift(office.session, at(11, 28, 9)))
    town.now = at(11, 28, 9, minute)
    assert "签到成功" in wang.says(f"签到 {code}")
    town.now = at(11, 28, 12, 5)
    with office_of(town) as office:
        activity.close_ended(office)
        assert volunteer.credit(office) == 1
        assert volunteer.credit(office) == 0
    assert any(f"记上志愿时长{hours}" in words for words in town.waiting_words())
    assert f"一共1班，{hours}" in wang.says("我的志愿时长")


def test_how_hours_are_counted_is_an_entry_for_whoever_has_none(town: Town) -> None:
    wang = town.resident("王阿姨")
    assert "还没有登记志愿者" in wang.says("我的志愿时长")
    assert "还没有登记志愿者" not in wang.says("志愿时长怎么记")


def test_the_evening_before_tells_how_to_give_it_up(town: Town) -> None:
    wang = town.resident("王阿姨")
    becomes(wang)
    wang.says("周六上午我来")
    wang.taps("排上")
    town.now = at(11, 27, 19)
    with office_of(town) as office:
        activity.remind(office)
    assert any("想换就说“换班”" in words for words in town.waiting_words())
    wang.says("来不了值班")
    assert "说一句原因" in wang.taps("来不了")


def test_who_leaves_frees_the_shifts(town: Town) -> None:
    wang = town.resident("王阿姨")
    becomes(wang)
    wang.says("周六上午我来")
    wang.taps("排上")
    wang.says("换班")
    wang.taps("问所有志愿者")
    wang.says("我不想当志愿者了")
    assert "谢谢您这段时间" in wang.taps("确定")
    with office_of(town) as office:
        assert volunteer.one(office, shift(office.session, at(11, 28, 9)).id).have == 0
    li = town.resident("李叔")
    becomes(li)
    assert "没有人要换班" in li.says("我来接班")
    assert "怎么称呼" in wang.says("我要当志愿者")


def test_who_is_forgotten_is_a_volunteer_no_more(town: Town) -> None:
    wang = town.resident("王阿姨")
    becomes(wang)
    wang.says("周六上午我来")
    wang.taps("排上")
    wang.says("删除我的信息")
    wang.says("确定")
    with office_of(town) as office:
        assert volunteer.one(office, shift(office.session, at(11, 28, 9)).id).have == 0
    assert "怎么称呼" in wang.says("我要当志愿者")


@pytest.mark.parametrize(
    "words", ["取消周六的保洁", "我要来周六的活动", "周六我来取快递", "周六的汤圆会我要来", "不去周六的课了"]
)
def test_what_is_no_shift_is_left_to_others(town: Town, words: str) -> None:
    """Said by somebody who has a shift that day and may claim another."""
    wang = town.resident("王阿姨")
    becomes(wang)
    wang.says("周六上午我来")
    wang.taps("排上")
    wang.says("你好")
    assert "值班" not in wang.says(words)
    assert SATURDAY in wang.says("我的班次")
