"""One lesson: moved alone or with all that follow, cancelled, and where it can be watched."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import activity, course
from bot.rules.access import READERS, WORKERS
from bot.rules.activity.desk import stations_for
from bot.rules.course import Change, Links, Times
from bot.store.activity import Activity, State
from bot.store.course import Lesson
from bot.web.console.course.common import COURSES, LESSON, LESSONS, found_lesson, local
from bot.web.console.form import Filled, Form
from bot.web.console.page import Answer, Go, NotThere, Pages, View, Visit
from bot.web.console.pushes import PUSHES, WRITES
from bot.wording import explain
from bot.wording.course import console as say

pages = Pages()
OPEN = (State.DRAFT, State.PUBLISHED)
MOST_REASON = 80


class LessonTyped(BaseModel):
    """What is typed of a lesson."""

    day: date = About(title=say.DAY)
    start: time = About(title=say.FROM)
    end: time = About(title=say.UNTIL)
    station: UUID = About(title=say.STATION)
    spot: str = About(default="", title=say.SPOT, max_length=80)
    places: int = About(default=0, title=say.PLACES, description=say.PLACES_HINT, ge=0, le=5000)
    words: str = About(default="", title=say.LESSON_WORDS, max_length=300)


class LinksTyped(BaseModel):
    """Where it can be watched."""

    live_url: str = About(default="", title=say.LIVE_URL, description=say.URL_HINT, max_length=500)
    replay_url: str = About(default="", title=say.REPLAY_URL, description=say.URL_HINT, max_length=500)
    replay_until: date | None = About(default=None, title=say.REPLAY_UNTIL, description=say.REPLAY_HINT)


@pages.get(LESSON, roles=READERS)
def show(visit: Visit) -> Answer:
    return _page(visit)


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The page again, with the reason and what was typed."""
    forms = {}
    if "day" in visit.asked.form:
        forms["filled"] = _form(visit).again(visit.asked, {})
    elif "live_url" in visit.asked.form:
        forms["links"] = _links().again(visit.asked, {})
    return _page(visit, forms, error=explain(refusal), status=409)


@pages.post(LESSON, roles=WORKERS, refused=refused)
def save(visit: Visit) -> Answer:
    """As it was typed, this one or with all that follow; whoever is enrolled is told."""
    _, _, held = found_lesson(visit)
    typed = _form(visit).read(visit.asked, _values(visit, held))
    if isinstance(typed, Filled):
        return _page(visit, {"filled": typed}, status=422)
    if typed.station not in {one.id for one in stations_for(visit.office, visit.scope)}:
        raise NotThere
    wanted = Change(typed.day, typed.start, typed.end, typed.station, typed.spot, typed.places, typed.words)
    course.change_lesson(visit.office, held.id, wanted, following=visit.asked.form.get("following") == "1")
    return _done(visit, held, "lesson.changed", "lesson_moved")


@pages.post(LESSON + "/cancel", roles=WORKERS, refused=refused)
def cancel(visit: Visit) -> Answer:
    """It is not held; everybody hears why."""
    _, _, held = found_lesson(visit)
    reason = visit.asked.form.get("reason", "").strip()[:MOST_REASON]
    course.cancel_lesson(visit.office, held.id, reason, by=visit.me.title)
    return _done(visit, held, "lesson.cancelled", "activity_cancelled")


@pages.post(LESSON + "/links", roles=WORKERS, refused=refused)
def link(visit: Visit) -> Answer:
    """Where it can be watched from now on."""
    _, lesson, held = found_lesson(visit)
    typed = _links().read(visit.asked, _link_values(visit, lesson))
    if isinstance(typed, Filled):
        return _page(visit, {"links": typed}, status=422)
    until = typed.replay_until
    end = datetime.combine(until + timedelta(days=1), time(), visit.office.zone) if until else None
    course.link(visit.office, held.id, Links(typed.live_url, typed.replay_url, end))
    return _done(visit, held, "lesson.linked", "saved")


def _form(visit: Visit) -> Form[LessonTyped]:
    stations = [(str(one.id), one.name) for one in stations_for(visit.office, visit.scope)]
    return Form(LessonTyped, choices={"station": stations})


def _links() -> Form[LinksTyped]:
    return Form(LinksTyped, kinds={"replay_until": "date", "live_url": "url", "replay_url": "url"})


def _values(visit: Visit, held: Activity) -> dict[str, object]:
    start, end = local(visit, held.starts_at), local(visit, held.ends_at)
    return {
        "day": start.date(),
        "start": start.time(),
        "end": end.time(),
        "station": held.station_id,
        "spot": held.spot,
        "places": str(held.places),
        "words": held.words,
    }


def _link_values(visit: Visit, lesson: Lesson) -> dict[str, object]:
    until = local(visit, lesson.replay_until) - timedelta(seconds=1) if lesson.replay_until else None
    return {
        "live_url": lesson.live_url,
        "replay_url": lesson.replay_url,
        "replay_until": until.date() if until else None,
    }


def _page(visit: Visit, forms: Mapping[str, Filled] | None = None, *, error: str = "", status: int = 200) -> View:
    its, lesson, held = found_lesson(visit)
    office, typed = visit.office, forms or {}
    following = course.to_come(office, its.id, after=held)
    start, end = local(visit, held.starts_at), local(visit, held.ends_at)
    there = Times(start.date(), start.time(), end.time())
    in_the_way = course.in_the_way(office, held.station_id, held.spot, there, but=its.id)
    facts = {
        "its": {"id": str(held.id), "number": lesson.number, "state": held.state, "words": held.words},
        "course": {"id": str(its.id), "title": its.title, "lecturer": its.lecturer, "format": its.format},
        "start": start,
        "end": end,
        "where": activity.where(office, held),
        "most": held.places,
        "counts": activity.counts(office, held),
        "in_the_way": [one.title for one in in_the_way],
        "told": course.people_told(office, [held.id]),
        "told_all": course.people_told(office, [held.id, *(one.id for one in following)]),
        "following": len(following),
        "filled": typed.get("filled") or _form(visit).shown(_values(visit, held)),
        "links": typed.get("links") or _links().shown(_link_values(visit, lesson)),
        "error": error,
        "words": say,
        "tab": COURSES,
        "may_write": visit.me.role in WORKERS,
        "is_open": held.state in OPEN,
        "push_at": f"{PUSHES}/new?lesson={held.id}" if _may_push(visit, held) else "",
    }
    return View("lesson.html", facts, status)


def _may_push(visit: Visit, held: Activity) -> bool:
    return visit.me.role in WRITES and held.state == State.PUBLISHED and held.ends_at > visit.office.now


def _done(visit: Visit, held: Activity, what: str, said: str) -> Answer:
    visit.noted(what, held.code)
    return Go(f"{LESSONS}/{held.id}", said)
