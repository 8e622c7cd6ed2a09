"""Where a complaint is, drawn here: the pin, the buildings around it with their numbers, the stations near."""

from html import escape

from bot.rules import surroundings
from bot.rules.access import READERS
from bot.rules.surroundings import Mark, Surroundings
from bot.web.console.page import Answer, File, NotThere, Pages, Visit
from bot.web.console.ticket import TICKET, found
from bot.web.ground import Frame
from bot.wording import inbox as words

pages = Pages()
WIDTH, HEIGHT, EDGE = 320, 220, 34
BAR_METRES = 100
PIN = "M0 0C-7 -9 -10 -14 -10 -19a10 10 0 1 1 20 0c0 5 -3 10 -10 19z"
GROUND, BUILDING, INK, STATION, HERE = "#eef1ec", "#cfd6cc", "#24302a", "#07783f", "#c02b20"


@pages.get(TICKET + "/map.svg", roles=READERS)
def drawn(visit: Visit) -> Answer:
    """The piece of ground around a ticket they may see."""
    row = found(visit)
    around = surroundings.of(visit.office, row)
    if around is None:
        raise NotThere
    visit.noted("ticket.map", row.number)
    return File(_drawing(around).encode(), "image/svg+xml")


def _drawing(around: Surroundings) -> str:
    marks = (*around.buildings, *around.stations)
    frame = Frame.around(
        [(around.here.lat, around.here.lon), *((one.lat, one.lon) for one in marks)], WIDTH, HEIGHT, EDGE
    )
    x, y = frame.at(around.here.lat, around.here.lon)
    bar = frame.pixels(BAR_METRES)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>'
        f"{''.join(_building(frame, one) for one in around.buildings)}"
        f"{''.join(_station(frame, one) for one in around.stations)}"
        f'<path d="{PIN}" transform="translate({x:.1f} {y:.1f})" fill="{HERE}" stroke="#fff"/>'
        f'<circle cx="{x:.1f}" cy="{y - 19:.1f}" r="3.5" fill="#fff"/>'
        f'<path d="M10 {HEIGHT - 10}h{bar:.1f}" stroke="{INK}" stroke-width="2"/>'
        f'<text x="10" y="{HEIGHT - 15}" font-size="11" fill="{INK}">{words.BAR}</text></svg>'
    )


def _building(frame: Frame, one: Mark) -> str:
    x, y = frame.at(one.lat, one.lon)
    return (
        f'<rect x="{x - 11:.1f}" y="{y - 8:.1f}" width="22" height="16" rx="2" fill="{BUILDING}"/>'
        f'<text x="{x:.1f}" y="{y + 4:.1f}" font-size="10" fill="{INK}" text-anchor="middle">{escape(one.label)}</text>'
    )


def _station(frame: Frame, one: Mark) -> str:
    x, y = frame.at(one.lat, one.lon)
    above = f'x="{x:.1f}" y="{y - 9:.1f}" font-size="10" text-anchor="middle"'
    return f'<g fill="{STATION}"><circle cx="{x:.1f}" cy="{y:.1f}" r="6"/><text {above}>{escape(one.label)}</text></g>'
