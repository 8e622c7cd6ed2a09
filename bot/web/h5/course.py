"""Courses: the lessons of the next days, one of them, and enrolling, waiting or giving up by a tap."""

from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from bot.rules import activity, course, member, study
from bot.rules.activity import NotEnrolled
from bot.rules.course import Lecture
from bot.rules.reach import RESIDENTS
from bot.store import activity as activities
from bot.store import course as courses
from bot.store.activity import ActivityEnrolment, Kind, Standing, State
from bot.web.h5.page import Answer, Go, NotThere, Pages, View, Visit
from bot.web.h5.study import watch
from bot.wording.activity import dialogue as say_enrolled
from bot.wording.course import dialogue as say

pages = Pages()
COURSES, LESSONS = "/h5/courses", "/h5/lessons"
LESSON = LESSONS + "/{id}"
WEEK = timedelta(days=7)
MOST = 60


@pages.get(COURSES, for_all=True)
def shown(visit: Visit) -> View:
    """The lessons of the next seven days, or all that are to come."""
    found = course.ahead(visit.office)
    is_all = visit.query.get("all") == "1"
    soon = [one for one in found if is_all or _day(visit, one) < visit.office.today + WEEK][:MOST]
    days = groupby(soon, lambda one: _day(visit, one))
    facts = {
        "days": [(say.heading(day, visit.office.today), [_cell(visit, one) for one in lines]) for day, lines in days],
        "more": not is_all and len(soon) < len(found),
        "mine": _mine(visit),
    }
    return View("courses.html", facts)


@pages.get(LESSON, for_all=True)
def one(visit: Visit) -> View:
    """All of it; whoever came from the chat may enrol, or sees how they stand."""
    its = found(visit)
    held, office = its.activity, visit.office
    mine = _own(visit, its)
    now = office.now.astimezone(office.zone)
    is_open = held.is_published and held.starts_at > office.now
    lessons = [other for other in course.ahead_in(office, its.course.id) if other.activity.id != held.id]
    facts = {
        "id": str(held.id),
        "title": its.course.title,
        "story": say.lesson_story(its, now).split("\n")[1:],
        "known": visit.resident is not None,
        "mine": say_enrolled.mine_line(held, mine, its.where, now, activity.position(office, mine)) if mine else "",
        "is_live": mine is not None and mine.is_live,
        "is_offered": mine is not None and mine.state == Standing.OFFERED,
        "is_full": not its.course.whole and its.left == 0,
        "whole": its.course.whole,
        "barred": _barred(visit, its),
        "most": min(activity.MOST_PERSONS, 5, held.places or activity.MOST_PERSONS),
        "is_open": is_open,
        "cancelled": held.state == State.CANCELLED,
        "others": [_cell(visit, other) for other in lessons],
        "materials": _materials(visit, its),
    }
    seen = study.picture(office, held.id)
    return View("lesson.html", facts | (watch.facts(visit, seen) if seen is not None else {}))


@pages.post(LESSON)
def enrol(visit: Visit) -> Answer:
    """A place, or one in the waiting list where they saw that it is full; of a whole course in every lesson."""
    its = found(visit)
    persons = visit.form.get("persons", "1")
    count = int(persons) if persons.isascii() and persons.isdigit() else 0
    waits = visit.form.get("wait") == "1"
    to, who = f"{LESSONS}/{its.activity.id}", visit.resident_id
    if its.course.whole:
        step = course.queue_whole if waits else course.enrol_whole
        step(visit.office, its.course.id, resident_id=who, channel=RESIDENTS, persons=count)
    elif waits:
        activity.queue(visit.office, its.activity.id, resident_id=who, channel=RESIDENTS, persons=count)
    else:
        activity.enrol(visit.office, its.activity.id, resident_id=who, channel=RESIDENTS, persons=count)
    return Go(to, "activity_queued" if waits else "activity_enrolled")


@pages.post(LESSON + "/give-up")
def give_up(visit: Visit) -> Answer:
    its, mine = _theirs(visit)
    activity.give_up(visit.office, mine.id)
    return Go(f"{LESSONS}/{its.activity.id}", "activity_given_up")


@pages.post(LESSON + "/take")
def take(visit: Visit) -> Answer:
    """What is held for them."""
    its, mine = _theirs(visit)
    activity.take_offer(visit.office, mine.id)
    return Go(f"{LESSONS}/{its.activity.id}", "activity_enrolled")


def found(visit: Visit) -> Lecture:
    """The lesson of the address, as soon as residents may see it: afterwards too, for its replay."""
    try:
        its = course.lecture(visit.office, UUID(visit.path["id"]))
    except ValueError as error:
        raise NotThere from error
    if its is None or its.activity.state == State.DRAFT:
        raise NotThere
    return its


def _theirs(visit: Visit) -> tuple[Lecture, ActivityEnrolment]:
    its = found(visit)
    mine = activities.of(visit.office.session, its.activity.id, visit.resident_id)
    if mine is None:
        raise NotEnrolled
    return its, mine


def _own(visit: Visit, its: Lecture) -> ActivityEnrolment | None:
    """Theirs where they have a place or wait for one."""
    if visit.resident is None:
        return None
    mine = activities.of(visit.office.session, its.activity.id, visit.resident)
    return mine if mine is not None and (mine.is_live or mine.state == Standing.CAME) else None


def _barred(visit: Visit, its: Lecture) -> bool:
    """Whether it is for members of the Party, and they are not known as one."""
    if not its.activity.members_only:
        return False
    return visit.resident is None or not member.is_member(visit.office, visit.resident)


def _materials(visit: Visit, its: Lecture) -> list[dict[str, str]]:
    """What may be read for it; of a course for members by members."""
    if _barred(visit, its):
        return []
    rows = courses.materials_of(visit.office.session, its.course.id)
    return [{"title": row.title, "url": row.url, "words": row.words} for row in rows]


def _mine(visit: Visit) -> list[dict[str, str]]:
    if visit.resident is None:
        return []
    office = visit.office
    now = office.now.astimezone(office.zone)
    theirs = activities.to_come_of(office.session, visit.resident, office.now, Kind.LESSON)
    return [
        {
            "id": str(its.id),
            "title": its.title,
            "line": say_enrolled.mine_line(
                its, mine, activity.where(office, its), now, activity.position(office, mine)
            ),
        }
        for mine, its in theirs
    ]


def _cell(visit: Visit, one: Lecture) -> dict[str, str]:
    start, end = (moment.astimezone(visit.office.zone) for moment in (one.activity.starts_at, one.activity.ends_at))
    return {
        "id": str(one.activity.id),
        "title": one.course.title,
        "when": say.span(start, end),
        "day": say.heading(start.date(), visit.office.today),
        "where": one.where,
        "by": say.taught_by(one.course),
        "left": say.places(one),
    }


def _day(visit: Visit, one: Lecture) -> date:
    return one.activity.starts_at.astimezone(visit.office.zone).date()
