"""What is on, when, where and for whom there is still a place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.nlu import Thing
from bot.rules import station
from bot.rules.office import Office
from bot.store import activity as activities
from bot.store.activity import Activity, Kind, Standing
from bot.store.station import Station

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


def ahead(office: Office, days: Collection[date] = (), kind: Kind = Kind.ACTIVITY) -> list[Shown]:
    """What is on in the resident's community from now on, soonest first; on these days, where any are given."""
    found = activities.ahead(office.session, office.now, areas=areas_here(office), kind=kind)
    return [shown(office, its) for its in found if not days or day_of(office, its) in days]


def one(office: Office, activity_id: UUID, kind: Kind = Kind.ACTIVITY) -> Shown | None:
    """One of that kind, where it is still ahead."""
    its = activities.activity(office.session, activity_id)
    is_there = its is not None and its.kind == kind and its.is_published and its.ends_at > office.now
    return shown(office, its) if its is not None and is_there else None


def shown(office: Office, its: Activity) -> Shown:
    return Shown(its, where(office, its), left(office, its) if its.places else None)


def day_of(office: Office, its: Activity) -> date:
    """Its local day."""
    return its.starts_at.astimezone(office.zone).date()


def where(office: Office, its: Activity) -> str:
    """The station and the spot, whichever is known."""
    at = office.session.get(Station, its.station_id) if its.station_id else None
    return " ".join(filter(None, (at.name if at else "", its.spot)))


def left(office: Office, its: Activity) -> int:
    """How many places somebody new may have: what is free and nobody before them waits for."""
    if not its.places:
        return ENDLESS
    free = max(0, its.places - activities.taken(office.session, its.id))
    queue = activities.queue(office.session, its.id)
    is_waited_for = any(mine.state == Standing.WAITING and mine.persons <= free for mine in queue)
    return 0 if is_waited_for else free


def counts(office: Office, its: Activity) -> Counts:
    """The numbers the staff want to see."""
    on_roster = activities.roster(office.session, its.id)
    queue = activities.queue(office.session, its.id)
    return Counts(
        enrolled=sum(mine.persons for mine in on_roster),
        held=sum(mine.persons for mine in queue if mine.state == Standing.OFFERED),
        waiting=sum(mine.persons for mine in queue if mine.state == Standing.WAITING),
        came=sum(mine.persons for mine in on_roster if mine.state == Standing.CAME),
    )


def areas_here(office: Office) -> set[UUID] | None:
    """The communities of the counters a resident may be sent to; None where none is known."""
    rows = [office.session.get(Station, one.id) for one in station.serving(office.session).values()]
    return {row.area_id for row in rows if row is not None and row.area_id is not None} or None


def things(office: Office) -> Sequence[Thing]:
    """The activities ahead, by what they may be called."""
    return [Thing(KIND, str(its.id), its.names) for its in activities.ahead(office.session, office.now)]
