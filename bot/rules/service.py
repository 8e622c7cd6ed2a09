"""What can be booked at a station: the city's list with the station's own word, who does it, and the rooms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.rules import station
from bot.store import Session
from bot.store import service as services
from bot.store.service import Service, StationService, Venue, Where
from bot.store.station import Counter, StationKind


@dataclass(frozen=True, slots=True)
class Resource:
    """Somebody or some room: how many orders at a time, and the weekly hours."""

    id: UUID
    name: str
    capacity: int
    week: Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Thing:
    """A service or room as one station offers it; `resources` are those who can do it, in the order they are tried."""

    title: str
    station_id: UUID
    service_id: str | None
    venue_id: UUID | None
    visit: bool
    minutes: int
    lead_minutes: int
    resources: tuple[Resource, ...]
    price: str = ""
    area: str = ""
    conditions: str = ""

    @property
    def key(self) -> str:
        """What it is called in a form: a service's id, or `venue:` and a room's."""
        return self.service_id or f"venue:{self.venue_id}"


def life_station(session: Session) -> Counter | None:
    """The station whose services a resident books."""
    return station.serving(session).get(StationKind.LIFE.value)


def catalogue(session: Session) -> list[Thing]:
    """What the station offers and has somebody for, in the city's order."""
    here = life_station(session)
    if here is None:
        return []
    own, served = services.own_words(session, here.id), services.served_at(session, here.id)
    return [
        _thing(session, one, own.get(one.id), here.id)
        for one in services.services(session)
        if one.id in served and (one.id not in own or own[one.id].offered)
    ]


def service(session: Session, service_id: str, station_id: UUID | None = None) -> Thing | None:
    """One service as the station offers it, even while nobody does it; None where it is not offered."""
    here = station_id or getattr(life_station(session), "id", None)
    one = services.service(session, service_id)
    if one is None or here is None:
        return None
    own = services.own_word(session, here, service_id)
    return None if own is not None and not own.offered else _thing(session, one, own, here)


def rooms(session: Session) -> list[Thing]:
    """The rooms that residents may book, those of the learning station first."""
    stations = station.serving(session)
    ids = [stations[kind.value].id for kind in (StationKind.LEARNING, StationKind.COMMUNITY) if kind.value in stations]
    return [_room(session, one) for one in services.venues(session, ids)]


def room(session: Session, venue_id: UUID) -> Thing | None:
    """One room, where it may be used."""
    found = services.venue(session, venue_id)
    return _room(session, found) if found and found.active else None


def thing(session: Session, key: str, station_id: UUID | None = None) -> Thing | None:
    """What `Thing.key` named."""
    if key.startswith("venue:"):
        return room(session, UUID(key.removeprefix("venue:")))
    return service(session, key, station_id)


def _thing(session: Session, one: Service, own: StationService | None, station_id: UUID) -> Thing:
    """The city's word, and over it what the station says otherwise."""
    week = services.hours_of(session, station_id)
    resources = tuple(
        Resource(who.id, who.name, who.capacity, who.hours or week)
        for who in services.providers_of(session, station_id, one.id)
    )
    return Thing(
        title=one.name,
        station_id=station_id,
        service_id=one.id,
        venue_id=None,
        visit=one.place == Where.VISIT,
        minutes=_other(own.minutes if own else None, one.minutes),
        lead_minutes=_other(own.lead_minutes if own else None, one.lead_minutes),
        resources=resources,
        price=_said(own.price if own else None, one.price),
        area=_said(own.area if own else None, one.area),
        conditions=_said(own.conditions if own else None, one.conditions),
    )


def _other(own: int | None, city: int) -> int:
    return city if own is None else own


def _said(own: str | None, city: str) -> str:
    return city if own is None else own


def _room(session: Session, one: Venue) -> Thing:
    week = one.hours or services.hours_of(session, one.station_id)
    return Thing(
        title=one.name,
        station_id=one.station_id,
        service_id=None,
        venue_id=one.id,
        visit=False,
        minutes=one.minutes,
        lead_minutes=one.lead_minutes,
        resources=(Resource(one.id, one.name, 1, week),),
        conditions=one.conditions,
    )
