"""What one process keeps of the database, and the mark that says whether it still stands.

Every write to places, posts, hours and words, whoever makes it, leaves a new mark in the same transaction.
"""

import secrets
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

PLACES, WORDS, SETTINGS, STAFF, DESTINATIONS = "places", "words", "settings", "staff", "destinations"
_PLACES = "area building closure compound compoundname contact grid gridbuilding holiday station"
_WORDS = "knowledgeentry course lesson material activity bulletin compoundname"  # what messages may name or ask for
PARTS = {
    PLACES: frozenset(_PLACES.split()),
    WORDS: frozenset(_WORDS.split()),
    SETTINGS: frozenset({"setting"}),
    STAFF: frozenset({"staff"}),
    DESTINATIONS: frozenset({"destination"}),
}
MOST_KEPT = 8192  # some hundred charts, and the doors that people write from
_WROTE = "wrote"
_NEW_MARK = """INSERT INTO edition (part, mark) VALUES ({0}, {0})
ON CONFLICT (part) DO UPDATE SET mark = excluded.mark"""


@dataclass(slots=True)
class Shelf:
    """Each thing kept, with the mark it was read under; what was not asked for longest gives way."""

    held: dict[Hashable, tuple[int, Any]] = field(default_factory=dict)

    def get(self, key: Hashable, mark: int) -> tuple[int, Any] | None:
        """The thing with its mark, where it still stands."""
        found = self.held.pop(key, None)
        if found is None or found[0] != mark:
            return None
        self.held[key] = found  # the newest stand last
        return found

    def put(self, key: Hashable, mark: int, value: object) -> None:
        while len(self.held) >= MOST_KEPT:
            self.held.pop(next(iter(self.held)), None)
        self.held[key] = mark, value


def watch(engine: Engine) -> None:
    """Leave a new mark in every transaction that writes what is kept; random, as one that was undone must not recur."""
    new_mark = _NEW_MARK.format("?" if engine.dialect.name == "sqlite" else "%s")

    def begun(connection: Connection) -> None:
        connection.info[_WROTE] = set()

    def executed(
        connection: Connection, cursor: Any, _statement: str, _parameters: object, context: Any, _many: bool
    ) -> None:
        if not (context.isinsert or context.isupdate or context.isdelete) or context.compiled is None:
            return
        table = context.compiled.statement.table.name
        for part, tables in PARTS.items():
            if table in tables and not wrote(connection, part):
                connection.info[_WROTE].add(part)
                cursor.connection.execute(new_mark, (part, secrets.randbits(62)))

    event.listen(engine, "begin", begun)
    event.listen(engine, "after_cursor_execute", executed)


def wrote(connection: Connection, part: str = PLACES) -> bool:
    """Whether this transaction itself changed that part of what is kept."""
    return part in connection.info.get(_WROTE, ())
