"""Contests: what is asked for, and the gallery of what was sent in and looked at."""

from uuid import UUID

from bot.rules import contest
from bot.rules.contest import Piece
from bot.store.contest import Contest
from bot.web.h5.page import File, NotThere, Pages, View, Visit
from bot.wording import contest as say

pages = Pages()
CONTESTS = "/h5/contests"
ONE = CONTESTS + "/{id}"


@pages.get(CONTESTS, for_all=True)
def contests(visit: Visit) -> View:
    now, zone = visit.office.now, visit.office.zone
    lines = [
        {
            "id": str(one.id),
            "title": one.title,
            "until": say.until(one.closes_at.astimezone(zone)),
            "open": one.is_open(now),
        }
        for one in contest.shown(visit.office)
    ]
    return View("contests.html", {"lines": lines})


@pages.get(ONE, for_all=True)
def one(visit: Visit) -> View:
    """Its terms, how it ended, and everything that is on show."""
    its = found(visit)
    told = its.results_at is not None
    facts = {
        "id": str(its.id),
        "title": its.title,
        "terms": its.words,
        "until": say.until(its.closes_at.astimezone(visit.office.zone)),
        "is_open": its.is_open(visit.office.now),
        "results": its.results if told else "",
        "most": its.most,
        "pieces": [_piece(one, told=told) for one in contest.on_show(visit.office, its)],
    }
    return View("contest.html", facts)


@pages.get(ONE + "/pictures/{picture}", for_all=True)
def picture(visit: Visit) -> File:
    """A picture of an entry that is on show; `small` for the gallery."""
    its, small = found(visit), visit.query.get("small") == "1"
    jpeg = contest.picture(visit.office, its.id, _id(visit.path["picture"]), small=small)
    if jpeg is None:
        raise NotThere
    return File(jpeg, "image/jpeg")


def found(visit: Visit) -> Contest:
    """The contest of the address, while residents may read of it."""
    wanted = _id(visit.path["id"])
    its = next((one for one in contest.shown(visit.office) if one.id == wanted), None)
    if its is None:
        raise NotThere
    return its


def _piece(one: Piece, *, told: bool) -> dict[str, object]:
    return {
        "number": one.entry.number,
        "title": one.title,
        "name": one.name,
        "prize": one.entry.prize if told else "",
        "pictures": [str(picture) for picture in one.pictures],
    }


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotThere from error
