"""What is known of study: what somebody earned, who watched what, whom to tell, what the staff may see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, or_, select, true
from sqlmodel import Session, col

from bot.store.activity import Activity, ActivityEnrolment, Kind, Standing, State
from bot.store.arrival import Attendee
from bot.store.course import Lesson
from bot.store.member import Branch, MemberState, PartyMember
from bot.store.scope import Scope, within_areas
from bot.store.study.tables import LessonWatch, Source, StudyCertificate, StudyEntry

Held = tuple[Lesson, Activity]
Been = tuple[ActivityEnrolment, Activity, Attendee | None]


@dataclass(frozen=True, slots=True)
class Earned:
    """One entry with the lesson it is for, where it is one of ours."""

    entry: StudyEntry
    lesson: Activity | None


def entries(
    session: Session,
    *,
    residents: Collection[UUID] = (),
    members: Collection[UUID] = (),
    year: int | None = None,
) -> list[Earned]:
    """What these people earned in a year or in all, latest first."""
    whose = or_(col(StudyEntry.resident_id).in_(residents), col(StudyEntry.member_id).in_(members))
    found = select(StudyEntry, Activity).join(Activity, col(Activity.id) == col(StudyEntry.lesson_id), isouter=True)
    found = found.where(whose, true() if year is None else col(StudyEntry.year) == year)
    ordered = found.order_by(col(StudyEntry.held_at).desc(), col(StudyEntry.id))
    return [Earned(entry, lesson) for entry, lesson in session.execute(ordered)]


def absent_hours(session: Session, since: datetime, until: datetime, limit: int) -> Sequence[Been]:
    """Who was at a lesson that ended in a time and has no hours for it yet, with their place on the roster.

    Locked, so that who is unticked at this moment gets none; rows another worker or the staff hold are passed over.
    """
    known = or_(col(ActivityEnrolment.resident_id).is_not(None), col(Attendee.member_id).is_not(None))
    given = exists().where(col(StudyEntry.enrolment_id) == col(ActivityEnrolment.id))
    again = exists().where(
        col(StudyEntry.lesson_id) == col(Activity.id),
        col(StudyEntry.source) == Source.ATTENDANCE.value,
        or_(
            col(StudyEntry.resident_id) == col(ActivityEnrolment.resident_id),
            col(StudyEntry.member_id) == col(Attendee.member_id),
        ),
    )
    found = (
        select(ActivityEnrolment, Activity, Attendee)
        .join(Activity, col(Activity.id) == col(ActivityEnrolment.activity_id))
        .join(Attendee, col(Attendee.enrolment_id) == col(ActivityEnrolment.id), isouter=True)
        .where(
            col(Activity.kind) == Kind.LESSON.value,
            col(Activity.state).in_([State.PUBLISHED.value, State.OVER.value]),
            col(Activity.ends_at) > since,
            col(Activity.ends_at) <= until,
            col(ActivityEnrolment.state) == Standing.CAME.value,
            known,
            ~given,
            ~again,
        )
        .order_by(col(Activity.ends_at), col(ActivityEnrolment.number))
        .limit(limit)
        .with_for_update(of=ActivityEnrolment, skip_locked=True)
    )
    return [(mine, its, behind) for mine, its, behind in session.execute(found)]


def watch_of(session: Session, resident_id: UUID, lesson_id: UUID) -> LessonWatch | None:
    """What the person did with a lesson's pictures."""
    found = select(LessonWatch).where(
        col(LessonWatch.resident_id) == resident_id, col(LessonWatch.lesson_id) == lesson_id
    )
    return session.scalars(found).first()


def last_been(session: Session, resident_id: UUID, now: datetime) -> Held | None:
    """The lesson that was over last of those they were at, or had a place in."""
    found = (
        select(Lesson, Activity)
        .join(Activity, col(Activity.id) == col(Lesson.id))
        .join(ActivityEnrolment, col(ActivityEnrolment.activity_id) == col(Lesson.id))
        .where(
            col(ActivityEnrolment.resident_id) == resident_id,
            col(ActivityEnrolment.state).in_((Standing.ENROLLED.value, Standing.CAME.value)),
            col(Activity.ends_at) <= now,
        )
        .order_by(col(Activity.ends_at).desc(), col(Activity.id).desc())
        .limit(1)
    )
    row = session.execute(found).first()
    return (row[0], row[1]) if row else None


def open_replays(session: Session, resident_id: UUID) -> list[tuple[LessonWatch, Activity]]:
    """The replays that the person opened and has not confirmed, the last one first."""
    found = (
        select(LessonWatch, Activity)
        .join(Activity, col(Activity.id) == col(LessonWatch.lesson_id))
        .where(
            col(LessonWatch.resident_id) == resident_id,
            col(LessonWatch.replay_at).is_not(None),
            col(LessonWatch.confirmed_at).is_(None),
        )
        .order_by(col(LessonWatch.last_at).desc())
    )
    return [(watch, its) for watch, its in session.execute(found)]


def has_said(session: Session, resident_id: UUID, but: UUID) -> list[bytes]:
    """What the person took from other lessons, sealed."""
    found = select(col(LessonWatch.words)).where(
        col(LessonWatch.resident_id) == resident_id, col(LessonWatch.words).is_not(None), col(LessonWatch.id) != but
    )
    return [words for words in session.scalars(found) if words is not None]


def watchers(session: Session, lesson_id: UUID) -> Sequence[LessonWatch]:
    """Everybody who wanted or opened something of a lesson."""
    found = select(LessonWatch).where(
        col(LessonWatch.lesson_id) == lesson_id, col(LessonWatch.resident_id).is_not(None)
    )
    return session.scalars(found).all()


def watchable(
    session: Session, now: datetime, *, since: datetime, until: datetime, areas: Collection[UUID] | None, limit: int
) -> list[Held]:
    """Lessons of a time that are, were or may be shown, of these communities and the whole city, latest first."""
    here = true() if areas is None else or_(col(Activity.area_id).in_(areas), col(Activity.area_id).is_(None))
    found = (
        select(Lesson, Activity)
        .join(Activity, col(Activity.id) == col(Lesson.id))
        .where(
            or_(col(Lesson.live_url) != "", col(Lesson.replay_url) != ""),
            col(Activity.state).in_([State.PUBLISHED.value, State.OVER.value]),
            col(Activity.ends_at) > since,
            col(Activity.starts_at) <= until,
            here,
        )
        .order_by(col(Activity.starts_at).desc(), col(Activity.code))
        .limit(limit)
    )
    return [(lesson, its) for lesson, its in session.execute(found)]


def replays_to_tell(session: Session, now: datetime, limit: int) -> list[Held]:
    """Lessons whose replay may be watched and of which nobody was told, locked; those of another worker passed over."""
    found = (
        select(Lesson, Activity)
        .join(Activity, col(Activity.id) == col(Lesson.id))
        .where(
            col(Lesson.replay_told_at).is_(None),
            col(Lesson.replay_url) != "",
            or_(col(Lesson.replay_since).is_(None), col(Lesson.replay_since) <= now),
            or_(col(Lesson.replay_until).is_(None), col(Lesson.replay_until) > now),
            col(Activity.ends_at) <= now,
            col(Activity.state).in_([State.PUBLISHED.value, State.OVER.value]),
        )
        .limit(limit)
        .with_for_update(of=Lesson, skip_locked=True)
    )
    return [(lesson, its) for lesson, its in session.execute(found.execution_options(populate_existing=True))]


def starting_live(session: Session, now: datetime, until: datetime) -> list[tuple[LessonWatch, Lesson, Activity]]:
    """Who asked to be told before a lesson goes live that does so in a time, locked as above."""
    found = (
        select(LessonWatch, Lesson, Activity)
        .join(Lesson, col(Lesson.id) == col(LessonWatch.lesson_id))
        .join(Activity, col(Activity.id) == col(Lesson.id))
        .where(
            col(LessonWatch.wants_live),
            col(LessonWatch.live_notice).is_(None),
            col(LessonWatch.resident_id).is_not(None),
            col(Lesson.live_url) != "",
            col(Activity.state) == State.PUBLISHED.value,
            col(Activity.starts_at) <= until,
            col(Activity.ends_at) > now,
        )
        .with_for_update(of=LessonWatch, skip_locked=True)
    )
    rows = session.execute(found.execution_options(populate_existing=True))
    return [(watch, lesson, its) for watch, lesson, its in rows]


def members(
    session: Session,
    scope: Scope,
    *,
    branch: str = "",
    code: str = "",
    member_id: UUID | None = None,
    after: str = "",
    limit: int = 50,
) -> list[tuple[PartyMember, Branch]]:
    """The members of the branches in what somebody may see, by branch and code; from behind `after`, which is both."""
    found = select(PartyMember, Branch).join(Branch, col(Branch.id) == col(PartyMember.branch_id))
    found = found.where(
        within_areas(col(Branch.area_id), scope),  # type: ignore[arg-type] # a column is a ColumnElement
        col(PartyMember.state) != MemberState.LEFT.value,
    )
    if branch:
        found = found.where(col(Branch.code) == branch)
    if code:
        found = found.where(col(PartyMember.code).startswith(code, autoescape=True))
    if member_id is not None:
        found = found.where(col(PartyMember.id) == member_id)
    if after:
        at, _, code = after.partition("|")
        later = or_(col(Branch.code) > at, (col(Branch.code) == at) & (col(PartyMember.code) > code))
        found = found.where(later)
    ordered = found.order_by(col(Branch.code), col(PartyMember.code)).limit(limit)
    return [(member, its) for member, its in session.execute(ordered)]


def branches(session: Session, scope: Scope) -> list[tuple[str, str]]:
    """Code and name of the branches in what somebody may see."""
    found = select(col(Branch.code), col(Branch.name)).where(
        within_areas(col(Branch.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement
    )
    return [(code, name) for code, name in session.execute(found.order_by(col(Branch.code)))]


def certificate(session: Session, number: str) -> StudyCertificate | None:
    """The certificate of that number."""
    return session.scalars(select(StudyCertificate).where(col(StudyCertificate.number) == number)).first()


def certificates_of(
    session: Session, *, resident_id: UUID | None, member_id: UUID | None, year: int
) -> Sequence[StudyCertificate]:
    """A person's certificates of a year, the last one first."""
    whose = [col(StudyCertificate.resident_id) == resident_id] if resident_id else []
    whose += [col(StudyCertificate.member_id) == member_id] if member_id else []
    found = select(StudyCertificate).where(or_(*whose), col(StudyCertificate.year) == year)
    return session.scalars(found.order_by(col(StudyCertificate.issued_at).desc())).all()
