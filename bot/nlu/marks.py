"""What a message says beside its need, as words that the matcher can count: a day, an address, a door, a service."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.nlu import slots

_SOME_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)  # phrases are not spoken at any hour
_MARKS = {name: f"‹{name}›" for name in ("service", "role", "start", "address", "door", "code", "phone", "number")}


def marks(text: str) -> tuple[str, ...]:
    """The marks of a phrase."""
    return of(slots.extract(text, _SOME_DAY).slots)


def of(found: Mapping[str, object]) -> tuple[str, ...]:
    """The marks of what was extracted."""
    return tuple(_MARKS[name] for name in found if name in _MARKS)
