"""What a workbook changed: rows that are new, rows that are different with old and new, and how many stayed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.sheets import words

KEYS = ("code", "login", "phone")
DOOR = ("community_code", "compound_code", "building", "unit", "grid_code")
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is different now."""

    heading: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One row that is new or different, by what it is known by."""

    key: str
    is_new: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All of it. `gone`: rows that no longer are, such as a grid that looks after a building no more."""

    rows: int
    changed: tuple[Changed, ...]
    gone: tuple[str, ...]
    communities: frozenset[UUID]

    @property
    def new(self) -> int:
        return sum(one.is_new for one in self.changed)

    @property
    def different(self) -> int:
        return len(self.changed) - self.new

    @property
    def same(self) -> int:
        return max(self.rows - len(self.changed), 0)


def difference(
    columns: Sequence[str], rows: int, communities: frozenset[UUID], before: Iterable[Cells], after: Iterable[Cells]
) -> Difference:
    """What stands in `after` and did not in `before`."""
    key = _key(columns)
    had, has = _by_key(before, key), _by_key(after, key)
    changed = tuple(_changed(name, had.get(name), row, columns) for name, row in has.items() if had.get(name) != row)
    return Difference(rows, changed, tuple(_said(name) for name in had if name not in has), communities)


def _key(columns: Sequence[str]) -> tuple[str, ...]:
    """By which columns a row is known; without any, by all of it."""
    one = next((column for column in KEYS if column in columns), None)
    if one is not None:
        return (one,)
    return DOOR if set(DOOR) <= set(columns) else tuple(columns)


def _by_key(rows: Iterable[Cells], key: tuple[str, ...]) -> dict[tuple[str, ...], Cells]:
    return {tuple(row[column] for column in key): row for row in rows}


def _changed(name: tuple[str, ...], old: Cells | None, new: Cells, columns: Sequence[str]) -> Changed:
    earlier = old if old is not None else dict.fromkeys(columns, "")
    cells = [column for column in columns if earlier[column] != new[column]]
    told = tuple(Cell(words.heading(column), earlier[column], new[column]) for column in cells)
    return Changed(_said(name), old is None, told)


def _said(name: tuple[str, ...]) -> str:
    return " ".join(filter(None, name))
