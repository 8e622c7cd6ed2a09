"""The code by which a worker proves to have been at the door: the resident tells it, we keep but its hash."""

import hmac
import secrets

from bot.rules.office import Office
from bot.store.booking import Booking

DIGITS = 4
MOST_TRIES = 5


def give(office: Office, booking: Booking) -> str:
    """A new code for a visit; the one before it is worth nothing any more."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    booking.code, booking.code_tries = _hash(office, booking, code), 0
    booking.code_shown = office.seal.close(code)
    return code


def shown(office: Office, booking: Booking) -> str:
    """The code as its resident may read it; empty once it is used."""
    return office.seal.open(booking.code_shown) if booking.code_shown else ""


def is_right(office: Office, booking: Booking, code: str) -> bool:
    """Whether that is the code; each wrong one is counted."""
    right = booking.code is not None and hmac.compare_digest(booking.code, _hash(office, booking, code.strip()))
    booking.code_tries += not right
    return right


def _hash(office: Office, booking: Booking, code: str) -> bytes:
    key = office.seal.key("arrival codes")
    return hmac.digest(key, booking.id.bytes + code.encode(), "sha256")
