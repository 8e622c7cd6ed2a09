"""A new course: typed once, its days looked at with what is in the way, and kept as a draft."""

from collections.abc import Mapping

from bot.errors import Refusal
from bot.rules import course
from bot.rules.access import WORKERS
from bot.store.course import Format, LecturerKind
from bot.web.console.course.common import COURSES, KINDS, NewTyped, choices, plan_of, preview, times_of
from bot.web.console.form import Filled, Form
from bot.web.console.page import Answer, Go, Pages, View, Visit
from bot.wording import explain
from bot.wording.course import console as say

pages = Pages()
BEGINS_WITH = {
    "format": Format.SKILLS,
    "lecturer_kind": LecturerKind.NEIGHBOUR,
    "places": "0",
    "lessons": "1",
    "repeat": "once",
}


@pages.get(f"{COURSES}/new", roles=WORKERS)
def new(visit: Visit) -> Answer:
    return _page(_form(visit).shown(BEGINS_WITH))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The form again, with the reason and what was typed."""
    return _page(_form(visit).again(visit.asked, {}), error=explain(refusal), status=409)


@pages.post(COURSES, roles=WORKERS, refused=refused)
def draw_up(visit: Visit) -> Answer:
    """A draft, of which residents see nothing yet; with `look` only its days are shown."""
    form = _form(visit)
    typed = form.read(visit.asked)
    if isinstance(typed, Filled):
        return _page(typed, status=422)
    plan, times = plan_of(visit, typed), times_of(typed)
    if visit.asked.form.get("look"):
        return _page(form.again(visit.asked, {}), seen=preview(visit, plan, times))
    its = course.draw_up(visit.office, plan, times)
    visit.noted("course.drawn_up", its.code)
    return Go(f"{COURSES}/{its.id}", "course_drawn_up")


def _form(visit: Visit) -> Form[NewTyped]:
    return Form(NewTyped, choices=choices(visit), kinds=KINDS)


def _page(filled: Filled, *, error: str = "", status: int = 200, seen: Mapping[str, object] | None = None) -> View:
    facts = {"filled": filled, "error": error, "seen": seen, "words": say, "at_list": COURSES, "tab": COURSES}
    return View("course_new.html", facts, status)
