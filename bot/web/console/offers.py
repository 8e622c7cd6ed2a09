"""Offers to teach: looked at, asked back, made a course of, or kindly refused; and who has taught so far."""

from collections.abc import Mapping
from datetime import date

from bot.errors import Refusal
from bot.rules import lecture
from bot.rules.access import READERS, WORKERS
from bot.rules.lecture import Lecturer
from bot.store import lecture as rows
from bot.store.course import Format, LecturerKind
from bot.store.lecture import OPEN, LectureOffer, OfferState
from bot.web.console.course.common import KINDS, NewTyped, choices, plan_of, preview, times_of
from bot.web.console.form import Filled, Form
from bot.web.console.listing import Column, Listing, Query, Slice, listed, start_of
from bot.web.console.named import named
from bot.web.console.page import Answer, File, Go, NotThere, Pages, View, Visit
from bot.web.console.years import span, year_of, years
from bot.wording import explain
from bot.wording import lecture as say
from bot.wording.course import console as say_course

pages = Pages()
OFFERS = "/console/offers"
LECTURERS = OFFERS + "/lecturers"
ONE = OFFERS + "/at/{id}"
MOST, MOST_WORDS, TITLE = 100, 200, 40
PAST = (OfferState.ACCEPTED, OfferState.REFUSED, OfferState.WITHDRAWN)


@pages.get(OFFERS, roles=READERS)
def show(visit: Visit) -> Answer:
    """What waits, oldest first, or what was decided; that somebody looked is written down."""
    past = visit.asked.query.get("view") == "past"
    found = rows.page(visit.office.session, visit.scope, states=PAST if past else OPEN, start=0, limit=MOST)
    if found:
        visit.noted("offer.listed", "", offers=len(found))
    facts = {
        "lines": [_line(visit, row) for row in found],
        "view": f"{OFFERS}?view=past" if past else OFFERS,
        "tab": OFFERS,
        "words": say,
    }
    return View("offers.html", facts)


@pages.get(ONE, roles=READERS)
def one(visit: Visit) -> Answer:
    row = found(visit)
    visit.noted("offer.viewed", row.number)
    return _page(visit, row, _form(visit).shown(_begins_with(visit, row)))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The page again, with the reason and what was typed."""
    form, row = _form(visit), found(visit)
    filled = form.again(visit.asked, {}) if "title" in visit.asked.form else form.shown(_begins_with(visit, row))
    return _page(visit, row, filled, error=explain(refusal), status=409)


@pages.post(ONE + "/ask", roles=WORKERS, refused=refused)
def ask(visit: Visit) -> Answer:
    """The resident reads the question, and answers in the chat."""
    row = found(visit)
    lecture.ask_back(visit.office, row, visit.asked.form.get("question", "")[:MOST_WORDS])
    return _done(visit, row, "offer.asked")


@pages.post(ONE + "/accept", roles=WORKERS, refused=refused)
def accept(visit: Visit) -> Answer:
    """It is a course, and the lecturer hears when; with `look` only its days are shown, and what is in the way."""
    row = found(visit)
    typed = _form(visit).read(visit.asked)
    if isinstance(typed, Filled):
        return _page(visit, row, typed, status=422)
    plan, times = plan_of(visit, typed), times_of(typed)
    if visit.asked.form.get("look"):
        return _page(visit, row, _form(visit).again(visit.asked, {}), seen=preview(visit, plan, times))
    its = lecture.accept(visit.office, row, plan, times)
    visit.noted("offer.accepted", row.number, course=its.code)
    return Go(f"/console/courses/{its.id}", "saved")


@pages.post(ONE + "/refuse", roles=WORKERS, refused=refused)
def refuse(visit: Visit) -> Answer:
    """Not this time, and why."""
    row = found(visit)
    lecture.refuse(visit.office, row, visit.asked.form.get("reason", "")[:MOST_WORDS])
    return _done(visit, row, "offer.refused")


def fetch(visit: Visit, query: Query) -> Slice[Lecturer]:
    """Who has given lessons in a year, most lessons first."""
    start, everybody = start_of(query), lecture.lecturers(visit.office, visit.scope, *span(visit))
    those = [each for each in everybody if query.words in each.name][start : start + query.limit]
    return Slice(those, str(start + len(those)) if len(those) == query.limit else "")


LISTING = Listing(
    title=say.OFFERS,
    at=LECTURERS,
    columns=(
        Column("name", say.NAME, lambda row: row.name),
        Column("kind", say.LECTURER_KIND, lambda row: say.kind(row.kind)),
        Column("lessons", say.LESSONS, lambda row: row.lessons),
        Column("came", say.CAME, lambda row: row.came),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE_TAUGHT, say.NONE_TAUGHT_WORDS, "", ""),
    filters=("year",),
)


@pages.get(LECTURERS, roles=READERS)
def lecturers(visit: Visit) -> Answer:
    found_ones = listed(visit, LISTING)
    if isinstance(found_ones, File):
        return found_ones
    facts = {"listed": found_ones, "view": LECTURERS, "tab": OFFERS, "words": say}
    return View("lecturers.html", {**facts, "year": year_of(visit), "years": years(visit)})


def found(visit: Visit) -> LectureOffer:
    """The offer of the address, within what they may see."""
    row = rows.within(visit.office.session, visit.scope, named(visit))
    if row is None:
        raise NotThere
    return row


def _form(visit: Visit) -> Form[NewTyped]:
    return Form(NewTyped, choices=choices(visit), kinds=KINDS)


def _begins_with(visit: Visit, row: LectureOffer) -> dict[str, object]:
    """What the resident told, where it fits a field."""
    told = lecture.told_in(visit.office, row)
    days = [one for one in told.get("days", "").split(",") if one]
    first = date.fromisoformat(days[0]) if days else None
    return {
        "title": told.get("topic", "")[:TITLE],
        "words": "",
        "format": Format.SKILLS,
        "lecturer_kind": row.kind or LecturerKind.NEIGHBOUR,
        "places": "0",
        "lessons": "1",
        "repeat": "once",
        "first": first if first and first > visit.office.today else None,
    }


def _line(visit: Visit, row: LectureOffer) -> dict[str, object]:
    told = lecture.told_in(visit.office, row)
    return {
        "href": f"{OFFERS}/at/{row.id}",
        "number": row.number,
        "topic": told.get("topic", ""),
        "kind": say.kind(row.kind),
        "state": row.state,
        "at": row.created_at,
    }


def _page(
    visit: Visit,
    row: LectureOffer,
    filled: Filled,
    *,
    error: str = "",
    status: int = 200,
    seen: Mapping[str, object] | None = None,
) -> View:
    told = lecture.told_in(visit.office, row)
    facts = {
        "one": _line(visit, row),
        "told": [(label, told[name]) for name, label in say.PARTS if told.get(name)],
        "heard": say.heard(told.get("days", "")),
        "reason": visit.office.seal.open(row.reason) if row.reason else "",
        "course": str(row.course_id) if row.course_id else "",
        "is_open": row.state in OPEN,
        "filled": filled,
        "error": error,
        "back": OFFERS,
        "seen": seen,
        "words": say,
        "course_words": say_course,
        "may_write": visit.me.role in WORKERS,
        "most": MOST_WORDS,
    }
    return View("offer.html", facts, status)


def _done(visit: Visit, row: LectureOffer, what: str) -> Answer:
    visit.noted(what, row.number)
    return Go(OFFERS, "saved")
