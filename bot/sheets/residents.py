"""Residents whom the staff know, as a workbook: the phone they made sure of, and the door."""

import re
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from bot.privacy import masked_number
from bot.rules import resident
from bot.rules.office import Office
from bot.rules.place import Door
from bot.sheets.contacts import Scopes, building_number
from bot.sheets.kind import Personal
from bot.sheets.row import Row, unique
from bot.store import place, profile

COLUMNS = ("phone", "compound_code", "building", "unit", "room")
_ROOM = re.compile(r"[0-9A-Za-z-]{1,12}")


def take_in(office: Office, rows: Sequence[Row]) -> set[UUID]:
    """Put everybody down by their phone; who is in no row stays as they are."""
    scopes = Scopes(office.session)
    unique(rows, "phone")
    for row in rows:
        phone, door, room = row.phone("phone", needed=True), _door(office, row, scopes), row.text("room", most=12)
        if room and not _ROOM.fullmatch(room):
            row.wrong("room", "not_a_room", text=room)
        if not row.problems and door is not None:
            resident.put_down(office, phone, door, room)
    return set()


def give_out(office: Office, full: bool) -> Iterator[Mapping[str, str]]:
    """Everybody whose phone somebody made sure of, by where they live; phone and room masked unless in `full`."""
    for one in profile.verified(office.session):
        phone = office.seal.open(one.phone) if one.phone else ""
        room = office.seal.open(one.room) if one.room else ""
        yield {
            "phone": phone if full else masked_number(phone),
            "compound_code": one.compound or "",
            "building": one.building or "",
            "unit": one.unit or "",
            "room": room if full else "*" * len(room),
        }


def _door(office: Office, row: Row, scopes: Scopes) -> Door | None:
    """The building, which must be on the chart; no door at all is one, too."""
    compound, number = row.text("compound_code", most=32), row.text("building", most=16)
    unit = row.text("unit", most=8)
    if not compound and not number:
        for column in ("unit", "room"):
            if row.cells.get(column):
                row.wrong("building", "empty")
        return Door()
    code = f"{compound}-{building_number(number)}"
    found = scopes.ids["building"].get(code)
    if found is None:
        row.wrong("building" if number else "compound_code", "unknown", text=code, of="")
        return None
    known = place.building(office.session, found)
    if known is not None and unit.isdigit() and not 1 <= int(unit) <= known.units:
        row.wrong("unit", "no_such_unit", building=code, units=known.units)
        return None
    return Door(building_id=found, unit=unit)


KIND = Personal(columns=COLUMNS, take_in=take_in, give_out=give_out)
