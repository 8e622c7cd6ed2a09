"""Which bookings there are: a person's own, a provider's own, those to remind of; and who waits."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import defer
from sqlmodel import Session, col

from bot.store.booking.tables import (
    LIVE,
    Booking,
    BookingEvent,
    State,
    Waiting,
    WaitingEvent,
    WaitState,
)

_QUEUED = (WaitState.WAITING, WaitState.OFFERED)


def of(session: Session, resident_id: UUID, number: str) -> Booking | None:
    """The person's own booking of that number."""
    found = select(Booking).where(col(Booking.number) == number, col(Booking.resident_id) == resident_id)
    return session.scalars(found).first()


def numbered(session: Session, number: str) -> Booking | None:
    """The booking of that number, whoever it belongs to."""
    return session.scalars(select(Booking).where(col(Booking.number) == number)).first()


def live_of(session: Session, resident_id: UUID) -> Sequence[Booking]:
    """What the person has booked and not had yet, soonest first."""
    found = select(Booking).where(col(Booking.resident_id) == resident_id, col(Booking.state).in_(LIVE))
    return session.scalars(found.order_by(col(Booking.starts_at), col(Booking.number))).all()


def count_of(session: Session, resident_id: UUID, *, running: bool = False) -> int:
    """How many bookings are the person's own, or how many of them are still to come."""
    mine = select(func.count()).where(col(Booking.resident_id) == resident_id)
    return session.scalar(mine.where(col(Booking.state).in_(LIVE)) if running else mine) or 0


def last_of(session: Session, resident_id: UUID, limit: int) -> Sequence[Booking]:
    """What the person had booked and is over, newest first."""
    found = select(Booking).where(col(Booking.resident_id) == resident_id, col(Booking.state).not_in(LIVE))
    return session.scalars(found.order_by(col(Booking.starts_at).desc()).limit(limit)).all()


def missed_since(session: Session, resident_id: UUID, moment: datetime) -> int:
    """How often the person was not there since then."""
    found = select(func.count()).where(
        col(Booking.resident_id) == resident_id,
        col(Booking.state) == State.NO_SHOW.value,
        col(Booking.starts_at) >= moment,
    )
    return session.scalar(found) or 0


def to_rate(session: Session, resident_id: UUID, since: datetime) -> Booking | None:
    """The person's booking that was done last, since then, and not rated."""
    found = select(Booking).where(
        col(Booking.resident_id) == resident_id,
        col(Booking.state) == State.DONE.value,
        col(Booking.rating).is_(None),
        col(Booking.changed_at) >= since,
    )
    return session.scalars(found.order_by(col(Booking.changed_at).desc())).first()


def history(session: Session, booking_id: UUID) -> Sequence[BookingEvent]:
    """All that happened, in its order."""
    found = select(BookingEvent).where(col(BookingEvent.booking_id) == booking_id)
    return session.scalars(found.order_by(col(BookingEvent.step))).all()


def of_provider(session: Session, provider_id: UUID, number: str) -> Booking | None:
    """The order of that number where it is the provider's own."""
    found = select(Booking).where(
        col(Booking.number) == number, col(Booking.resource_id) == provider_id, col(Booking.service_id).is_not(None)
    )
    return session.scalars(found).first()


def orders(session: Session, provider_id: UUID, since: datetime) -> Sequence[Booking]:
    """A provider's own orders from then on, soonest first."""
    found = select(Booking).where(
        col(Booking.resource_id) == provider_id,
        col(Booking.service_id).is_not(None),
        col(Booking.starts_at) >= since,
    )
    light = found.options(defer(Booking.picture))  # type: ignore[arg-type] # photos are read one at a time
    return session.scalars(light.order_by(col(Booking.starts_at), col(Booking.number))).all()


def live_on(session: Session, resource_id: UUID) -> Sequence[Booking]:
    """What is booked of a provider or room and not had yet."""
    found = select(Booking).where(col(Booking.resource_id) == resource_id, col(Booking.state).in_(LIVE))
    return session.scalars(found.order_by(col(Booking.starts_at))).all()


def starting(session: Session, since: datetime, until: datetime) -> Sequence[Booking]:
    """What begins in a time and is still to be reminded of, locked; rows another worker holds are passed over."""
    found = (
        select(Booking)
        .where(
            col(Booking.state) == State.BOOKED.value,
            col(Booking.starts_at) > since,
            col(Booking.starts_at) <= until,
            col(Booking.resident_id).is_not(None),
            or_(col(Booking.day_notice).is_(None), col(Booking.hour_notice).is_(None)),
        )
        .order_by(col(Booking.starts_at))
        .with_for_update(skip_locked=True)
    )
    return session.scalars(found).all()


def waits_of(session: Session, resident_id: UUID) -> Sequence[Waiting]:
    """Where the person waits, or has an offer."""
    found = select(Waiting).where(col(Waiting.resident_id) == resident_id, col(Waiting.state).in_(_QUEUED))
    return session.scalars(found.order_by(col(Waiting.day), col(Waiting.created_at))).all()


def queue(
    session: Session, *, station_id: UUID, service_id: str | None, venue_id: UUID | None, day: date
) -> list[UUID]:
    """Who waits for a service or room on a day, first come first."""
    found = select(col(Waiting.id)).where(
        col(Waiting.station_id) == station_id,
        col(Waiting.service_id) == service_id,
        col(Waiting.venue_id) == venue_id,
        col(Waiting.day) == day,
        col(Waiting.state).in_(_QUEUED),
    )
    return list(session.scalars(found.order_by(col(Waiting.created_at), col(Waiting.id))))


def still_waiting(session: Session, *, station_id: UUID | None = None, day: date | None = None) -> Sequence[Waiting]:
    """Who waits without an offer, first come first, locked; rows another worker holds are passed over.

    `station_id` and `day`: only there, and only for that day.
    """
    found = select(Waiting).where(col(Waiting.state) == WaitState.WAITING.value)
    if station_id is not None:
        found = found.where(col(Waiting.station_id) == station_id)
    if day is not None:
        found = found.where(col(Waiting.day) == day)
    return session.scalars(
        found.order_by(col(Waiting.created_at), col(Waiting.id)).with_for_update(skip_locked=True)
    ).all()


def lapsed(session: Session, now: datetime) -> Sequence[Waiting]:
    """The offers whose time is over, locked; rows another worker holds are passed over."""
    found = select(Waiting).where(col(Waiting.state) == WaitState.OFFERED.value, col(Waiting.held_until) <= now)
    return session.scalars(found.order_by(col(Waiting.held_until)).with_for_update(skip_locked=True)).all()


def waiting_history(session: Session, waiting_id: UUID) -> Sequence[WaitingEvent]:
    """All that happened to a place in a waiting list, in its order."""
    found = select(WaitingEvent).where(col(WaitingEvent.waiting_id) == waiting_id)
    return session.scalars(found.order_by(col(WaitingEvent.step))).all()
