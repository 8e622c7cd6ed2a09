"""Reads the knowledge base from its TOML files."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.errors import OperatorError

_FIELDS = {"question", "ask", "answer", "source", "reviewed", "expires", "actions", "related"}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class FaqError(OperatorError):
    """A knowledge base that cannot be read; says the file, the entry and what is wrong in one line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of the knowledge base with every way to ask it."""

    id: str
    question: str
    ask: tuple[str, ...]
    answer: str
    source: str
    reviewed: date | None
    expires: date | None
    actions: tuple[str, ...]
    related: tuple[str, ...]
    topic: str  # the file's name without .toml


def load(folder: Path) -> tuple[Entry, ...]:
    """Every entry of every file, in the order of names. Raises FaqError at the first that cannot be read."""
    if not folder.is_dir():
        raise FaqError(f"{folder}: no such folder; set WEIZHAN_FAQ_DIR to the folder with the knowledge base")
    entries: dict[str, Entry] = {}
    for entry in (entry for path in sorted(folder.glob("*.toml")) for entry in read(path)):
        if entry.id in entries:
            raise FaqError(f"{entry.topic}.toml: [{entry.id}] stands in {entries[entry.id].topic}.toml too")
        entries[entry.id] = entry
    if not entries:
        raise FaqError(f"{folder}: no entries; the knowledge base is a folder of *.toml files")
    return tuple(entries.values())


def read(path: Path) -> list[Entry]:
    """The entries of one file. Raises FaqError."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FaqError(f"{path.name}: {error}") from error
    return [_entry(path, name, table) for name, table in tables.items()]


def _entry(path: Path, name: str, table: object) -> Entry:
    where = f"{path.name}: [{name}]"
    if not isinstance(table, dict):
        raise FaqError(f"{where} must be a table")
    if strange := sorted(table.keys() - _FIELDS):
        raise FaqError(f"{where} has an unknown field {strange[0]!r}; known are {', '.join(sorted(_FIELDS))}")
    if not _ID.fullmatch(name):
        raise FaqError(f"{where}: an id is small letters, digits and hyphens")
    return Entry(
        id=name,
        question=_text(where, table, "question"),
        ask=_texts(where, table, "ask"),
        answer=_text(where, table, "answer").strip(),
        source=_text(where, table, "source", needed=False),
        reviewed=_day(where, table, "reviewed"),
        expires=_day(where, table, "expires"),
        actions=_texts(where, table, "actions"),
        related=_texts(where, table, "related"),
        topic=path.stem,
    )


def _text(where: str, table: Mapping[str, object], field: str, *, needed: bool = True) -> str:
    value = table.get(field, "")
    if not isinstance(value, str) or (needed and not value.strip()):
        raise FaqError(f"{where}: {field} must be a text in quotes")
    return value


def _texts(where: str, table: Mapping[str, object], field: str) -> tuple[str, ...]:
    value = table.get(field, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise FaqError(f"{where}: {field} must be a list of texts")
    return tuple(value)


def _day(where: str, table: Mapping[str, object], field: str) -> date | None:
    value = table.get(field)
    if value is not None and type(value) is not date:
        raise FaqError(f"{where}: {field} must be a day like 2026-11-01, without quotes")
    return value
