"""What the staff may see and change of the catalogue: their stations, who does what there, the rooms, absences."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlmodel import Session, col

from bot.store.booking.desk import at_stations
from bot.store.scope import Scope, areas_above
from bot.store.service import Provider, ProviderAway, ProviderService, Service, StationService, Venue
from bot.store.staff import Staff, StaffRole
from bot.store.station import Station


def stations(session: Session, scope: Scope) -> Sequence[Station]:
    """The counters they may see where something can be booked, by code."""
    can = select(col(Provider.station_id)).union(select(col(Venue.station_id)), select(col(StationService.station_id)))
    found = select(Station).where(at_stations(col(Station.id), scope), col(Station.id).in_(can))
    return session.scalars(found.order_by(col(Station.code).desc())).all()


def providers(session: Session, station_id: UUID) -> Sequence[Provider]:
    """Everybody of a station, those who are gone last."""
    found = select(Provider).where(col(Provider.station_id) == station_id)
    return session.scalars(found.order_by(col(Provider.active).desc(), col(Provider.code))).all()


def provider(session: Session, scope: Scope, provider_id: UUID) -> Provider | None:
    """A provider of a station they may see, locked against another's change."""
    found = select(Provider).where(col(Provider.id) == provider_id, at_stations(col(Provider.station_id), scope))
    return session.scalars(found.with_for_update()).first()


def rooms(session: Session, station_id: UUID) -> Sequence[Venue]:
    """The rooms of a station that may be used."""
    found = select(Venue).where(col(Venue.station_id) == station_id, col(Venue.active))
    return session.scalars(found.order_by(col(Venue.code))).all()


def does(session: Session, provider_id: UUID) -> list[str]:
    """The services a provider does, in the city's order."""
    found = (
        select(col(Service.id))
        .join(ProviderService, col(ProviderService.service_id) == col(Service.id))
        .where(col(ProviderService.provider_id) == provider_id)
    )
    return list(session.scalars(found.order_by(col(Service.position), col(Service.id))))


def able(session: Session, station_id: UUID, service_id: str) -> Sequence[Provider]:
    """Who does a service at a station and is there."""
    found = (
        select(Provider)
        .join(ProviderService, col(ProviderService.provider_id) == col(Provider.id))
        .where(
            col(Provider.station_id) == station_id, col(ProviderService.service_id) == service_id, col(Provider.active)
        )
    )
    return session.scalars(found.order_by(col(Provider.code))).all()


def codes(session: Session) -> set[str]:
    """The codes that are taken."""
    return set(session.scalars(select(col(Provider.code))))


def accounts(session: Session, row: Provider) -> Sequence[Staff]:
    """The accounts of partner merchants that could be a provider's: of their station or around it, and not taken."""
    area_id = session.get_one(Station, row.station_id).area_id
    around = areas_above(session, area_id) if area_id is not None else frozenset()
    taken = select(col(Provider.staff_id)).where(col(Provider.staff_id).is_not(None), col(Provider.id) != row.id)
    found = select(Staff).where(
        col(Staff.role) == StaffRole.PROVIDER.value,
        col(Staff.active),
        (col(Staff.station_id) == row.station_id) | col(Staff.area_id).in_(around),
        col(Staff.id).not_in(taken),
    )
    return session.scalars(found.order_by(col(Staff.login))).all()


def away(session: Session, resource_id: UUID, since: datetime, until: datetime, reason: str) -> None:
    """Let a provider or room not be had in a time."""
    session.add(ProviderAway(resource_id=resource_id, starts_at=since, ends_at=until, reason=reason))
    session.flush()


def absence(session: Session, resource_id: UUID, away_id: UUID) -> ProviderAway | None:
    """One absence of theirs."""
    found = select(ProviderAway).where(col(ProviderAway.id) == away_id, col(ProviderAway.resource_id) == resource_id)
    return session.scalars(found).first()


def back(session: Session, away_id: UUID) -> None:
    """An absence that is none any more."""
    session.execute(delete(ProviderAway).where(col(ProviderAway.id) == away_id))


def say_otherwise(session: Session, row: StationService) -> None:
    """A station's own word on a service."""
    session.merge(row)
    session.flush()


def say_nothing(session: Session, station_id: UUID, service_id: str) -> None:
    """Leave a service to the city's word again."""
    session.execute(
        delete(StationService).where(
            col(StationService.station_id) == station_id, col(StationService.service_id) == service_id
        )
    )
