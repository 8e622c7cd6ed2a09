"""The account's tags on its followers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.simulator.errors import PlatformError

MOST_TAGS = 100
MOST_A_PERSON = 20
NAME_LENGTH = 30
FIRST_OWN_ID = 100
SYSTEM_IDS = frozenset({0, 1, 2})


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag."""

    id: int
    name: str


class Tags:
    """Tags by id. Who wears which stands with the people."""

    def __init__(self) -> None:
        self._tags: dict[int, Tag] = {}
        self._next_id = FIRST_OWN_ID

    def all(self) -> list[Tag]:
        return list(self._tags.values())

    def create(self, name: str) -> Tag:
        """Raises PlatformError 45056, 45157 or 45158."""
        if len(self._tags) >= MOST_TAGS:
            raise PlatformError(45056)
        self._check(name)
        tag = Tag(self._next_id, name)
        self._next_id += 1
        self._tags[tag.id] = tag
        return tag

    def rename(self, tag_id: int, name: str) -> None:
        """Raises PlatformError 45157, 45158, 45159 or 45058."""
        self.get(tag_id)
        self._check(name)
        self._tags[tag_id] = Tag(tag_id, name)

    def delete(self, tag_id: int) -> None:
        self.get(tag_id)
        del self._tags[tag_id]

    def get(self, tag_id: int) -> Tag:
        """Raises PlatformError 45058 for a system tag, 45159 for one that does not exist."""
        if tag_id in SYSTEM_IDS:
            raise PlatformError(45058)
        if tag_id not in self._tags:
            raise PlatformError(45159)
        return self._tags[tag_id]

    def _check(self, name: str) -> None:
        if not name or any(tag.name == name for tag in self._tags.values()):
            raise PlatformError(45157)
        if len(name) > NAME_LENGTH:
            raise PlatformError(45158)
