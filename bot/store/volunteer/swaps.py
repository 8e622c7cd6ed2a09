"""Shifts that somebody would pass on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select, update
from sqlmodel import Session, col

from bot.store import connection
from bot.store.activity import Activity, State
from bot.store.volunteer.tables import ShiftSwap, SwapState

Offered = tuple[ShiftSwap, Activity]
_swap = ShiftSwap.__table__  # type: ignore[attr-defined]


def of_enrolment(session: Session, enrolment_id: UUID, resident_id: UUID) -> ShiftSwap | None:
    """What that person offered of that place, whatever became of it; whoever offers has the activity locked."""
    theirs = (col(ShiftSwap.enrolment_id) == enrolment_id, col(ShiftSwap.from_id) == resident_id)
    return session.scalars(select(ShiftSwap).where(*theirs)).first()


def locked(session: Session, swap_id: UUID) -> ShiftSwap | None:
    """The offer as it stands now, to be changed by nobody else until the commit."""
    found = select(ShiftSwap).where(col(ShiftSwap.id) == swap_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def swap(session: Session, swap_id: UUID) -> ShiftSwap | None:
    return session.get(ShiftSwap, swap_id)


def open_for(session: Session, resident_id: UUID, now: datetime) -> list[Offered]:
    """What the person could take: offered to them or to all, and not by themselves; soonest first."""
    theirs = or_(col(ShiftSwap.is_for_all), col(ShiftSwap.to_id) == resident_id)
    found = _open(now).where(theirs, col(ShiftSwap.from_id) != resident_id)
    return [(row[0], row[1]) for row in session.execute(found)]


def open_of(session: Session, resident_id: UUID, now: datetime) -> list[Offered]:
    """What the person offers."""
    return [(row[0], row[1]) for row in session.execute(_open(now).where(col(ShiftSwap.from_id) == resident_id))]


def of_shift(session: Session, shift_id: UUID) -> Sequence[ShiftSwap]:
    """All offers of one shift, oldest first."""
    found = select(ShiftSwap).where(col(ShiftSwap.shift_id) == shift_id)
    return session.scalars(found.order_by(col(ShiftSwap.created_at))).all()


def end_of(session: Session, enrolment_id: UUID, now: datetime) -> None:
    """Nobody can take that place any more."""
    session.flush()
    is_open = (_swap.c.enrolment_id == enrolment_id) & (_swap.c.state == SwapState.OPEN.value)
    ended = update(_swap).where(is_open).values(state=SwapState.OVER.value, changed_at=now)
    connection(session).execute(ended)
    session.expire_all()


def _open(now: datetime) -> Select[ShiftSwap, Activity]:
    found = select(ShiftSwap, Activity).join(Activity, col(Activity.id) == col(ShiftSwap.shift_id))
    live = (col(ShiftSwap.state) == SwapState.OPEN.value, col(Activity.state) == State.PUBLISHED.value)
    return found.where(*live, col(Activity.starts_at) > now).order_by(col(Activity.starts_at))
