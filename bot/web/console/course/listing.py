"""The list of courses: search, what they are and where they stand, as a workbook too; and the year's numbers."""

from bot.rules import course
from bot.rules.access import READERS, WORKERS
from bot.store import course as courses
from bot.store.course import Course, CourseState
from bot.web.console.course.common import COURSES
from bot.web.console.listing import Column, Listing, Query, Slice, listed, start_of
from bot.web.console.page import Answer, File, Pages, View, Visit
from bot.wording.course import console as say

pages = Pages()
LIST = f"{COURSES}/list"
OPEN, CLOSED = (CourseState.DRAFT, CourseState.PUBLISHED), (CourseState.OVER, CourseState.CANCELLED)


def fetch(visit: Visit, query: Query) -> Slice[Course]:
    """Those of a view, the newest first."""
    given, before = visit.asked.query, start_of(query)
    states = CLOSED if given.get("view") == "past" else OPEN
    found = courses.page(
        visit.office.session, visit.scope, words=query.words, states=states, after=before, limit=query.limit
    )
    return Slice(found, str(before + len(found)) if len(found) == query.limit else "")


LISTING = Listing(
    title=say.TITLE,
    at=LIST,
    columns=(
        Column("title", say.NAME, lambda its: its.title, href=lambda its: f"{COURSES}/{its.id}"),
        Column("format", say.FORMAT, lambda its: say.FORMATS[its.format]),
        Column("kind", say.KIND, lambda its: say.LECTURERS[its.lecturer_kind]),
        Column("lecturer", say.LECTURER, lambda its: its.lecturer),
        Column("series", say.SERIES, lambda its: its.series),
        Column("state", say.STATE, lambda its: say.STATES[its.state]),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, f"{COURSES}/new", say.NEW),
    filters=("view",),
)


@pages.get(LIST, roles=READERS)
def show(visit: Visit) -> Answer:
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    by_format, by_lecturer = course.year(visit.office, visit.scope)
    past = visit.asked.query.get("view") == "past"
    facts = {
        "listed": found,
        "year": [*say.counts(by_format, say.FORMATS), *say.counts(by_lecturer, say.LECTURERS)],
        "view": f"{LIST}?view=past" if past else LIST,
        "words": say,
        "tab": COURSES,
        "may_write": visit.me.role in WORKERS,
    }
    return View("courses.html", facts)
