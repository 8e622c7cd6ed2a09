"""A community's places and people on one chart, and whether it leaves any building without a person."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any, TypeVar
from uuid import UUID

from bot.store import Session, contact, grid, place, station
from bot.store.contact import Contact, Role
from bot.store.edition import kept
from bot.store.grid import Grid, GridBuilding
from bot.store.place import Area, Building, Compound
from bot.store.station import Counter

R = TypeVar("R")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Chart:
    """One community, small enough to be held at once; its questions are answered without the store.

    `coverage` is by building, `posts` by role and what they are for, vacancies among them.
    """

    community: Area
    compounds: Mapping[UUID, Compound]
    buildings: Mapping[UUID, Building]
    grids: Mapping[UUID, Grid]
    coverage: Mapping[UUID, Sequence[GridBuilding]]
    contacts: Mapping[UUID, Contact]
    posts: Mapping[tuple[str, UUID], Sequence[Contact]]
    counters: Sequence[Counter]
    answers: dict[Hashable, Any] = field(default_factory=dict, compare=False)  # what was found out about it before

    def buildings_of(self, compound_id: UUID) -> list[Building]:
        """A compound's buildings as people count them."""
        return sorted((b for b in self.buildings.values() if b.compound_id == compound_id), key=place.by_number)

    def units_told_apart(self, building: Building) -> list[str]:
        """The units, where different grids look after them; empty where the building is looked after as a whole."""
        said = {cover.unit for cover in self.coverage.get(building.id, ()) if cover.unit}
        units = said | {str(number + 1) for number in range(building.units)} if said else said
        return sorted(units, key=lambda unit: (len(unit), unit))

    def grids_over(self, building: Building, unit: str = "") -> list[Grid]:
        """The grids above a building or one unit of it, nearest first, up to the general one."""
        covers = [cover for cover in self.coverage.get(building.id, ()) if cover.unit in ("", unit)]
        covers.sort(key=lambda cover: (cover.unit != unit, self.grids[cover.grid_id].code))
        found: dict[UUID, Grid] = {}
        for cover in covers:
            found |= {above.id: above for above in self._upward(cover.grid_id) if above.id not in found}
        return sorted(found.values(), key=lambda one: _HEIGHT[one.kind])

    def holders(self, role: Role, scope: UUID) -> Sequence[Contact]:
        """Who holds the role for exactly that grid, building, compound or community; vacancies too."""
        return self.posts.get((role.value, scope), ())

    def _upward(self, grid_id: UUID) -> Iterator[Grid]:
        seen: set[UUID] = set()
        following = self.grids.get(grid_id)
        while following is not None and following.id not in seen:
            seen.add(following.id)
            yield following
            following = self.grids.get(following.parent_id) if following.parent_id else None


_HEIGHT = {
    grid.GridKind.MICRO.value: 0,
    grid.GridKind.SPECIAL.value: 1,
    grid.GridKind.ORDINARY.value: 2,
    grid.GridKind.GENERAL.value: 3,
}


def scope_of(post: Contact) -> UUID:
    """What the post is for; the database sees to it that there is exactly one."""
    return next(filter(None, (post.grid_id, post.building_id, post.compound_id, post.area_id)))


def chart(session: Session, community: Area) -> Chart:
    """Everything of one community, kept until somebody changes it."""
    return kept(session, (Chart, community.id), lambda reading: _drawn(reading, community.id))


def _drawn(session: Session, community_id: UUID) -> Chart:
    """The same in a handful of queries."""
    compounds = {one.id: one for one in place.compounds_of(session, community_id)}
    buildings = {one.id: one for one in place.buildings_of(session, compounds.keys())}
    grids = {one.id: one for one in grid.grids_of(session, community_id)}
    posts = contact.contacts_for(
        session, area_id=community_id, grids=grids.keys(), compounds=compounds.keys(), buildings=buildings.keys()
    )
    return Chart(
        community=place.the_area(session, community_id),
        compounds=compounds,
        buildings=buildings,
        grids=grids,
        coverage=_grouped(grid.coverage_of(session, grids.keys()), lambda cover: cover.building_id),
        contacts={post.id: post for post in posts},
        posts=_grouped(posts, lambda post: (post.role, scope_of(post))),
        counters=station.counters_of(session, community_id),
    )


def _grouped(rows: Iterable[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    groups: dict[K, list[R]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


class Gap(StrEnum):
    """What may be wrong with a chart."""

    NOBODY = "nobody"  # a building or unit without grid worker, building head, or anybody above
    NO_GRID = "no_grid"  # a building that no grid looks after
    OVERLAP = "overlap"  # two grids of one kind look after the same door
    VACANT = "vacant"  # a post without a person
    NO_STAND_IN = "no_stand_in"  # somebody on leave and nobody in their place


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: `where` is a compound with its building and unit, or the title of a post."""

    gap: Gap
    where: str
    number: str = ""
    unit: str = ""
    what: tuple[str, ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether somebody would ask for a person and be sent to a counter instead."""
        return self.gap is Gap.NOBODY


def findings(chart: Chart, today: date) -> list[Finding]:
    """Everything to mend, by building first, then by post."""
    found: list[Finding] = []
    for compound in chart.compounds.values():
        for building in chart.buildings_of(compound.id):
            found += _of_building(chart, compound, building, today)
    for post in chart.contacts.values():
        found += _of_post(chart, post, today)
    return found


def check(session: Session, communities: Iterable[UUID], today: date) -> list[Finding]:
    """The findings of these communities."""
    areas = [area for area_id in communities if (area := place.area(session, area_id))]
    return [
        found for area in sorted(areas, key=lambda area: area.code) for found in findings(chart(session, area), today)
    ]


def _of_building(chart: Chart, compound: Compound, building: Building, today: date) -> Iterator[Finding]:
    covers = chart.coverage.get(building.id, ())
    for one, other in combinations(covers, 2):
        grids = chart.grids[one.grid_id], chart.grids[other.grid_id]
        same_door = one.unit == other.unit or "" in (one.unit, other.unit)
        if same_door and grids[0] is not grids[1] and grids[0].kind == grids[1].kind:
            unit = one.unit or other.unit
            yield Finding(Gap.OVERLAP, compound.name, building.number, unit, (grids[0].name, grids[1].name))
    for unit in chart.units_told_apart(building) or [""]:
        if not chart.grids_over(building, unit):
            yield Finding(Gap.NO_GRID, compound.name, building.number, unit)
        if not _anybody(chart, building, unit, today):
            yield Finding(Gap.NOBODY, compound.name, building.number, unit)


def _of_post(chart: Chart, post: Contact, today: date) -> Iterator[Finding]:
    if not post.phone:
        yield Finding(Gap.VACANT, post.title)
    elif on_leave(post, today) and standing_in(chart, post, today) is None:
        yield Finding(Gap.NO_STAND_IN, post.title)


def _anybody(chart: Chart, building: Building, unit: str, today: date) -> bool:
    """Whether a grid worker or building head can be reached for this door."""
    scopes = [
        building.id,
        *(one.id for one in chart.grids_over(building, unit)),
        building.compound_id,
        chart.community.id,
    ]
    roles = (Role.BUILDING_HEAD, Role.GRID_WORKER)
    posts = [post for scope in scopes for role in roles for post in chart.holders(role, scope)]
    return any(at_work(chart, post, today) is not None for post in posts)


def at_work(chart: Chart, post: Contact, today: date) -> Contact | None:
    """Who answers for the post today: its holder, whoever stands in, or nobody."""
    if not post.phone:
        return None
    return standing_in(chart, post, today) if on_leave(post, today) else post


def on_leave(post: Contact, today: date) -> bool:
    """Leave counts its first and its last day; without a last day it goes on."""
    if post.leave_from is None or today < post.leave_from:
        return False
    return post.leave_until is None or today <= post.leave_until


def standing_in(chart: Chart, post: Contact, today: date) -> Contact | None:
    """Who stands in, one after the other where the first is away too; None when the line ends."""
    seen = {post.id}
    while post.stand_in_id is not None and post.stand_in_id not in seen and post.stand_in_id in chart.contacts:
        post = chart.contacts[post.stand_in_id]
        seen.add(post.id)
        if post.phone and not on_leave(post, today):
            return post
    return None
