"""Courses by the rules: days, whole enrolments all or none, limits, what follows a change, what is counted."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import event

from bot.privacy import Seal
from bot.rules import activity, course, volunteer
from bot.rules.access import Scope
from bot.rules.activity import EndsBeforeItBegins, MembersOnly, NoPlaceLeft, TooManyEnrolments
from bot.rules.course import Change, Links, NoLessonDays, Plan, Times, TooManyLessons
from bot.rules.course import desk as course_desk
from bot.store import Store, outbox
from bot.store import activity as activities
from bot.store import course as courses
from bot.store.activity import Standing, State
from bot.store.course import CourseState, Format, LecturerKind
from bot.store.staff import StaffRole
from tests.activity.scene import at
from tests.booking.scene import Desk
from tests.conftest import SECRET
from tests.course.scene import MONDAY, a_course, lessons_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # races are those of activities
NOW = at(11, 22, 10)
CITY = Scope(StaffRole.ADMINISTRATOR, everything=True)


def test_however_many_lessons_there_are_they_are_read_in_as_many_statements(desk: Desk) -> None:
    said: list[str] = []
    event.listen(desk.store.engine, "before_cursor_execute", lambda *given: said.append(given[2]))

    def statements() -> int:
        with desk.at(NOW) as office:
            activity.areas_here(office)
            said.clear()
            lessons = course.ahead(office)
            course.full_ones(office, lessons[0].course.id, 2)
            course_desk.week(office, CITY, MONDAY)
            volunteer.ahead(office)
            activity.ahead(office)
            return len(said)

    statements()  # what is kept from now on
    before = statements()
    with desk.at(NOW) as office:
        a_course(office, lessons=20)
    assert statements() == before


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, Seal(SECRET))


def test_lessons_fall_on_the_days_that_were_said(desk: Desk) -> None:
    nine, ten = time(9), time(10)
    with desk.at(NOW) as office:
        assert course.days(office, Times(MONDAY, nine, ten)) == [MONDAY]
        some = Times(MONDAY, nine, ten, frozenset({0, 3}), lessons=3)
        assert [day.day for day in course.days(office, some)] == [23, 26, 30]
        fortnightly = Times(MONDAY, nine, ten, frozenset({0}), until=date(2026, 12, 31), every_weeks=2)
        assert [day.day for day in course.days(office, fortnightly)] == [23, 7, 21]
        national_day = Times(date(2026, 10, 1), nine, ten, lessons=2, but_holidays=True)
        assert course.days(office, national_day) == [date(2026, 10, 8), date(2026, 10, 15)]
        with pytest.raises(NoLessonDays):
            course.days(office, Times(MONDAY, nine, ten, frozenset({5}), until=MONDAY))
        with pytest.raises(TooManyLessons):
            course.days(office, Times(MONDAY, nine, ten, frozenset(range(7)), lessons=61))
        plan = Plan("反了", Format.SKILLS, LecturerKind.TUTOR)
        with pytest.raises(EndsBeforeItBegins):
            course.draw_up(office, plan, Times(MONDAY, ten, nine))


def test_a_whole_course_is_all_or_none(desk: Desk) -> None:
    wang, li = desk.resident("王阿姨", NOW), desk.resident("李叔", NOW)
    with desk.at(NOW) as office:
        its = a_course(office, whole=True)
        second = lessons_of(office, its)[1]
        activity.enrol(office, second.id, resident_id=li, channel="official_account", persons=2)
        with pytest.raises(NoPlaceLeft):
            course.enrol_whole(office, its.id, resident_id=wang, channel="official_account")
        assert activities.live_of(office.session, wang, NOW) == []
        assert course.full_ones(office, its.id, 1) == [second]
        mine = course.queue_whole(office, its.id, resident_id=wang, channel="official_account")
        assert [one.state for one in mine] == [Standing.ENROLLED, Standing.WAITING, Standing.ENROLLED]
        with pytest.raises(activity.EnrolledAlready):
            course.enrol_whole(office, its.id, resident_id=wang, channel="official_account")


def test_many_lessons_of_one_course_are_one_of_the_five(desk: Desk) -> None:
    wang = desk.resident("王阿姨", NOW)
    with desk.at(NOW) as office:
        long = a_course(office, lessons=8, whole=True)
        assert len(course.enrol_whole(office, long.id, resident_id=wang, channel="official_account")) == 8
        for number in range(5):
            plan = Plan(f"小课{number}", Format.SKILLS, LecturerKind.TUTOR)
            other = course.draw_up(office, plan, Times(MONDAY, time(14), time(15)))
            [held] = lessons_of(office, course.publish(office, other.id))
            if number < 4:
                activity.enrol(office, held.id, resident_id=wang, channel="official_account")
        with pytest.raises(TooManyEnrolments):
            activity.enrol(office, held.id, resident_id=wang, channel="official_account")


def test_a_course_for_members_is_for_members(desk: Desk) -> None:
    wang = desk.resident("王阿姨", NOW)
    with desk.at(NOW) as office:
        [held, *_] = lessons_of(office, a_course(office, members_only=True))
        with pytest.raises(MembersOnly):
            activity.enrol(office, held.id, resident_id=wang, channel="official_account")
        with pytest.raises(MembersOnly):
            activity.queue(office, held.id, resident_id=wang, channel="official_account")


def test_a_lesson_with_a_room_of_its_own_keeps_it(desk: Desk) -> None:
    with desk.at(NOW) as office:
        its = a_course(office)
        first, second, third = lessons_of(office, its)
        assert its.station_id is not None
        elsewhere = Change(MONDAY + timedelta(days=8), time(9), time(10), its.station_id, "门前小广场", 2)
        course.change_lesson(office, second.id, elsewhere)
        plan = Plan(
            "二胡班", Format.OTHER_CULTURE, LecturerKind.NEIGHBOUR, station_id=its.station_id, spot="一楼分享厅"
        )
        course.change(office, its.id, plan)
        assert [held.spot for held in (first, second, third)] == ["一楼分享厅", "门前小广场", "一楼分享厅"]
        assert [held.places for held in (first, second, third)] == [0, 0, 0]


def test_it_is_over_with_its_last_lesson_and_counted_by_who_came(desk: Desk) -> None:
    wang = desk.resident("王阿姨", NOW)
    with desk.at(NOW) as office:
        its = a_course(office, lessons=2)
        first, _ = lessons_of(office, its)
        mine = activity.enrol(office, first.id, resident_id=wang, channel="official_account", persons=2)
        activity.tick(office, mine.id, by="站点")
    year = at(1, 1, 0), at(12, 31, 0)
    with desk.at(at(11, 23, 12)) as office:
        activity.close_ended(office)
        assert course.close_ended(office) == 0
        assert course.counts_by_format(office, CITY, *year)[Format.OTHER_CULTURE] == (1, 2)
        before, _ = course.counts_by_lecturer(office, CITY, *year).get(LecturerKind.PIONEER, (0, 0))
        assert before == 0  # what is still to come is not counted
    with desk.at(at(12, 1, 12)) as office:
        activity.close_ended(office)
        assert course.close_ended(office) >= 1
        found = courses.coded(office.session, "EH01")
        assert found is not None
        assert found.state == CourseState.OVER


def test_a_course_of_which_nothing_was_held_is_cancelled(desk: Desk) -> None:
    with desk.at(NOW) as office:
        its = a_course(office, lessons=2)
        for held in lessons_of(office, its):
            course.cancel_lesson(office, held.id, "", by="站点")
        course.close_ended(office)
        assert its.state == CourseState.CANCELLED


def test_more_lessons_of_a_published_course_are_seen_at_once(desk: Desk) -> None:
    with desk.at(NOW) as office:
        its = a_course(office, lessons=1)
        added = course.add_lessons(office, its.id, Times(date(2026, 12, 24), time(9), time(10)))
        assert [(held.code, held.state) for held in added] == [("EH01-2", State.PUBLISHED)]
        assert added[0].check_in is not None


def test_a_new_replay_is_to_be_told_anew(desk: Desk) -> None:
    with desk.at(NOW) as office:
        [held, *_] = lessons_of(office, a_course(office))
        lesson = course.link(office, held.id, Links(replay_url="https://example.org/a"))
        assert (lesson.replay_since, lesson.replay_told_at) == (NOW, None)
        lesson.replay_told_at = NOW
        assert course.link(office, held.id, Links(replay_url="https://example.org/a")).replay_told_at == NOW
        assert course.link(office, held.id, Links(replay_url="https://example.org/b")).replay_told_at is None
        with pytest.raises(course.UnsafeAddress):
            course.link(office, held.id, Links(live_url="http://example.org/a"))


def test_a_moved_lesson_reminds_anew(desk: Desk) -> None:
    wang = desk.resident("王阿姨", NOW - timedelta(days=2))
    with desk.at(NOW - timedelta(days=2)) as office:
        its = a_course(office, lessons=1)
        [held] = lessons_of(office, its)
        activity.enrol(office, held.id, resident_id=wang, channel="official_account")
    with desk.at(at(11, 22, 19)) as office:
        activity.remind(office)
        assert its.station_id is not None
        course.change_lesson(office, held.id, Change(MONDAY, time(15), time(16), its.station_id, "三楼琴房", 2))
        activity.remind(office)
        told = [row.kind for row in outbox.due(office.session, office.now)]
        assert told == ["course_moved", "activity_tomorrow"]
