"""Volunteers want the same at once, on both kinds of database: each place and each swap goes to exactly one."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

from bot.channels.official_account import NAME
from bot.errors import Refusal
from bot.privacy import Seal
from bot.rules import activity, volunteer
from bot.rules.office import Office
from bot.store import Store, lost_race
from bot.store import activity as activities
from bot.store.activity import State
from bot.store.volunteer import hours, shifts, swaps
from tests.booking.scene import Desk
from tests.conftest import SECRET
from tests.volunteer.scene import at, shift

NOW = at(11, 22, 10)
MORNING = at(11, 28, 9)


def test_the_last_place_of_a_shift_goes_to_one(store: Store) -> None:
    """Six want three places, and one of them says it three times at once."""
    desk, people = _volunteers(store, 6)
    said = _at_once(desk, lambda office, who: _claim(office, who), [*people, people[0], people[0]])
    assert said["done"] == 3
    with desk.at(NOW) as office:
        its = shift(office.session, MORNING)
        assert len(activities.roster(office.session, its.id)) == activities.taken(office.session, its.id) == 3


def test_one_person_does_not_get_two_shifts_of_one_hour(store: Store) -> None:
    desk, (who,) = _volunteers(store, 1)
    with desk.at(NOW) as office:
        its = shift(office.session, MORNING)
        both = volunteer.Pattern(its.station_id, 5, at(1, 1, 10).time(), at(1, 1, 13).time(), 1, 1, "共享站午间值班")  # type: ignore[arg-type]
        plan = volunteer.add(office, both)
        other = shifts.of_plan(office.session, plan.id, NOW)[0][1].id
        wanted = [its.id, other]

    def claim(office: Office, shift_id: UUID) -> None:
        volunteer.claim(office, shift_id, resident_id=who, channel=NAME)

    assert _at_once(desk, claim, [*wanted, *wanted])["done"] == 1


def test_a_swap_taken_by_two_is_one_persons(store: Store) -> None:
    desk, (giver, *takers) = _volunteers(store, 4)
    with desk.at(NOW) as office:
        _claim(office, giver)
        volunteer.offer(office, shift(office.session, MORNING).id, resident_id=giver)
        swap = swaps.open_for(office.session, takers[0], NOW)[0][0].id

    def take(office: Office, who: UUID) -> None:
        volunteer.take(office, swap, resident_id=who, channel=NAME)

    assert _at_once(desk, take, takers) == {"done": 1, "SwapGone": 2}
    with desk.at(NOW) as office:
        there = [one.resident_id for one in activities.roster(office.session, shift(office.session, MORNING).id)]
        assert len(there) == 1
        assert there[0] in takers


def test_shifts_are_made_alarmed_and_credited_once_by_two_workers(store: Store) -> None:
    desk, (who,) = _volunteers(store, 1)
    with desk.at(NOW) as office:
        _claim(office, who)
    later = at(11, 27, 12)
    made = _counted(desk, later, volunteer.generate)
    assert sum(made) == 1  # 9 December; the Saturdays of the two weeks are there already
    assert _counted(desk, later, volunteer.alarm).count(1) == 1
    with desk.at(MORNING) as office:
        mine = activities.roster(office.session, shift(office.session, MORNING).id)[0]
        activity.tick(office, mine.id, by="示例社区生活服务站")
    with desk.at(at(11, 28, 12, 1)) as office:
        activity.close_ended(office)
        assert shift(office.session, MORNING).state == State.OVER
    assert sum(_counted(desk, at(11, 28, 12, 5), volunteer.credit)) == 1
    with desk.at(at(11, 28, 13)) as office:
        lines = hours.of(office.session, who, at(1, 1, 0), at(12, 31, 0))
        assert [line.minutes for line, _ in lines] == [180]


def test_who_leaves_and_the_chore_do_not_wait_in_a_ring(store: Store) -> None:
    """Everybody has a place, or waits, in several shifts: both lock all of these, so both do it in one order.

    The soonest is left out, for it would be the first to be locked in any order, and let nobody else begin.
    """
    desk, people = _volunteers(store, 5)
    with desk.at(NOW) as office:
        for one in volunteer.ahead(office)[1:]:
            for who in people:
                full = activity.left(office, one.activity) == 0
                volunteer.claim(office, one.activity.id, resident_id=who, channel=NAME, waits=full)

    def step(number: int) -> None:
        with desk.at(NOW) as office:
            if number < len(people):
                volunteer.leave(office, people[number])
            else:
                activity.offer_all(office)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(step, [0, 5, 1, 6, 2, 7, 3, 8, 4, 9]))
    with desk.at(NOW) as office:
        assert [one.have for one in volunteer.ahead(office)] == [0] * len(volunteer.ahead(office))


def _volunteers(store: Store, count: int) -> tuple[Desk, list[UUID]]:
    desk = Desk(store, Seal(SECRET))
    people = [desk.resident(f"志愿者{number}", NOW) for number in range(count)]
    with desk.at(NOW) as office:
        volunteer.set_takes_all(office, True, by=None)
        for number, who in enumerate(people):
            volunteer.apply(office, {"name": f"志愿者{number}"}, resident_id=who, channel=NAME)
    return desk, people


def _claim(office: Office, who: UUID) -> None:
    volunteer.claim(office, shift(office.session, MORNING).id, resident_id=who, channel=NAME)


def _at_once(desk: Desk, step: Callable[[Office, UUID], None], who: Iterable[UUID]) -> Counter[str]:
    with ThreadPoolExecutor(6) as threads:
        return Counter(threads.map(lambda one: _tried(desk, lambda office: step(office, one)), who))


def _tried(desk: Desk, step: Callable[[Office], object]) -> str:
    """In a transaction of its own; a lost race is done again, as the desk does it."""
    for _ in range(10):
        try:
            with desk.at(NOW) as office:
                step(office)
            return "done"
        except Refusal as refusal:
            return type(refusal).__name__
        except Exception as error:  # only a race that the database ended is done again
            if not lost_race(error):
                raise
    raise AssertionError("ten races lost")


def _counted(desk: Desk, now: datetime, chore: Callable[[Office], int]) -> list[int]:
    def work(_number: int) -> int:
        for _ in range(10):
            try:
                with desk.at(now) as office:
                    return chore(office)
            except Exception as error:  # only a race that the database ended is done again
                if not lost_race(error):
                    raise
        raise AssertionError("ten races lost")

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(work, range(2)))
