"""A cabinet's own side of the cryptography: signed letters, and the codes it can check alone."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass

from bot.simulator.jsons import Json, JsonValue

VERSION = 1
PURPOSE = "weizhan-cabinet-1"
WINDOW_SECONDS = 3600
COUNTERS = 10


class Forged(ValueError):
    """A letter that the server did not write to this cabinet."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What was put into the cabinet when it was set up: its serial, a line key with its number, and the lock key."""

    serial: str
    number: int
    line: bytes
    lock: bytes


def signed(keys: Keys, body: Json) -> str:
    """The letter as it travels to the server."""
    value = {**body, "v": VERSION, "serial": keys.serial, "key": keys.number}
    return _written({**value, "sig": _mac(keys, "up", _written(value))})


def opened(keys: Keys, letter: str) -> Json:
    """What the server says. Raises Forged, also for what was signed with another key or for another cabinet."""
    try:
        value = json.loads(letter)
    except ValueError as error:
        raise Forged("no JSON") from error
    if not isinstance(value, dict) or value.get("serial") != keys.serial or value.get("key") != keys.number:
        raise Forged("not for this cabinet, or another key")
    sig = value.pop("sig", "")
    if not hmac.compare_digest(str(sig).encode(), _mac(keys, "down", _written(value)).encode()):
        raise Forged("the signature is wrong")
    return value


def listed(keys: Keys, code: str) -> str:
    """A pick-up code as it stands in the list of live codes."""
    return hmac.new(keys.lock, f"pickup|{keys.serial}|{code}".encode(), hashlib.sha256).hexdigest()


def shown(keys: Keys, seconds: int) -> str:
    """The four digits on the display in this minute."""
    return _digits(keys.lock, f"shown|{keys.serial}|{seconds // 60}", 4)


def offline_code(keys: Keys, code: str, *, doors: int, seconds: int) -> tuple[str, int, int, int] | None:
    """What an offline code does, its door, window and counter; None for a wrong one."""
    now = seconds // WINDOW_SECONDS
    for kind in ("open", "clear"):
        for window in (now, now - 1, now + 1):
            for door in range(1, doors + 1):
                for counter in range(COUNTERS):
                    if hmac.compare_digest(_digits(keys.lock, f"{kind}|{door}|{window}|{counter}", 8), code):
                        return kind, door, window, counter
    return None


def _digits(key: bytes, text: str, length: int) -> str:
    """RFC 4226 §5.3 over SHA-256."""
    made = hmac.new(key, text.encode(), hashlib.sha256).digest()
    start = made[-1] & 0x0F
    return str((int.from_bytes(made[start : start + 4]) & 0x7FFF_FFFF) % 10**length).zfill(length)


def _mac(keys: Keys, direction: str, text: str) -> str:
    signed_text = f"{PURPOSE}\n{direction}\n{keys.serial}\n{text}"
    return hmac.new(keys.line, signed_text.encode(), hashlib.sha256).hexdigest()


def _written(value: JsonValue) -> str:
    """Canonical JSON: members by name, no blanks, nothing escaped that need not be."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
