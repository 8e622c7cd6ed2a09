"""How enrolments come to be and change: numbers, history, and what is wiped in the end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlmodel import Session

from bot.store import connection
from bot.store.activity.tables import (
    LIVE,
    Activity,
    ActivityEnrolment,
    ActivityEvent,
    ActivityPlace,
    Standing,
    What,
)

SOME = 5000  # enrolments wiped in one statement
_activity = Activity.__table__  # type: ignore[attr-defined]
_enrolment = ActivityEnrolment.__table__  # type: ignore[attr-defined]
_event = ActivityEvent.__table__  # type: ignore[attr-defined]
_place = ActivityPlace.__table__  # type: ignore[attr-defined]
_LIVE = [one.value for one in LIVE]


def add(session: Session, row: Activity | ActivityEnrolment) -> None:
    session.add(row)
    session.flush()


def locked(session: Session, activity_id: UUID) -> Activity:
    """The activity as it stands now; whoever enrols, leaves or moves it waits for the commit."""
    return session.get_one(Activity, activity_id, with_for_update=True, populate_existing=True)


def locked_enrolment(session: Session, enrolment_id: UUID) -> ActivityEnrolment:
    """As `locked`, of an enrolment."""
    return session.get_one(ActivityEnrolment, enrolment_id, with_for_update=True, populate_existing=True)


def next_number(session: Session, activity_id: UUID) -> int:
    """The next number on the roster; the activity is locked."""
    last = select(func.max(_enrolment.c.number)).where(_enrolment.c.activity_id == activity_id)
    return (connection(session).scalar(last) or 0) + 1


def note(session: Session, enrolment_id: UUID, *, at: datetime, what: What, by: str) -> None:
    """Add a line to what happened to an enrolment."""
    session.flush()
    last = connection(session).scalar(select(func.max(_event.c.step)).where(_event.c.enrolment_id == enrolment_id))
    session.add(ActivityEvent(enrolment_id=enrolment_id, step=(last or 0) + 1, at=at, what=what.value, by=by))
    session.flush()


def forget_of(session: Session, resident_id: UUID) -> None:
    """Make a person's enrolments anybody's; the places they had before them are free."""
    session.flush()
    writing = connection(session)
    mine = _enrolment.c.resident_id == resident_id
    live = select(_enrolment.c.id).where(mine, _enrolment.c.state.in_(_LIVE))
    writing.execute(delete(_place).where(_place.c.enrolment_id.in_(live)))
    still = update(_enrolment).where(mine, _enrolment.c.state.in_(_LIVE))
    writing.execute(still.values(state=Standing.CANCELLED.value, held_until=None))
    writing.execute(update(_enrolment).where(mine).values(resident_id=None))
    session.expire_all()


def forget_before(session: Session, moment: datetime) -> int:
    """Make the enrolments of what was over before that moment anybody's, some at a time; returns how many."""
    session.flush()
    writing = connection(session)
    old = select(_activity.c.id).where(_activity.c.ends_at < moment)
    whose = _enrolment.c.activity_id.in_(old) & _enrolment.c.resident_id.is_not(None)
    found = writing.scalars(select(_enrolment.c.id).where(whose).limit(SOME)).all()
    writing.execute(update(_enrolment).where(_enrolment.c.id.in_(found)).values(resident_id=None))
    return len(found)
