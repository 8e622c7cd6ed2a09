"""Signed names of residents, by which a page or another system speaks for one: whose, what for, until when."""

import base64
import hashlib
import hmac
import struct
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.errors import Refusal
from bot.privacy import Seal

_SHAPE = struct.Struct(">16sI")
_MAC_BYTES = 16


class Purpose(StrEnum):
    """What a name is good for; one made for the first is worthless for the second."""

    ENTRY = "entry"  # a link in the chat
    PAGE = "page"  # the browser that followed it
    PUSH = "push"  # the page of a lesson push, of one receipt or of all: it tells whoever has it nothing personal
    API = "api"  # a mini-program's server, for one resident


LASTS = {
    Purpose.ENTRY: timedelta(hours=24),
    Purpose.PAGE: timedelta(hours=12),
    Purpose.PUSH: timedelta(days=60),
    Purpose.API: timedelta(hours=1),
}


class LinkOver(Refusal):
    """The link is older than it may be; a new one comes from the chat."""


class LinkNotOurs(Refusal):
    """Nobody here made this link, or only a part of it arrived."""


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a signed name stands for, and how long."""

    resident_id: UUID
    until: datetime


def sign(seal: Seal, purpose: Purpose, resident_id: UUID, now: datetime) -> str:
    """The resident's name for that purpose: 48 letters, digits, `-` and `_`, good for as long as LASTS says."""
    until = int((now + LASTS[purpose]).timestamp())
    body = _SHAPE.pack(resident_id.bytes, until)
    return base64.urlsafe_b64encode(body + _mac(seal, purpose, body)).decode()


def read(seal: Seal, purpose: Purpose, name: str, now: datetime) -> Named:
    """Whom it stands for. Raises LinkNotOurs, LinkOver."""
    try:
        raw = base64.b64decode(name.encode(), altchars=b"-_", validate=True)
    except (NotBase64, ValueError):
        raise LinkNotOurs from None
    body, mac = raw[: _SHAPE.size], raw[_SHAPE.size :]
    if len(body) != _SHAPE.size or not hmac.compare_digest(mac, _mac(seal, purpose, body)):
        raise LinkNotOurs
    resident, until = _SHAPE.unpack(body)
    if until <= now.timestamp():
        raise LinkOver
    return Named(UUID(bytes=resident), datetime.fromtimestamp(until, UTC))


def _mac(seal: Seal, purpose: Purpose, body: bytes) -> bytes:
    return hmac.new(seal.key(f"link {purpose.value}"), body, hashlib.sha256).digest()[:_MAC_BYTES]
