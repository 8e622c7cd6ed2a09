"""Another time for a booking: the calendar again, the times of the day, old and new read back."""

from datetime import datetime

from bot.rules import booking
from bot.rules.booking import Board, NotThen, SlotTaken
from bot.store.booking import Booking
from bot.web.h5.booking import asked, calendar
from bot.web.h5.booking.mine import span
from bot.web.h5.page import Answer, Go, Pages, View, Visit
from bot.wording import explain
from bot.wording.booking import times

pages = Pages()


@pages.get("/h5/bookings/{number}/move")
def days(visit: Visit) -> View:
    found = asked.own(visit)
    at = f"/h5/bookings/{found.number}"
    board = _board(visit, found)
    facts = {"title": found.title, "thing": board.thing, "about": "", "moved": span(visit, found)}
    return View(
        "calendar.html",
        {**facts, "back": at, "into": f"{at}/move/day", "months": calendar.months(board)},
    )


@pages.get("/h5/bookings/{number}/move/day/{day}")
def hours(visit: Visit) -> View:
    """The free times of a day; of a full one the next times."""
    found, day = asked.own(visit), asked.day(visit.path["day"])
    board, now = _board(visit, found), visit.office.now.astimezone(visit.office.zone)
    at = f"/h5/bookings/{found.number}/move"
    midnight = datetime.combine(day, datetime.min.time(), visit.office.zone)
    facts = {"title": times.day(midnight, now), "thing": board.thing, "back": at, "to": f"{at}/check"}
    free = [one for one in board.free(day) if one.start != found.starts_at]
    if free:
        return View("hours.html", {**facts, "parts": calendar.parts(free), "moved": span(visit, found)})
    return View("full.html", {**facts, "wait": "", "moved": span(visit, found), **calendar.instead(board, midnight)})


@pages.get("/h5/bookings/{number}/move/check")
def check(visit: Visit) -> View:
    """Old and new, before anything changes."""
    found, start = asked.own(visit), asked.moment(visit, visit.query.get("start", ""))
    return View(
        "move.html",
        {
            "number": found.number,
            "title": found.title,
            "before": span(visit, found),
            "after": times.span(start, found.minutes),
            "start": calendar.spelled(start),
            "back": f"/h5/bookings/{found.number}/move/day/{start.date()}",
        },
    )


@pages.post("/h5/bookings/{number}/move")
def move(visit: Visit) -> Answer:
    """The new time first, then the old one is free; where somebody was quicker, the nearest times are offered."""
    found, start = asked.own(visit), asked.moment(visit, visit.form.get("start", ""))
    at = f"/h5/bookings/{found.number}"
    if found.is_live and found.starts_at == start:  # tapped twice
        return Go(at, "moved")
    try:
        booking.reschedule(visit.office, found.id, start)
    except (SlotTaken, NotThen) as refusal:
        now = visit.office.now.astimezone(visit.office.zone)
        near = calendar.near(booking.nearest(_board(visit, found), max(start, now), calendar.MOST_NEAR), now)
        facts = {"why": explain(refusal), "near": near, "to": f"{at}/move/check", "back": f"{at}/move"}
        return View("moved_not.html", facts, 409)
    return Go(at, "moved")


def _board(visit: Visit, found: Booking) -> Board:
    """What is free for it; its own time counts as free. Raises as `changeable`."""
    booking.changeable(visit.office, found.id)
    thing = booking.thing_of(visit.office, found)
    return booking.board(visit.office, thing, found.minutes, besides=found.id)
