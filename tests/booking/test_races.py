"""Many residents want the same few times at once, on both kinds of database: each time is given exactly once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from bot.privacy import Seal
from bot.rules import booking
from bot.rules.booking import HasItThen, SlotTaken
from bot.store import Store, lost_race, transaction
from bot.store.booking import BookingClaim
from tests.booking.scene import Desk, at, book, thing
from tests.conftest import SECRET

NOW = at(22, 10)
SLOTS = 50
RESIDENTS = 80


def test_fifty_slots_are_given_fifty_times(store: Store) -> None:
    """Haircuts of half an hour, one at a time: eighty residents, each for one of the next fifty."""
    desk = Desk(store, Seal(SECRET))
    with desk.at(NOW) as office:
        free = booking.next_free(booking.board(office, thing(office.session, "haircut")), at(23, 9), SLOTS)
    starts = [one.start for one in free]
    assert len(starts) == SLOTS
    people = [desk.resident(f"居民{number}", NOW) for number in range(RESIDENTS)]
    wishes = [(who, starts[number % SLOTS]) for number, who in enumerate(people)]
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda wish: _try(desk, *wish), wishes))
    answers = Counter(kind for kind, _ in got)
    assert answers == {"booked": SLOTS, "taken": RESIDENTS - SLOTS}
    assert len({start for kind, start in got if kind == "booked"}) == SLOTS
    with transaction(store) as session:
        assert session.scalar(select(func.count()).select_from(BookingClaim)) == SLOTS


def test_the_slower_ones_are_shown_what_is_left(store: Store) -> None:
    """Ten want the one morning hour of the same repairer; nine hear of other times that really are free."""
    desk = Desk(store, Seal(SECRET))
    start = at(24, 9)
    people = [desk.resident(f"居民{number}", NOW) for number in range(10)]
    with ThreadPoolExecutor(5) as threads:
        got = Counter(
            kind for kind, _ in threads.map(lambda who: _try(desk, who, start, "plumbing_electrical"), people)
        )
    assert got == {"booked": 1, "taken": 9}
    with desk.at(NOW) as office:
        board = booking.board(office, thing(office.session, "plumbing_electrical"))
        near = booking.nearest(board, start, 4)
        assert len(near) == 4
        assert all(abs(one.start - start) >= timedelta(hours=1) for one in near)


def test_two_overlapping_visits_never_share_a_lane(store: Store) -> None:
    """Cleaners come by two: of ten wishes that overlap, never more than two are given at a time."""
    desk = Desk(store, Seal(SECRET))
    people = [desk.resident(f"居民{number}", NOW) for number in range(12)]
    wishes = [(who, at(24, 9) + timedelta(minutes=30 * (number % 4))) for number, who in enumerate(people)]
    with ThreadPoolExecutor(6) as threads:
        got = list(threads.map(lambda wish: _try(desk, wish[0], wish[1], "cleaning"), wishes))
    given = [start for kind, start in got if kind == "booked"]
    for minutes in range(0, 240, 30):
        moment = at(24, 9) + timedelta(minutes=minutes)
        assert sum(start <= moment < start + timedelta(hours=2) for start in given) <= 2
    assert len(given) == 2


def test_one_resident_who_taps_twice_at_once_has_one_booking(store: Store) -> None:
    """Two cleaners are free, so that the time alone would not stop the second tap."""
    desk = Desk(store, Seal(SECRET))
    who = desk.resident("王阿姨", NOW)
    with ThreadPoolExecutor(6) as threads:
        got = Counter(kind for kind, _ in threads.map(lambda _: _try(desk, who, at(24, 9), "cleaning"), range(6)))
    assert got == {"booked": 1, "has it": 5}


def _try(desk: Desk, who: UUID, start: datetime, key: str = "haircut") -> tuple[str, datetime]:
    """Book in a transaction of one's own; a lost race is done again, as the desk does it."""
    for _ in range(10):
        try:
            with desk.at(NOW) as office:
                book(office, key, start, who)
            return "booked", start
        except SlotTaken:
            return "taken", start
        except HasItThen:
            return "has it", start
        except Exception as error:  # only a race that the database ended is done again
            if not lost_race(error):
                raise
    raise AssertionError("ten races lost")
