"""The circle on foot: a map drawn here, which station reaches how many buildings, and who is left out."""

from collections.abc import Sequence

from bot.rules import circle
from bot.rules.access import READERS
from bot.rules.circle import MINUTES, Circle, What
from bot.rules.station import DETOUR, WALK_METRES_A_MINUTE
from bot.store.circle import Home
from bot.web.console.listing import workbook
from bot.web.console.page import Answer, File, Pages, View, Visit
from bot.web.ground import Frame
from bot.wording import circle as say

pages = Pages()
CIRCLE = "/console/circle"
WIDTH, HEIGHT, EDGE, CELL = 900, 600, 48, 14  # pixels; dots nearer than a cell are one
MOST_PLACES, MOST_GROUPS = 60, 60
GROUND, INK, COVERED, ALONE, PLACE = "#eef1ec", "#1c1c19", "#07783f", "#b3261e", "#1c5aa8"


@pages.get(CIRCLE, roles=READERS)
def show(visit: Visit) -> Answer:
    found = _circle(visit)
    facts = {
        "what": found.what.value,
        "summary": say.summary(found),
        "legend": say.legend(found.what),
        "alternative": say.alternative(found),
        "has_homes": bool(found.covered or found.groups),
        "reached": [
            {"number": number, "name": one.place.name, "buildings": one.buildings, "nearest": one.nearest}
            for number, one in enumerate(found.places[:MOST_PLACES], 1)
        ],
        "groups": [
            {"said": say.group(one), "buildings": say.buildings(one), "how_far": say.how_far(one)}
            for one in found.groups[:MOST_GROUPS]
        ],
        "more": max(0, len(found.groups) - MOST_GROUPS),
        "words": say,
    }
    return View("circle.html", facts)


@pages.get(CIRCLE + "/map.svg", roles=READERS, by_itself=True)
def drawn(visit: Visit) -> Answer:
    """The map; no tiles from outside, so that nobody learns where the staff look."""
    return File(svg(_circle(visit)).encode(), "image/svg+xml")


@pages.get(CIRCLE + "/table", roles=READERS)
def table(visit: Visit) -> Answer:
    """The list as a workbook."""
    found = _circle(visit)
    covered = [[say.COVERED_BY, one.place.name, str(one.buildings), "", "", ""] for one in found.places]
    alone = [
        [
            say.NOT_COVERED,
            "、".join(one.compounds),
            str(len(one.homes)),
            one.place.name if one.place else "",
            str(one.minutes) if one.place else "",
            say.buildings(one, most=len(one.homes)),
        ]
        for one in found.groups
    ]
    visit.noted("list.exported", CIRCLE, rows=len(covered) + len(alone))
    return workbook(say.SHEET_TITLES[found.what.value], say.HEADINGS, [*covered, *alone])


def svg(found: Circle) -> str:
    """Dots for buildings that are reached, crosses for those that are not, numbered squares for the places."""
    alone = [home for group in found.groups for home in group.homes]
    places = [one.place for one in found.places[:MOST_PLACES]]
    points = [(home.lat, home.lon) for home in (*found.covered, *alone)]
    points += [(one.lat or 0.0, one.lon or 0.0) for one in places]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
    ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>'
    if not points:
        return f"{head}{ground}</svg>"
    frame = Frame.around(points, WIDTH, HEIGHT, EDGE)
    reach = frame.pixels(MINUTES[found.what] * WALK_METRES_A_MINUTE / DETOUR)
    parts = [f'<circle cx="{x}" cy="{y}" r="6"/>' for x, y in _cells(frame, found.covered)]
    crosses = "".join(f"M{x - 6} {y - 6}l12 12m0 -12l-12 12" for x, y in _cells(frame, alone))
    squares = []
    for number, one in enumerate(places, 1):
        x, y = (round(value) for value in frame.at(one.lat or 0.0, one.lon or 0.0))
        squares.append(
            f'<circle cx="{x}" cy="{y}" r="{reach:.0f}" fill="none" stroke="{PLACE}" stroke-dasharray="4 4"/>'
            f'<rect x="{x - 16}" y="{y - 16}" width="32" height="32" rx="5" fill="{PLACE}"/>'
            f'<text x="{x}" y="{y + 7}" font-size="20" fill="#fff" text-anchor="middle">{number}</text>'
        )
    dots = (
        f'<g fill="{COVERED}">{"".join(parts)}</g><path d="{crosses}" stroke="{ALONE}" stroke-width="4" fill="none"/>'
    )
    return f"{head}{ground}{dots}{''.join(squares)}{_bar(frame)}</svg>"


def _bar(frame: Frame) -> str:
    """How long a stretch of the ground is."""
    line = f'<path d="M20 {HEIGHT - 16}h{frame.pixels(say.BAR_METRES):.0f}" stroke="{INK}" stroke-width="3"/>'
    return f'{line}<text x="20" y="{HEIGHT - 26}" font-size="24" fill="{INK}">{say.BAR}</text>'


def _cells(frame: Frame, homes: Sequence[Home]) -> list[tuple[int, int]]:
    """Where the buildings stand on the drawing, those side by side as one dot."""
    found: dict[tuple[int, int], None] = {}
    for home in homes:
        x, y = frame.at(home.lat, home.lon)
        found[round(x / CELL), round(y / CELL)] = None
    return [(x * CELL, y * CELL) for x, y in found]


def _circle(visit: Visit) -> Circle:
    asked = visit.asked.query.get("what", "")
    what = What(asked) if asked in set(What) else What.LEARNING
    return circle.circle_of(visit.office, visit.scope, what)
