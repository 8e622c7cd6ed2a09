"""What can be booked as one flat table: the city's list, a station's own word on it, who does it, and the rooms.

The first column says which of the four a row is. A station's own word is called `service@station`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.sheets import hours, words
from bot.sheets.kind import Kind
from bot.sheets.row import Row, split, unique
from bot.store import Session, station
from bot.store import service as services
from bot.store.service import Provider, Service, StationService, Venue

COLUMNS = (
    *("item", "code", "name", "station_code", "service_place", "price", "area", "conditions", "minutes"),
    *("lead_minutes", "at_a_time", "equipment", "does", "in_use", *hours.COLUMNS),
)
MOST_MINUTES, MOST_LEAD = 24 * 60, 30 * 24 * 60
OWN = "@"


def take_in(session: Session, rows: Sequence[Row]) -> set[UUID]:
    """Write all rows by their code: the city's list first, for the others name its services."""
    stations = {one.code: one.id for one in station.everywhere(session)}
    unique(rows, "code")
    by_item: dict[str, list[Row]] = {}
    for row in rows:
        by_item.setdefault(row.one_of("item", "service_item"), []).append(row)
    writers: Mapping[str, Callable[[Session, Row, Mapping[str, UUID]], None]] = {
        "service": _service,
        "own": _own,
        "provider": _provider,
        "venue": _venue,
    }
    for item, write in writers.items():
        for row in by_item.get(item, []):
            write(session, row, stations)
            session.flush()
    return set()


def give_out(session: Session, _zone: ZoneInfo) -> Iterator[Mapping[str, str]]:
    """The city's list, then by station what it says otherwise, who is there and which rooms."""
    codes = {one.id: one.code for one in station.everywhere(session)}
    for one in services.services(session):
        yield _cells("service", one.id, one.name, service_place=words.names("service_place")[one.place], **_terms(one))
    for own in services.all_own_words(session):
        code = f"{own.service_id}{OWN}{codes[own.station_id]}"
        yield _cells("own", code, "", station_code=codes[own.station_id], in_use=_used(own.offered), **_terms(own))
    for who, does in services.all_providers(session):
        more = {"does": words.sign("list").join(does), "at_a_time": str(who.capacity)}
        more |= {"in_use": _used(who.active), **hours.write(who.hours)}
        yield _cells("provider", who.code, who.name, station_code=codes[who.station_id], **more)
    for room in services.all_venues(session):
        more = {"at_a_time": str(room.seats), "equipment": room.equipment, "conditions": room.conditions}
        more |= {"minutes": str(room.minutes), "lead_minutes": str(room.lead_minutes)}
        more |= {"in_use": _used(room.active), **hours.write(room.hours)}
        yield _cells("venue", room.code, room.name, station_code=codes[room.station_id], **more)


def _service(session: Session, row: Row, _stations: Mapping[str, UUID]) -> None:
    """One of the city's list."""
    code = row.text("code", needed=True, most=32)
    values: dict[str, object] = {
        "name": row.text("name", needed=True, most=40),
        "place": row.one_of("service_place", "service_place"),
        "price": row.text("price", most=200),
        "area": row.text("area"),
        "conditions": row.text("conditions", most=200),
    }
    minutes, lead = _minutes(row, "minutes"), _minutes(row, "lead_minutes")
    if OWN in code:
        row.wrong("code", "not_own_code", text=code)
    if row.problems:
        return
    found = services.service(session, code)
    if found is None:
        found = Service(id=code, name="", position=len(services.services(session)))
    found.sqlmodel_update(values)
    found.minutes, found.lead_minutes = minutes or found.minutes, found.lead_minutes if lead is None else lead
    session.add(found)


def _own(session: Session, row: Row, stations: Mapping[str, UUID]) -> None:
    """What a station says otherwise; an empty cell is as in the city's list."""
    service_id, sign, at = row.text("code", needed=True, most=65).partition(OWN)
    given = _station(row, stations)
    if not sign or at != row.cells.get("station_code", ""):
        row.wrong("code", "own_code", text=row.cells.get("code", ""))
    elif services.service(session, service_id) is None:
        row.wrong("code", "unknown", text=service_id, of=words.names("service_item")["service"])
    minutes, lead, offered = _minutes(row, "minutes"), _minutes(row, "lead_minutes"), _in_use(row)
    said = {column: row.text(column, most=200) or None for column in ("price", "area", "conditions")}
    if row.problems or given is None:
        return
    found = services.own_word(session, given, service_id) or StationService(station_id=given, service_id=service_id)
    found.sqlmodel_update({**said, "minutes": minutes, "lead_minutes": lead, "offered": offered})
    session.add(found)


def _provider(session: Session, row: Row, stations: Mapping[str, UUID]) -> None:
    code, name, at = row.text("code", needed=True, most=32), row.text("name", needed=True), _station(row, stations)
    does = split(row.text("does", most=600), words.sign("list"))
    for one in does:
        if services.service(session, one) is None:
            row.wrong("does", "unknown", text=one, of=words.names("service_item")["service"])
    most, week, active = row.number("at_a_time", 1, 200), hours.read(row), _in_use(row)
    if row.problems or at is None:
        return
    found = services.provider_coded(session, code)
    found = found or Provider(code=code, name="", station_id=at)
    values = {"name": name, "station_id": at, "capacity": int(most or 1), "hours": week, "active": active}
    found.sqlmodel_update(values)
    session.add(found)
    session.flush()
    services.serve(session, found.id, does)


def _venue(session: Session, row: Row, stations: Mapping[str, UUID]) -> None:
    code, at = row.text("code", needed=True, most=32), _station(row, stations)
    values: dict[str, object] = {
        "name": row.text("name", needed=True, most=40),
        "seats": int(row.number("at_a_time", 0, 5000) or 0),
        "equipment": row.text("equipment", most=120),
        "conditions": row.text("conditions", most=200),
        "hours": hours.read(row),
        "active": _in_use(row),
    }
    minutes, lead = _minutes(row, "minutes"), _minutes(row, "lead_minutes")
    if row.problems or at is None:
        return
    found = services.venue_coded(session, code)
    found = found or Venue(code=code, name="", station_id=at)
    found.sqlmodel_update({**values, "station_id": at})
    found.minutes, found.lead_minutes = minutes or found.minutes, found.lead_minutes if lead is None else lead
    session.add(found)


def _station(row: Row, stations: Mapping[str, UUID]) -> UUID | None:
    code = row.text("station_code", needed=True, most=32)
    if code and code not in stations:
        row.wrong("station_code", "unknown", text=code, of=words.names("role")["station"])
    return stations.get(code)


def _minutes(row: Row, column: str) -> int | None:
    low, high = (5, MOST_MINUTES) if column == "minutes" else (0, MOST_LEAD)
    found = row.number(column, low, high)
    return None if found is None else int(found)


def _in_use(row: Row) -> bool:
    return row.one_of("in_use", "in_use", default="yes") == "yes"


def _used(active: bool) -> str:
    return words.names("in_use")["yes" if active else "no"]


def _terms(one: Service | StationService) -> dict[str, str]:
    numbers = {"minutes": one.minutes, "lead_minutes": one.lead_minutes}
    told = {"price": one.price, "area": one.area, "conditions": one.conditions}
    return {name: "" if value is None else str(value) for name, value in {**told, **numbers}.items()}


def _cells(item: str, code: str, name: str, **more: str) -> dict[str, str]:
    """A row with every column; what it does not have is empty."""
    first = {"item": words.names("service_item")[item], "code": code, "name": name}
    return {**dict.fromkeys(COLUMNS, ""), **first, **more}


KIND = Kind(columns=COLUMNS, take_in=take_in, give_out=give_out)
