"""Whether somebody stands before a cabinet: its QR code, a shared place, or the digits on its display."""

import math
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest
from uuid import UUID

from bot.messages import Spot
from bot.rules.locker import keys, offline
from bot.rules.locker.terms import NEAR_METRES, PRESENT
from bot.rules.office import Office
from bot.store.locker import Cabinet, reading, writing
from bot.store.locker import codes as kept

DEGREES = 0.002
METRES_A_DEGREE = 111_320


class How(StrEnum):
    """The three proofs."""

    SCAN = "scan"
    PLACE = "place"
    DIGITS = "digits"


def prove(office: Office, resident_id: UUID, cabinet: Cabinet, how: How) -> None:
    """They stand there now."""
    writing.note_presence(office.session, resident_id=resident_id, cabinet_id=cabinet.id, at=office.now, how=how.value)


def is_there(office: Office, resident_id: UUID, cabinet_id: UUID) -> bool:
    return any(row.cabinet_id == cabinet_id for row in kept.presences(office.session, resident_id, _since(office)))


def where(office: Office, resident_id: UUID) -> list[Cabinet]:
    """The cabinets before which they stood lately, latest first."""
    rows = kept.presences(office.session, resident_id, _since(office))
    found = (reading.cabinet(office.session, row.cabinet_id) for row in rows)
    return [cabinet for cabinet in found if cabinet is not None and cabinet.active]


def scanned(office: Office, scene: str) -> Cabinet | None:
    """The cabinet of a QR code, `G0001` or `G0001-3856`; with digits they must be those of its display."""
    code, _, digits = scene.upper().rpartition("-")
    if not code or not digits.isdigit() or len(digits) != offline.SHOWN_DIGITS:
        return _active(reading.cabinet_by_code(office.session, scene.upper()))
    cabinet = _active(reading.cabinet_by_code(office.session, code))
    return cabinet if cabinet is not None and shows(office, cabinet, digits) else None


def shows(office: Office, cabinet: Cabinet, digits: str) -> bool:
    """Whether the cabinet shows these digits, or did a minute ago or will in one."""
    if not cabinet.has_display:
        return False
    lock = keys.lock(office.seal, cabinet)
    moments = (office.now + timedelta(seconds=offline.SHOWN_SECONDS * minutes) for minutes in (0, -1, 1))
    return any(compare_digest(offline.shown(lock, cabinet.code, at), digits) for at in moments)


def around(office: Office, spot: Spot) -> list[Cabinet]:
    """The cabinets within a hundred metres of a spot, nearest first."""
    found = reading.cabinets_around(office.session, lat=spot.lat, lon=spot.lon, degrees=DEGREES)
    near = sorted((metres(one, spot), one.code, one) for one in found)
    return [one for away, _, one in near if away <= NEAR_METRES]


def metres(cabinet: Cabinet, spot: Spot) -> float:
    """How far a cabinet is from a spot."""
    north = (cabinet.lat or 0) - spot.lat
    east = ((cabinet.lon or 0) - spot.lon) * math.cos(math.radians(spot.lat))
    return math.hypot(north, east) * METRES_A_DEGREE


def _since(office: Office) -> datetime:
    return office.now - PRESENT


def _active(cabinet: Cabinet | None) -> Cabinet | None:
    return cabinet if cabinet is not None and cabinet.active else None
