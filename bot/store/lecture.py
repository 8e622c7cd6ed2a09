"""Residents who offer to give a lesson: the offer, what became of it, and what its lecturer was told of each lesson."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.activity import Activity, ActivityEnrolment, Standing, State
from bot.store.course import Course, Lesson
from bot.store.ids import new_id
from bot.store.scope import Scope, within_areas


class OfferState(StrEnum):
    """Where an offer stands."""

    WAITING = "waiting"
    ASKED = "asked"  # the staff want to know something; the resident answers in the chat
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class News(StrEnum):
    """What a lecturer is told of a lesson, each once."""

    WHEN = "when"
    TOMORROW = "tomorrow"
    THANKS = "thanks"
    OFF = "off"


OPEN = (OfferState.WAITING, OfferState.ASKED)


class LectureOffer(SQLModel, table=True):
    """One offer. `told` is sealed: topic, for whom, when, how long, needs, telephone, and what was asked and answered.

    `kind` is the lecturer's kind as far as it was said, "" where it was not. `reason`, sealed, is why it was refused.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    number: str = Field(max_length=16, unique=True)
    resident_id: UUID | None = Field(default=None, foreign_key="resident.id", index=True)
    channel: str = Field(max_length=32)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    kind: str = Field(default="", max_length=16)
    told: bytes | None = None
    reason: bytes | None = None
    state: str = Field(default=OfferState.WAITING.value, max_length=16, index=True)
    course_id: UUID | None = Field(default=None, foreign_key="course.id", index=True)
    created_at: datetime
    changed_at: datetime


class LecturerTold(SQLModel, table=True):
    """A lecturer has heard that of a lesson, as it was to begin then."""

    lesson_id: UUID = Field(foreign_key="lesson.id", primary_key=True)
    what: str = Field(max_length=8, primary_key=True)
    starts_at: datetime = Field(primary_key=True)
    at: datetime


Taught = tuple[LectureOffer, Course, Activity]
_offer = LectureOffer.__table__  # type: ignore[attr-defined]
_told = LecturerTold.__table__  # type: ignore[attr-defined]
_OPEN = [one.value for one in OPEN]
_WIPED = {"resident_id": None, "told": None, "reason": None}


def add(session: Session, row: LectureOffer) -> None:
    session.add(row)
    session.flush()


def locked(session: Session, offer_id: UUID) -> LectureOffer:
    """The offer as it stands now, to be changed by nobody else until the commit."""
    return session.get_one(LectureOffer, offer_id, with_for_update=True, populate_existing=True)


def of(session: Session, resident_id: UUID, limit: int = 5) -> Sequence[LectureOffer]:
    """The person's own, newest first."""
    found = select(LectureOffer).where(col(LectureOffer.resident_id) == resident_id)
    return session.scalars(found.order_by(col(LectureOffer.created_at).desc()).limit(limit)).all()


def within(session: Session, scope: Scope, offer_id: UUID) -> LectureOffer | None:
    """The offer where it is in what the staff may see."""
    return session.scalars(select(LectureOffer).where(col(LectureOffer.id) == offer_id, _seen_by(scope))).first()


def page(
    session: Session, scope: Scope, *, states: Collection[OfferState], start: int, limit: int
) -> Sequence[LectureOffer]:
    """What the staff see of their part of the city, oldest first while they wait, else newest first."""
    found = select(LectureOffer).where(_seen_by(scope), col(LectureOffer.state).in_([one.value for one in states]))
    born = col(LectureOffer.created_at)
    order = born if OfferState.WAITING in states else born.desc()
    return session.scalars(found.order_by(order, col(LectureOffer.id)).offset(start).limit(limit)).all()


def waiting(session: Session, scope: Scope) -> int:
    """How many wait for somebody to look at them."""
    found = select(func.count()).where(_seen_by(scope), col(LectureOffer.state) == OfferState.WAITING.value)
    return session.scalar(found) or 0


def count_of(session: Session, resident_id: UUID, *, running: bool = False) -> int:
    """How many offers are the person's own, or how many of them wait for a word."""
    mine = select(func.count()).where(col(LectureOffer.resident_id) == resident_id)
    return session.scalar(mine.where(col(LectureOffer.state).in_(_OPEN)) if running else mine) or 0


def taught(session: Session, since: datetime, until: datetime) -> list[Taught]:
    """The published, held and cancelled lessons of a time that came of offers, with who offered them, soonest first."""
    found = (
        select(LectureOffer, Course, Activity)
        .join(Course, col(Course.id) == col(LectureOffer.course_id))
        .join(Lesson, col(Lesson.course_id) == col(Course.id))
        .join(Activity, col(Activity.id) == col(Lesson.id))
        .where(col(LectureOffer.resident_id).is_not(None))
        .where(col(Activity.state) != State.DRAFT.value)
        .where(col(Activity.starts_at) >= since, col(Activity.starts_at) < until)
    )
    ordered = found.order_by(col(Activity.starts_at), col(Activity.code))
    return [(row[0], row[1], row[2]) for row in session.execute(ordered)]


def tell_once(session: Session, lesson_id: UUID, what: News, starts_at: datetime, now: datetime) -> bool:
    """Note that a lecturer hears that; False where they have, by us or by another worker."""
    session.flush()
    writing = connection(session)
    insert = sqlite.insert if writing.dialect.name == "sqlite" else postgresql.insert
    values = {"lesson_id": lesson_id, "what": what.value, "starts_at": starts_at, "at": now}
    added = insert(_told).values(values).on_conflict_do_nothing().returning(_told.c.lesson_id)
    return writing.scalar(added) is not None


def lecturers(session: Session, scope: Scope, since: datetime, until: datetime) -> list[tuple[str, str, int, int]]:
    """Who gave lessons in a time: name, kind, how many lessons, how many people came; most lessons first."""
    here = within_areas(col(Course.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement
    came = (
        select(col(ActivityEnrolment.activity_id), func.sum(col(ActivityEnrolment.persons)).label("persons"))
        .where(col(ActivityEnrolment.state) == Standing.CAME.value)
        .group_by(col(ActivityEnrolment.activity_id))
        .subquery()
    )
    lessons = func.count(col(Activity.id))
    found = (
        select(col(Course.lecturer), col(Course.lecturer_kind), lessons, func.coalesce(func.sum(came.c.persons), 0))
        .join(Lesson, col(Lesson.course_id) == col(Course.id))
        .join(Activity, col(Activity.id) == col(Lesson.id))
        .outerjoin(came, came.c.activity_id == col(Activity.id))
        .where(here, col(Activity.state) == State.OVER.value, col(Course.lecturer) != "")
        .where(col(Activity.starts_at) >= since, col(Activity.starts_at) < until)
        .group_by(col(Course.lecturer), col(Course.lecturer_kind))
        .order_by(lessons.desc(), col(Course.lecturer))
    )
    return [(str(name), str(kind), int(count), int(people)) for name, kind, count, people in session.execute(found)]


def came_to(session: Session, activity_id: UUID) -> int:
    """How many people came to a lesson."""
    found = select(func.coalesce(func.sum(col(ActivityEnrolment.persons)), 0)).where(
        col(ActivityEnrolment.activity_id) == activity_id, col(ActivityEnrolment.state) == Standing.CAME.value
    )
    return int(session.scalar(found) or 0)


def forget_of(session: Session, resident_id: UUID) -> None:
    """Make a person's offers anybody's: what was open is withdrawn, their words and telephone go; a course stays."""
    session.flush()
    writing = connection(session)
    mine = _offer.c.resident_id == resident_id
    still = update(_offer).where(mine, _offer.c.state.in_(_OPEN))
    writing.execute(still.values(state=OfferState.WITHDRAWN.value))
    writing.execute(update(_offer).where(mine).values(**_WIPED))
    session.expire_all()


def forget_before(session: Session, moment: datetime) -> int:
    """Make offers anybody's that nobody has touched since that moment; returns how many."""
    session.flush()
    writing = connection(session)
    old = (_offer.c.changed_at < moment) & _offer.c.state.not_in(_OPEN) & _offer.c.told.is_not(None)
    writing.execute(delete(_told).where(_told.c.at < moment))
    return writing.execute(update(_offer).where(old).values(**_WIPED)).rowcount


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    area = within_areas(col(LectureOffer.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement
    return or_(area, col(LectureOffer.area_id).is_(None)) if scope.areas else area
