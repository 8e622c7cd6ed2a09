"""Residents offer to teach, the staff say a word to it, and a lecturer hears of the lessons."""

from datetime import date, time
from uuid import UUID

import pytest
from sqlalchemy import update

from bot.channels.official_account import NAME
from bot.rules import activity, course, lecture
from bot.rules.course import Plan, Times
from bot.rules.office import Office
from bot.store import course as courses
from bot.store import lecture as offers
from bot.store import resident
from bot.store.course import Format, LecturerKind
from bot.store.lecture import LectureOffer, OfferState
from bot.store.scope import Scope
from bot.store.staff import StaffRole
from tests.booking.scene import office_of
from tests.support.town import Person, Town
from tests.volunteer.scene import at

EVERYBODY = Scope(StaffRole.ADMINISTRATOR, everything=True)
TOLD = ("热心邻居", "老人", "下周六上午", "1小时", "投影仪")


def offers_to_teach(person: Person, first: str = "我会剪纸想教大家") -> str:
    """Offer by talking; returns the last reply."""
    person.says(first)
    for words in (*TOLD, "13800000000"):
        person.says(words)
    assert "请核对" in person.reply.text, person.reply.text
    return person.says("确认")


def the_offer(office: Office) -> LectureOffer:
    return offers.page(office.session, EVERYBODY, states=list(OfferState), start=0, limit=1)[0]


def accepted(office: Office) -> None:
    plan = Plan("剪纸入门", Format.SKILLS, LecturerKind.NEIGHBOUR, lecturer="王阿姨", spot="一楼教室")
    lecture.accept(office, the_offer(office), plan, Times(date(2026, 12, 5), time(9), time(10)))


def test_an_offer_is_read_back_and_has_a_number(town: Town) -> None:
    wang = town.resident("王阿姨")
    assert "哪一种" in wang.says("我会剪纸想教大家")
    for words in TOLD:
        wang.says(words)
    said = wang.says("13800000000")
    assert "题目：我会剪纸想教大家" in said
    assert "时间：下周六上午" in said
    assert "编号JK261122-" in wang.says("确认")
    assert "站里正在看" in wang.says("我报的课怎么样了")
    with office_of(town) as office:
        assert lecture.told_in(office, the_offer(office))["days"] == "2026-11-28"
        assert the_offer(office).kind == LecturerKind.NEIGHBOUR


def test_what_the_words_say_is_not_asked_again(town: Town) -> None:
    assert "讲给谁听" in town.resident("李叔").says("我是医生可以来讲健康知识")


def test_who_says_nothing_of_a_topic_is_asked(town: Town) -> None:
    assert "您想讲什么" in town.resident("李叔").says("我想当讲师")


def test_the_staff_ask_back_and_the_resident_answers(town: Town) -> None:
    wang = town.resident("王阿姨")
    offers_to_teach(wang)
    with office_of(town) as office:
        lecture.ask_back(office, the_offer(office), "要几张桌子？")
    assert any("要几张桌子？" in words for words in town.waiting_words())
    assert "站里想问您一句：要几张桌子？" in wang.says("我报的课怎么样了")
    assert "已经转给站里" in wang.says("补充：四张就够")
    with office_of(town) as office:
        assert the_offer(office).state == OfferState.WAITING
        assert lecture.told_in(office, the_offer(office))["answer"] == "四张就够"
    assert "补充" not in wang.says("补充：再加一张")


def test_an_offer_becomes_a_course_and_its_lecturer_hears_of_it(town: Town) -> None:
    wang, li = town.resident("王阿姨"), town.resident("李叔")
    offers_to_teach(wang)
    with office_of(town) as office:
        accepted(office)
    assert any("排上了：剪纸入门，12月5日（周六）9:00–10:00" in words for words in town.waiting_words())
    assert "已经排上课" in wang.says("我报的课怎么样了")
    town.now = at(12, 4, 19)
    assert _news(town) == 1
    assert _news(town) == 0
    assert any("明天您来讲剪纸入门" in words for words in town.waiting_words())
    li.says("你好")
    with office_of(town) as office:
        held = courses.lessons_of(office.session, _course(office))[0][1]
        who = _resident(office, li)
        mine = activity.enrol(office, held.id, resident_id=who, channel="official_account")
    town.now = at(12, 5, 9)
    with office_of(town) as office:
        activity.tick(office, mine.id, by="示例社区知识共享站")
    town.now = at(12, 5, 10, 5)
    with office_of(town) as office:
        activity.close_ended(office)
    assert _news(town) == 1
    assert any("有1位邻居来听" in words for words in town.waiting_words())
    with office_of(town) as office:
        found = lecture.lecturers(office, EVERYBODY, at(1, 1, 0), at(12, 31, 0))
        assert lecture.Lecturer("王阿姨", "neighbour", 1, 1) in found


def test_where_a_lesson_moves_its_lecturer_hears_the_new_time(town: Town) -> None:
    offers_to_teach(town.resident("王阿姨"))
    with office_of(town) as office:
        accepted(office)
        held = courses.lessons_of(office.session, _course(office))[0][1]
        held.starts_at, held.ends_at = at(12, 6, 14), at(12, 6, 15)
    assert _news(town) == 1
    assert any("12月6日（周日）14:00–15:00" in words for words in town.waiting_words())
    assert _news(town) == 0


def test_of_what_is_off_the_lecturer_hears_once(town: Town) -> None:
    offers_to_teach(town.resident("王阿姨"))
    with office_of(town) as office:
        accepted(office)
        course.add_lessons(office, _course(office), Times(date(2026, 12, 12), time(9), time(10), lessons=2))
        assert lecture.tell_news(office) == 2
        first = courses.lessons_of(office.session, _course(office))[0][1]
        course.cancel_lesson(office, first.id, "教室维修", by="示例社区站长")
    assert [_news(town), _news(town)] == [1, 0]
    assert any("12月5日（周六）9:00–10:00" in words and "这一节不办了" in words for words in town.waiting_words())
    with office_of(town) as office:
        course.cancel(office, _course(office), "教室维修", by="示例社区站长")
    assert [_news(town), _news(town)] == [1, 0]
    assert any("整门课不办了" in words for words in town.waiting_words())


def test_what_was_accepted_meanwhile_is_not_taken_back(town: Town) -> None:
    """The resident's own list was read before the staff accepted."""
    offers_to_teach(town.resident("王阿姨"))
    with office_of(town) as office:
        row = the_offer(office)
        office.session.connection().execute(update(LectureOffer.__table__).values(state=OfferState.ACCEPTED.value))  # type: ignore[attr-defined]
        assert row.resident_id is not None
        with pytest.raises(lecture.NoOfferOfYours):
            lecture.withdraw(office, row.resident_id)
        assert row.state == OfferState.ACCEPTED


def test_a_refusal_is_kind_and_says_why(town: Town) -> None:
    wang = town.resident("王阿姨")
    offers_to_teach(wang)
    with office_of(town) as office, pytest.raises(lecture.WordsNeeded):
        lecture.refuse(office, the_offer(office), " ")
    with office_of(town) as office:
        lecture.refuse(office, the_offer(office), "这个月教室排满了")
        with pytest.raises(lecture.OfferDecided):
            accepted(office)
    assert any("这个月教室排满了" in words and "随时再报" in words for words in town.waiting_words())


def test_three_wait_at_most_and_can_be_taken_back(town: Town) -> None:
    wang = town.resident("王阿姨")
    for _ in range(3):
        offers_to_teach(wang)
    assert "已经报了3个" in offers_to_teach(wang)
    wang.says("不办了")
    wang.says("我报的课怎么样了")
    assert "撤回了" in wang.taps("不讲了")


def test_who_is_forgotten_leaves_no_words_behind(town: Town) -> None:
    wang = town.resident("王阿姨")
    offers_to_teach(wang)
    wang.says("删除我的信息")
    wang.says("确定")
    with office_of(town) as office:
        assert the_offer(office).state == OfferState.WITHDRAWN
        assert lecture.told_in(office, the_offer(office)) == {}


def _news(town: Town) -> int:
    with office_of(town) as office:
        return lecture.tell_news(office)


def _course(office: Office) -> UUID:
    found = the_offer(office).course_id
    assert found is not None
    return found


def _resident(office: Office, who: Person) -> UUID:
    found = resident.person(office.session, channel=NAME, sender=who.name)
    assert found is not None
    return found
