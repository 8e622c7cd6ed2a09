"""A community's grids as a tree, with the posts that answer for each and the buildings each looks after."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.rules.grid import Chart, on_leave, scope_of, standing_in
from bot.store.contact import Contact
from bot.store.grid import Grid
from bot.store.place import by_number


@dataclass(frozen=True, slots=True)
class Estate:
    """Buildings of one compound, each with the unit where it is only one."""

    compound: str
    buildings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A grid with what stands below it."""

    grid: Grid
    posts: tuple[Contact, ...]
    estates: tuple[Estate, ...]
    below: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody on leave today, and who stands in; None: nobody."""

    post: Contact
    instead: Contact | None


def tree(chart: Chart, only: Collection[UUID] | None = None) -> list[Branch]:
    """The grids from the top down; `only` these and those above them where somebody sees no more."""
    grids = [one for one in chart.grids.values() if only is None or one.id in only]
    shown = {one.id for one in grids}
    return [_branch(chart, one, grids) for one in grids if one.parent_id not in shown]


def above_grids(chart: Chart) -> list[Contact]:
    """The posts for the whole community, and for its compounds."""
    wide = {chart.community.id, *chart.compounds}
    return [post for post in chart.contacts.values() if scope_of(post) in wide]


def away(chart: Chart, today: date) -> list[Away]:
    """Who is on leave today."""
    return [Away(post, standing_in(chart, post, today)) for post in chart.contacts.values() if on_leave(post, today)]


def _branch(chart: Chart, grid: Grid, grids: Sequence[Grid]) -> Branch:
    mine = [cover for covers in chart.coverage.values() for cover in covers if cover.grid_id == grid.id]
    buildings = sorted(((chart.buildings[one.building_id], one.unit) for one in mine), key=lambda of: by_number(of[0]))
    estates = tuple(
        Estate(compound.name, tuple((one.number, unit) for one, unit in buildings if one.compound_id == compound.id))
        for compound in chart.compounds.values()
        if any(one.compound_id == compound.id for one, _ in buildings)
    )
    scopes = {grid.id, *(one.id for one, _ in buildings)}
    posts = tuple(post for post in chart.contacts.values() if scope_of(post) in scopes)
    below = tuple(_branch(chart, one, grids) for one in grids if one.parent_id == grid.id)
    return Branch(grid, posts, estates, below)
