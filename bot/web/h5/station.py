"""Stations for residents: on a list and on a map drawn here, with their hours and what one may do there."""

from dataclasses import dataclass

from bot.rules import station
from bot.store.station import Counter
from bot.web.ground import Frame
from bot.web.h5.page import File, NotThere, Pages, View, Visit
from bot.wording import h5 as say
from bot.wording import station as say_station

pages = Pages()
MOST = 60
WIDTH, HEIGHT, EDGE = 640, 420, 60


@dataclass(frozen=True, slots=True)
class Shown:
    """A station as the list shows it."""

    station: Counter
    is_open: bool
    standing: str
    facilities: tuple[str, ...]


@pages.get("/h5/stations", for_all=True)
def stations(visit: Visit) -> View:
    found = [_shown(visit, one) for one in station.all_of(visit.office.session, MOST)]
    return View("stations.html", {"stations": found, "mapped": sum(one.station.lat is not None for one in found) > 1})


@pages.get("/h5/stations/map.svg", for_all=True)
def drawn(visit: Visit) -> File:
    """The stations where they lie to each other."""
    placed = [one for one in station.all_of(visit.office.session, MOST) if one.lat is not None and one.lon is not None]
    return File(_map(placed).encode(), "image/svg+xml")


@pages.get("/h5/stations/{code}", for_all=True)
def one_station(visit: Visit) -> View:
    found = station.coded(visit.office.session, visit.path["code"])
    if found is None:
        raise NotThere
    return View("station.html", {"one": _shown(visit, found), "hours": say_station.hours(found.hours)})


def _shown(visit: Visit, found: Counter) -> Shown:
    now = visit.office.now.astimezone(visit.office.zone)
    opening = station.opening(visit.office.session, found, now)
    may = tuple(say.FACILITIES[one] for one in found.facilities if one in say.FACILITIES)
    return Shown(found, opening.is_open, say_station.standing(opening, now), may)


def _map(placed: list[Counter]) -> str:
    """Points on a plain ground, each with its number in the list, and a bar that shows 500 metres."""
    if not placed:
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"/>'
    frame = Frame.around([(one.lat or 0.0, one.lon or 0.0) for one in placed], WIDTH, HEIGHT, EDGE)
    points = []
    for number, one in enumerate(placed, 1):
        x, y = frame.at(one.lat or 0.0, one.lon or 0.0)
        points.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="19" fill="#07a35a"/>'
            f'<text x="{x:.0f}" y="{y + 7:.0f}" font-size="20" fill="#fff" text-anchor="middle">{number}</text>'
        )
    bar = frame.pixels(500)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#eef3ee"/>{"".join(points)}'
        f'<path d="M20 {HEIGHT - 20}h{bar:.0f}" stroke="#333" stroke-width="3"/>'
        f'<text x="20" y="{HEIGHT - 28}" font-size="16" fill="#333">{say.BAR}</text></svg>'
    )
