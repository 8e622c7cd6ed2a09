"""What a resident has booked, had and waits for; and one booking with everything that belongs to it."""

from dataclasses import dataclass

from bot.rules import booking, service, station
from bot.store import booking as bookings
from bot.store.booking import Booking, State, Waiting, WaitState
from bot.web.h5.booking import asked
from bot.web.h5.page import Pages, View, Visit
from bot.wording import h5 as say
from bot.wording.booking import times

pages = Pages()
MOST_PAST = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A booking in a list."""

    number: str
    title: str
    when: str
    state: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a waiting list; `offered` is the time that is held, in words."""

    id: str
    title: str
    day: str
    position: int
    offered: str = ""


@pages.get("/h5/bookings")
def mine(visit: Visit) -> View:
    session, me = visit.office.session, visit.resident_id
    live = bookings.live_of(session, me)
    ahead = [one for one in live if one.ends_at > visit.office.now]
    past = [one for one in reversed(live) if one not in ahead] + list(bookings.last_of(session, me, MOST_PAST))
    return View(
        "bookings.html",
        {
            "ahead": [_line(visit, one) for one in ahead],
            "past": [_line(visit, one) for one in past[:MOST_PAST]],
            "waits": _waits(visit),
        },
    )


@pages.get("/h5/bookings/{number}")
def one(visit: Visit) -> View:
    """Number, time, what to bring, the arrival code, and how to change it."""
    found = asked.own(visit)
    session = visit.office.session
    told = {"address": "", "purpose": "", "phone": ""}
    contact = told | (visit.office.seal.open_json(found.contact) if found.contact else {})
    thing = service.thing(session, found.thing_key, found.station_id)
    here = next((at for at in station.serving(session).values() if at.id == found.station_id), None)
    open_still = found.is_live and found.state != State.ARRIVED and found.starts_at > visit.office.now
    facts = {"line": _line(visit, found), "contact": contact, "thing": thing, "station": here}
    return View(
        "booking.html",
        {**facts, "open": open_still, "visit": found.visit, "orphaned": found.state == State.ORPHANED},
    )


def span(visit: Visit, found: Booking) -> str:
    return times.span(found.starts_at.astimezone(visit.office.zone), found.minutes)


def _line(visit: Visit, found: Booking) -> Line:
    code = booking.code_of(visit.office, found) if found.is_live else ""
    return Line(found.number, found.title, span(visit, found), say.STATES[found.state], code)


def _waits(visit: Visit) -> list[Place]:
    found = []
    for place in bookings.waits_of(visit.office.session, visit.resident_id):
        local = place.since.astimezone(visit.office.zone)
        position = booking.position(visit.office, place)
        found.append(Place(str(place.id), place.title, times.date_of(local), position, _offered(visit, place)))
    return found


def _offered(visit: Visit, place: Waiting) -> str:
    """The time that is held for them and until when, in words; empty where nothing is."""
    start, until = place.offered_at, place.held_until
    if place.state != WaitState.OFFERED or start is None or until is None or until <= visit.office.now:
        return ""
    return say.held(start.astimezone(visit.office.zone), until.astimezone(visit.office.zone))
