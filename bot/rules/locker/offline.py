"""Codes that a cabinet can check without us, and the digits it shows to prove that somebody stands before it.

Pure functions, the same on both sides. Every number is the HMAC-SHA-256 of a line of text under the cabinet's lock key,
cut to digits as in RFC 4226 §5.3. A cabinet accepts an offline code for the door in the window before, in the
running one and in the next, each (door, window, counter) once; a clear-code voids every counter up to its own.
"""

import hashlib
import hmac
from datetime import datetime
from enum import StrEnum

WINDOW_SECONDS = 3600
SHOWN_SECONDS, SHOWN_DIGITS = 60, 4
DIGITS = 8
COUNTERS = 10  # so many codes for one door in one window


class Kind(StrEnum):
    """What an offline code does."""

    OPEN = "open"
    CLEAR = "clear"  # voids the door's offline codes of that window with this counter or a lower one


def window(at: datetime) -> int:
    """The number of the hour."""
    return int(at.timestamp()) // WINDOW_SECONDS


def code(lock_key: bytes, door: int, window: int, counter: int, kind: Kind = Kind.OPEN) -> str:
    """Eight digits for one door, one hour, one use."""
    return _digits(lock_key, f"{kind.value}|{door}|{window}|{counter}", DIGITS)


def find(lock_key: bytes, said: str, *, doors: int, at: datetime) -> tuple[Kind, int, int, int] | None:
    """Kind, door, window and counter of an offline code at a cabinet with so many doors; None for a wrong one.

    What a cabinet does for each code of eight digits; whether that counter was used before it knows itself.
    """
    now = window(at)
    for kind in Kind:
        for hour in (now, now - 1, now + 1):
            for door in range(1, doors + 1):
                for counter in range(COUNTERS):
                    if hmac.compare_digest(code(lock_key, door, hour, counter, kind), said):
                        return kind, door, hour, counter
    return None


def listed(lock_key: bytes, cabinet: str, code: str) -> str:
    """A pick-up code as it stands in the store and in the list a cabinet keeps: hex, of no use without the key."""
    return hmac.new(lock_key, f"pickup|{cabinet}|{code}".encode(), hashlib.sha256).hexdigest()


def shown(lock_key: bytes, cabinet: str, at: datetime) -> str:
    """The four digits on the display of the cabinet in this minute."""
    return _digits(lock_key, f"shown|{cabinet}|{int(at.timestamp()) // SHOWN_SECONDS}", SHOWN_DIGITS)


def _digits(key: bytes, text: str, length: int) -> str:
    """The dynamic truncation of RFC 4226 §5.3 over SHA-256."""
    made = hmac.new(key, text.encode(), hashlib.sha256).digest()
    start = made[-1] & 0x0F
    number = int.from_bytes(made[start : start + 4]) & 0x7FFF_FFFF
    return f"{number % 10**length:0{length}d}"
