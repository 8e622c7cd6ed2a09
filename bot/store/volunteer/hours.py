"""The hours ledger: its lines, a person's own, and what a year counts of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from bot.store import connection
from bot.store.activity import Activity
from bot.store.scope import Scope, within_areas
from bot.store.volunteer.tables import LateDrop, VolunteerHours

Line = tuple[VolunteerHours, Activity]
_hours = VolunteerHours.__table__  # type: ignore[attr-defined]


def credit(session: Session, line: VolunteerHours) -> bool:
    """Add a line; False where that enrolment has one."""
    session.flush()
    writing = connection(session)
    insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    values = {column.name: getattr(line, column.name) for column in _hours.columns}
    added = insert(_hours).values(values).on_conflict_do_nothing().returning(_hours.c.id)
    return writing.scalar(added) is not None


def locked_of(session: Session, enrolment_id: UUID) -> VolunteerHours:
    """The line of an enrolment as it stands now, to be changed by nobody else until the commit."""
    found = select(VolunteerHours).where(col(VolunteerHours.enrolment_id) == enrolment_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).one()


def of(session: Session, resident_id: UUID, since: datetime, until: datetime) -> list[Line]:
    """A person's lines of a time, newest first."""
    found = _lines().where(col(VolunteerHours.resident_id) == resident_id)
    time = (col(VolunteerHours.starts_at) >= since, col(VolunteerHours.starts_at) < until)
    ordered = found.where(*time).order_by(col(VolunteerHours.starts_at).desc())
    return [(row[0], row[1]) for row in session.execute(ordered)]


def of_shift(session: Session, shift_id: UUID) -> dict[UUID, VolunteerHours]:
    """The lines of one shift, by their enrolment."""
    found = select(VolunteerHours).where(col(VolunteerHours.shift_id) == shift_id)
    return {line.enrolment_id: line for line in session.scalars(found)}


def page(session: Session, scope: Scope, since: datetime, until: datetime, *, start: int, limit: int) -> list[Line]:
    """The ledger of their part of the city, newest first, from the so-manieth line on."""
    time = (col(VolunteerHours.starts_at) >= since, col(VolunteerHours.starts_at) < until)
    found = _lines().where(_seen_by(scope), *time)
    ordered = found.order_by(col(VolunteerHours.starts_at).desc(), col(VolunteerHours.id)).offset(start).limit(limit)
    return [(row[0], row[1]) for row in session.execute(ordered)]


def minutes_of(session: Session, scope: Scope, since: datetime, until: datetime) -> tuple[int, int]:
    """Of a time: how many people have hours, and how many minutes all of them have."""
    time = (col(VolunteerHours.starts_at) >= since, col(VolunteerHours.starts_at) < until)
    people = func.count(col(VolunteerHours.resident_id).distinct())
    minutes = func.coalesce(func.sum(col(VolunteerHours.minutes)), 0)
    row = session.execute(select(people, minutes).where(_seen_by(scope), *time)).one()
    return int(row[0]), int(row[1])


def drops_of(session: Session, shift_id: UUID) -> Sequence[LateDrop]:
    """Who gave that shift up late, oldest first."""
    found = select(LateDrop).where(col(LateDrop.shift_id) == shift_id)
    return session.scalars(found.order_by(col(LateDrop.at))).all()


def _lines() -> Select[VolunteerHours, Activity]:
    return select(VolunteerHours, Activity).join(Activity, col(Activity.id) == col(VolunteerHours.shift_id))


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    here = within_areas(col(VolunteerHours.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement
    return or_(here, col(VolunteerHours.station_id).in_(scope.stations) if scope.stations else false())
