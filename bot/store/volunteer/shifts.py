"""The weekly pattern and the shifts made of it: which there are, which lack people, which are over."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from bot.store import connection
from bot.store.activity import Activity, State
from bot.store.activity.reading import seen_by
from bot.store.scope import Scope
from bot.store.volunteer.tables import Shift, ShiftPlan

Held = tuple[Shift, Activity]
_activity = Activity.__table__  # type: ignore[attr-defined]


def plans(
    session: Session, stations: Collection[UUID] | None = None, *, after: date | None = None
) -> Sequence[ShiftPlan]:
    """The patterns, by weekday and hour; of these stations; those still made after a day."""
    found = select(ShiftPlan)
    if stations is not None:
        found = found.where(col(ShiftPlan.station_id).in_(stations))
    if after is not None:
        found = found.where(or_(col(ShiftPlan.until).is_(None), col(ShiftPlan.until) > after))
    return session.scalars(found.order_by(col(ShiftPlan.weekday), col(ShiftPlan.start), col(ShiftPlan.id))).all()


def plan(session: Session, plan_id: UUID) -> ShiftPlan | None:
    return session.get(ShiftPlan, plan_id)


def is_made(session: Session, plan_id: UUID, day: date) -> bool:
    """Whether the pattern's shift of that day is there."""
    found = select(col(Shift.id)).where(col(Shift.plan_id) == plan_id, col(Shift.day) == day)
    return session.scalars(found).first() is not None


def make(session: Session, shift: Shift, its: Activity) -> bool:
    """Write down a shift; False where somebody else has made it: its code says of which pattern and day it is."""
    session.flush()
    writing = connection(session)
    insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    values = {column.name: getattr(its, column.name) for column in _activity.columns}
    added = insert(_activity).values(values).on_conflict_do_nothing().returning(_activity.c.id)
    if writing.scalar(added) is None:
        return False
    session.add(shift)
    session.flush()
    return True


def shift(session: Session, shift_id: UUID) -> Held | None:
    """One shift with the activity that it is."""
    found = _both().where(col(Shift.id) == shift_id)
    row = session.execute(found).first()
    return (row[0], row[1]) if row else None


def within(session: Session, scope: Scope, shift_id: UUID) -> Held | None:
    """As `shift`, where it is in what the staff may see."""
    row = session.execute(_both().where(col(Shift.id) == shift_id, seen_by(scope))).first()
    return (row[0], row[1]) if row else None


def between(session: Session, scope: Scope, since: datetime, until: datetime) -> list[Held]:
    """What the staff see of a time, cancelled ones too, soonest first."""
    found = _both().where(seen_by(scope), col(Activity.starts_at) >= since, col(Activity.starts_at) < until)
    return _held(session, found)


def ahead(session: Session, now: datetime, until: datetime, areas: Collection[UUID] | None) -> list[Held]:
    """The shifts that can still be claimed until then, of these communities."""
    here: ColumnElement[bool] = true()
    if areas is not None:
        here = or_(col(Activity.area_id).in_(areas), col(Activity.area_id).is_(None))
    time = (col(Activity.starts_at) > now, col(Activity.starts_at) <= until)
    return _held(session, _both().where(col(Activity.state) == State.PUBLISHED.value, here, *time))


def of_plan(session: Session, plan_id: UUID, now: datetime) -> list[Held]:
    """The shifts of a pattern that have not begun."""
    found = _both().where(col(Shift.plan_id) == plan_id, col(Activity.state) == State.PUBLISHED.value)
    return _held(session, found.where(col(Activity.starts_at) > now))


def to_watch(session: Session, now: datetime, until: datetime) -> list[Held]:
    """Shifts that begin within a time and of which not both alarms were raised, locked, but for another worker's."""
    quiet = or_(col(Shift.alarm_day_at).is_(None), col(Shift.alarm_soon_at).is_(None))
    found = _both().where(quiet, col(Activity.state) == State.PUBLISHED.value)
    time = (col(Activity.starts_at) > now, col(Activity.starts_at) <= until)
    return _held(session, found.where(*time).with_for_update(of=Shift, skip_locked=True))


def to_credit(session: Session, limit: int) -> list[Held]:
    """Shifts that are over and whose hours nobody has counted, locked, but for another worker's."""
    found = _both().where(col(Shift.credited_at).is_(None), col(Activity.state) == State.OVER.value)
    return _held(session, found.limit(limit).with_for_update(of=Shift, skip_locked=True))


def held_between(session: Session, scope: Scope, since: datetime, until: datetime) -> int:
    """How many shifts were held in a time: they are over."""
    found = select(func.count()).select_from(Shift).join(Activity, col(Activity.id) == col(Shift.id))
    time = (col(Activity.starts_at) >= since, col(Activity.starts_at) < until)
    return session.scalar(found.where(seen_by(scope), *time, col(Activity.state) == State.OVER.value)) or 0


def _both() -> Select[Shift, Activity]:
    return select(Shift, Activity).join(Activity, col(Activity.id) == col(Shift.id))


def _held(session: Session, found: Select[Shift, Activity]) -> list[Held]:
    ordered = found.order_by(col(Activity.starts_at), col(Activity.code))
    return [(row[0], row[1]) for row in session.execute(ordered)]
