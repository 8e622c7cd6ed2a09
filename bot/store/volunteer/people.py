"""Who is a volunteer, who wants to be one, and how they are forgotten."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select, true, update
from sqlmodel import Session, col

from bot.store import connection
from bot.store.scope import Scope, within_areas
from bot.store.volunteer.tables import (
    LateDrop,
    ShiftSwap,
    SwapState,
    Volunteer,
    VolunteerHours,
    VolunteerState,
)

_volunteer = Volunteer.__table__  # type: ignore[attr-defined]
_swap = ShiftSwap.__table__  # type: ignore[attr-defined]
_drop = LateDrop.__table__  # type: ignore[attr-defined]
_hours = VolunteerHours.__table__  # type: ignore[attr-defined]


def of(session: Session, resident_id: UUID) -> Volunteer | None:
    """The person as a volunteer, whatever became of it."""
    return session.scalars(select(Volunteer).where(col(Volunteer.resident_id) == resident_id)).first()


def of_all(session: Session, resident_ids: Collection[UUID]) -> Sequence[Volunteer]:
    """As `of`, of several at once."""
    return session.scalars(select(Volunteer).where(col(Volunteer.resident_id).in_(resident_ids))).all()


def locked_of(session: Session, resident_id: UUID) -> Volunteer | None:
    """As `of`, to be changed; whatever else the same person claims at this moment waits."""
    found = select(Volunteer).where(col(Volunteer.resident_id) == resident_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def within(session: Session, scope: Scope, volunteer_id: UUID) -> Volunteer | None:
    """The volunteer where they are in what the staff may see."""
    return session.scalars(select(Volunteer).where(col(Volunteer.id) == volunteer_id, _seen_by(scope))).first()


def page(
    session: Session, scope: Scope, *, states: Collection[VolunteerState], after: UUID | None, limit: int
) -> Sequence[Volunteer]:
    """The volunteers of their part of the city, newest first."""
    found = select(Volunteer).where(_seen_by(scope), col(Volunteer.state).in_([one.value for one in states]))
    if after is not None:
        found = found.where(col(Volunteer.id) < after)
    return session.scalars(found.order_by(col(Volunteer.id).desc()).limit(limit)).all()


def approved(session: Session, area_id: UUID | None, limit: int) -> Sequence[Volunteer]:
    """Who may claim shifts of that community."""
    here = true() if area_id is None else or_(col(Volunteer.area_id) == area_id, col(Volunteer.area_id).is_(None))
    found = select(Volunteer).where(col(Volunteer.state) == VolunteerState.APPROVED.value, here)
    return session.scalars(found.order_by(col(Volunteer.created_at)).limit(limit)).all()


def waiting(session: Session, scope: Scope) -> int:
    """How many wait to be approved."""
    found = select(func.count()).where(_seen_by(scope), col(Volunteer.state) == VolunteerState.PENDING.value)
    return session.scalar(found) or 0


def count_of(session: Session, resident_id: UUID, *, running: bool = False) -> int:
    """1 where the person is a volunteer or wants to be one; `running` likewise."""
    mine = of(session, resident_id)
    live = (VolunteerState.PENDING, VolunteerState.APPROVED, VolunteerState.PAUSED)
    return int(mine is not None and (not running or mine.state in live))


def forget_of(session: Session, resident_id: UUID) -> None:
    """They are a volunteer no more; hours, swaps and drops become anybody's, and what they offered is over."""
    session.flush()
    writing = connection(session)
    writing.execute(delete(_volunteer).where(_volunteer.c.resident_id == resident_id))
    theirs = or_(_swap.c.from_id == resident_id, _swap.c.to_id == resident_id)
    is_open = _swap.c.state == SwapState.OPEN.value
    writing.execute(update(_swap).where(theirs, is_open).values(state=SwapState.OVER.value))
    for column in (_swap.c.from_id, _swap.c.to_id, _swap.c.taken_by):
        writing.execute(update(_swap).where(column == resident_id).values({column.name: None}))
    writing.execute(update(_drop).where(_drop.c.resident_id == resident_id).values(resident_id=None, reason=None))
    writing.execute(update(_hours).where(_hours.c.resident_id == resident_id).values(resident_id=None))
    session.expire_all()


def forget_before(session: Session, moment: datetime) -> int:
    """Make hours and late drops of before that moment anybody's; returns how many hours lines."""
    session.flush()
    writing = connection(session)
    old = (_drop.c.at < moment) & _drop.c.resident_id.is_not(None)
    writing.execute(update(_drop).where(old).values(resident_id=None, reason=None))
    named = or_(*(column.is_not(None) for column in (_swap.c.from_id, _swap.c.to_id, _swap.c.taken_by)))
    swapped = (_swap.c.changed_at < moment) & named
    writing.execute(update(_swap).where(swapped).values(from_id=None, to_id=None, taken_by=None))
    past = (_hours.c.starts_at < moment) & _hours.c.resident_id.is_not(None)
    return writing.execute(update(_hours).where(past).values(resident_id=None)).rowcount


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    here = within_areas(col(Volunteer.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement
    return or_(here, col(Volunteer.area_id).is_(None)) if scope.areas else here
