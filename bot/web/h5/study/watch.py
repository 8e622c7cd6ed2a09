"""The way to what is to be watched: that it was opened is written down, then the browser goes to the row's address."""

from uuid import UUID

from bot.rules import study
from bot.rules.reach import RESIDENTS
from bot.rules.study import Picture, Showing
from bot.web.h5.page import Answer, Go, NotThere, Pages, View, Visit
from bot.wording.study import dialogue as say

pages = Pages()
WATCH = "/h5/watch/{id}"


@pages.get(WATCH)
def follow(visit: Visit) -> Answer:
    """To the live picture or the replay; before and between, where it stands and the offer to be told."""
    one = picture(visit)
    if one.is_open:
        return Go(study.follow(visit.office, one, visit.resident_id, channel=RESIDENTS))
    study.may(visit.office, one.activity, visit.resident_id)
    return View("watch.html", {"title": one.activity.title, **facts(visit, one)})


@pages.post(WATCH + "/tell")
def tell(visit: Visit) -> Answer:
    """They want to be told when there is something."""
    one = picture(visit)
    study.want(visit.office, one, visit.resident_id, channel=RESIDENTS)
    return Go(f"/h5/watch/{one.activity.id}", "will_tell")


def picture(visit: Visit) -> Picture:
    """The lesson of the address. Raises NotThere."""
    try:
        one = study.picture(visit.office, UUID(visit.path["id"]))
    except ValueError as error:
        raise NotThere from error
    if one is None:
        raise NotThere
    return one


def facts(visit: Visit, one: Picture) -> dict[str, object]:
    """What `_watch.html` shows of a lesson, on a page of anybody's: spread it into the page's own facts."""
    now = visit.office.now.astimezone(visit.office.zone)
    offers = {Showing.BEFORE: say.REMIND, Showing.WAITING: say.TELL}
    return {
        "watch": {
            "id": str(one.activity.id),
            "words": say.state(one, now),
            "open": {Showing.LIVE: say.OPEN_LIVE, Showing.REPLAY: say.OPEN_REPLAY}.get(one.showing, ""),
            "offer": offers.get(one.showing, ""),
            "known": visit.resident is not None,
            "shown": one.showing is not Showing.NOTHING,
        }
    }
