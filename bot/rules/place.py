"""Which compound and building a resident means, and what we may remember of it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.messages import Spot
from bot.store import Session, place, resident
from bot.store.edition import kept
from bot.store.place import Area, Building, Compound

MOST = 8  # places that fit below one question
AROUND_DEGREES = 0.002  # about 220 metres


@dataclass(frozen=True, slots=True)
class Door:
    """Where somebody lives, as far as it is known."""

    compound_id: UUID | None = None
    building_id: UUID | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A door with the names that people use for it; `number` is empty for a whole compound."""

    door: Door
    compound: str
    number: str = ""

    @property
    def is_building(self) -> bool:
        return self.door.building_id is not None


@dataclass(frozen=True, slots=True)
class Named:
    """The places a text may mean: none, one, or several to choose from.

    `number` and `unit` as they were said; a number with no place is a building that does not exist, and `compound`
    is where it was looked for.
    """

    places: tuple[Address, ...] = ()
    number: str = ""
    unit: str = ""
    compound: Address | None = None

    @property
    def only(self) -> Address | None:
        return self.places[0] if len(self.places) == 1 else None


def named(session: Session, text: str, said: Mapping[str, str], within: UUID | None = None) -> Named:
    """The places a text names; `said` is its address slot, `within` the compound it is about if it names none."""
    number, unit = said.get("building", ""), said.get("unit", "")
    compounds = _compounds_in(session, text)
    if not number:
        return Named(tuple(Address(Door(one.id), one.name) for one in compounds), unit=unit)
    if not compounds and within is not None:
        compounds = [one for one in [place.compound(session, within)] if one]
    where = Address(Door(compounds[0].id), compounds[0].name) if len(compounds) == 1 else None
    return Named(_buildings(session, number, unit, compounds), number, unit, where)


def address(session: Session, door: Door) -> Address | None:
    """The names of a door that was kept; None when the place is gone."""
    return kept(session, (Address, door), lambda reading: _address_of(reading, door))


def _address_of(session: Session, door: Door) -> Address | None:
    building = place.building(session, door.building_id) if door.building_id else None
    compound_id = building.compound_id if building else door.compound_id
    compound = place.compound(session, compound_id) if compound_id else None
    if compound is None:
        return None
    return _address(building, compound, door.unit) if building else Address(Door(compound.id), compound.name)


def buildings(session: Session, compound: Address) -> list[Address]:
    """A compound's buildings, as people count them."""
    its = place.compound(session, compound.door.compound_id) if compound.door.compound_id else None
    if its is None:
        return []
    return [_address(one, its, "") for one in sorted(place.buildings_of(session, [its.id]), key=place.by_number)]


def compounds(session: Session) -> Sequence[Address]:
    """The compounds where they fit below a question, else none."""
    found = place.compounds(session, MOST + 1)
    return [Address(Door(one.id), one.name) for one in found] if len(found) <= MOST else []


def any_compound(session: Session) -> bool:
    return bool(place.compounds(session, 1))


def community_of(session: Session, door: Door) -> Area | None:
    """The community a door belongs to; without a door the only one there is."""
    return kept(session, (Area, door), lambda reading: _community_of(reading, door))


def _community_of(session: Session, door: Door) -> Area | None:
    found = address(session, door)
    if found is not None and found.door.compound_id is not None:
        compound = place.compound(session, found.door.compound_id)
        return place.area(session, compound.area_id) if compound else None
    communities = place.communities(session, 2)
    return communities[0] if len(communities) == 1 else None


def home_area(session: Session, resident_id: UUID) -> UUID | None:
    """The community somebody lives in, as far as they let us remember it; else the only one there is."""
    address = home(session, resident_id)
    found = community_of(session, address.door if address else Door())
    return found.id if found else None


def community_name(session: Session, address: Address) -> str:
    """The name of the community a place belongs to."""
    community = community_of(session, address.door)
    return community.name if community else ""


def spot_of(session: Session, door: Door) -> Spot | None:
    """Where a door is: its building's place, else its compound's, else that of any building there."""
    building = place.building(session, door.building_id) if door.building_id else None
    compound = place.compound(session, door.compound_id) if door.compound_id else None
    around = place.buildings_of(session, [compound.id]) if compound else []
    for one in (building, compound, *around):
        if one is not None and one.lat is not None and one.lon is not None:
            return Spot(one.lat, one.lon)
    return None


def compound_at(session: Session, spot: Spot) -> Address | None:
    """The compound whose nearest building stands near the spot; which building is meant stays open."""
    nearest: tuple[float, Building] | None = None
    for one in place.buildings_around(session, lat=spot.lat, lon=spot.lon, degrees=AROUND_DEGREES):
        away = math.hypot((one.lat or 0) - spot.lat, ((one.lon or 0) - spot.lon) * math.cos(math.radians(spot.lat)))
        if away <= AROUND_DEGREES and (nearest is None or away < nearest[0]):
            nearest = away, one
    return address(session, Door(nearest[1].compound_id)) if nearest else None


def home(session: Session, resident_id: UUID) -> Address | None:
    """Where the person lives, if they let us remember it and the building still stands."""
    kept = resident.home(session, resident_id)
    return address(session, Door(building_id=kept.building_id, unit=kept.unit)) if kept.building_id else None


def asks_for_the_first_time(session: Session, resident_id: UUID, now: datetime) -> bool:
    """Whether the person was never asked if we may remember where they live; from now on they were."""
    first = not resident.home(session, resident_id).asked
    if first:
        resident.ask_for_home(session, resident_id, now)
    return first


def remember(session: Session, resident_id: UUID, door: Door, now: datetime) -> None:
    """Keep the building, which the person agreed to."""
    if door.building_id is not None:
        resident.remember_home(session, resident_id, building_id=door.building_id, unit=door.unit, now=now)


def forget_home(session: Session, resident_id: UUID) -> None:
    """Forget where the person lives; they are not asked again."""
    resident.forget_home(session, resident_id)


def _compounds_in(session: Session, text: str) -> list[Compound]:
    """The compounds a text names; one whose name is only part of a longer name is not meant."""
    kept: list[tuple[str, Compound]] = []
    for name, compound in place.compounds_named_in(session, text):
        if compound not in [other for _, other in kept] and all(
            name not in longer or name == longer for longer, _ in kept
        ):
            kept.append((name, compound))
    return sorted((compound for _, compound in kept), key=lambda compound: compound.code)


def _buildings(session: Session, number: str, unit: str, compounds: Sequence[Compound]) -> tuple[Address, ...]:
    asked = Named, number, unit, tuple(one.id for one in compounds)
    return kept(session, asked, lambda reading: _buildings_of(reading, number, unit, compounds))


def _buildings_of(session: Session, number: str, unit: str, compounds: Sequence[Compound]) -> tuple[Address, ...]:
    if not compounds:
        found = place.numbered(session, number, MOST + 1)
        return tuple(_address(one, its, unit) for one, its in found)
    return tuple(
        _address(one, its, unit)
        for its in compounds
        for one in place.buildings_of(session, [its.id])
        if one.number == number
    )


def _address(building: Building, compound: Compound, unit: str) -> Address:
    """A unit that the building does not have was misheard, and is left out."""
    known = "" if unit.isdigit() and int(unit) > building.units else unit
    return Address(Door(compound.id, building.id, known), compound.name, building.number)
