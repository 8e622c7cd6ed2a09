"""The simulator's Chinese sentences and its people, read from the TOML files beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class FaultWords:
    """How a fault is named on the page."""

    label: str
    hint: str
    highlight: bool


@cache
def sentences() -> dict[str, str]:
    return {name: value for name, value in _toml("words.toml").items() if isinstance(value, str)}


def sentence(name: str) -> str:
    return sentences()[name]


@cache
def fault_words() -> dict[str, FaultWords]:
    rows = tables("words.toml", "faults")
    return {name: FaultWords(str(row["label"]), str(row["hint"]), bool(row["highlight"])) for name, row in rows.items()}


def tables(file_name: str, under: str | None = None) -> dict[str, dict[str, object]]:
    """The tables of a file (or of one of its tables), by name."""
    found = _toml(file_name)
    if under is not None:
        inner = found[under]
        found = inner if isinstance(inner, dict) else {}
    return {name: table for name, table in found.items() if isinstance(table, dict)}


def named(file_name: str, name: str) -> str:
    """One sentence of another file."""
    return str(_toml(file_name)[name])


def _toml(file_name: str) -> dict[str, object]:
    return tomllib.loads((files("bot.simulator") / file_name).read_text(encoding="utf-8"))
