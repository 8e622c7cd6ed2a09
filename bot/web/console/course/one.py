"""One course: its lessons, what is changed for all of them, more of them, what may be read, and its end."""

from collections.abc import Mapping

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import activity, course
from bot.rules.access import READERS, WORKERS
from bot.rules.activity import Around
from bot.store import course as courses
from bot.store.activity import Activity
from bot.store.course import Course, CourseState, Lesson
from bot.web.console.course.common import (
    COURSES,
    KINDS,
    LESSONS,
    ONE,
    CourseTyped,
    TimesTyped,
    choices,
    found_course,
    local,
    plan_of,
    preview,
    times_of,
    values_of,
)
from bot.web.console.form import Filled, Form
from bot.web.console.named import named
from bot.web.console.page import Answer, Go, Pages, View, Visit
from bot.wording import explain
from bot.wording.course import console as say

pages = Pages()
OPEN = (CourseState.DRAFT, CourseState.PUBLISHED)
MOST_REASON = 80


class MaterialTyped(BaseModel):
    """What is typed of something to read."""

    name: str = About(title=say.MATERIAL, min_length=2, max_length=80)
    url: str = About(title=say.MATERIAL_URL, description=say.URL_HINT, max_length=500)
    about: str = About(default="", title=say.WORDS, max_length=300)


@pages.get(ONE, roles=READERS)
def show(visit: Visit) -> Answer:
    return _page(visit, found_course(visit))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The page again, with the reason and what was typed."""
    forms = {}
    if "title" in visit.asked.form:
        forms["filled"] = _form(visit).again(visit.asked, {})
    elif "first" in visit.asked.form:
        forms["times"] = _times(visit).again(visit.asked, {})
    elif "name" in visit.asked.form:
        forms["material"] = Form(MaterialTyped).again(visit.asked, {})
    return _page(visit, found_course(visit), forms, error=explain(refusal), status=409)


@pages.post(ONE, roles=WORKERS, refused=refused)
def save(visit: Visit) -> Answer:
    """As it was typed; where the place of lessons changed, everybody enrolled is told."""
    its = found_course(visit)
    typed = _form(visit).read(visit.asked, values_of(its))
    if isinstance(typed, Filled):
        return _page(visit, its, {"filled": typed}, status=422)
    course.change(visit.office, its.id, plan_of(visit, typed))
    return _done(visit, its, "course.changed", "saved")


@pages.post(ONE + "/publish", roles=WORKERS, refused=refused)
def publish(visit: Visit) -> Answer:
    its = course.publish(visit.office, found_course(visit).id)
    return _done(visit, its, "course.published", "activity_published")


@pages.post(ONE + "/lessons", roles=WORKERS, refused=refused)
def add_lessons(visit: Visit) -> Answer:
    """More of them; with `look` only their days are shown."""
    its, form = found_course(visit), _times(visit)
    typed = form.read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, its, {"times": typed}, status=422)
    times = times_of(typed)
    if visit.asked.form.get("look"):
        plan = plan_of(visit, CourseTyped.model_validate(values_of(its)))
        return _page(visit, its, {"times": form.again(visit.asked, {})}, seen=preview(visit, plan, times))
    course.add_lessons(visit.office, its.id, times)
    return _done(visit, its, "course.lessons_added", "saved")


@pages.post(ONE + "/cancel", roles=WORKERS, refused=refused)
def cancel(visit: Visit) -> Answer:
    """Nothing of it is held any more; everybody hears why."""
    reason = visit.asked.form.get("reason", "").strip()[:MOST_REASON]
    its = course.cancel(visit.office, found_course(visit).id, reason, by=visit.me.title)
    return _done(visit, its, "course.cancelled", "activity_cancelled")


@pages.post(ONE + "/materials", roles=WORKERS, refused=refused)
def add_material(visit: Visit) -> Answer:
    """Something to read, which the assistant finds by its title."""
    its = found_course(visit)
    typed = Form(MaterialTyped).read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, its, {"material": typed}, status=422)
    course.add_material(visit.office, its.id, title=typed.name, url=typed.url, words=typed.about)
    return _done(visit, its, "course.material", "saved")


@pages.post(ONE + "/materials/{material}/drop", roles=WORKERS)
def drop_material(visit: Visit) -> Answer:
    its = found_course(visit)
    course.drop_material(visit.office, its.id, named(visit, "material"))
    return _done(visit, its, "course.material", "saved")


def _form(visit: Visit) -> Form[CourseTyped]:
    return Form(CourseTyped, choices=choices(visit), kinds=KINDS)


def _times(visit: Visit) -> Form[TimesTyped]:
    return Form(TimesTyped, choices=choices(visit), kinds=KINDS)


def _page(
    visit: Visit,
    its: Course,
    forms: Mapping[str, Filled] | None = None,
    *,
    error: str = "",
    status: int = 200,
    seen: Mapping[str, object] | None = None,
) -> View:
    office, typed = visit.office, forms or {}
    held = courses.lessons_of(office.session, its.id)
    ahead = course.to_come(office, its.id)
    around = activity.around(office, [one for _, one in held])
    facts = {
        "its": {**values_of(its), "id": str(its.id), "state": its.state},
        "lessons": [_line(visit, *one, around) for one in held],
        "materials": list(courses.materials_of(office.session, its.id)),
        "told": course.people_told(office, [one.id for one in ahead]),
        "filled": typed.get("filled") or _form(visit).shown(values_of(its)),
        "times": typed.get("times") or _times(visit).shown({"repeat": "once", "lessons": "1"}),
        "material": typed.get("material") or Form(MaterialTyped).shown(),
        "open_form": next(iter(typed), ""),
        "seen": seen,
        "error": error,
        "words": say,
        "tab": COURSES,
        "may_write": visit.me.role in WORKERS,
        "is_open": its.state in OPEN,
    }
    return View("course.html", facts, status)


def _line(visit: Visit, lesson: Lesson, held: Activity, around: Around) -> dict[str, object]:
    counts = activity.counts(visit.office, held, around)
    return {
        "href": f"{LESSONS}/{held.id}",
        "number": lesson.number,
        "start": local(visit, held.starts_at),
        "end": local(visit, held.ends_at),
        "where": activity.where(visit.office, held, around),
        "taken": say.taken(counts.enrolled, held.places),
        "waiting": counts.waiting,
        "came": counts.came,
        "state": held.state,
    }


def _done(visit: Visit, its: Course, what: str, said: str) -> Answer:
    visit.noted(what, its.code)
    return Go(f"{COURSES}/{its.id}", said)
