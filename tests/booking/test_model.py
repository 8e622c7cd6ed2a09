"""Any sequence of booking, moving, cancelling, waiting and letting lapse agrees with a model in a page."""

from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from bot.channels.official_account import NAME
from bot.privacy import Seal
from bot.rules import booking
from bot.rules.booking import HasItThen, NothingHeld, NotThen, SlotTaken, TooManyOpen, WaitsAlready
from bot.rules.booking.limits import MOST_OPEN
from bot.samples import demo
from bot.store import booking as bookings
from bot.store import open_store, schema, transaction
from bot.store.booking import LIVE, Booking, BookingClaim, Waiting, WaitState
from tests.booking.scene import DOOR, Desk, at, book, thing
from tests.conftest import SECRET

KEY = "plumbing_electrical"  # one at a time, an hour each
DAY = at(24, 0)
STARTS = [DAY + timedelta(hours=hour, minutes=30) for hour in (8, 9, 10)] + [DAY + timedelta(hours=9)]
PEOPLE = 4


class Bookings(RuleBasedStateMachine):
    """The real rules on a fresh database, and beside them who should have which hour."""

    @initialize()
    def opens(self) -> None:
        self.store = open_store("sqlite://")
        schema.create(self.store)
        with transaction(self.store) as session:
            demo.fill(session)
        self.desk, self.now = Desk(self.store, Seal(SECRET)), at(22, 10)
        self.people = [self.desk.resident(f"居民{number}", self.now) for number in range(PEOPLE)]
        self.has: dict[UUID, tuple[UUID, datetime]] = {}
        self.queue: list[UUID] = []
        self.held: dict[UUID, tuple[datetime, datetime]] = {}

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()

    @rule(who=st.integers(0, PEOPLE - 1), start=st.sampled_from(STARTS))
    def books(self, who: int, start: datetime) -> None:
        person, before = self.people[who], self._free(start)
        own = [one for owner, one in self.has.values() if owner == person]
        try:
            with self.desk.at(self.now) as office:
                made = book(office, KEY, start, person).id
        except HasItThen:
            assert any(_meet(one, start) for one in own)
        except TooManyOpen:
            assert len(own) >= MOST_OPEN
        except SlotTaken:
            assert not before
        else:
            assert before
            self.has[made] = (person, start)

    @precondition(lambda self: self.has)
    @rule(number=st.integers(0, 20), start=st.sampled_from(STARTS))
    def moves(self, number: int, start: datetime) -> None:
        one = list(self.has)[number % len(self.has)]
        before = self._free(start, besides=one)
        try:
            with self.desk.at(self.now) as office:
                booking.reschedule(office, one, start)
        except (SlotTaken, NotThen):
            assert not before
        else:
            assert before
            self.has[one] = (self.has[one][0], start)
            self._learn_offers()

    @precondition(lambda self: self.has)
    @rule(number=st.integers(0, 20))
    def cancels(self, number: int) -> None:
        one = list(self.has)[number % len(self.has)]
        with self.desk.at(self.now) as office:
            booking.cancel(office, one)
        del self.has[one]
        self._learn_offers()

    @rule(who=st.integers(0, PEOPLE - 1))
    def waits(self, who: int) -> None:
        try:
            with self.desk.at(self.now) as office:
                place, _ = booking.join(
                    office,
                    thing(office.session, KEY),
                    DAY + timedelta(hours=8),
                    DAY + timedelta(hours=11),
                    resident_id=self.people[who],
                    channel=NAME,
                    contact=DOOR,
                )
                made = place.id
        except WaitsAlready:
            return
        self.queue.append(made)

    @rule(minutes=st.sampled_from([1, 10, 31]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        with self.desk.at(self.now) as office:
            booking.offer_all(office)
        self._learn_offers()

    @precondition(lambda self: self.held)
    @rule(number=st.integers(0, 20))
    def takes(self, number: int) -> None:
        place = list(self.held)[number % len(self.held)]
        start, until = self.held.pop(place)
        try:
            with self.desk.at(self.now) as office:
                made = booking.take(office, place)
                self.has[made.id] = (made.resident_id or UUID(int=0), start)
                assert until > self.now
        except NothingHeld:
            assert until <= self.now
        except (HasItThen, TooManyOpen):
            self.held[place] = (start, until)

    @invariant()
    def nobody_shares_a_half_hour(self) -> None:
        if not hasattr(self, "store"):
            return
        with transaction(self.store) as session:
            live = session.scalars(select(Booking).where(Booking.state.in_(LIVE))).all()  # type: ignore[attr-defined]
            assert {one.id: one.starts_at for one in live} == {one: start for one, (_, start) in self.has.items()}
            claims = session.scalars(select(BookingClaim)).all()
            for one in live:
                mine = sorted(claim.starts_at for claim in claims if claim.booking_id == one.id)
                assert mine == bookings.ticks(one.starts_at, one.ends_at)
            keys = [(claim.resource_id, claim.starts_at, claim.lane) for claim in claims]
            assert len(keys) == len(set(keys))

    @invariant()
    def offers_are_made_in_the_order_of_coming(self) -> None:
        """Whoever still waits came after everybody who was offered something, or there is nothing to offer."""
        if not hasattr(self, "store"):
            return
        with transaction(self.store) as session:
            waiting = [one.id for one in session.scalars(select(Waiting)) if one.state == WaitState.WAITING]
        offered = [place for place in self.queue if place not in waiting]
        for place in waiting:
            assert all(self.queue.index(place) > self.queue.index(one) for one in offered)

    def _learn_offers(self) -> None:
        with transaction(self.store) as session:
            self.held = {
                one.id: (one.offered_at, one.held_until)
                for one in session.scalars(select(Waiting))
                if one.state == WaitState.OFFERED and one.offered_at and one.held_until
            }

    def _free(self, start: datetime, besides: UUID | None = None) -> bool:
        """As the model sees it."""
        busy = [one for made, (_, one) in self.has.items() if made != besides]
        busy += [one for one, until in self.held.values() if until > self.now]
        return not any(_meet(one, start) for one in busy)


def _meet(one: datetime, other: datetime) -> bool:
    return abs(one - other) < timedelta(hours=1)


TestBookings = Bookings.TestCase
TestBookings.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
