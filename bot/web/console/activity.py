"""Activities: draw one up, publish it, change or cancel it; the roster, the waiting list and who came."""

from datetime import date, datetime, time
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules import activity, volunteer
from bot.rules.access import READERS, WORKERS
from bot.rules.activity import Plan
from bot.rules.activity.desk import stations_for, year
from bot.store import activity as activities
from bot.store import suggestion
from bot.store.activity import Activity, ActivityEnrolment, Organiser, State
from bot.store.volunteer import people
from bot.web.console.form import Filled, Form
from bot.web.console.listing import Column, Listing, Query, Slice, listed
from bot.web.console.page import Answer, File, Go, NotThere, Pages, Place, View, Visit
from bot.wording import explain
from bot.wording.activity import console as say

pages = Pages()
ACTIVITIES = "/console/activities"
ONE = ACTIVITIES + "/{id}"
PLACE = Place(
    "activities",
    say.TITLE,
    ACTIVITIES,
    "flag",
    READERS,
    count=lambda visit: waiting(visit),
    also=(
        "/console/suggestions",
        "/console/polls",
        "/console/contests",
        "/console/volunteers",
        "/console/aid",
        "/console/bulletins",
    ),
)
AHEAD, PAST = (State.DRAFT, State.PUBLISHED), (State.OVER, State.CANCELLED)


class Typed(BaseModel):
    """What is typed of an activity."""

    title: str = About(title=say.NAME, description=say.NAME_HINT, min_length=2, max_length=40)
    words: str = About(default="", title=say.WORDS, max_length=600)
    station: UUID = About(title=say.STATION)
    spot: str = About(default="", title=say.SPOT, description=say.SPOT_HINT, max_length=80)
    day: date = About(title=say.DAY)
    start: time = About(title=say.FROM)
    end: time = About(title=say.UNTIL)
    places: int = About(default=0, title=say.PLACES, description=say.PLACES_HINT, ge=0, le=5000)
    audience: str = About(default="", title=say.AUDIENCE, max_length=80)
    organiser_kind: Organiser = About(title=say.KIND)
    organiser: str = About(default="", title=say.ORGANISER, max_length=80)


def waiting(visit: Visit) -> int:
    """What of this place waits for the staff: suggestions, who would be a volunteer, shifts that soon lack people."""
    session, scope = visit.office.session, visit.scope
    return suggestion.waiting(session, scope) + volunteer.short(visit.office, scope) + people.waiting(session, scope)


def fetch(visit: Visit, query: Query) -> Slice[Activity]:
    """Those of a view, latest first."""
    states = PAST if visit.asked.query.get("view") == "past" else AHEAD
    after = activities.within(visit.office.session, visit.scope, _uuid(query.after)) if query.after else None
    found = activities.page(
        visit.office.session, visit.scope, words=query.words, states=states, after=after, limit=query.limit
    )
    return Slice(found, str(found[-1].id) if len(found) == query.limit else "")


LISTING = Listing(
    title=say.TITLE,
    at=ACTIVITIES,
    columns=(
        Column("title", say.NAME, lambda its: its.title, href=lambda its: f"{ACTIVITIES}/{its.id}"),
        Column("at", say.WHEN, lambda its: its.starts_at),
        Column("kind", say.KIND, lambda its: say.ORGANISERS[its.organiser_kind]),
        Column("organiser", say.ORGANISER, lambda its: its.organiser),
        Column("state", say.STATE, lambda its: say.STATES[its.state]),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, f"{ACTIVITIES}/new", say.NEW),
    filters=("view",),
)


@pages.get(ACTIVITIES, roles=READERS)
def show(visit: Visit) -> Answer:
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    view = "past" if visit.asked.query.get("view") == "past" else "ahead"
    facts = {"listed": found, "view": view, "words": say, "tab": ACTIVITIES, "year": say.counts_of(_year(visit))}
    return View("activities.html", {**facts, "may_write": visit.me.role in WORKERS})


@pages.get(ACTIVITIES + "/new", roles=WORKERS)
def new(visit: Visit) -> Answer:
    return _new(visit, _form(visit).shown({"organiser_kind": Organiser.COMMUNITY, "places": "0"}))


@pages.post(ACTIVITIES, roles=WORKERS, refused=lambda visit, refusal: _new_refused(visit, refusal))
def draw_up(visit: Visit) -> Answer:
    """A draft, of which residents see nothing yet."""
    typed = _form(visit).read(visit.asked)
    if isinstance(typed, Filled):
        return _new(visit, typed, status=422)
    its = activity.draw_up(visit.office, _plan(visit, typed))
    visit.noted("activity.drawn_up", its.code)
    return Go(f"{ACTIVITIES}/{its.id}", "saved")


@pages.get(ONE, roles=READERS)
def one(visit: Visit) -> Answer:
    """All of it, with the roster; that somebody looked is written down."""
    its = found(visit)
    visit.noted("activity.viewed", its.code)
    return _page(visit, its, _form(visit).shown(_values(visit, its)))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The page again, with the reason and what was typed."""
    its = found(visit)
    filled = _form(visit).again(visit.asked, {}) if "title" in visit.asked.form else None
    return _page(visit, its, filled or _form(visit).shown(_values(visit, its)), error=explain(refusal), status=409)


@pages.post(ONE, roles=WORKERS, refused=refused)
def save(visit: Visit) -> Answer:
    """As it was typed; where time or place changed, everybody enrolled is told."""
    its = found(visit)
    typed = _form(visit).read(visit.asked, _values(visit, its))
    if isinstance(typed, Filled):
        return _page(visit, its, typed, status=422)
    activity.change(visit.office, its.id, _plan(visit, typed))
    return _done(visit, its, "activity.changed", "saved")


@pages.post(ONE + "/publish", roles=WORKERS, refused=refused)
def publish(visit: Visit) -> Answer:
    its = activity.publish(visit.office, found(visit).id)
    return _done(visit, its, "activity.published", "activity_published")


@pages.post(ONE + "/cancel", roles=WORKERS, refused=refused)
def cancel(visit: Visit) -> Answer:
    """It is not held; everybody hears why."""
    reason = visit.asked.form.get("reason", "").strip()[:80]
    its = activity.cancel(visit.office, found(visit).id, reason, by=visit.me.title)
    return _done(visit, its, "activity.cancelled", "activity_cancelled")


@pages.post(ONE + "/code", roles=WORKERS)
def new_code(visit: Visit) -> Answer:
    """Another word for the wall."""
    its = found(visit)
    activity.give_code(visit.office, its)
    return _done(visit, its, "activity.code", "saved")


@pages.post(ONE + "/tick", roles=WORKERS, refused=refused)
def tick(visit: Visit) -> Answer:
    """Somebody of the roster is there, or was not."""
    its, mine = found(visit), _uuid(visit.asked.form.get("enrolment", ""))
    if mine not in {row.id for row in activities.roster(visit.office.session, its.id)}:
        raise NotThere
    step = activity.tick if visit.asked.form.get("came") == "1" else activity.untick
    step(visit.office, mine, by=visit.me.title)
    return _done(visit, its, "activity.ticked", "saved")


def found(visit: Visit) -> Activity:
    """The activity of the address, within what they may see."""
    its = activities.within(visit.office.session, visit.scope, _uuid(visit.asked.path["id"]))
    if its is None:
        raise NotThere
    return its


def _form(visit: Visit) -> Form[Typed]:
    stations = [(str(one.id), one.name) for one in stations_for(visit.office, visit.scope)]
    kinds = list(say.ORGANISERS.items())
    return Form(Typed, choices={"station": stations, "organiser_kind": kinds}, kinds={"places": "number"})


def _plan(visit: Visit, typed: Typed) -> Plan:
    if typed.station not in {one.id for one in stations_for(visit.office, visit.scope)}:
        raise NotThere
    zone = visit.office.zone
    return Plan(
        title=typed.title,
        words=typed.words,
        station_id=typed.station,
        spot=typed.spot,
        starts_at=datetime.combine(typed.day, typed.start, zone),
        ends_at=datetime.combine(typed.day, typed.end, zone),
        places=typed.places,
        audience=typed.audience,
        organiser_kind=typed.organiser_kind,
        organiser=typed.organiser,
    )


def _values(visit: Visit, its: Activity) -> dict[str, object]:
    start, end = (moment.astimezone(visit.office.zone) for moment in (its.starts_at, its.ends_at))
    return {
        "title": its.title,
        "words": its.words,
        "station": its.station_id,
        "spot": its.spot,
        "day": start.date(),
        "start": start.time(),
        "end": end.time(),
        "places": str(its.places),
        "audience": its.audience,
        "organiser_kind": its.organiser_kind,
        "organiser": its.organiser,
    }


def _new(visit: Visit, filled: Filled, *, error: str = "", status: int = 200) -> View:
    facts = {"filled": filled, "error": error, "words": say, "at_list": ACTIVITIES, "title": say.NEW}
    return View("activity_new.html", facts, status)


def _new_refused(visit: Visit, refusal: Refusal) -> Answer:
    return _new(visit, _form(visit).again(visit.asked, {}), error=explain(refusal), status=409)


def _page(visit: Visit, its: Activity, filled: Filled, *, error: str = "", status: int = 200) -> View:
    office = visit.office
    roster, queue = activities.roster(office.session, its.id), activities.queue(office.session, its.id)
    facts = {
        "its": {"id": str(its.id), "title": its.title, "state": its.state, "starts_at": its.starts_at},
        "where": activity.where(office, its),
        "counts": activity.counts(office, its),
        "most": its.places,
        "code": activity.code_of(office, its) if visit.me.role in WORKERS else "",
        "roster": [_line(mine) for mine in roster],
        "queue": [_line(mine) for mine in queue],
        "filled": filled,
        "error": error,
        "words": say,
        "may_write": visit.me.role in WORKERS,
        "is_open": its.state in AHEAD,
    }
    return View("activity.html", facts, status)


def _line(mine: ActivityEnrolment) -> dict[str, object]:
    """A line of the roster, which calls people by their number."""
    return {"id": str(mine.id), "number": mine.number, "persons": mine.persons, "state": mine.state}


def _done(visit: Visit, its: Activity, what: str, said: str) -> Answer:
    visit.noted(what, its.code)
    return Go(f"{ACTIVITIES}/{its.id}", said)


def _year(visit: Visit) -> dict[str, tuple[int, int]]:
    return year(visit.office, visit.scope)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotThere from error
