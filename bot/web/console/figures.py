"""The figures of a year: few and large, each with its definition, its weeks, and the rows it counts."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from bot.rules import figures
from bot.rules.access import LEADS
from bot.rules.figures import BY_KEY, FIRST_YEAR, Figure, Shown, Year
from bot.store import figures as rows
from bot.store.figures import Counted, Part
from bot.store.staff import StaffRole
from bot.web.console.listing import Column, Listing, Query, Slice, listed, start_of, workbook
from bot.web.console.page import Answer, File, NotThere, Pages, View, Visit
from bot.wording import figures as say

pages = Pages()
FIGURES = "/console/figures"
ROLES = LEADS | {StaffRole.AUDITOR}
WIDE, HIGH = 260, 48
MOST_LOOKED_THROUGH = 100_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which year and part the figures are; `where` is the area's or station's name and what the address calls it."""

    year: Year
    part: Part
    where: str
    place: str

    def address(self, at: str = FIGURES, **changed: str) -> str:
        given = {"year": str(self.year.number), "place": self.place, **changed}
        kept = {name: value for name, value in given.items() if value}
        return f"{at}?{urlencode(kept)}" if kept else at


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure as it is drawn. `line` are the points of its thirteen weeks, `share` is that of the solved."""

    shown: Shown
    said: say.Said
    line: str
    area: str
    most: int
    last: tuple[float, float]
    share: int | None
    href: str


@pages.get(FIGURES, roles=ROLES)
def show(visit: Visit) -> Answer:
    """All figures of the year and the part, or the workbook of them."""
    asked = _asked(visit)
    found = figures.all_of(visit.office, asked.part, asked.year)
    if visit.asked.query.get("as") == "xlsx":
        visit.noted("figures.exported", asked.where, year=asked.year.number)
        return _workbook(asked, found)
    solved = next((one.value for one in found if one.figure.key == "solved"), None)
    facts = {
        "asked": asked,
        "drawn": [_drawn(asked, one, solved) for one in found],
        "kinds": [one for one in found if one.kinds],
        "years": range(visit.office.today.year, FIRST_YEAR - 1, -1),
        "areas": rows.areas_in(visit.office.session, visit.scope),
        "stations": rows.stations_in(visit.office.session, visit.scope),
        "words": say,
        "first": asked.year.monday,
        "wide": WIDE,
        "high": HIGH,
    }
    return View("figures.html", facts)


@pages.get(FIGURES + "/{key}", roles=ROLES)
def behind(visit: Visit) -> Answer:
    """The rows that one figure counts, without anything that names a person."""
    figure = BY_KEY.get(visit.asked.path["key"])
    if figure is None:
        raise NotThere
    asked = _asked(visit)
    found = listed(visit, _listing(figure, asked))
    visit.noted("figures.rows", figure.key, place=asked.where, year=asked.year.number)
    if isinstance(found, File):
        return found
    said = say.FIGURES[figure.key]
    value = figures.shown(visit.office, figure, asked.part, asked.year).value
    return View("figures_rows.html", {"listed": found, "asked": asked, "said": said, "value": value})


def _listing(figure: Figure, asked: Asked) -> Listing[Counted]:
    def fetch(visit: Visit, query: Query) -> Slice[Counted]:
        skip, limit = start_of(query), query.limit
        if query.words:  # refs of people are only made here, so they are looked through here
            every = figures.behind(visit.office, figure, asked.part, asked.year, skip=0, limit=MOST_LOOKED_THROUGH)
            found = [one for one in every if query.words.upper() in one.ref.upper()][skip : skip + limit]
        else:
            found = figures.behind(visit.office, figure, asked.part, asked.year, skip=skip, limit=limit)
        return Slice(found, str(skip + len(found)) if len(found) == limit else "")

    return Listing(
        title=say.FIGURES[figure.key].name,
        at=f"{FIGURES}/{figure.key}",
        columns=(
            Column("at", say.AT, lambda one: one.at),
            Column("ref", say.REF, lambda one: one.ref),
            Column("what", say.WHAT, lambda one: say.kind(one.what)),
            Column("many", say.MANY, lambda one: one.many),
        ),
        fetch=fetch,
        hint=say.HINT,
        none=(say.NONE, say.NONE_WORDS, "", ""),
        filters=("year", "place"),
    )


def _asked(visit: Visit) -> Asked:
    """Which part and year the address names. Raises NotThere for a part they may not see."""
    given = visit.asked.query
    text, now = given.get("year", ""), visit.office.today.year
    years = {str(one): one for one in range(FIRST_YEAR, now + 1)}
    place = given.get("place", "")
    kind, _, name = place.partition(":")
    try:
        wanted = UUID(name) if name else None
    except ValueError:
        raise NotThere from None
    is_station = kind == "station"
    part = figures.part_of(visit.office, visit.scope, None if is_station else wanted, wanted if is_station else None)
    if part is None:
        raise NotThere
    return Asked(
        figures.year_of(visit.office, years.get(text, now)), part, _name(visit, wanted, is_station=is_station), place
    )


def _name(visit: Visit, wanted: UUID | None, *, is_station: bool) -> str:
    session, scope = visit.office.session, visit.scope
    if wanted is None:
        return say.ALL
    if is_station:
        return next((one.name for one in rows.stations_in(session, scope) if one.id == wanted), "")
    return next((one.name for one in rows.areas_in(session, scope) if one.id == wanted), "")


def _drawn(asked: Asked, one: Shown, solved: int | None) -> Drawn:
    most = max(one.weeks, default=0)
    steps = max(len(one.weeks) - 1, 1)
    points = [
        (4 + (WIDE - 8) * number / steps, HIGH - 4 - (HIGH - 8) * (count / most if most else 0))
        for number, count in enumerate(one.weeks)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return Drawn(
        shown=one,
        said=say.FIGURES[one.figure.key],
        line=line,
        area=f"4,{HIGH - 4} {line} {WIDE - 4},{HIGH - 4}" if points else "",
        most=most,
        last=points[-1] if points else (0.0, 0.0),
        share=round(100 * (one.value or 0) / solved) if one.figure.in_time and solved else None,
        href=asked.address(f"{FIGURES}/{one.figure.key}"),
    )


def _workbook(asked: Asked, found: list[Shown]) -> File:
    """A row for each figure, with its definition and its weeks."""
    weeks = [f"{monday.month}/{monday.day}" for monday in asked.year.weeks[:-1]]
    lines = []
    for one in found:
        said = say.FIGURES[one.figure.key]
        value = say.CITY_ONLY if one.value is None else str(one.value)
        lines.append([said.name, value, said.unit, said.definition, *map(str, one.weeks)])
        lines += [[f"　{say.kind(what)}", str(many), said.unit] for what, many in one.kinds]
    head = [say.FIGURE, say.VALUE, say.UNIT, say.DEFINITION, *weeks]
    return workbook(say.file(asked.where, asked.year.number), head, lines)
