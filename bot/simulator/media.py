"""Temporary media: what the account uploaded and what people sent, both kept for three days."""

from __future__ import annotations

import secrets
import struct
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulator.errors import PlatformError

KEPT = timedelta(days=3)
MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be uploaded as one type, and the code for too much of it."""

    most_bytes: int
    too_big: int
    content_types: frozenset[str]


RULES = {
    "image": Rule(10 * MB, 40009, frozenset({"image/png", "image/jpeg", "image/gif"})),
    "voice": Rule(2 * MB, 40010, frozenset({"audio/amr", "audio/mpeg"})),
    "video": Rule(10 * MB, 40011, frozenset({"video/mp4"})),
    "thumb": Rule(64 * 1024, 40012, frozenset({"image/jpeg"})),
}

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
)


@dataclass(frozen=True, slots=True)
class Media:
    """One file. `kind` is the upload's type."""

    id: str
    kind: str
    data: bytes
    content_type: str
    made_at: datetime


class MediaStore:
    """Files by media id."""

    def __init__(self) -> None:
        self._files: dict[str, Media] = {}

    def upload(self, kind: str, data: bytes, now: datetime) -> Media:
        """Keep what the account sent. Raises PlatformError 40004, 40005, 40006 or the type's own size code."""
        rule = RULES.get(kind)
        if rule is None:
            raise PlatformError(40004)
        if not data:
            raise PlatformError(40006)
        content_type = sniffed(data)
        if content_type not in rule.content_types:
            raise PlatformError(40005)
        if len(data) > rule.most_bytes:
            raise PlatformError(rule.too_big)
        return self.keep(kind, data, content_type, now)

    def keep(self, kind: str, data: bytes, content_type: str, now: datetime) -> Media:
        """Keep what a person sent from the phone."""
        media = Media(secrets.token_urlsafe(48), kind, data, content_type, now)
        self._files[media.id] = media
        return media

    def get(self, media_id: str, now: datetime) -> Media:
        """Raises PlatformError 40007 for an id not known or older than three days."""
        media = self._files.get(media_id)
        if media is None or now - media.made_at >= KEPT:
            raise PlatformError(40007)
        return media

    def shown(self, media_id: str) -> Media | None:
        """For the phone's screen, which keeps what it once showed."""
        return self._files.get(media_id)


def sniffed(data: bytes) -> str:
    """The content type by the first bytes; application/octet-stream where they tell nothing."""
    if data[4:8] == b"ftyp":
        return "video/mp4"
    return next((kind for start, kind in _STARTS if data.startswith(start)), "application/octet-stream")


def sample_picture(width: int = 120, height: int = 90) -> bytes:
    """A small PNG, different each time, for a person who has no file at hand."""
    red, green, blue = secrets.token_bytes(3)
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            rows += bytes(((red + x) % 256, (green + y) % 256, (blue + x + y) % 256))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(bytes(rows), 6)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def sample_voice(seconds: int) -> bytes:
    """Silence as AMR at 8 kHz: fifty frames a second."""
    return b"#!AMR\n" + (b"\x04" + bytes(12)) * (50 * seconds)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
