"""Activities: what is on, one of them, and enrolling, waiting or giving up by a tap."""

from uuid import UUID

from bot.rules import activity
from bot.rules.activity import NotEnrolled, Shown
from bot.rules.reach import RESIDENTS
from bot.store import activity as activities
from bot.store.activity import ActivityEnrolment, Kind, Standing
from bot.web.h5.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording.activity import dialogue as say

pages = Pages()
ACTIVITIES = "/h5/activities"
ONE = ACTIVITIES + "/{id}"
MOST = 40


@pages.get(ACTIVITIES, for_all=True)
def shown(visit: Visit) -> View:
    now = visit.office.now.astimezone(visit.office.zone)
    lines = [
        {"id": str(one.activity.id), "title": one.activity.title, "when": _when(visit, one), "left": say.left(one)}
        for one in activity.ahead(visit.office)[:MOST]
    ]
    return View("activities.html", {"lines": lines, "mine": _mine(visit), "today": now})


@pages.get(ONE, for_all=True)
def one(visit: Visit) -> View:
    """All of it; whoever came from the chat may enrol, or sees how they stand."""
    its = found(visit)
    mine = _own(visit, its)
    facts = {
        "id": str(its.activity.id),
        "title": its.activity.title,
        "story": say.full_story(its, visit.office.now.astimezone(visit.office.zone)).split("\n")[1:],
        "known": visit.resident is not None,
        "mine": _line(visit, its, mine) if mine is not None else "",
        "is_offered": mine is not None and mine.state == Standing.OFFERED,
        "has_places": its.left is None or its.left > 0,
        "most": min(activity.MOST_PERSONS, 5, its.activity.places or activity.MOST_PERSONS),
        "begun": its.activity.starts_at <= visit.office.now,
    }
    return View("activity.html", facts)


@pages.post(ONE)
def enrol(visit: Visit) -> Answer:
    """A place, or one in the waiting list where they saw that it is full."""
    its = found(visit)
    persons = visit.form.get("persons", "1")
    count = int(persons) if persons.isascii() and persons.isdigit() else 0
    who, channel = visit.resident_id, RESIDENTS
    if visit.form.get("wait") == "1":
        activity.queue(visit.office, its.activity.id, resident_id=who, channel=channel, persons=count)
        return Go(f"{ACTIVITIES}/{its.activity.id}", "activity_queued")
    activity.enrol(visit.office, its.activity.id, resident_id=who, channel=channel, persons=count)
    return Go(f"{ACTIVITIES}/{its.activity.id}", "activity_enrolled")


@pages.post(ONE + "/give-up")
def give_up(visit: Visit) -> Answer:
    its, mine = _theirs(visit)
    activity.give_up(visit.office, mine.id)
    return Go(f"{ACTIVITIES}/{its.activity.id}", "activity_given_up")


@pages.post(ONE + "/take")
def take(visit: Visit) -> Answer:
    """What is held for them."""
    its, mine = _theirs(visit)
    activity.take_offer(visit.office, mine.id)
    return Go(f"{ACTIVITIES}/{its.activity.id}", "activity_enrolled")


def found(visit: Visit) -> Shown:
    """The activity of the address, while it is to be seen."""
    try:
        its = activity.one(visit.office, UUID(visit.path["id"]))
    except ValueError as error:
        raise NotThere from error
    if its is None:
        raise NotThere
    return its


def _theirs(visit: Visit) -> tuple[Shown, ActivityEnrolment]:
    its = found(visit)
    mine = activities.of(visit.office.session, its.activity.id, visit.resident_id)
    if mine is None:
        raise NotEnrolled
    return its, mine


def _own(visit: Visit, its: Shown) -> ActivityEnrolment | None:
    """Theirs where they have a place or wait for one."""
    if visit.resident is None:
        return None
    mine = activities.of(visit.office.session, its.activity.id, visit.resident)
    return mine if mine is not None and (mine.is_live or mine.state == Standing.CAME) else None


def _mine(visit: Visit) -> list[dict[str, str]]:
    if visit.resident is None:
        return []
    theirs = activities.to_come_of(visit.office.session, visit.resident, visit.office.now, Kind.ACTIVITY)
    return [
        {"id": str(its.id), "title": its.title, "line": _line(visit, activity.shown(visit.office, its), mine)}
        for mine, its in theirs
    ]


def _line(visit: Visit, its: Shown, mine: ActivityEnrolment) -> str:
    now = visit.office.now.astimezone(visit.office.zone)
    return say.mine_line(its.activity, mine, its.where, now, activity.position(visit.office, mine))


def _when(visit: Visit, one: Shown) -> str:
    return say.when_and_where(one.activity, one.where, visit.office.now.astimezone(visit.office.zone))
