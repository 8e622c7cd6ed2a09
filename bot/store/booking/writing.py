"""How bookings come to be and change: numbers, history, what is wiped in the end."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from bot.store import connection
from bot.store.booking.tables import (
    LIVE,
    Booking,
    BookingClaim,
    BookingDay,
    BookingEvent,
    State,
    Waiting,
    WaitingEvent,
    WaitState,
    What,
)

SOME = 5000  # bookings wiped in one statement
_claim = BookingClaim.__table__  # type: ignore[attr-defined]
_booking = Booking.__table__  # type: ignore[attr-defined]
_event = BookingEvent.__table__  # type: ignore[attr-defined]
_waiting = Waiting.__table__  # type: ignore[attr-defined]
_wait_event = WaitingEvent.__table__  # type: ignore[attr-defined]
_day = BookingDay.__table__  # type: ignore[attr-defined]
_WIPED = {"resident_id": None, "contact": None, "code": None, "code_shown": None, "picture": None}


def next_number(session: Session, day: date) -> str:
    """The next number of that local day, such as B261122-0007: without gaps, and never given twice."""
    writing = connection(session)
    insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    counted = insert(_day).values(day=day, last=1)
    counted = counted.on_conflict_do_update(index_elements=[_day.c.day], set_={"last": _day.c.last + 1})
    last = writing.execute(counted.returning(_day.c.last)).scalar_one()
    return f"B{day:%y%m%d}-{last:04d}"


def add(session: Session, row: Booking | Waiting) -> None:
    session.add(row)
    session.flush()


def locked(session: Session, booking_id: UUID) -> Booking:
    """The booking as it stands now, to be changed by nobody else until the commit."""
    return session.get_one(Booking, booking_id, with_for_update=True, populate_existing=True)


def locked_waiting(session: Session, waiting_id: UUID) -> Waiting:
    """As `locked`, of a place in a waiting list."""
    return session.get_one(Waiting, waiting_id, with_for_update=True, populate_existing=True)


def note(session: Session, booking_id: UUID, *, at: datetime, what: What, by: str, facts: bytes | None = None) -> None:
    """Add a line to a booking's history."""
    last = connection(session).scalar(select(func.max(_event.c.step)).where(_event.c.booking_id == booking_id))
    step = (last or 0) + 1
    session.add(BookingEvent(booking_id=booking_id, step=step, at=at, what=what.value, by=by, facts=facts))
    session.flush()


def note_waiting(session: Session, waiting_id: UUID, *, at: datetime, what: What, slot: datetime | None = None) -> None:
    """Add a line to what happened to a place in a waiting list."""
    last = connection(session).scalar(
        select(func.max(_wait_event.c.step)).where(_wait_event.c.waiting_id == waiting_id)
    )
    session.add(WaitingEvent(waiting_id=waiting_id, step=(last or 0) + 1, at=at, what=what.value, slot=slot))
    session.flush()


def forget_of(session: Session, resident_id: UUID) -> None:
    """Make a person's bookings anybody's: what was booked and when stay, the person and all they told go.

    What they had before them is cancelled, for nobody would know the door.
    """
    session.flush()
    writing = connection(session)
    live = _booking.c.resident_id == resident_id, _booking.c.state.in_(LIVE)
    writing.execute(delete(_claim).where(_claim.c.booking_id.in_(select(_booking.c.id).where(*live))))
    held = select(_waiting.c.id).where(_waiting.c.resident_id == resident_id)
    writing.execute(delete(_claim).where(_claim.c.waiting_id.in_(held)))
    writing.execute(update(_booking).where(*live).values(state=State.CANCELLED.value))
    _wipe(session, writing.scalars(select(_booking.c.id).where(_booking.c.resident_id == resident_id)).all())
    waits = _waiting.c.resident_id == resident_id
    writing.execute(
        update(_waiting)
        .where(waits, _waiting.c.state.in_([WaitState.WAITING.value, WaitState.OFFERED.value]))
        .values(state=WaitState.LEFT.value)
    )
    writing.execute(update(_waiting).where(waits).values(resident_id=None, contact=None))
    session.expire_all()


def forget_before(session: Session, moment: datetime) -> int:
    """Make the bookings anybody's whose time was over before that moment, some at a time; returns how many."""
    session.flush()
    writing = connection(session)
    over = (_booking.c.ends_at < moment) & _booking.c.resident_id.is_not(None)
    found = writing.scalars(select(_booking.c.id).where(over).limit(SOME)).all()
    _wipe(session, found)
    old = select(_waiting.c.id).where(_waiting.c.until < moment).limit(SOME)
    waits = writing.scalars(old).all()
    writing.execute(delete(_wait_event).where(_wait_event.c.waiting_id.in_(waits)))
    writing.execute(delete(_waiting).where(_waiting.c.id.in_(waits)))
    return len(found) + len(waits)


def _wipe(session: Session, booking_ids: Sequence[UUID]) -> None:
    writing = connection(session)
    writing.execute(update(_event).where(_event.c.booking_id.in_(booking_ids)).values(facts=None))
    writing.execute(update(_booking).where(_booking.c.id.in_(booking_ids)).values(**_WIPED))
