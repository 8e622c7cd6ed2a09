"""What can be booked: the city's list of services, what each station makes of it, who does it, and the rooms."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, Index, delete, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Session, SQLModel, col

from bot.store.ids import new_id
from bot.store.station import Station

_JSON = JSON().with_variant(JSONB(), "postgresql")


class Where(StrEnum):
    """Whether somebody comes, or the resident goes."""

    VISIT = "visit"
    ON_SPOT = "on_spot"


class Service(SQLModel, table=True):
    """One service as the whole city offers it; `id` is what people and programs call it by.

    `minutes` is how long it takes, `lead_minutes` how long before it must be booked; `price` and such are sentences.
    """

    id: str = Field(max_length=32, primary_key=True)
    name: str = Field(max_length=40)
    place: str = Field(default=Where.VISIT.value, max_length=8)
    price: str = Field(default="", max_length=200)
    area: str = Field(default="", max_length=80)
    conditions: str = Field(default="", max_length=200)
    minutes: int = 60
    lead_minutes: int = 120
    position: int = 0


class StationService(SQLModel, table=True):
    """A station's own word on a service; what is None is as in the city's list."""

    station_id: UUID = Field(foreign_key="station.id", primary_key=True)
    service_id: str = Field(foreign_key="service.id", primary_key=True, index=True, max_length=32)
    offered: bool = True
    price: str | None = Field(default=None, max_length=200)
    area: str | None = Field(default=None, max_length=80)
    conditions: str | None = Field(default=None, max_length=200)
    minutes: int | None = None
    lead_minutes: int | None = None


class Provider(SQLModel, table=True):
    """Who does it: the station's own people or a partner merchant.

    `capacity` is how many orders they serve at a time. Empty `hours` are the station's. `staff_id` is their account.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    station_id: UUID = Field(foreign_key="station.id", index=True)
    name: str = Field(max_length=80)
    phone: str = Field(default="", max_length=32)
    capacity: int = 1
    hours: dict[str, list[list[str]]] = Field(default_factory=dict, sa_type=_JSON)
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id", unique=True)
    active: bool = True


class ProviderService(SQLModel, table=True):
    """A provider does this service."""

    provider_id: UUID = Field(foreign_key="provider.id", primary_key=True)
    service_id: str = Field(foreign_key="service.id", primary_key=True, index=True, max_length=32)


class ProviderAway(SQLModel, table=True):
    """A time in which a provider or room is not to be had."""

    __table_args__ = (Index(None, "resource_id", "ends_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    resource_id: UUID
    starts_at: datetime
    ends_at: datetime
    reason: str = Field(default="", max_length=80)


class Venue(SQLModel, table=True):
    """A room that residents may use. Empty `hours` are the station's."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    station_id: UUID = Field(foreign_key="station.id", index=True)
    name: str = Field(max_length=40)
    seats: int = 0
    equipment: str = Field(default="", max_length=120)
    conditions: str = Field(default="", max_length=200)
    minutes: int = 120
    lead_minutes: int = 60
    hours: dict[str, list[list[str]]] = Field(default_factory=dict, sa_type=_JSON)
    active: bool = True


def service(session: Session, service_id: str) -> Service | None:
    return session.get(Service, service_id)


def services(session: Session) -> Sequence[Service]:
    """The city's list, in its order."""
    return session.scalars(select(Service).order_by(col(Service.position), col(Service.id))).all()


def own_word(session: Session, station_id: UUID, service_id: str) -> StationService | None:
    """What a station says otherwise."""
    return session.get(StationService, (station_id, service_id))


def own_words(session: Session, station_id: UUID) -> dict[str, StationService]:
    """All that a station says otherwise, by service."""
    found = session.scalars(select(StationService).where(col(StationService.station_id) == station_id))
    return {row.service_id: row for row in found}


def providers_of(session: Session, station_id: UUID, service_id: str) -> Sequence[Provider]:
    """Who does it at that station, in the order in which they are tried."""
    found = (
        select(Provider)
        .join(ProviderService, col(ProviderService.provider_id) == col(Provider.id))
        .where(
            col(Provider.station_id) == station_id,
            col(ProviderService.service_id) == service_id,
            col(Provider.active),
        )
    )
    return session.scalars(found.order_by(col(Provider.code))).all()


def served_at(session: Session, station_id: UUID) -> set[str]:
    """The services for which the station has anybody."""
    found = (
        select(col(ProviderService.service_id))
        .join(Provider, col(Provider.id) == col(ProviderService.provider_id))
        .where(col(Provider.station_id) == station_id, col(Provider.active))
    )
    return set(session.scalars(found))


def all_own_words(session: Session) -> Sequence[StationService]:
    """What every station says otherwise."""
    return session.scalars(
        select(StationService).order_by(col(StationService.station_id), col(StationService.service_id))
    ).all()


def all_providers(session: Session) -> list[tuple[Provider, list[str]]]:
    """Everybody by code, those who are gone too, with the services they do."""
    does: dict[UUID, list[str]] = {}
    for pair in session.scalars(select(ProviderService).order_by(col(ProviderService.service_id))):
        does.setdefault(pair.provider_id, []).append(pair.service_id)
    return [(who, does.get(who.id, [])) for who in session.scalars(select(Provider).order_by(col(Provider.code)))]


def all_venues(session: Session) -> Sequence[Venue]:
    """Every room by code, those that are not to be had too."""
    return session.scalars(select(Venue).order_by(col(Venue.code))).all()


def provider_coded(session: Session, code: str) -> Provider | None:
    return session.scalars(select(Provider).where(col(Provider.code) == code)).first()


def venue_coded(session: Session, code: str) -> Venue | None:
    return session.scalars(select(Venue).where(col(Venue.code) == code)).first()


def provider(session: Session, provider_id: UUID) -> Provider | None:
    return session.get(Provider, provider_id)


def provider_of_account(session: Session, staff_id: UUID) -> Provider | None:
    """The provider whose account that is."""
    return session.scalars(select(Provider).where(col(Provider.staff_id) == staff_id)).first()


def hours_of(session: Session, station_id: UUID) -> dict[str, list[list[str]]]:
    """When a station is open, which is when its people and rooms are to be had unless they say otherwise."""
    found = session.get(Station, station_id)
    return found.hours if found else {}


def venue(session: Session, venue_id: UUID) -> Venue | None:
    return session.get(Venue, venue_id)


def venues(session: Session, station_ids: Collection[UUID]) -> Sequence[Venue]:
    """The rooms of these stations that may be used, by code."""
    found = select(Venue).where(col(Venue.station_id).in_(station_ids), col(Venue.active))
    return session.scalars(found.order_by(col(Venue.code))).all()


def away(session: Session, resource_ids: Collection[UUID], since: datetime) -> Sequence[ProviderAway]:
    """When these are not to be had, now or later."""
    found = select(ProviderAway).where(
        col(ProviderAway.resource_id).in_(resource_ids), col(ProviderAway.ends_at) > since
    )
    return session.scalars(found.order_by(col(ProviderAway.starts_at))).all()


def serve(session: Session, provider_id: UUID, service_ids: Collection[str]) -> None:
    """Let a provider do these services and no others."""
    session.execute(delete(ProviderService).where(col(ProviderService.provider_id) == provider_id))
    session.add_all(ProviderService(provider_id=provider_id, service_id=one) for one in sorted(set(service_ids)))
    session.flush()
