"""The bookings that somebody of the staff may see: by number, by time, as a list, and who waits for one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlalchemy.orm import Mapped, defer
from sqlmodel import Session, col

from bot.store import connection
from bot.store.booking.tables import (
    LIVE,
    Booking,
    BookingClaim,
    BookingEvent,
    State,
    Waiting,
    WaitState,
)
from bot.store.resident import Identity
from bot.store.scope import Scope
from bot.store.staff import StaffRole

_claim = BookingClaim.__table__  # type: ignore[attr-defined]
LIGHT = defer(Booking.picture)  # type: ignore[arg-type] # photos are read one at a time
Key = tuple[UUID, datetime]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which bookings a list is to have; what is empty or None does not matter."""

    words: str = ""
    states: Collection[State] = ()
    station_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


def at_stations(column: ColumnElement[UUID] | Mapped[UUID], scope: Scope) -> ColumnElement[bool]:
    """The condition for rows of a station that the staff may see; a provider sees none this way."""
    if scope.role is StaffRole.PROVIDER:
        return false()
    return true() if scope.everything else column.in_(scope.stations)


def numbered(session: Session, scope: Scope, number: str) -> Booking | None:
    """The booking of that number where they may see it."""
    found = select(Booking).where(col(Booking.number) == number, at_stations(col(Booking.station_id), scope))
    return session.scalars(found.options(LIGHT)).first()


def page(session: Session, scope: Scope, wanted: Wanted, *, after: str, limit: int) -> Sequence[Booking]:
    """Some of them, the latest time first; `after` is what `name_of` made of the last one seen."""
    at, number = col(Booking.starts_at), col(Booking.number)
    found = select(Booking).where(at_stations(col(Booking.station_id), scope), *_conditions(wanted))
    if (last := _named(after)) is not None:
        found = found.where(or_(at < last[0], (at == last[0]) & (number < last[1])))
    return session.scalars(found.options(LIGHT).order_by(at.desc(), number.desc()).limit(limit)).all()


def name_of(row: Booking) -> str:
    """By what a list goes on after that row."""
    return f"{row.starts_at.isoformat()}~{row.number}"


def on(session: Session, resource_ids: Collection[UUID], since: datetime, until: datetime) -> Sequence[Booking]:
    """What these do, did or were to do in a time, cancelled ones left out, earliest first."""
    hidden = (State.CANCELLED.value, State.ORPHANED.value)
    found = select(Booking).where(
        col(Booking.resource_id).in_(resource_ids),
        col(Booking.starts_at) < until,
        col(Booking.ends_at) > since,
        col(Booking.state).not_in(hidden),
    )
    return session.scalars(found.options(LIGHT).order_by(col(Booking.starts_at), col(Booking.number))).all()


def claims(
    session: Session, resource_ids: Collection[UUID], since: datetime, until: datetime, now: datetime
) -> dict[Key, tuple[int, int]]:
    """Of each half hour: how many lanes are booked, and how many are held for somebody who waits."""
    found = select(_claim.c.resource_id, _claim.c.starts_at, _claim.c.held_until).where(
        _claim.c.resource_id.in_(resource_ids), _claim.c.starts_at >= since, _claim.c.starts_at < until
    )
    counted: dict[Key, tuple[int, int]] = {}
    for resource_id, start, held_until in connection(session).execute(found):
        booked, held = counted.get((resource_id, start), (0, 0))
        if held_until is None:
            counted[resource_id, start] = (booked + 1, held)
        elif held_until > now:
            counted[resource_id, start] = (booked, held + 1)
    return counted


def last_step(session: Session, booking_id: UUID) -> int:
    """How much has happened to a booking: its version."""
    return (
        session.scalar(select(func.max(col(BookingEvent.step))).where(col(BookingEvent.booking_id) == booking_id)) or 0
    )


def orphans(session: Session, scope: Scope) -> Sequence[Booking]:
    """Those for which somebody has to be found, soonest first."""
    found = select(Booking).where(
        col(Booking.state) == State.ORPHANED.value, at_stations(col(Booking.station_id), scope)
    )
    return session.scalars(found.order_by(col(Booking.starts_at), col(Booking.number))).all()


def orphan_count(session: Session, scope: Scope) -> int:
    found = select(func.count()).where(
        col(Booking.state) == State.ORPHANED.value, at_stations(col(Booking.station_id), scope)
    )
    return session.scalar(found) or 0


def waits(session: Session, scope: Scope, limit: int) -> Sequence[Waiting]:
    """Who waits or has an offer, by day and then first come first; then what ended last."""
    open_ones = col(Waiting.state).in_([WaitState.WAITING.value, WaitState.OFFERED.value])
    found = select(Waiting).where(at_stations(col(Waiting.station_id), scope))
    order = col(Waiting.day), col(Waiting.created_at), col(Waiting.id)
    now = session.scalars(found.where(open_ones).order_by(*order).limit(limit)).all()
    over = session.scalars(found.where(~open_ones).order_by(col(Waiting.changed_at).desc()).limit(limit)).all()
    return [*now, *over]


def live_count(session: Session, resource_id: UUID) -> int:
    """How much of a provider or room is booked and not had yet."""
    found = select(func.count()).where(col(Booking.resource_id) == resource_id, col(Booking.state).in_(LIVE))
    return session.scalar(found) or 0


def channel_of(session: Session, resident_id: UUID) -> str | None:
    """A channel in which the person listens; None for somebody who only telephones."""
    found = select(col(Identity.channel)).where(col(Identity.resident_id) == resident_id, col(Identity.following))
    return session.scalars(found.order_by(col(Identity.channel))).first()


def called(session: Session, sender: str) -> UUID | None:
    """The one person whom any channel calls so; None where there is none, or more than one."""
    found = session.scalars(select(col(Identity.resident_id)).where(col(Identity.sender) == sender).distinct()).all()
    return found[0] if len(found) == 1 else None


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    held: list[ColumnElement[bool]] = []
    if wanted.words:
        like = f"%{wanted.words}%"
        held.append(or_(col(Booking.number).like(like), col(Booking.title).like(like)))
    if wanted.states:
        held.append(col(Booking.state).in_([one.value for one in wanted.states]))
    if wanted.station_id is not None:
        held.append(col(Booking.station_id) == wanted.station_id)
    if wanted.since is not None:
        held.append(col(Booking.starts_at) >= wanted.since)
    if wanted.until is not None:
        held.append(col(Booking.starts_at) < wanted.until)
    return held


def _named(name: str) -> tuple[datetime, str] | None:
    at, _, number = name.partition("~")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, number) if moment.tzinfo is not None else None
