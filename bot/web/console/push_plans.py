"""Weekly plans of lesson pushes: all on one page with their next times, agreed to once, ended at any time."""

from uuid import UUID

from bot.errors import Refusal
from bot.rules.lesson_push import planning
from bot.store import lesson_push as rows
from bot.store.lesson_push import LessonPushPlan
from bot.store.staff import Staff
from bot.web.console.form import Filled
from bot.web.console.named import named
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.web.console.push_form import branch_boxes, group_boxes, plan_form, plan_of, ticked
from bot.web.console.pushes import PUSHES, SEES, WRITES
from bot.wording import explain
from bot.wording.lesson_push import console as say

pages = Pages()
PLANS = PUSHES + "/plans"
ONE = PLANS + "/{id}"


@pages.get(PLANS, roles=SEES)
def show(visit: Visit) -> Answer:
    return _page(visit, plan_form(visit).shown({"who": "members", "weekday": "1"}))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The page again, with the reason and what was typed."""
    return _page(visit, plan_form(visit).again(visit.asked, {}), error=explain(refusal), status=409)


@pages.post(PLANS, roles=WRITES, refused=refused)
def write(visit: Visit) -> Answer:
    """A plan that waits for a second person."""
    typed = plan_form(visit).read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, typed, status=422)
    plan = planning.draw_up(visit.office, plan_of(visit, typed), by=visit.me.staff_id)
    return _done(visit, plan, "plan.written")


@pages.post(ONE + "/approve", roles=WRITES, refused=refused)
def approve(visit: Visit) -> Answer:
    """All pushes of it, up to its end."""
    return _done(visit, planning.approve(visit.office, _found(visit), by=visit.me.staff_id), "plan.approved")


@pages.post(ONE + "/end", roles=WRITES, refused=refused)
def end(visit: Visit) -> Answer:
    return _done(visit, planning.end(visit.office, _found(visit)), "plan.ended")


def _found(visit: Visit) -> UUID:
    plan = rows.find_plan(visit.office.session, visit.scope, named(visit))
    if plan is None:
        raise NotThere
    return plan.id


def _done(visit: Visit, plan: LessonPushPlan, what: str) -> Answer:
    visit.noted(what, str(plan.id), title=plan.title)
    return Go(PLANS, "saved")


def _page(visit: Visit, filled: Filled, *, error: str = "", status: int = 200) -> View:
    facts = {
        "lines": [_line(visit, one) for one in rows.plans(visit.office.session, visit.scope)],
        "filled": filled,
        "error": error,
        "words": say,
        "tab": PUSHES,
        "branches": branch_boxes(visit, ticked(visit, "branches")),
        "groups": group_boxes(visit, ticked(visit, "groups")),
        "may_write": visit.me.role in WRITES,
    }
    return View("push_plans.html", facts, status)


def _line(visit: Visit, plan: LessonPushPlan) -> dict[str, object]:
    writer = visit.office.session.get(Staff, plan.written_by)
    return {
        "id": str(plan.id),
        "title": plan.title,
        "weekly": say.weekly(plan.weekday, plan.clock),
        "next_at": plan.next_at if plan.state != "ended" else None,
        "until": plan.until,
        "state": say.PLAN_STATES[plan.state],
        "note": say.NOTES[plan.note],
        "by": writer.name if writer else "",
        "waits": plan.state == "proposed",
        "runs": plan.state != "ended",
        "mine": plan.written_by == visit.me.staff_id,
    }
