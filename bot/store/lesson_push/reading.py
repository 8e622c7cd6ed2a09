"""Which pushes there are, which is due, how each stands, and with whom."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from bot.store import connection
from bot.store.activity import Activity, Kind
from bot.store.activity import State as ActivityState
from bot.store.activity.reading import seen_by
from bot.store.course import Lesson
from bot.store.lesson_push.tables import (
    LessonPush,
    LessonPushMass,
    LessonPushPlan,
    LessonPushTo,
    MassState,
    PlanState,
    PushState,
)
from bot.store.outbox import Outbox, State
from bot.store.scope import Scope, within_areas

RUNNING = (PushState.APPROVED.value, PushState.SENDING.value)


def within(session: Session, scope: Scope, push_id: UUID) -> LessonPush | None:
    """The push of that id, where they may see it."""
    visible = _seen(LessonPush, scope)
    return session.scalars(select(LessonPush).where(col(LessonPush.id) == push_id, visible)).first()


def page(session: Session, scope: Scope, limit: int) -> Sequence[LessonPush]:
    """So many, the latest first."""
    found = select(LessonPush).where(_seen(LessonPush, scope))
    return session.scalars(found.order_by(col(LessonPush.created_at).desc()).limit(limit)).all()


def waiting(session: Session, scope: Scope) -> int:
    """How many wait for a second person."""
    proposed = col(LessonPush.state) == PushState.PROPOSED.value
    counted = select(func.count()).select_from(LessonPush).where(proposed, _seen(LessonPush, scope))
    return connection(session).scalar(counted) or 0


def locked(session: Session, push_id: UUID) -> LessonPush | None:
    """The push as it stands now, to be changed by nobody else until the commit."""
    found = select(LessonPush).where(col(LessonPush.id) == push_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def due(session: Session, now: datetime) -> LessonPush | None:
    """The push that has notices to be made, the longest due first; one that another worker has is passed over."""
    found = (
        select(LessonPush)
        .where(col(LessonPush.state).in_(RUNNING), col(LessonPush.all_made).is_(False), col(LessonPush.due_at) <= now)
        .order_by(col(LessonPush.due_at), col(LessonPush.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(found.execution_options(populate_existing=True)).first()


def to_finish(session: Session) -> Sequence[LessonPush]:
    """Pushes of which every notice is made, and no mass send is to be made any more; locked."""
    masses = select(col(LessonPushMass.push_id)).where(col(LessonPushMass.state) == MassState.OPEN.value)
    found = (
        select(LessonPush)
        .where(col(LessonPush.state) == PushState.SENDING.value, col(LessonPush.all_made))
        .where(col(LessonPush.id).not_in(masses))
        .with_for_update(skip_locked=True)
    )
    return session.scalars(found.execution_options(populate_existing=True)).all()


def is_under_way(session: Session, push_id: UUID) -> bool:
    """Whether a notice of it waits or is being sent."""
    theirs = (
        select(col(Outbox.id))
        .join(LessonPushTo, col(LessonPushTo.notice_id) == col(Outbox.id))
        .where(col(LessonPushTo.push_id) == push_id)
        .where(col(Outbox.state).in_((State.WAITING.value, State.SENDING.value)))
    )
    return connection(session).scalar(theirs.limit(1)) is not None


def unsent(session: Session, push_id: UUID) -> Iterator[tuple[Outbox, LessonPushTo]]:
    """Notices of it that can still be changed, locked: they wait, are held, or were outdated by a change.

    What was told in short is held with the words that follow, which have to be right by then.
    """
    found = (
        select(Outbox, LessonPushTo)
        .join(LessonPushTo, col(LessonPushTo.notice_id) == col(Outbox.id))
        .where(col(LessonPushTo.push_id) == push_id)
        .where(
            col(Outbox.state).in_((State.WAITING.value, State.HELD.value))
            | ((col(Outbox.state) == State.FAILED.value) & (col(Outbox.reason) == "outdated"))
        )
        .with_for_update(of=Outbox)
    )
    for row in session.execute(found):
        yield row[0], row[1]


def changed_lessons(session: Session, now: datetime) -> Sequence[tuple[LessonPush, Activity]]:
    """Pushes whose lesson is ahead, or just called off, and was changed since they looked at it; locked."""
    found = (
        select(LessonPush, Activity)
        .join(Activity, col(Activity.id) == col(LessonPush.lesson_id))
        .where(col(LessonPush.state).in_((PushState.SENDING.value, PushState.OVER.value)))
        .where((col(Activity.ends_at) > now) | (col(Activity.state) == ActivityState.CANCELLED.value))
        .where(col(Activity.changed_at) > col(LessonPush.lesson_seen_at))
        .with_for_update(of=LessonPush, skip_locked=True)
    )
    return [(row[0], row[1]) for row in session.execute(found.execution_options(populate_existing=True))]


def reached(session: Session, push_id: UUID, resident_ids: Collection[UUID]) -> set[UUID]:
    """Those of these people whom the push has reached already."""
    theirs = select(col(LessonPushTo.resident_id)).where(col(LessonPushTo.push_id) == push_id)
    return set(connection(session).scalars(theirs.where(col(LessonPushTo.resident_id).in_(resident_ids))))


def next_lesson(
    session: Session, course_id: UUID | None, area_id: UUID | None, since: datetime, until: datetime
) -> UUID | None:
    """The next published lesson of a course, or of any in the area, that begins in that time."""
    found = (
        select(col(Lesson.id))
        .join(Activity, col(Activity.id) == col(Lesson.id))
        .where(col(Activity.state) == ActivityState.PUBLISHED.value)
        .where(col(Activity.starts_at) > since, col(Activity.starts_at) <= until)
    )
    if course_id is not None:
        found = found.where(col(Lesson.course_id) == course_id)
    elif area_id is not None:
        found = found.where(or_(col(Activity.area_id) == area_id, col(Activity.area_id).is_(None)))
    return connection(session).scalar(found.order_by(col(Activity.starts_at), col(Lesson.id)).limit(1))


def lessons(session: Session, scope: Scope, since: datetime, until: datetime, limit: int) -> Sequence[Activity]:
    """The lessons somebody may see that begin in that time and are held, soonest first."""
    found = (
        select(Activity)
        .where(col(Activity.kind) == Kind.LESSON.value, seen_by(scope))
        .where(col(Activity.state).in_((ActivityState.PUBLISHED.value, ActivityState.OVER.value)))
        .where(col(Activity.starts_at) > since, col(Activity.starts_at) <= until)
    )
    return session.scalars(found.order_by(col(Activity.starts_at)).limit(limit)).all()


def receipt(session: Session, to_id: UUID) -> LessonPushTo | None:
    return session.get(LessonPushTo, to_id)


def unanswered(session: Session, resident_id: UUID, since: datetime) -> LessonPushTo | None:
    """The latest push that this person was sent since then and has not answered."""
    found = (
        select(LessonPushTo)
        .join(Outbox, col(Outbox.id) == col(LessonPushTo.notice_id))
        .where(col(LessonPushTo.resident_id) == resident_id, col(LessonPushTo.answered_at).is_(None))
        .where(col(Outbox.sent_at) >= since)
        .order_by(col(Outbox.sent_at).desc())
        .limit(1)
    )
    return session.scalars(found).first()


def plans(session: Session, scope: Scope) -> Sequence[LessonPushPlan]:
    """Every plan: those that run by their next time, then those that are over."""
    found = select(LessonPushPlan).where(_seen(LessonPushPlan, scope))
    over = col(LessonPushPlan.state) == PlanState.ENDED.value
    return session.scalars(found.order_by(over, col(LessonPushPlan.next_at))).all()


def find_plan(session: Session, scope: Scope, plan_id: UUID) -> LessonPushPlan | None:
    """The plan of that id, where they may see it."""
    visible = _seen(LessonPushPlan, scope)
    return session.scalars(select(LessonPushPlan).where(col(LessonPushPlan.id) == plan_id, visible)).first()


def locked_plan(session: Session, plan_id: UUID) -> LessonPushPlan | None:
    """The plan as it stands now, to be changed by nobody else until the commit."""
    found = select(LessonPushPlan).where(col(LessonPushPlan.id) == plan_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def due_plans(session: Session, now: datetime) -> Sequence[LessonPushPlan]:
    """Plans whose time has come; one that another worker has is passed over."""
    found = (
        select(LessonPushPlan)
        .where(col(LessonPushPlan.state) == PlanState.ACTIVE.value, col(LessonPushPlan.next_at) <= now)
        .order_by(col(LessonPushPlan.next_at))
        .with_for_update(skip_locked=True)
    )
    return session.scalars(found.execution_options(populate_existing=True)).all()


def _seen(table: type[LessonPush] | type[LessonPushPlan], scope: Scope) -> ColumnElement[bool]:
    return within_areas(col(table.area_id), scope)  # type: ignore[arg-type] # a column is a ColumnElement
