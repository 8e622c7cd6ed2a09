"""The catalogue as the staff change it: the city's word, a station's own, who does what, who is away, who goes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.errors import Refusal
from bot.rules.access import Scope
from bot.rules.booking import provider
from bot.rules.office import Office
from bot.store import catalogue as rows
from bot.store import service as services
from bot.store.booking import Booking, desk
from bot.store.service import Provider, ProviderAway, Service, StationService
from bot.store.station import Station

Week = dict[str, list[list[str]]]


class WrongWay(Refusal):
    """An absence ends after it begins, and not in the past."""


class StillBooked(Refusal):
    """In that time something is booked; whoever is away says what becomes of it first."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(numbers)
        self.numbers = numbers


@dataclass(frozen=True, slots=True)
class Offer:
    """A service at one station: the city's word and the station's own beside it."""

    city: Service
    own: StationService | None
    who: tuple[str, ...]

    @property
    def offered(self) -> bool:
        return self.own is None or self.own.offered


@dataclass(frozen=True, slots=True)
class Going:
    """What a provider who goes would leave behind."""

    left: Sequence[Booking]
    helped: int  # of them find somebody else at once, as far as it can be told now


def offers(office: Office, station: Station) -> list[Offer]:
    """The whole list of the city as that station has it."""
    own = services.own_words(office.session, station.id)
    return [
        Offer(
            one, own.get(one.id), tuple(who.name for who in services.providers_of(office.session, station.id, one.id))
        )
        for one in services.services(office.session)
    ]


def say_city(office: Office, service_id: str, values: Mapping[str, object]) -> None:
    """The city's word on a service; stations that said nothing of their own follow."""
    service = services.service(office.session, service_id)
    for name, value in values.items():
        setattr(service, name, value)
    office.session.flush()


def say_own(office: Office, station_id: UUID, service_id: str, values: Mapping[str, object]) -> None:
    """A station's own word; what is None is as in the city's list, and with nothing of its own the row goes."""
    if values.get("offered", True) and all(value is None for name, value in values.items() if name != "offered"):
        rows.say_nothing(office.session, station_id, service_id)
        return
    rows.say_otherwise(
        office.session, StationService.model_validate({"station_id": station_id, "service_id": service_id, **values})
    )


def add(office: Office, station: Station, name: str) -> Provider:
    """Somebody new, with the next code that is free."""
    taken = rows.codes(office.session)
    code = next(one for number in range(1, 100_000) if (one := f"P{number:02d}") not in taken)
    row = Provider(code=code, station_id=station.id, name=name)
    office.session.add(row)
    office.session.flush()
    return row


def change(office: Office, row: Provider, values: Mapping[str, object], does: Collection[str], week: Week) -> None:
    """Name, phone, capacity, account, hours, and what they do."""
    for name, value in values.items():
        setattr(row, name, value)
    row.hours = week
    services.serve(office.session, row.id, does)


def away(office: Office, row: Provider, since: datetime, until: datetime, reason: str) -> None:
    """They are not to be had for a while. Raises WrongWay, StillBooked."""
    if until <= since or until <= office.now:
        raise WrongWay
    booked = [one for one in desk.on(office.session, [row.id], since, until) if one.is_live]
    if booked:
        raise StillBooked([one.number for one in booked])
    rows.away(office.session, row.id, since, until, reason)


def back(office: Office, row: Provider, away_id: UUID) -> None:
    """An absence is over, or was never to be."""
    if rows.absence(office.session, row.id, away_id) is not None:
        rows.back(office.session, away_id)


def absences(office: Office, row: Provider) -> Sequence[ProviderAway]:
    """Now and later."""
    return services.away(office.session, [row.id], office.now)


def going(office: Office, row: Provider) -> Going:
    """What would happen if they went now; said before it is done."""
    left = provider.to_come(office, row.id)
    helped = sum(provider.has_another(office, one) for one in left)
    return Going(left, helped)


def remove(office: Office, row: Provider) -> Sequence[Booking]:
    """They go; what was booked of them goes to others, else to the station's people."""
    return provider.remove(office, row.id)


def of(office: Office, scope: Scope, provider_id: UUID) -> Provider | None:
    """A provider of a station they may see."""
    return rows.provider(office.session, scope, provider_id)
