"""The calendar as the staff see it: each half hour of each provider or room is free, taken, held, shut or past."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.hours import Calendar
from bot.rules.office import Office
from bot.rules.service import Resource
from bot.store import catalogue, holiday
from bot.store import service as services
from bot.store import station as stations
from bot.store.booking import TICK, Booking, State, desk
from bot.store.station import Station

USUAL = (time(8), time(20))  # shown of every day; more only where something is booked, or when asked for
_WEEK = 7


class Mark(StrEnum):
    """What a half hour is; each has a word and a shape on the page."""

    FREE = "free"
    TAKEN = "taken"
    HELD = "held"  # for somebody who waits and has an offer
    SHUT = "shut"  # a closure, or an absence
    OFF = "off"  # outside of the hours
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Person:
    """A provider or room of a station."""

    resource: Resource
    is_room: bool
    station_id: UUID

    @property
    def id(self) -> UUID:
        return self.resource.id


@dataclass(frozen=True, slots=True)
class Chip:
    """A booking where it begins."""

    number: str
    title: str
    start: datetime
    end: datetime
    state: State


@dataclass(frozen=True, slots=True)
class Cell:
    """Half an hour. `free`: so many at a time can still be taken; `runs`: something that began before goes on."""

    start: datetime
    mark: Mark
    free: int = 0
    chips: tuple[Chip, ...] = ()
    runs: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One day of one provider or room; `festival` is the public holiday or the reason for working."""

    who: Person
    day: date
    festival: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns beside each other, all with the same `times`. `hidden`: there are hours that are not shown."""

    times: tuple[time, ...]
    columns: tuple[Column, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What decides about the cells, read once."""

    office: Office
    hours: Calendar
    shut: dict[UUID, list[tuple[datetime, datetime, str]]]
    booked: dict[UUID, list[Booking]]
    claims: dict[tuple[UUID, datetime], tuple[int, int]]


def people(office: Office, station: Station) -> list[Person]:
    """Who and what can be booked at a station."""
    session = office.session
    found = [
        Person(Resource(one.id, one.name, one.capacity, one.hours or station.hours), False, station.id)
        for one in catalogue.providers(session, station.id)
        if one.active
    ]
    rooms = catalogue.rooms(session, station.id)
    return found + [
        Person(Resource(one.id, one.name, 1, one.hours or station.hours), True, station.id) for one in rooms
    ]


def of_day(office: Office, who: Sequence[Person], day: date, *, whole: bool = False) -> Sheet:
    """Everybody on one day."""
    return _sheet(office, [(one, day) for one in who], whole)


def of_week(office: Office, who: Person, day: date, *, whole: bool = False) -> Sheet:
    """One of them from Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return _sheet(office, [(who, monday + timedelta(days=number)) for number in range(_WEEK)], whole)


def _sheet(office: Office, wanted: Sequence[tuple[Person, date]], whole: bool) -> Sheet:
    if not wanted:
        return Sheet((), (), False)
    known = _read(office, wanted)
    days = [_column(known, who, day) for who, day in wanted]
    busy = {cell.start.timetz().replace(tzinfo=None) for one in days for cell in one.cells if _is_open(cell)}
    always = {cell.start.time() for one in days for cell in one.cells if cell.chips or cell.mark is Mark.HELD}
    usual = {one for one in busy if USUAL[0] <= one < USUAL[1]}
    shown = busy if whole else usual | always
    first, last = min(shown, default=USUAL[0]), max(shown, default=time(19, 30))
    times = tuple(one for one in _times() if first <= one <= last)
    columns = tuple(
        replace(one, cells=tuple(cell for cell in one.cells if first <= cell.start.time() <= last)) for one in days
    )
    return Sheet(times, columns, bool(busy - set(times)))


def _is_open(cell: Cell) -> bool:
    return cell.mark is not Mark.OFF or bool(cell.chips)


def _read(office: Office, wanted: Sequence[tuple[Person, date]]) -> _Known:
    days = [day for _, day in wanted]
    first, last = min(days), max(days)
    since, until = _at(office, first, 0), _at(office, last + timedelta(days=1), 0)
    ids = list({who.id for who, _ in wanted})
    shut: dict[UUID, list[tuple[datetime, datetime, str]]] = {one: [] for one in ids}
    for row in stations.closures(office.session, [wanted[0][0].station_id], since):
        for one in ids:
            shut[one].append((row.starts_at, row.ends_at, row.reason))
    for away in services.away(office.session, ids, since):
        shut[away.resource_id].append((away.starts_at, away.ends_at, away.reason))
    booked: dict[UUID, list[Booking]] = {one: [] for one in ids}
    for order in desk.on(office.session, ids, since, until):
        booked[order.resource_id].append(order)
    days_known = Calendar(holiday.special_days(office.session, first, (last - first).days + 1))
    return _Known(office, days_known, shut, booked, desk.claims(office.session, ids, since, until, office.now))


def _column(known: _Known, who: Person, day: date) -> Column:
    special = known.hours.days.get(day)
    spans = list(map(tuple, known.hours.intervals(who.resource.week, day)))
    cells = tuple(_cell(known, who, _at(known.office, day, number), spans) for number in range(48))
    return Column(who, day, special.name if special else "", cells)


def _cell(known: _Known, who: Person, start: datetime, spans: Iterable[tuple[str, ...]]) -> Cell:
    end = start + TICK
    chips = tuple(_chip(known, one) for one in known.booked[who.id] if start <= one.starts_at < end)
    runs = any(one.starts_at < start < one.ends_at for one in known.booked[who.id])
    booked, held = known.claims.get((who.id, start), (0, 0))
    free = max(0, who.resource.capacity - booked - held)
    why = next((why for since, until, why in known.shut[who.id] if start < until and since < end), None)
    clock, stop = f"{start:%H:%M}", f"{end:%H:%M}" if end.date() == start.date() else "24:00"
    if not any(opens <= clock and stop <= shuts for opens, shuts in spans):
        mark, free = Mark.OFF, 0
    elif why is not None:
        mark, free = Mark.SHUT, 0
    elif start <= known.office.now:
        mark, free = Mark.PAST, 0
    elif free:
        mark = Mark.FREE
    else:
        mark = Mark.HELD if held and not booked else Mark.TAKEN
    if mark in (Mark.OFF, Mark.PAST) and (chips or runs):
        mark = Mark.TAKEN
    return Cell(start, mark, free, chips, runs, why or "")


def _chip(known: _Known, one: Booking) -> Chip:
    zone = known.office.zone
    return Chip(one.number, one.title, one.starts_at.astimezone(zone), one.ends_at.astimezone(zone), State(one.state))


def _at(office: Office, day: date, half_hours: int) -> datetime:
    return datetime.combine(day, time(), office.zone) + half_hours * TICK


def _times() -> list[time]:
    return [time(number // 2, 30 * (number % 2)) for number in range(48)]
