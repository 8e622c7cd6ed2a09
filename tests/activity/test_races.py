"""Many residents want the same few places at once, on both kinds of database: each place is given exactly once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from bot.privacy import Seal
from bot.rules import activity
from bot.rules.activity import NoPlaceLeft
from bot.rules.queue import HOLD
from bot.store import Store, lost_race, transaction
from bot.store import activity as activities
from bot.store.activity import ActivityEnrolment, ActivityPlace, Standing
from tests.activity.scene import BOOKS, DUMPLINGS, at, enrol, plan_of, sample
from tests.booking.scene import Desk
from tests.conftest import SECRET

NOW = at(11, 22, 10)


def test_twenty_places_are_given_twenty_times(store: Store) -> None:
    """Forty residents by ones and twos: never more than twenty people, and nobody with half of what they wanted."""
    desk = Desk(store, Seal(SECRET))
    people = [desk.resident(f"居民{number}", NOW) for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda one: _try(desk, one[1], DUMPLINGS, 1 + one[0] % 2), enumerate(people)))
    given = sum(1 + number % 2 for number, answer in enumerate(got) if answer == "enrolled")
    assert Counter(got).keys() == {"enrolled", "full"}
    assert given in (19, 20)
    with transaction(store) as session:
        assert session.scalar(select(func.count()).select_from(ActivityPlace)) == given
        numbers = session.scalars(select(ActivityEnrolment.number)).all()  # type: ignore[call-overload]
        assert len(numbers) == len(set(numbers))


def test_one_resident_who_says_it_twice_at_once_has_one_place(store: Store) -> None:
    desk = Desk(store, Seal(SECRET))
    who = desk.resident("王阿姨", NOW)
    with ThreadPoolExecutor(6) as threads:
        got = Counter(threads.map(lambda _: _try(desk, who, DUMPLINGS, 1), range(6)))
    assert got == {"enrolled": 1, "already": 5}


def test_places_given_up_at_once_are_each_offered_once(store: Store) -> None:
    """Three have the three places, three wait; all three give up while the chore looks: three offers, no more."""
    desk = Desk(store, Seal(SECRET))
    have, wait = ([desk.resident(f"{kind}{number}", NOW) for number in range(3)] for kind in ("先", "后"))
    with desk.at(NOW) as office:
        for who in have:
            enrol(office, BOOKS, who)
        for who in wait:
            activity.queue(office, sample(office.session, BOOKS).id, resident_id=who, channel="official_account")
    with transaction(store) as session:
        theirs = [_of(session, who) for who in have]

    def leave(enrolment_id: UUID | None) -> None:
        for _ in range(10):
            try:
                with desk.at(NOW) as office:
                    if enrolment_id is None:
                        activity.offer_all(office)
                    else:
                        activity.give_up(office, enrolment_id)
                return
            except Exception as error:  # only a race that the database ended is done again
                if not lost_race(error):
                    raise

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(leave, [*theirs, None, None]))
    with desk.at(NOW) as office:
        activity.offer_all(office)
        its = sample(office.session, BOOKS)
        counts = activity.counts(office, its)
        assert (counts.enrolled, counts.held, counts.waiting) == (0, 3, 0)
        assert activity.left(office, its) == 0


def test_fewer_places_than_people_are_refused_and_more_are_offered(store: Store) -> None:
    desk = Desk(store, Seal(SECRET))
    people = [desk.resident(f"居民{number}", NOW) for number in range(3)]
    with desk.at(NOW) as office:
        its = sample(office.session, BOOKS)
        for who in people[:2]:
            enrol(office, BOOKS, who)
        activity.give_up(office, _of(office.session, people[0]))
        enrol(office, BOOKS, people[0])
        activity.change(office, its.id, plan_of(its, places=2))
        with pytest.raises(activity.PlacesTaken):
            activity.change(office, its.id, plan_of(its, places=1))
        activity.queue(office, its.id, resident_id=people[2], channel="official_account")
        activity.change(office, its.id, plan_of(its, places=3))
        assert activity.counts(office, its).held == 1
        activity.change(office, its.id, plan_of(its, places=0))
        assert activity.counts(office, its).held == 1
        activity.change(office, its.id, plan_of(its, places=3))
        assert activity.left(office, its) == 0


def test_nothing_is_moved_into_the_past(store: Store) -> None:
    """A year mistyped would send everybody away; what has begun may still be worded otherwise."""
    desk = Desk(store, Seal(SECRET))
    with desk.at(NOW) as office:
        its = sample(office.session, BOOKS)
        with pytest.raises(activity.BeginsInThePast):
            activity.change(office, its.id, plan_of(its, starts_at=at(11, 21, 10)))
    with desk.at(its.starts_at) as office:
        assert activity.change(office, its.id, plan_of(its, words="人来得多，慢慢来")).words == "人来得多，慢慢来"


def test_whose_offer_has_just_lapsed_may_enrol_again(store: Store) -> None:
    desk = Desk(store, Seal(SECRET))
    have, wait = desk.resident("王阿姨", NOW), desk.resident("李叔", NOW)
    with desk.at(NOW) as office:
        enrol(office, BOOKS, have, 3)
        its = sample(office.session, BOOKS)
        activity.queue(office, its.id, resident_id=wait, channel="official_account")
        activity.give_up(office, _of(office.session, have))
        assert activity.counts(office, its).held == 1
    with desk.at(NOW + HOLD) as office:
        enrol(office, BOOKS, wait)
        assert activity.counts(office, sample(office.session, BOOKS)).enrolled == 1


def test_whose_place_is_gone_at_that_moment_does_not_check_in(store: Store) -> None:
    desk = Desk(store, Seal(SECRET))
    who = desk.resident("王阿姨", NOW)
    with desk.at(NOW) as office:
        enrol(office, BOOKS, who)
        its = sample(office.session, BOOKS)
        code = activity.give_code(office, its)
        mine = office.session.get(ActivityEnrolment, _of(office.session, who))
        assert mine is not None
        gone = update(ActivityEnrolment).values(state=Standing.CANCELLED.value)
        office.session.execute(gone, execution_options={"synchronize_session": False})
        assert not activity.come_by_code(office, mine, its, code)


def test_what_is_over_runs_no_more(store: Store) -> None:
    desk = Desk(store, Seal(SECRET))
    who = desk.resident("王阿姨", NOW)
    with desk.at(NOW) as office:
        enrol(office, BOOKS, who)
        assert activities.count_of(office.session, who, running=True) == 1
    with desk.at(its_end(store)) as office:
        activity.close_ended(office)
        assert activities.count_of(office.session, who, running=True) == 0
        assert activities.count_of(office.session, who) == 1


def its_end(store: Store) -> datetime:
    with transaction(store) as session:
        return sample(session, BOOKS).ends_at


def _of(session: object, who: UUID) -> UUID:
    found = select(ActivityEnrolment).where(ActivityEnrolment.resident_id == who)  # type: ignore[arg-type]
    mine: ActivityEnrolment = session.scalars(found).one()  # type: ignore[attr-defined]
    assert mine.state == Standing.ENROLLED
    return mine.id


def _try(desk: Desk, who: UUID, code: str, persons: int) -> str:
    """Enrol in a transaction of one's own; a lost race is done again, as the desk does it."""
    for _ in range(10):
        try:
            with desk.at(NOW) as office:
                enrol(office, code, who, persons)
            return "enrolled"
        except NoPlaceLeft:
            return "full"
        except activity.EnrolledAlready:
            return "already"
        except Exception as error:  # only a race that the database ended is done again
            if not lost_race(error):
                raise
    raise AssertionError("ten races lost")
