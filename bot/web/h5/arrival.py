"""What the hall's picture opens: whoever is known is checked in by having scanned it; a stranger reads what to do.

It is a GET that writes: the scan was the deed, a second button would stop the queue at the door, and doing it again
changes nothing. Whoever sends the link on has a minute or two, as with any code that is read aloud.
"""

from bot.rules import arrival
from bot.rules.activity import rotating
from bot.rules.activity.rotating import CodeNotOurs
from bot.rules.reach import RESIDENTS
from bot.store import activity as activities
from bot.web.h5.page import NotThere, Pages, View, Visit
from bot.wording.arrival import dialogue as say

pages = Pages()


@pages.get("/h5/check-in/{token}", for_all=True, asks=True)
def scanned(visit: Visit) -> View:
    """They are there. Raises as `arrival.scan`; refusals stand on the page with what can be done instead."""
    token = visit.path["token"][:64]
    if visit.resident is None:
        return View("arrived.html", {"title": _title(visit, token), "words": say.how_to_say(), "done": False})
    found = arrival.scan(visit.office, visit.resident, token, channel=RESIDENTS)
    return View("arrived.html", {"title": found.activity.title, "words": say.arrived(found), "done": True})


def _title(visit: Visit, token: str) -> str:
    """What a stranger stands before. Raises NotThere for what none of our screens ever showed, and CodeOver."""
    try:
        its = activities.activity(visit.office.session, rotating.read(visit.office, token))
    except CodeNotOurs as error:
        raise NotThere from error
    return its.title if its is not None else ""
