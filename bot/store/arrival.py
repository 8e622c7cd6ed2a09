"""Who arrives: whether the hall's screen is lit, who guesses codes, and who came without being a known resident."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import UniqueConstraint, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.activity import Activity, ActivityEnrolment, ActivityEvent, Kind, Standing, State, What

SOME = 5000  # rows wiped in one statement


class HallScreen(SQLModel, table=True):
    """The screen of a hall, with the moment at which it last asked what to show, to the minute."""

    activity_id: UUID = Field(foreign_key="activity.id", primary_key=True)
    lit_at: datetime


class CodeGuess(SQLModel, table=True):
    """How many wrong codes somebody said since then who has no place in anything that is on."""

    resident_id: UUID = Field(foreign_key="resident.id", primary_key=True)
    since: datetime = Field(index=True)
    wrong: int


class Attendee(SQLModel, table=True):
    """Who stands behind a guest's enrolment: a member of the roster, or a name, by its keyed hash, that came once."""

    __table_args__ = (UniqueConstraint("activity_id", "member_id"), UniqueConstraint("activity_id", "name_hash"))

    enrolment_id: UUID = Field(foreign_key="activityenrolment.id", primary_key=True)
    activity_id: UUID = Field(foreign_key="activity.id")
    member_id: UUID | None = Field(default=None, foreign_key="partymember.id", index=True)
    name_hash: str | None = Field(default=None, max_length=64)


@dataclass(frozen=True, slots=True)
class There:
    """How many people are there, and how many of them had not enrolled."""

    came: int
    walked_in: int


_screen = HallScreen.__table__  # type: ignore[attr-defined]
_guess = CodeGuess.__table__  # type: ignore[attr-defined]
_enrolment = ActivityEnrolment.__table__  # type: ignore[attr-defined]


def lit(session: Session, activity_id: UUID, now: datetime, *, every: timedelta) -> None:
    """The screen is lit; written down no oftener than `every`."""
    writing = connection(session)
    insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    adding = insert(_screen).values(activity_id=activity_id, lit_at=now).on_conflict_do_nothing()
    if writing.execute(adding.returning(_screen.c.activity_id)).first() is None:
        old = (_screen.c.activity_id == activity_id) & (_screen.c.lit_at < now - every)
        writing.execute(update(_screen).where(old).values(lit_at=now))


def lit_at(session: Session, activity_id: UUID) -> datetime | None:
    """When the screen was last seen lit."""
    found = session.get(HallScreen, activity_id, populate_existing=True)
    return found.lit_at if found else None


def on_now(session: Session, now: datetime, early: timedelta) -> Sequence[Activity]:
    """Every activity and lesson at which one may arrive in this moment, soonest first; nobody walks into a shift."""
    found = select(Activity).where(
        col(Activity.kind) != Kind.SHIFT.value,
        col(Activity.state) == State.PUBLISHED.value,
        col(Activity.starts_at) <= now + early,
        col(Activity.ends_at) > now,
    )
    return session.scalars(found.order_by(col(Activity.starts_at), col(Activity.code))).all()


def guesses(session: Session, resident_id: UUID, since: datetime) -> int:
    """How many wrong codes the person has said since then."""
    found = session.get(CodeGuess, resident_id, populate_existing=True)
    return found.wrong if found is not None and found.since > since else 0


def note_guess(session: Session, resident_id: UUID, now: datetime, since: datetime) -> None:
    """One more wrong code; those of before `since` are not counted any more."""
    found = session.get(CodeGuess, resident_id, with_for_update=True, populate_existing=True)
    if found is None:
        session.add(CodeGuess(resident_id=resident_id, since=now, wrong=1))
    elif found.since <= since:
        found.since, found.wrong = now, 1
    else:
        found.wrong += 1
    session.flush()


def there(session: Session, activity_id: UUID) -> There:
    """Who is there, as a screen shows it: one statement, however many they are."""
    persons = func.coalesce(func.sum(_enrolment.c.persons), 0)
    mine = (_enrolment.c.activity_id == activity_id) & (_enrolment.c.state == Standing.CAME.value)
    rows = connection(session).execute(select(_enrolment.c.walk_in, persons).where(mine).group_by(_enrolment.c.walk_in))
    by_kind = {bool(walked): int(count) for walked, count in rows}
    return There(came=sum(by_kind.values()), walked_in=by_kind.get(True, 0))


def noted_far(session: Session, activity_id: UUID) -> frozenset[UUID]:
    """The enrolments of those who shared a place far away from it."""
    found = select(col(ActivityEvent.enrolment_id)).join(
        ActivityEnrolment, col(ActivityEnrolment.id) == col(ActivityEvent.enrolment_id)
    )
    of = (col(ActivityEnrolment.activity_id) == activity_id) & (col(ActivityEvent.what) == What.FAR.value)
    return frozenset(session.scalars(found.where(of)))


def attendees(session: Session, activity_id: UUID) -> Mapping[UUID, Attendee]:
    """Who stands behind the guests of an activity, by enrolment."""
    found = session.scalars(select(Attendee).where(col(Attendee.activity_id) == activity_id))
    return {one.enrolment_id: one for one in found}


def attendee_of(session: Session, activity_id: UUID, *, member_id: UUID | None, name_hash: str) -> Attendee | None:
    """The guest who is that member, else the one of that name."""
    same = col(Attendee.member_id) == member_id if member_id else col(Attendee.name_hash) == name_hash
    return session.scalars(select(Attendee).where(col(Attendee.activity_id) == activity_id, same)).first()


def numbered(session: Session, activity_id: UUID) -> Sequence[ActivityEnrolment]:
    """Every enrolment of an activity, whatever became of it, by its number."""
    found = select(ActivityEnrolment).where(col(ActivityEnrolment.activity_id) == activity_id)
    return session.scalars(found.order_by(col(ActivityEnrolment.number))).all()


def forget_of(session: Session, resident_id: UUID) -> None:
    """Drop the codes that somebody guessed."""
    session.flush()
    connection(session).execute(delete(_guess).where(_guess.c.resident_id == resident_id))


def forget_guesses_before(session: Session, moment: datetime) -> int:
    """Drop the guesses of before that moment."""
    return connection(session).execute(delete(_guess).where(_guess.c.since < moment)).rowcount


def forget_before(session: Session, moment: datetime) -> int:
    """Make the guests of what was over before that moment anybody's, some at a time; returns how many."""
    session.flush()
    writing = connection(session)
    old = select(col(Activity.id)).where(col(Activity.ends_at) < moment)
    guests = _enrolment.c.activity_id.in_(old) & _enrolment.c.guest.is_not(None)
    found: Collection[UUID] = writing.scalars(select(_enrolment.c.id).where(guests).limit(SOME)).all()
    writing.execute(delete(Attendee).where(col(Attendee.enrolment_id).in_(found)))
    writing.execute(update(_enrolment).where(_enrolment.c.id.in_(found)).values(guest=None))
    session.expire_all()
    return len(found)
