"""The hall's screen, for a projector: a picture to scan, digits to say, how many are there; renewed by itself."""

from bot.rules import arrival
from bot.rules.access import WORKERS
from bot.rules.activity import code_of, where
from bot.rules.arrival import Phase
from bot.store.activity import Activity
from bot.web import qr
from bot.web.console.arrival.held import BASES, held, here
from bot.web.console.page import Answer, Pages, View, Visit
from bot.wording.arrival import console as say

pages = Pages()
SECONDS = 5  # between two looks
NO_MORE = 286  # by which htmx stops asking


def show(visit: Visit) -> Answer:
    """The whole page; that somebody put it on a screen is written down."""
    its = held(visit)
    visit.noted("arrival.screen", its.code)
    facts = {"title": its.title, "where": where(visit.office, its), "wall_code": code_of(visit.office, its)}
    return View("hall.html", {**facts, **_now(visit, its)})


def now(visit: Visit) -> Answer:
    """What stands on it at this moment."""
    facts = _now(visit, held(visit))
    return View("hall_now.html", facts, 200 if facts["again"] else NO_MORE)


def _now(visit: Visit, its: Activity) -> dict[str, object]:
    shown = arrival.shown(visit.office, its)
    public = visit.public_url.rstrip("/")
    scans = bool(shown.token and public)
    return {
        "shown": shown,
        "phase": shown.phase.value,
        "digits": f"{shown.code[:3]} {shown.code[3:]}",
        "picture": qr.drawn(f"{public}/h5/check-in/{shown.token}") if scans else "",
        "there": say.there(shown.there.came, shown.there.walked_in, shown.enrolled - shown.there.walked_in),
        "again": SECONDS if shown.phase is not Phase.OVER else 0,
        "at_screen": f"{here(its)}/screen",
        "words": say,
    }


for base in BASES:
    pages.get(base + "/{id}/screen", roles=WORKERS)(show)
    pages.get(base + "/{id}/screen/now", roles=WORKERS)(now)
