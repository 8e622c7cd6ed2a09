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
WIDTH, HEIGHT, EDGE = 288, 240, 36  # the panel beside a ticket, pixel by pixel
LEAST_METRES, BAR_METRES = 120, 100
HALF_WIDE, HALF_TALL, LETTER, BESIDE = 14, 10, 13, 12
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
        [(around.here.lat, around.here.lon), *((one.lat, one.lon) for one in marks)], WIDTH, HEIGHT, EDGE, LEAST_METRES
    )
    x, middle = frame.at(around.here.lat, around.here.lon)
    y = middle if around.shared else middle - HALF_TALL  # the number of the building stays to be read
    bar = frame.pixels(BAR_METRES)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>'
        f"{''.join(_building(frame, one) for one in around.buildings)}"
        f"{''.join(_station(frame, one) for one in around.stations)}"
        f'<path d="{PIN}" transform="translate({x:.1f} {y:.1f})" fill="{HERE}" stroke="#fff"/>'
        f'<circle cx="{x:.1f}" cy="{y - 19:.1f}" r="3.5" fill="#fff"/>'
        f'<path d="M10 {HEIGHT - 10}h{bar:.1f}" stroke="{INK}" stroke-width="2"/>'
        f'<text x="10" y="{HEIGHT - 16}" font-size="13" fill="{INK}">{words.BAR}</text></svg>'
    )


def _building(frame: Frame, one: Mark) -> str:
    x, y = frame.at(one.lat, one.lon)
    left, top = x - HALF_WIDE, y - HALF_TALL
    size = f'width="{2 * HALF_WIDE}" height="{2 * HALF_TALL}" rx="3"'
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" {size} fill="{BUILDING}" stroke="{GROUND}"/>'
        f'<text x="{x:.1f}" y="{y + 5:.1f}" font-size="{LETTER}" fill="{INK}" text-anchor="middle">'
        f"{escape(one.label)}</text>"
    )


def _station(frame: Frame, one: Mark) -> str:
    """A dot with its name on the side that has room for it."""
    x, y = frame.at(one.lat, one.lon)
    wide = len(one.label) * LETTER
    right = x + BESIDE + wide < WIDTH
    start = min(x + BESIDE, WIDTH - wide) if right or x - BESIDE < wide else x - BESIDE - wide
    return (
        f'<g fill="{STATION}"><circle cx="{x:.1f}" cy="{y:.1f}" r="7" stroke="#fff" stroke-width="2"/>'
        f'<text x="{start:.1f}" y="{y + 5:.1f}" font-size="{LETTER}"'
        f' stroke="{GROUND}" stroke-width="4" paint-order="stroke">{escape(one.label)}</text></g>'
    )
