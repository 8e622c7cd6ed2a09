"""The calendar of a station's providers and rooms, and booking a free time for whoever telephones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from pydantic import BaseModel
from pydantic import Field as About

from bot.errors import Refusal
from bot.rules.booking import AHEAD_DAYS, calendar, desk
from bot.rules.booking.calendar import Person
from bot.rules.service import Thing
from bot.store import catalogue
from bot.store.booking import Booking
from bot.store.booking import desk as rows
from bot.store.staff import StaffRole
from bot.store.station import Station
from bot.web.console.form import Filled, Form
from bot.web.console.page import Answer, Go, NotThere, Pages, Place, View, Visit
from bot.wording import explain
from bot.wording.booking import console as say

pages = Pages()
CALENDAR = "/console/bookings"
NEW = f"{CALENDAR}/new"
KEEPERS = frozenset({StaffRole.STATION_STAFF, StaffRole.MANAGER, StaffRole.ADMINISTRATOR})
LOOKERS = KEEPERS | {StaffRole.AUDITOR}
PLACE = Place(
    "bookings",
    say.PLACE,
    CALENDAR,
    "calendar",
    LOOKERS | {StaffRole.PROVIDER},
    lambda visit: rows.orphan_count(visit.office.session, visit.scope),
    handy=True,
)
MOST_WORDS = 200


class Call(BaseModel):
    """What is asked of whoever telephones."""

    thing: str = About(title=say.THING)
    who: str = About(title=say.WHO, description=say.WHO_HINT, min_length=2, max_length=64)
    name: str = About(default="", title=say.NAME, description=say.NAME_HINT, max_length=40)
    address: str = About(default="", title=say.ADDRESS, description=say.ADDRESS_HINT, max_length=80)
    note: str = About(default="", title=say.NOTE, description=say.NOTE_HINT, max_length=MOST_WORDS)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the calendar is asked for; `moving` is a booking that looks for another time."""

    station: Station | None
    stations: Sequence[Station]
    day: date
    people: Sequence[Person]
    who: Person | None
    is_week: bool
    whole: bool
    moving: Booking | None

    def address(self, **changed: str) -> str:
        """The same part with something else about it; what is "" is left out."""
        given = {
            "station": self.station.code if self.station else "",
            "day": self.day.isoformat(),
            "who": str(self.who.id) if self.who else "",
            "view": "week" if self.is_week else "",
            "all": "1" if self.whole else "",
            "move": self.moving.number if self.moving else "",
        }
        kept = {name: value for name, value in {**given, **changed}.items() if value}
        return f"{CALENDAR}?{urlencode(kept)}"


@pages.get(CALENDAR, roles=PLACE.roles)
def show(visit: Visit) -> Answer:
    """A day of everybody, or a week of one; whoever has orders of their own goes to those."""
    if visit.me.role is StaffRole.PROVIDER:
        return Go(f"{CALENDAR}/mine")
    asked = _asked(visit)
    if asked.is_week and asked.who is not None:
        sheet = calendar.of_week(visit.office, asked.who, asked.day, whole=asked.whole)
    else:
        people = [asked.who] if asked.who else asked.people
        sheet = calendar.of_day(visit.office, people, asked.day, whole=asked.whole)
    step = timedelta(days=7 if asked.is_week else 1)
    facts = {
        "asked": asked,
        "sheet": sheet,
        "before": asked.address(day=(asked.day - step).isoformat()),
        "after": asked.address(day=(asked.day + step).isoformat()),
        "today": visit.office.today,
        "last": visit.office.today + timedelta(days=AHEAD_DAYS),
        "orphans": rows.orphan_count(visit.office.session, visit.scope),
        "may": visit.me.role in KEEPERS,
    }
    return View("booking_calendar.html", facts | around("calendar"))


@pages.get(NEW, roles=KEEPERS)
def new(visit: Visit) -> Answer:
    """A free time was tapped."""
    person, start, things = _tapped(visit, visit.asked.query)
    first = things[0].key if len(things) == 1 else ""
    return _form(visit, person, start, things, _questions(things).shown({"thing": first}))


def refused(visit: Visit, refusal: Refusal) -> Answer:
    """The form again, with the reason and everything that was typed."""
    person, start, things = _tapped(visit, visit.asked.form)
    return _form(visit, person, start, things, _questions(things).again(visit.asked, {}), explain(refusal))


@pages.post(NEW, roles=KEEPERS, refused=refused)
def make(visit: Visit) -> Answer:
    """Book it, and show the order with what to tell the caller."""
    person, start, things = _tapped(visit, visit.asked.form)
    typed = _questions(things).read(visit.asked)
    if isinstance(typed, Filled):
        return _form(visit, person, start, things, typed)
    thing = next((one for one in things if one.key == typed.thing), None)
    if thing is None:
        raise NotThere
    caller = desk.Caller(typed.who, typed.name, typed.address, typed.note)
    booking = desk.book(visit.office, thing, start, caller, by=visit.me.title)
    visit.noted("booking.made", booking.number)
    return Go(f"{CALENDAR}/{booking.number}", "booking_made")


def around(tab: str) -> dict[str, object]:
    """What stands above every page about bookings."""
    return {"tab": tab, "words": say}


def station_of(visit: Visit) -> tuple[Station | None, Sequence[Station]]:
    """The station that is asked for, else the first they may see; and all of these."""
    found = catalogue.stations(visit.office.session, visit.scope)
    wanted = visit.asked.query.get("station", "") or visit.asked.form.get("station", "")
    return next((one for one in found if one.code == wanted), found[0] if found else None), found


def id_of(text: str) -> UUID:
    """An id of an address. Raises NotThere."""
    try:
        return UUID(text)
    except ValueError:
        raise NotThere from None


def moment_of(visit: Visit, text: str) -> datetime:
    """A moment of an address, local. Raises NotThere."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NotThere from None
    if moment.tzinfo is None:
        raise NotThere
    return moment.astimezone(visit.office.zone)


def _asked(visit: Visit) -> Asked:
    given = visit.asked.query
    moving = desk.numbered(visit.office, visit.scope, given["move"]) if given.get("move") else None
    station, all_of_them = station_of(visit)
    if moving is not None:
        station = visit.office.session.get_one(Station, moving.station_id)
    people = calendar.people(visit.office, station) if station else []
    if moving is not None:
        able = catalogue.able(visit.office.session, moving.station_id, moving.service_id or "")
        ids = {one.id for one in able} | {moving.venue_id}
        people = [one for one in people if one.id in ids]
    who = next((one for one in people if str(one.id) == given.get("who")), None)
    is_week = given.get("view") == "week" and bool(people)
    day = _day(given.get("day", ""), moving.starts_at.astimezone(visit.office.zone).date() if moving else None)
    return Asked(
        station=station,
        stations=all_of_them,
        day=day or visit.office.today,
        people=people,
        who=who or (people[0] if is_week else None),
        is_week=is_week,
        whole=given.get("all") == "1",
        moving=moving,
    )


def _day(text: str, otherwise: date | None) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return found if 2000 <= found.year < 2200 else otherwise


def _tapped(visit: Visit, given: object) -> tuple[Person, datetime, list[Thing]]:
    """Whose time was tapped, when, and what they do. Raises NotThere."""
    values = visit.asked.form if given is visit.asked.form else visit.asked.query
    resource, start = id_of(values.get("resource", "")), moment_of(visit, values.get("start", ""))
    for station in catalogue.stations(visit.office.session, visit.scope):
        for person in calendar.people(visit.office, station):
            if person.id == resource:
                return person, start, desk.things(visit.office, resource, station.id)
    raise NotThere


def _questions(things: Sequence[Thing]) -> Form[Call]:
    return Form(Call, choices={"thing": [(one.key, f"{one.title}（{say.lasts(one.minutes)}）") for one in things]})


def _form(
    visit: Visit, person: Person, start: datetime, things: Sequence[Thing], filled: Filled, error: str = ""
) -> View:
    facts = {
        "who": person,
        "start": start,
        "things": things,
        "filled": filled,
        "error": error,
        "back": f"{CALENDAR}?{urlencode({'day': start.date().isoformat()})}",
        "today": visit.office.today,
    }
    status = 409 if error else 422 if filled.wrong else 200
    return View("booking_new.html", facts | around("calendar"), status)
