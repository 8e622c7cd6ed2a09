"""Recurring plans: each week at their hour a push with the next lesson in it, agreed to once up to their end."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from bot.rules import course
from bot.rules.lesson_push.limits import PlanOver, PushDecided, PushNotThere, PushToNobody, SameHand
from bot.rules.lesson_push.telling import is_held
from bot.rules.lesson_push.values import PlanDraft, Who
from bot.rules.office import Office
from bot.store import lesson_push as rows
from bot.store.lesson_push import LessonPush, LessonPushPlan, PlanState, PushState

WEEK = timedelta(days=7)
LATE = timedelta(hours=3)  # after its hour a push is passed over: the house was shut, and it would come at a bad time
AHEAD = timedelta(days=8)  # lessons of the week to come
MADE, NO_LESSON, TOO_LATE = "made", "no_lesson", "too_late"


def draw_up(office: Office, draft: PlanDraft, *, by: UUID) -> LessonPushPlan:
    """A plan that waits for a second person. Raises PlanOver, PushToNobody."""
    first = next_run(office, draft.weekday, draft.clock, office.now)
    if first.astimezone(office.zone).date() > draft.until:
        raise PlanOver
    if draft.segment.who is Who.NOBODY and not draft.groups:
        raise PushToNobody
    plan = LessonPushPlan(
        area_id=draft.area_id,
        title=draft.title,
        words=draft.words,
        course_id=draft.course_id,
        audience=draft.segment.as_json(),
        groups=[str(one) for one in draft.groups],
        by_mass=draft.by_mass,
        weekday=draft.weekday,
        clock=f"{draft.clock:%H:%M}",
        until=draft.until,
        next_at=first,
        written_by=by,
        created_at=office.now,
        changed_at=office.now,
    )
    office.session.add(plan)
    office.session.flush()
    return plan


def approve(office: Office, plan_id: UUID, *, by: UUID) -> LessonPushPlan:
    """Agree to all pushes of it up to its end. Raises SameHand, PushDecided, PlanOver."""
    plan = _locked(office, plan_id)
    if plan.written_by == by:
        raise SameHand
    if plan.state != PlanState.PROPOSED:
        raise PushDecided
    plan.next_at = next_run(office, plan.weekday, time.fromisoformat(plan.clock), office.now)
    if plan.next_at.astimezone(office.zone).date() > plan.until:
        raise PlanOver
    plan.state, plan.approved_by, plan.changed_at = PlanState.ACTIVE.value, by, office.now
    office.session.flush()
    return plan


def end(office: Office, plan_id: UUID) -> LessonPushPlan:
    """No more pushes of it; those that are on their way are stopped one by one. Raises PlanOver."""
    plan = _locked(office, plan_id)
    if plan.state == PlanState.ENDED:
        raise PlanOver
    plan.state, plan.changed_at = PlanState.ENDED.value, office.now
    office.session.flush()
    return plan


def run_due(office: Office) -> int:
    """The chore: a push of each plan whose hour has come. Returns how many were made."""
    return sum(_run(office, plan) for plan in rows.due_plans(office.session, office.now))


def next_run(office: Office, weekday: int, clock: time, after: datetime) -> datetime:
    """The next time that local weekday has that local hour."""
    local = after.astimezone(office.zone)
    day = local.date() + timedelta(days=(weekday - local.weekday()) % 7)
    found = datetime.combine(day, clock, office.zone)
    return found if found > local else datetime.combine(day + WEEK, clock, office.zone)


def _run(office: Office, plan: LessonPushPlan) -> bool:
    was = plan.next_at
    day = was.astimezone(office.zone).date()
    plan.note, plan.changed_at = _made(office, plan, was, day), office.now
    plan.next_at = next_run(office, plan.weekday, time.fromisoformat(plan.clock), max(was, office.now))
    if plan.next_at.astimezone(office.zone).date() > plan.until:
        plan.state = PlanState.ENDED.value
    office.session.flush()
    return plan.note == MADE


def _made(office: Office, plan: LessonPushPlan, due: datetime, day: date) -> str:
    if office.now - due > LATE:
        return TOO_LATE
    lesson_id = rows.next_lesson(office.session, plan.course_id, plan.area_id, due, due + AHEAD)
    lecture = course.lecture(office, lesson_id) if lesson_id else None
    if lecture is None or not is_held(lecture.activity, office.now):
        return NO_LESSON
    push = LessonPush(
        area_id=plan.area_id,
        plan_id=plan.id,
        plan_day=day,
        title=plan.title,
        words=plan.words,
        lesson_id=lesson_id,
        audience=plan.audience,
        groups=plan.groups,
        by_mass=plan.by_mass,
        due_at=due,
        state=PushState.APPROVED.value,
        written_by=plan.written_by,
        approved_by=plan.approved_by,
        approved_at=office.now,
        created_at=office.now,
        changed_at=office.now,
    )
    office.session.add(push)
    office.session.flush()
    return MADE


def _locked(office: Office, plan_id: UUID) -> LessonPushPlan:
    plan = rows.locked_plan(office.session, plan_id)
    if plan is None:
        raise PushNotThere
    return plan
