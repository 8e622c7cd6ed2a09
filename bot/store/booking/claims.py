"""Who has which half hour: the unique rows that make sure that no time is given twice."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, or_

from bot.store import connection
from bot.store.booking.tables import BookingClaim

TICK = timedelta(minutes=30)
_claim = BookingClaim.__table__  # type: ignore[attr-defined]
_KEY = (_claim.c.resource_id, _claim.c.starts_at, _claim.c.lane)
Taken = dict[tuple[UUID, datetime], set[int]]


def ticks(start: datetime, end: datetime) -> list[datetime]:
    """The half hours from start to end, in their order."""
    found = []
    while start < end:
        found.append(start)
        start += TICK
    return found


def taken(
    session: Session,
    resource_ids: Collection[UUID],
    since: datetime,
    until: datetime,
    *,
    now: datetime,
    besides: UUID | None = None,
) -> Taken:
    """The lanes taken of each half hour; a hold that is over takes none, nor does the booking `besides`."""
    held = or_(_claim.c.held_until.is_(None), _claim.c.held_until > now)
    found = select(_claim.c.resource_id, _claim.c.starts_at, _claim.c.lane).where(
        _claim.c.resource_id.in_(resource_ids), _claim.c.starts_at >= since, _claim.c.starts_at < until, held
    )
    if besides is not None:
        found = found.where(or_(_claim.c.booking_id.is_(None), _claim.c.booking_id != besides))
    lanes: Taken = {}
    for resource_id, start, lane in connection(session).execute(found):
        lanes.setdefault((resource_id, start), set()).add(lane)
    return lanes


def claim(
    session: Session,
    *,
    resource_id: UUID,
    lane: int,
    times: Sequence[datetime],
    now: datetime,
    booking_id: UUID | None = None,
    waiting_id: UUID | None = None,
    held_until: datetime | None = None,
) -> bool:
    """Take these half hours of a lane, all or none; False where somebody else has one of them.

    One that is the booking's own already stays its own. The unique key decides: whoever comes second waits for the
    first one's commit. Half hours are asked for in their order, so that no two wait for each other within a lane.
    """
    session.flush()
    writing = connection(session)
    here = (_claim.c.resource_id == resource_id, _claim.c.lane == lane, _claim.c.starts_at.in_(times))
    writing.execute(delete(_claim).where(*here, _claim.c.held_until <= now))
    own: set[datetime] = set()
    if booking_id is not None:
        own = set(writing.scalars(select(_claim.c.starts_at).where(*here, _claim.c.booking_id == booking_id)))
    wanted = [start for start in sorted(times) if start not in own]
    if not wanted:
        return True
    rows = [
        {
            "resource_id": resource_id,
            "starts_at": start,
            "lane": lane,
            "booking_id": booking_id,
            "waiting_id": waiting_id,
            "held_until": held_until,
        }
        for start in wanted
    ]
    insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    adding = insert(_claim).values(rows).on_conflict_do_nothing(index_elements=list(_KEY)).returning(_claim.c.starts_at)
    got = list(writing.scalars(adding))
    if len(got) == len(wanted):
        return True
    writing.execute(delete(_claim).where(*here[:2], _claim.c.starts_at.in_(got)))
    return False


def give(session: Session, booking_id: UUID, *, resource_id: UUID, lane: int, times: Sequence[datetime]) -> None:
    """Half hours that were just claimed are this booking's."""
    here = (_claim.c.resource_id == resource_id, _claim.c.lane == lane, _claim.c.starts_at.in_(times))
    connection(session).execute(_claim.update().where(*here).values(booking_id=booking_id))


def keep_only(session: Session, booking_id: UUID, *, resource_id: UUID, lane: int, times: Sequence[datetime]) -> None:
    """Free whatever else a booking had claimed."""
    kept = (_claim.c.resource_id == resource_id) & (_claim.c.lane == lane) & _claim.c.starts_at.in_(times)
    connection(session).execute(delete(_claim).where(_claim.c.booking_id == booking_id, ~kept))


def hand_over(session: Session, waiting_id: UUID, booking_id: UUID) -> None:
    """What was held for somebody who waited is booked now."""
    values = {"booking_id": booking_id, "waiting_id": None, "held_until": None}
    connection(session).execute(_claim.update().where(_claim.c.waiting_id == waiting_id).values(values))


def release(session: Session, booking_id: UUID) -> None:
    """Free the times of a booking."""
    connection(session).execute(delete(_claim).where(_claim.c.booking_id == booking_id))


def release_held(session: Session, waiting_id: UUID) -> None:
    """Free the time that was held for somebody who waits."""
    connection(session).execute(delete(_claim).where(_claim.c.waiting_id == waiting_id))


def held_for(session: Session, waiting_id: UUID) -> list[datetime]:
    """The half hours that are held for a place in a waiting list, in their order."""
    found = select(_claim.c.starts_at).where(_claim.c.waiting_id == waiting_id)
    return list(connection(session).scalars(found.order_by(_claim.c.starts_at)))
