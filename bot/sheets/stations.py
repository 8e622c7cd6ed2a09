"""Stations as a workbook: a row each, with hours, facilities and closures."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.sheets import hours, words
from bot.sheets.kind import Kind
from bot.sheets.row import Row, split, unique
from bot.store import Session, place, station
from bot.store.place import Level
from bot.store.station import Closure, Station

Shut = tuple[datetime, datetime, str]


def take_in(session: Session, rows: Sequence[Row]) -> set[UUID]:
    """Write the stations by their code; a station that is in no row stays as it is."""
    known = {one.code: one for one in station.everywhere(session)}
    communities = {one.code: one.id for one in place.areas(session) if one.level == Level.COMMUNITY}
    unique(rows, "code")
    for row in rows:
        shut = _closures(row)
        code = row.text("code", needed=True, most=32)
        values: dict[str, object] = {
            "kind": row.one_of("kind", "station_kind"),
            "name": row.text("name", needed=True),
            "address": row.text("address", needed=True, most=200),
            "phone": row.phone("phone", needed=True),
            "hours": hours.read(row),
            "services": row.text("services", most=400),
            "locker_fee": row.text("locker_fee", most=200),
            "facilities": row.some_of("facilities", "facility"),
            "area_id": _community(row, communities),
        }
        values["lat"], values["lon"] = row.spot("lat", "lon")
        if row.problems:
            continue
        found = known[code] = known.get(code) or _new(code)
        found.sqlmodel_update(values)
        session.add(found)
        session.flush()
        station.shut(session, found.id, shut)
    return set()


def give_out(session: Session, zone: ZoneInfo) -> Iterator[Mapping[str, str]]:
    """Every station, by code."""
    communities = {one.id: one.code for one in place.areas(session)}
    shut: dict[UUID, list[Closure]] = {}
    for closure in station.all_closures(session):
        shut.setdefault(closure.station_id, []).append(closure)
    facilities = words.names("facility")
    for one in station.everywhere(session):
        yield {
            "code": one.code,
            "kind": words.names("station_kind")[one.kind],
            "name": one.name,
            "community_code": communities[one.area_id] if one.area_id else "",
            "address": one.address,
            "phone": one.phone,
            **hours.write(one.hours),
            "services": one.services,
            "locker_fee": one.locker_fee,
            "facilities": words.sign("list").join(facilities[member] for member in one.facilities),
            "lat": "" if one.lat is None else repr(one.lat),
            "lon": "" if one.lon is None else repr(one.lon),
            "closures": words.sign("times").join(_shut(closure, zone) for closure in shut.get(one.id, [])),
        }


def _new(code: str) -> Station:
    return Station(code=code, kind="", name="", address="", phone="", hours={})


def _community(row: Row, communities: Mapping[str, UUID]) -> UUID | None:
    code = row.text("community_code", most=200)
    if code and code not in communities:
        row.wrong("community_code", "unknown", text=code, of=words.names("scope")["community"])
    return communities.get(code)


def _closures(row: Row) -> list[Shut]:
    return [shut for text in _parts(row.text("closures", most=2000)) if (shut := _closure(row, text))]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", words.sign("times")).split(words.sign("times")) if part.strip()]


def _closure(row: Row, text: str) -> Shut | None:
    """`2026-12-01 09:00到2026-12-03 18:00 why`: from, until and, after a space, the reason."""
    start, sign, rest = text.partition(words.sign("until"))
    pieces = split(rest.replace(" ", "\n"), "\n")
    if not sign or not pieces:
        row.wrong("closures", "not_closures", text=text)
        return None
    has_hour = len(pieces) > 1 and ":" in pieces[1]
    end = " ".join(pieces[: 1 + has_hour])
    begins, ends = row.moment("closures", start.strip()), row.moment("closures", end)
    if begins is None or ends is None:
        return None
    if ends <= begins:
        row.wrong("closures", "leave_order")
        return None
    return begins, ends, " ".join(pieces[1 + has_hour :])[:80]


def _shut(closure: Closure, zone: ZoneInfo) -> str:
    start, end = (f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" for moment in (closure.starts_at, closure.ends_at))
    reason = " ".join(split(closure.reason, words.sign("times")))
    return f"{start}{words.sign('until')}{end} {reason}".strip()


KIND = Kind(
    columns=(
        *("code", "kind", "name", "community_code", "address", "phone"),
        *hours.COLUMNS,
        *("services", "locker_fee", "facilities", "lat", "lon", "closures"),
    ),
    take_in=take_in,
    give_out=give_out,
)
