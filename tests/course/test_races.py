"""Whole courses are enrolled in by several at once, and nobody gets half of one or waits in a ring."""

from concurrent.futures import ThreadPoolExecutor

from bot.privacy import Seal
from bot.rules import activity, course
from bot.rules.activity import NoPlaceLeft
from bot.store import Store
from bot.store import activity as activities
from tests.activity.scene import at
from tests.booking.scene import Desk
from tests.conftest import SECRET
from tests.course.scene import a_course

NOW = at(11, 22, 10)
PEOPLE, PLACES, LESSONS = 6, 2, 3


def test_each_gets_every_lesson_or_none(store: Store) -> None:
    desk = Desk(store, Seal(SECRET))
    people = [desk.resident(f"居民{number}", NOW) for number in range(PEOPLE)]
    with desk.at(NOW) as office:
        its = a_course(office, lessons=LESSONS, whole=True).id

    def enrols(number: int) -> int:
        """As many lessons as they got; in between the chore looks at all waiting lists."""
        try:
            with desk.at(NOW) as office:
                if number % 3 == 2:
                    activity.offer_all(office)
                return len(course.enrol_whole(office, its, resident_id=people[number], channel="official_account"))
        except NoPlaceLeft:
            return 0

    with ThreadPoolExecutor(PEOPLE) as pool:
        got = list(pool.map(enrols, range(PEOPLE)))
    assert sorted(got) == [0] * (PEOPLE - PLACES) + [LESSONS] * PLACES
    with desk.at(NOW) as office:
        found = course.ahead_of(office, its)
        assert [activities.taken(office.session, held.id) for held in found] == [PLACES] * LESSONS
