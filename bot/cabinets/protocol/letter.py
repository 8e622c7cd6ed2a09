"""The envelope of every message: canonical JSON, signed with HMAC-SHA-256 under the cabinet's line key.

What is signed: a line each for the protocol, the direction and the serial, then the canonical form of the object
without `sig`. Canonical is RFC 8785 restricted to whole numbers and plain member names: nothing is left to taste.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.cabinets.protocol.faults import Fault, Unreadable
from bot.cabinets.protocol.fields import MOST_INTEGER, Fields, Json, milliseconds
from bot.rules.locker.device import Keys

VERSION = 1
PURPOSE = "weizhan-cabinet-1"
MOST_BYTES = 32 * 1024
MOST_SKEW = timedelta(minutes=5)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Direction(StrEnum):
    """Who speaks. It is signed, so that no message can be sent back to its sender."""

    UP = "up"  # the cabinet
    DOWN = "down"  # the server


@dataclass(frozen=True, slots=True)
class Letter:
    """An object with its envelope read, its signature not yet checked."""

    direction: Direction
    serial: str
    kind: str
    seq: int | None
    at: datetime
    key: int
    fields: Fields
    signed: str
    sig: str

    def check(self, accepted: Mapping[int, bytes]) -> None:
        """Raises Unreadable with UNKNOWN_KEY or BAD_SIGNATURE unless one of these keys signed it."""
        if self.key not in accepted:
            raise Unreadable(Fault.UNKNOWN_KEY, "key", self.seq)
        made = _mac(accepted[self.key], self.direction, self.serial, self.signed)
        if not hmac.compare_digest(made.encode(), self.sig.encode()):
            raise Unreadable(Fault.BAD_SIGNATURE, "sig", self.seq)

    def skew(self, now: datetime) -> timedelta:
        """How far the sender's clock is ahead of ours."""
        return self.at - now


def open_letter(direction: Direction, serial: str, raw: bytes | str) -> Letter:
    """The envelope of a message that came in the name of this cabinet. Raises Unreadable."""
    value = _parsed(raw)
    if not isinstance(value, dict):
        raise Unreadable(Fault.BAD_JSON)
    fields = Fields(value)
    if fields.number("v") != VERSION:
        raise Unreadable(Fault.UNKNOWN_VERSION, "v")
    if fields.text("serial") != serial:
        raise Unreadable(Fault.WRONG_SERIAL, "serial")
    return Letter(
        direction,
        serial,
        kind=fields.text("type"),
        seq=fields.maybe("seq", fields.number),
        at=fields.moment("at"),
        key=fields.number("key", least=1),
        fields=fields,
        signed=canonical({name: member for name, member in value.items() if name != "sig"}),
        sig=fields.text("sig", longest=64),
    )


def sealed(direction: Direction, keys: Keys, at: datetime, body: Mapping[str, Json]) -> str:
    """The message as it travels: the body in its envelope, signed with the newest key the cabinet is known to have."""
    number = keys.signing
    value = {**body, "v": VERSION, "serial": keys.cabinet, "at": milliseconds(at), "key": number}
    sig = _mac(keys.accepted[number], direction, keys.cabinet, canonical(value))
    return _ENCODE({**value, "sig": sig})


def signature(key: bytes, direction: Direction, serial: str, value: Mapping[str, Json]) -> str:
    """The `sig` of an object, in hex."""
    return _mac(key, direction, serial, canonical(value))


def canonical(value: Mapping[str, Json]) -> str:
    """The one way to write an object: members by name, no blanks, as few escapes as JSON allows. Source: RFC 8785."""
    return _ENCODE(value)


def _mac(key: bytes, direction: Direction, serial: str, text: str) -> str:
    signed = "\n".join((PURPOSE, direction.value, serial, text))
    return hmac.new(key, signed.encode(), hashlib.sha256).hexdigest()


def _parsed(raw: bytes | str) -> Json:
    if len(raw) > MOST_BYTES:
        raise Unreadable(Fault.TOO_LARGE)
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw
        value: Json = json.loads(
            text, parse_int=_whole, parse_float=_not_whole, parse_constant=_not_whole, object_pairs_hook=_members
        )
        _ENCODE(value).encode()  # half a surrogate pair can be read, but not written
    except (ValueError, RecursionError) as error:
        raise Unreadable(Fault.BAD_JSON) from error
    return value


def _whole(digits: str) -> int:
    if len(digits) > 17 or abs(number := int(digits)) > MOST_INTEGER:
        raise Unreadable(Fault.OUT_OF_RANGE, "a number")
    return number


def _not_whole(_text: str) -> Json:
    raise Unreadable(Fault.WRONG_TYPE, "a number that is not whole")


def _members(pairs: list[tuple[str, Json]]) -> Json:
    members = dict(pairs)
    if len(members) != len(pairs) or not all(map(_NAME.fullmatch, members)):
        raise Unreadable(Fault.BAD_JSON, "a member's name")
    return members
