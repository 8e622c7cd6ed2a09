"""All orders as a list to search, filter and take along; and the waiting lists with all that happened in them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.rules.booking import desk
from bot.store import booking as bookings
from bot.store import catalogue
from bot.store.booking import Booking, State, WaitState, What
from bot.store.booking import desk as rows
from bot.web.console.booking import CALENDAR, KEEPERS, LOOKERS, around
from bot.web.console.listing import Column, Listing, Query, Slice, listed
from bot.web.console.page import Answer, File, Pages, View, Visit
from bot.wording.booking import console as say

pages = Pages()
ORDERS = f"{CALENDAR}/orders"
WAITING = f"{CALENDAR}/waiting"
MOST_WAITS = 100
_STATES = {
    "open": (State.BOOKED, State.ARRIVED, State.ORPHANED),
    "done": (State.DONE,),
    "cancelled": (State.CANCELLED,),
    "missed": (State.NO_SHOW,),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One order as it stands in the list; the phone is masked."""

    number: str
    title: str
    when: str
    who: str
    state: str
    phone: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a waiting list; the moments are local. Who waits is not said."""

    title: str
    day: str
    since: datetime
    until: datetime
    state: WaitState
    offered: datetime | None
    held: datetime | None
    joined: datetime
    log: tuple[tuple[datetime, What], ...]


def fetch(visit: Visit, query: Query) -> Slice[Line]:
    """The orders that are asked for, the latest time first."""
    which = visit.asked.query.get("which", "")
    midnight = datetime.combine(visit.office.today, time(), visit.office.zone)
    wanted = rows.Wanted(
        words=query.words,
        states=_STATES.get(which, ()),
        since=midnight if which == "today" else None,
        until=midnight + timedelta(days=1) if which == "today" else None,
    )
    found = rows.page(visit.office.session, visit.scope, wanted, after=query.after, limit=query.limit)
    lines = [_line(visit, one) for one in found]
    return Slice(lines, rows.name_of(found[-1]) if len(found) == query.limit else "")


LISTING = Listing(
    title=say.ORDERS,
    at=ORDERS,
    columns=(
        Column("number", say.NUMBER, lambda one: one.number, href=lambda one: f"{CALENDAR}/{one.number}"),
        Column("when", say.TIME, lambda one: one.when),
        Column("title", say.SERVICE, lambda one: one.title),
        Column("who", say.WHO_DOES, lambda one: one.who),
        Column("state", say.STATE, lambda one: one.state),
        Column("phone", say.PHONE, lambda one: one.phone),
    ),
    fetch=fetch,
    hint=say.HINT,
    none=(say.NONE, say.NONE_WORDS, CALENDAR, say.NONE_BUTTON),
    filters=("which",),
)


@pages.get(ORDERS, roles=LOOKERS)
def orders(visit: Visit) -> Answer:
    found = listed(visit, LISTING)
    if isinstance(found, File):
        return found
    return View(
        "booking_orders.html", {"listed": found, "which": visit.asked.query.get("which", "")} | around("orders")
    )


@pages.get(WAITING, roles=LOOKERS)
def waiting(visit: Visit) -> Answer:
    """What nobody is left for on top, then who waits, then what became of the others."""
    session = visit.office.session
    left = [
        (desk.sight(visit.office, one), catalogue.able(session, one.station_id, one.service_id or ""))
        for one in rows.orphans(session, visit.scope)
    ]
    facts = {
        "orphans": left,
        "queue": [_place(visit, one) for one in rows.waits(session, visit.scope, MOST_WAITS)],
        "may": visit.me.role in KEEPERS,
    }
    return View("booking_waiting.html", facts | around("waiting"))


def _line(visit: Visit, one: Booking) -> Line:
    zone = visit.office.zone
    return Line(
        number=one.number,
        title=one.title,
        when=say.span(one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)),
        who=desk.name_of(visit.office, one),
        state=say.STATES[State(one.state)][0],
        phone=desk.phone_of(visit.office, one),
    )


def _place(visit: Visit, one: bookings.Waiting) -> Place:
    zone = visit.office.zone
    return Place(
        title=one.title,
        day=say.short_day(one.day),
        since=one.since.astimezone(zone),
        until=one.until.astimezone(zone),
        state=WaitState(one.state),
        offered=one.offered_at.astimezone(zone) if one.offered_at else None,
        held=one.held_until.astimezone(zone) if one.held_until else None,
        joined=one.created_at.astimezone(zone),
        log=tuple((row.at, What(row.what)) for row in bookings.waiting_history(visit.office.session, one.id)),
    )
