"""Grids on one page: what is to be mended first, who is away, then the tree with its posts and buildings."""

from bot.rules import grid, grid_tree
from bot.rules.access import READERS
from bot.rules.grid import Chart, Finding
from bot.store import place, scope
from bot.store.grid import Grid
from bot.store.place import Area
from bot.web.console.page import Answer, NotThere, Pages, Place, View, Visit
from bot.wording import grid as say_grid
from bot.wording import places as say

pages = Pages()
PLACES = "/console/places"
CONTACTS = "/console/contacts"
MOST_COMMUNITIES = 500
ALSO = ("/console/circle", "/console/contacts", "/console/stations", "/console/holidays", "/console/sheets")
PLACE = Place("places", say.TITLE, PLACES, "place", READERS, handy=True, also=ALSO)


@pages.get(PLACES, roles=READERS)
def show(visit: Visit) -> Answer:
    """One community; where they see several, the one that is chosen."""
    areas = _communities(visit)
    code = visit.asked.query.get("area", "")
    chosen = next((area for area in areas if area.code == code), None) if code else next(iter(areas), None)
    if chosen is None:
        if code:
            raise NotThere
        return View("places.html", {"words": say, "areas": [], "chosen": None})
    return View("places.html", _facts(visit, areas, chosen))


def _facts(visit: Visit, areas: list[Area], chosen: Area) -> dict[str, object]:
    chart = grid.chart(visit.office.session, chosen)
    only = None if _sees(visit, chosen) else visit.scope.grids
    found = grid.findings(chart, visit.office.today) if only is None else []
    branches = grid_tree.tree(chart, only)
    here = _ids(branches)
    away = [one for one in grid_tree.away(chart, visit.office.today) if only is None or one.post.id in here]
    return {
        "words": say,
        "areas": [(area.code, area.name) for area in areas],
        "chosen": chosen.name,
        "code": chosen.code,
        "findings": [(say_grid.finding(one), _leads_to(chart, one), one.is_error) for one in found],
        "away": away,
        "posts": grid_tree.above_grids(chart) if only is None else [],
        "branches": branches,
    }


def _ids(branches: list[grid_tree.Branch]) -> set[object]:
    return {post.id for one in branches for post in one.posts} | {
        id_ for one in branches for id_ in _ids(list(one.below))
    }


def _sees(visit: Visit, area: Area) -> bool:
    """Whether all of the community is theirs."""
    return visit.scope.everything or area.id in visit.scope.areas


def _communities(visit: Visit) -> list[Area]:
    """The communities of which they see anything."""
    session = visit.office.session
    ids = visit.scope.areas | {row.area_id for id_ in visit.scope.grids if (row := session.get(Grid, id_)) is not None}
    if visit.scope.everything:
        ids = scope.communities(session)
    found = [area for id_ in ids if (area := place.area(session, id_)) and area.level == place.Level.COMMUNITY]
    return sorted(found, key=lambda area: area.code)[:MOST_COMMUNITIES]


def _leads_to(chart: Chart, found: Finding) -> str:
    """Where it is mended."""
    if found.number:
        return "/console/sheets"
    post = next((one for one in chart.contacts.values() if one.title == found.where), None)
    return f"{CONTACTS}/{post.id}" if post is not None else CONTACTS
