"""What a message says beside its need, as words that the matcher can count: a day, an address, a door, a service."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

from bot.nlu import slots
from bot.nlu.index import Reading
from bot.nlu.read import Reader

MOST_PHRASES = 20_000
_SOME_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)  # phrases are not spoken at any hour
_MARKS = {name: f"‹{name}›" for name in ("service", "role", "start", "address", "door", "code", "phone", "number")}


def marks(text: str) -> tuple[str, ...]:
    """The marks of a phrase."""
    return of(slots.extract(text, _SOME_DAY).slots)


@lru_cache(MOST_PHRASES)
def marked(reader: Reader, phrase: str) -> Reading:
    """A phrase read with its marks; kept, for all of them are indexed anew whenever one is learned."""
    return reader.reading(phrase, marks(phrase))


def of(found: Mapping[str, object]) -> tuple[str, ...]:
    """The marks of what was extracted."""
    return tuple(_MARKS[name] for name in found if name in _MARKS)
