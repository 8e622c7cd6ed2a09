"""Everybody scans at once, on both kinds of database: none is lost, none counted twice, no place given twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from bot.errors import Refusal
from bot.privacy import Seal
from bot.rules import activity, arrival, study
from bot.rules.activity import rotating
from bot.store import Store, lost_race, transaction
from bot.store import activity as activities
from bot.store import course as courses
from bot.store.activity import ActivityEvent, ActivityPlace, What
from bot.store.study import StudyEntry
from tests.booking.scene import Desk, at
from tests.conftest import SECRET
from tests.study.scene import LIVE, REPLAY, WRITING

NOW, DOOR, OVER = at(22, 10), at(25, 14, 25), at(25, 16, 5)
PLACES = 16


def test_a_hall_that_scans_at_once(store: Store) -> None:
    """Ten have places, twelve come without: six of these find one. Everybody scans three times."""
    desk = Desk(store, Seal(SECRET))
    people = [desk.resident(f"居民{number}", NOW) for number in range(22)]
    lesson = _lesson(desk)
    with desk.at(NOW) as office:
        for who in people[:10]:
            activity.enrol(office, lesson, resident_id=who, channel="official_account")
    with desk.at(DOOR) as office:
        token = rotating.token_now(office, _its(office.session, lesson))
    with ThreadPoolExecutor(8) as threads:
        got = Counter(threads.map(lambda who: _scan(desk, who, token), people * 3))
    assert got["came"] == PLACES
    assert got["FullForWalkIns"] == 6 * 3
    with transaction(store) as session:
        roster = activities.roster(session, lesson)
        assert len(roster) == sum(row.came_at is not None for row in roster) == PLACES
        assert sum(row.walk_in for row in roster) == PLACES - 10
        assert session.scalar(select(func.count()).select_from(ActivityPlace)) == PLACES
        came = select(func.count()).select_from(ActivityEvent).where(ActivityEvent.what == What.CAME.value)  # type: ignore[arg-type]
        assert session.scalar(came) == PLACES


def test_hours_are_given_once_by_workers_that_count_at_once(store: Store) -> None:
    desk = Desk(store, Seal(SECRET))
    lesson = _lesson(desk)
    with desk.at(DOOR) as office:
        its = _its(office.session, lesson)
        for number in range(8):
            arrival.add_guest(office, its, f"来宾{number}", by="站里")
    with ThreadPoolExecutor(4) as threads:
        people = list(threads.map(lambda number: desk.resident(f"居民{number}", NOW), range(8)))
        with desk.at(DOOR) as office:
            token = rotating.token_now(office, _its(office.session, lesson))
        list(threads.map(lambda who: _scan(desk, who, token), people))
        given = list(threads.map(lambda _: _count(desk), range(4)))
    with transaction(store) as session:
        assert sum(given) == session.scalar(select(func.count()).select_from(StudyEntry)) == 8


def test_a_replay_is_told_once_by_workers_that_look_at_once(store: Store) -> None:
    desk = Desk(store, Seal(SECRET))
    lesson = _lesson(desk)
    people = [desk.resident(f"居民{number}", NOW) for number in range(6)]
    with desk.at(NOW) as office:
        for who in people:
            activity.enrol(office, lesson, resident_id=who, channel="official_account")
        found = courses.lesson(office.session, lesson)
        assert found is not None
        found[0].live_url = LIVE
        one = study.picture(office, lesson)
        assert one is not None
        study.want(office, one, people[0], channel="official_account")
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(lambda _: _tell(desk, DOOR), range(4))) == 1
    with desk.at(OVER) as office:
        again = courses.lesson(office.session, lesson)
        assert again is not None
        again[0].replay_url, again[0].replay_since = REPLAY, OVER
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(lambda _: _tell(desk, OVER), range(4))) == len(people)


def _tell(desk: Desk, now: datetime) -> int:
    with desk.at(now) as office:
        return study.tell(office)


def _scan(desk: Desk, who: UUID, token: str) -> str:
    for _ in range(20):
        try:
            with desk.at(DOOR) as office:
                return "again" if arrival.scan(office, who, token, channel="official_account").again else "came"
        except Refusal as refusal:
            return type(refusal).__name__
        except Exception as error:  # only a race that the database ended is done again, as the desk does
            if not lost_race(error):
                raise
    raise AssertionError("never got through")


def _count(desk: Desk) -> int:
    with desk.at(OVER) as office:
        return study.count(office)


def _lesson(desk: Desk) -> UUID:
    with desk.at(NOW) as office:
        its = activities.coded(office.session, WRITING)
        assert its is not None
        return its.id


def _its(session: object, lesson: UUID) -> activities.Activity:
    found = activities.activity(session, lesson)  # type: ignore[arg-type]
    assert found is not None
    return found
