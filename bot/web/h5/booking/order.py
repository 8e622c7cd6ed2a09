"""Booking one thing: its calendar, a day's times, what else is needed, everything read back, booked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from bot.rules import booking
from bot.rules.booking import AHEAD_DAYS, HasItThen, NotThen, SlotTaken
from bot.rules.reach import RESIDENTS
from bot.rules.service import Thing
from bot.web import needs
from bot.web.h5.booking import asked, calendar
from bot.web.h5.page import Answer, Go, NotThere, Pages, View, Visit
from bot.web.needs import Told
from bot.wording import explain
from bot.wording import h5 as say
from bot.wording.booking import times

pages = Pages()


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be booked and when, or for which day the resident will wait."""

    thing: Thing
    start: datetime | None
    waits: date | None

    @property
    def at(self) -> str:
        return f"/h5/book/{self.thing.key}"

    @property
    def hidden(self) -> dict[str, str]:
        """What each form of the way carries on."""
        if self.start is not None:
            return {"start": calendar.spelled(self.start)}
        return {"wait": self.waits.isoformat() if self.waits else ""}

    @property
    def words(self) -> str:
        if self.start is not None:
            return times.span(self.start, self.thing.minutes)
        return say.waits_for(self.waits) if self.waits else ""

    @property
    def back(self) -> str:
        """The page on which the time was chosen."""
        day = self.start.date() if self.start is not None else self.waits
        return f"{self.at}/day/{day}"


@pages.get("/h5/book/{key}", for_all=True)
def days(visit: Visit) -> View:
    """The calendar of one thing."""
    thing = asked.thing(visit)
    board = booking.board(visit.office, thing)
    back = "/h5/rooms" if thing.venue_id else "/h5/book"
    facts = {"title": thing.title, "thing": thing, "about": say.lasts(thing.minutes), "moved": None}
    return View(
        "calendar.html",
        {**facts, "back": back, "into": f"/h5/book/{thing.key}/day", "months": calendar.months(board)},
    )


@pages.get("/h5/book/{key}/day/{day}", for_all=True)
def hours(visit: Visit) -> View:
    """The free times of a day; of a full one the waiting list and the next times."""
    thing, day = asked.thing(visit), asked.day(visit.path["day"])
    board = booking.board(visit.office, thing)
    at, now = f"/h5/book/{thing.key}", visit.office.now.astimezone(visit.office.zone)
    midnight = datetime.combine(day, datetime.min.time(), visit.office.zone)
    facts = {
        "title": times.day(midnight, now),
        "thing": thing,
        "at": at,
        "back": at,
        "to": f"{at}/needs",
        "moved": None,
    }
    free = board.free(day)
    if free:
        return View("hours.html", {**facts, "parts": calendar.parts(free)})
    wait = f"{at}/needs?{urlencode({'wait': day.isoformat()})}" if board.is_open(day) else ""
    return View("full.html", {**facts, "wait": wait, **calendar.instead(board, midnight)})


@pages.get("/h5/book/{key}/needs")
def needed(visit: Visit) -> View:
    """What else is needed, filled in as far as the resident let us keep it; nothing needed: everything read back."""
    wish = _wish(visit, visit.query)
    known = needs.remembered(visit.office, visit.resident_id)
    if not needs.of(wish.thing):
        return _read_back(wish, Told())
    return _form(wish, known)


@pages.post("/h5/book/{key}/check")
def check(visit: Visit) -> View:
    """Everything read back before anything is booked, or what is still wrong."""
    wish = _wish(visit, visit.form)
    told = needs.read(visit.office, wish.thing, visit.form, resident_id=visit.resident_id)
    return _form(wish, told, status=422) if told.wrong else _read_back(wish, told)


@pages.post("/h5/book/{key}")
def book(visit: Visit) -> Answer:
    """Book it, or take a place in the waiting list; where somebody was quicker, the nearest times are offered."""
    wish = _wish(visit, visit.form)
    told = needs.read(visit.office, wish.thing, visit.form, resident_id=visit.resident_id)
    if told.wrong:
        return _form(wish, told, status=422)
    if wish.start is None:
        return _queued(visit, wish, told)
    try:
        made = booking.book(
            visit.office,
            wish.thing,
            wish.start,
            resident_id=visit.resident_id,
            channel=RESIDENTS,
            contact=told.contact,
        )
    except HasItThen as refusal:
        if (refusal.title, refusal.start) == (wish.thing.title, wish.start):  # tapped twice
            return Go(f"/h5/bookings/{refusal.number}", "booked")
        raise
    except (SlotTaken, NotThen) as refusal:
        return _taken(visit, wish, told, explain(refusal))
    return Go(f"/h5/bookings/{made.number}", "booked")


def _wish(visit: Visit, said: Mapping[str, str]) -> Wish:
    """What the fields of a form or an address name. Raises NotThere."""
    thing = asked.thing(visit)
    if said.get("start"):
        return Wish(thing, asked.moment(visit, said["start"]), None)
    day = asked.day(said.get("wait", ""))
    if not 0 <= (day - visit.office.today).days <= AHEAD_DAYS:
        raise NotThere
    return Wish(thing, None, day)


def _form(wish: Wish, told: Told, *, status: int = 200) -> View:
    return View("needs.html", {"wish": wish, "needs": needs.of(wish.thing), "told": told}, status)


def _read_back(wish: Wish, told: Told) -> View:
    return View("check.html", {"wish": wish, "told": told})


def _taken(visit: Visit, wish: Wish, told: Told, why: str) -> View:
    """The nearest times that are free, with all that was told kept."""
    near = []
    if wish.start is not None:
        now = visit.office.now.astimezone(visit.office.zone)
        board = booking.board(visit.office, wish.thing)
        near = calendar.near(booking.nearest(board, max(wish.start, now), calendar.MOST_NEAR), now)
    return View("taken.html", {"wish": wish, "told": told, "why": why, "near": near}, 409)


def _queued(visit: Visit, wish: Wish, told: Told) -> Go:
    since = datetime.combine(wish.waits or visit.office.today, datetime.min.time(), visit.office.zone)
    booking.join(
        visit.office,
        wish.thing,
        since,
        since + timedelta(days=1),
        resident_id=visit.resident_id,
        channel=RESIDENTS,
        contact=told.contact,
    )
    return Go("/h5/bookings", "queued")
