"""What stands around every page: the rail with its places and counts, who is signed in, what was just done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.web.console.page import Place, Visit
from bot.wording import console as say

MOST_PLACES = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as it stands on the rail."""

    key: str
    label: str
    path: str
    icon: str
    handy: bool
    count: int | None
    is_here: bool


def around(visit: Visit, places: Sequence[Place]) -> dict[str, object]:
    """The facts that every page has."""
    return {
        "me": visit.me,
        "role": say.ROLES[visit.me.role],
        "places": [_shown(place, visit) for place in places if visit.me.role in place.roles],
        "now": local_now(visit),
        "wall": visit.doors_now.astimezone(visit.office.zone),
        "at": visit.asked.at,
        "said": say.SAID.get(visit.asked.query.get("said", ""), ""),
    }


def outside(now: datetime) -> Mapping[str, object]:
    """The same for whoever is not signed in."""
    return {"me": None, "places": [], "now": now, "at": "", "said": ""}


def local_now(visit: Visit) -> datetime:
    """The moment in the community's own time zone."""
    return visit.office.now.astimezone(visit.office.zone)


def _shown(place: Place, visit: Visit) -> Shown:
    count = place.count(visit) if place.count is not None else None
    return Shown(place.key, place.label, place.path, place.icon, place.handy, count, place.holds(visit.asked.at))
