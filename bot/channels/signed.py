"""How the platforms sign what they push, and how old it may be."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha1

from bot.channels import Rejected

STALE_SECONDS = 3600


def signature(*parts: str) -> bytes:
    """SHA-1 over the sorted parts, as hexadecimal bytes."""
    return sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest().encode()


def check_moment(query: Mapping[str, str], now: datetime, stale_seconds: int = STALE_SECONDS) -> None:
    """Raises Rejected for a timestamp that is none, or too old; of this hour where nothing else is said."""
    timestamp = query.get("timestamp", "")
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
        raise Rejected(400, "timestamp is no number")
    if abs(now.timestamp() - int(timestamp)) > stale_seconds:
        raise Rejected(403, "stale timestamp")
