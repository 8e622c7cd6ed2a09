"""Who is to be called: the holder of a role for a door, whoever stands in, else the next one up, never nobody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from bot.rules import grid, place, station
from bot.rules.grid import Chart
from bot.rules.hours import Week
from bot.rules.place import Address, Door
from bot.store import Session
from bot.store.contact import Contact, Role
from bot.store.place import Building
from bot.store.station import Counter, StationKind

NEXT_BEST = {
    Role.BUILDING_HEAD: (Role.GRID_WORKER, Role.COMMUNITY),
    Role.GRID_WORKER: (Role.COMMUNITY,),
    Role.POLICE: (Role.COMMUNITY,),
    Role.PROPERTY: (Role.COMMUNITY,),
    Role.SECRETARY: (Role.COMMUNITY,),
    Role.COMMUNITY: (Role.STATION,),
    Role.STATION: (Role.COMMUNITY,),
}
OF_A_BUILDING = (Role.GRID_WORKER, Role.BUILDING_HEAD)
MOST_ANSWERS = 4096
COUNTERS = {Role.COMMUNITY: StationKind.COMMUNITY, Role.STATION: StationKind.LIFE}


class Missing(StrEnum):
    """What must still be known before one person can be named."""

    COMPOUND = "compound"
    BUILDING = "building"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Reached:
    """A post or counter that can be called; `contact_id` is the post's, None for a counter."""

    role: Role
    title: str
    phone: str
    hours: Week = field(compare=False)
    address: str = ""
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Who answers. `wanted` differs from `who.role` where that post is vacant or does not exist.

    `absent` is on leave, `back` their last day of it if it is known; `who` stands in or is the next one up.
    """

    wanted: Role
    who: Reached
    absent: str = ""
    back: date | None = None

    @property
    def is_next_best(self) -> bool:
        return self.who.role is not self.wanted


def who(session: Session, role: Role, door: Door, today: date) -> Found | Missing | None:
    """The person for that role and door, or what must be asked first; None where nobody is known at all."""
    community = place.community_of(session, door)
    if community is not None:
        return find(grid.chart(session, community), role, door, today)
    if place.any_compound(session):
        return Missing.BUILDING if role in OF_A_BUILDING else Missing.COMPOUND
    counters = list(station.serving(session).values())
    return next(
        (Found(role, reached) for one in (role, *NEXT_BEST[role]) if (reached := _counter(counters, one))), None
    )


def units(session: Session, address: Address) -> list[str]:
    """The units of a building that different grids look after."""
    community = place.community_of(session, address.door)
    if community is None or address.door.building_id is None:
        return []
    found = grid.chart(session, community)
    return found.units_told_apart(found.buildings[address.door.building_id])


def find(chart: Chart, role: Role, door: Door, today: date) -> Found | Missing | None:
    """The one person for everybody who may live behind that door, else what is missing.

    None: there is nobody in this community, not even a counter.
    """
    asked = role, door, today
    try:
        found: Found | Missing | None = chart.answers[asked]
    except KeyError:
        if len(chart.answers) >= MOST_ANSWERS:
            chart.answers.clear()
        found = chart.answers[asked] = _sought(chart, role, door, today)
    return found


def _sought(chart: Chart, role: Role, door: Door, today: date) -> Found | Missing | None:
    answers = {_for_one(chart, role, building, unit, today) for building, unit in _doors(chart, door)}
    if len(answers) == 1:
        return answers.pop()
    if door.building_id is not None:
        return Missing.UNIT
    if door.compound_id is not None or not _by_compound(chart, role, today):
        return Missing.BUILDING
    return Missing.COMPOUND


def _by_compound(chart: Chart, role: Role, today: date) -> bool:
    """Whether knowing the compound is enough, wherever it is."""
    return all(
        len({_for_one(chart, role, building, unit, today) for building, unit in _doors(chart, Door(compound))}) == 1
        for compound in chart.compounds
    )


def _doors(chart: Chart, door: Door) -> Iterator[tuple[Building | UUID | None, str]]:
    """Every door that `door` may mean: a building with a unit, or the compound alone where no building is known."""
    if door.building_id is not None:
        building = chart.buildings[door.building_id]
        told_apart = chart.units_told_apart(building)
        for unit in [door.unit] if door.unit or not told_apart else told_apart:
            yield building, unit
        return
    for compound in [door.compound_id] if door.compound_id else chart.compounds:
        buildings = chart.buildings_of(compound)
        for building in buildings:
            yield from _doors(chart, Door(compound, building.id))
        if not buildings:
            yield compound, ""
    if not chart.compounds:
        yield None, ""


def _for_one(chart: Chart, role: Role, where: Building | UUID | None, unit: str, today: date) -> Found | None:
    scopes = _scopes(chart, where, unit)
    absent: Contact | None = None
    for candidate in (role, *NEXT_BEST[role]):
        for post in _posts(chart, candidate, scopes):
            found = grid.at_work(chart, post, today)
            if candidate is role and post.phone and found is not post:
                absent = absent or post
            if found is not None:
                return _found(role, _reached(found, candidate), absent)
        if counter := _counter(chart.counters, candidate):
            return _found(role, counter, absent)
    return None


def _found(role: Role, who: Reached, absent: Contact | None) -> Found:
    if absent is None:
        return Found(role, who)
    return Found(role, who, absent.title, absent.leave_until)


def _scopes(chart: Chart, where: Building | UUID | None, unit: str) -> list[UUID]:
    """From the door outwards: building, its grids upwards, compound, community."""
    if isinstance(where, Building):
        return [where.id, *(one.id for one in chart.grids_over(where, unit)), where.compound_id, chart.community.id]
    return [chart.community.id] if where is None else [where, chart.community.id]


def _posts(chart: Chart, role: Role, scopes: Iterable[UUID]) -> Iterator[Contact]:
    for scope in scopes:
        yield from chart.holders(role, scope)


def _reached(post: Contact, role: Role) -> Reached:
    return Reached(role, post.title, post.phone, post.hours, contact_id=post.id)


def _counter(counters: Iterable[Counter], role: Role) -> Reached | None:
    """The community's own counter, or its station, where no contact holds that role."""
    kind = COUNTERS.get(role)
    for counter in counters:
        if counter.kind == kind:
            return Reached(role, counter.name, counter.phone, counter.hours, counter.address)
    return None
