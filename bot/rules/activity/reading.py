"""What is on, when, where and for whom there is still a place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.nlu import Thing
from bot.rules import station
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store.activity import Activity, Heads, Kind
from bot.store.station import Station, names

ENDLESS = 1_000_000  # places of an activity that is open to everybody
KIND = "activity"


@dataclass(frozen=True, slots=True)
class Shown:
    """An activity as residents read of it. `left` is None where it is open to everybody."""

    activity: Activity
    where: str
    left: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people: with a place, held for somebody, waiting, there."""

    enrolled: int
    held: int
    waiting: int
    came: int


@dataclass(frozen=True, slots=True)
class Around:
    """What several that are shown together need: who stands how in each, and how their stations are called."""

    heads: Mapping[UUID, Heads]
    stations: Mapping[UUID, str]


def ahead(office: Office, days: Collection[date] = (), kind: Kind = Kind.ACTIVITY) -> list[Shown]:
    """What is on in the resident's community from now on, soonest first; on these days, where any are given."""
    found = activities.ahead(office.session, office.now, areas=areas_here(office), kind=kind)
    found = [its for its in found if not days or day_of(office, its) in days]
    seen = around(office, found)
    return [shown(office, its, seen) for its in found]


def one(office: Office, activity_id: UUID, kind: Kind = Kind.ACTIVITY) -> Shown | None:
    """One of that kind, where it is still ahead."""
    its = activities.activity(office.session, activity_id)
    is_there = its is not None and its.kind == kind and its.is_published and its.ends_at > office.now
    return shown(office, its) if its is not None and is_there else None


def around(office: Office, found: Collection[Activity]) -> Around:
    """What is needed to show several, in two statements however many they are."""
    heads = activities.heads(office.session, [its.id for its in found])
    stations = {its.station_id for its in found if its.station_id is not None}
    return Around(heads, names(office.session, stations) if stations else {})


def shown(office: Office, its: Activity, seen: Around | None = None) -> Shown:
    return Shown(its, where(office, its, seen), left(office, its, seen) if its.places else None)


def day_of(office: Office, its: Activity) -> date:
    """Its local day."""
    return its.starts_at.astimezone(office.zone).date()


def where(office: Office, its: Activity, seen: Around | None = None) -> str:
    """The station and the spot, whichever is known. `seen`: whoever shows several has read it for all at once."""
    if its.station_id is None:
        return its.spot
    found = seen.stations if seen else names(office.session, [its.station_id])
    return " ".join(filter(None, (found.get(its.station_id, ""), its.spot)))


def left(office: Office, its: Activity, seen: Around | None = None) -> int:
    """How many places somebody new may have: what is free and nobody before them waits for. `seen` as above."""
    if not its.places:
        return ENDLESS
    there = (seen.heads if seen else activities.heads(office.session, [its.id]))[its.id]
    free = max(0, its.places - there.taken)
    return 0 if there.waiting and there.shortest <= free else free


def counts(office: Office, its: Activity, seen: Around | None = None) -> Counts:
    """The numbers the staff want to see; `seen` as above."""
    there = (seen.heads if seen else activities.heads(office.session, [its.id]))[its.id]
    return Counts(there.enrolled + there.came, there.held, there.waiting, there.came)


def areas_here(office: Office) -> set[UUID] | None:
    """The communities of the counters a resident may be sent to; None where none is known."""
    rows = [office.session.get(Station, one.id) for one in station.serving(office.session).values()]
    return {row.area_id for row in rows if row is not None and row.area_id is not None} or None


def things(office: Office) -> Sequence[Thing]:
    """The activities ahead, by what they may be called."""
    return [Thing(KIND, str(its.id), its.names) for its in activities.ahead(office.session, office.now)]
