"""Lists of rows: columns declared once give the page, its search, sorting and paging, and the workbook."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from bot.sheets import table
from bot.web.console.page import File, Visit
from bot.wording import console as say

R = TypeVar("R")
PAGE = 50
MOST_EXPORTED = 20_000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | datetime | None


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: what it shows of a row, where that leads, and whether the list can be sorted by it."""

    key: str
    label: str
    value: Callable[[R], Value]
    href: Callable[[R], str] | None = None
    sorts: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: at most `limit` rows after the one that `after` names, in that order."""

    words: str
    sort: str
    descending: bool
    after: str
    limit: int


@dataclass(frozen=True, slots=True)
class Slice(Generic[R]):
    """Some rows, and the name of the last one where more follow."""

    rows: Sequence[R]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Listing(Generic[R]):
    """A list as it is declared. `none`, where there is nothing yet: title, words, address and verb of a button."""

    title: str
    at: str
    columns: Sequence[Column[R]]
    fetch: Callable[[Visit, Query], Slice[R]]
    hint: str
    none: tuple[str, str, str, str]
    sort: str = ""
    descending: bool = False
    filters: Sequence[str] = ()  # parameters of the address that `fetch` reads besides


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `at` is a moment."""

    text: str = ""
    at: datetime | None = None
    href: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's head; `direction` where the list is sorted by it, `href` sorts by it or turns it round."""

    label: str
    href: str
    direction: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it is shown."""

    title: str
    at: str
    hint: str
    words: str
    keep: Mapping[str, str]
    columns: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    first: str
    next: str
    clear: str
    export: str
    none_title: str
    none_words: str
    none_href: str = ""
    none_button: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def listed(visit: Visit, listing: Listing[R]) -> Listed | File:
    """One page of the list as the address asks for it, or all of it as a workbook, which is written down."""
    query = asked_for(visit, listing)
    if visit.asked.query.get("as") == "xlsx":
        return _exported(visit, listing, query)
    found = listing.fetch(visit, query)
    address = _Address(visit, listing)
    return Listed(
        title=listing.title,
        at=listing.at,
        hint=listing.hint,
        words=query.words,
        keep={name: visit.asked.query.get(name, "") for name in (*listing.filters, "sort", "down")},
        columns=tuple(_heading(column, query, address) for column in listing.columns),
        rows=tuple(tuple(_cell(column, row) for column in listing.columns) for row in found.rows),
        first=address(after="") if query.after else "",
        next=address(after=found.next) if found.next else "",
        clear=address(q="", after=""),
        export=address(**{"as": "xlsx", "after": ""}),
        none_title=listing.none[0],
        none_words=listing.none[1],
        none_href=listing.none[2],
        none_button=listing.none[3],
    )


def asked_for(visit: Visit, listing: Listing[R]) -> Query:
    """What the address asks for; a column that cannot sort, or is none, is passed over."""
    given = visit.asked.query
    sortable = {column.key for column in listing.columns if column.sorts}
    wanted = given.get("sort", "")
    sort = wanted if wanted in sortable else listing.sort
    descending = given.get("down") == "1" if wanted in sortable else listing.descending
    return Query(given.get("q", "").strip()[:60], sort, descending, given.get("after", "")[:200], PAGE)


def start_of(query: Query) -> int:
    """Behind how many rows the page begins, where `after` is a number; whoever makes one up begins at the top."""
    return int(query.after) if query.after.isascii() and query.after.isdigit() and len(query.after) < 8 else 0


def place_of(query: Query) -> tuple[datetime, UUID] | None:
    """Behind which row the page begins, where `after` is its moment and id; None is the top."""
    moment, _, key = query.after.partition("_")
    try:
        at = datetime.fromisoformat(moment)
        return (at, UUID(key)) if at.tzinfo is not None else None
    except ValueError:
        return None


class _Address:
    """The list's own address with some of its parameters changed."""

    def __init__(self, visit: Visit, listing: Listing[R]) -> None:
        self._at = listing.at
        names = ("q", "sort", "down", "after", *listing.filters)
        self._given = {name: visit.asked.query.get(name, "") for name in names}

    def __call__(self, **changed: str) -> str:
        kept = {name: value for name, value in {**self._given, **changed}.items() if value}
        return f"{self._at}?{urlencode(kept)}" if kept else self._at


def _heading(column: Column[R], query: Query, address: _Address) -> Heading:
    chosen = query.sort == column.key
    direction = ("descending" if query.descending else "ascending") if chosen else ""
    down = "" if chosen and query.descending else "1" if chosen else ""
    return Heading(
        label=column.label,
        href=address(sort=column.key, down=down, after="") if column.sorts else "",
        direction=direction,
        is_number=False,
    )


def _cell(column: Column[R], row: R) -> Cell:
    value = column.value(row)
    href = column.href(row) if column.href is not None else ""
    if isinstance(value, datetime):
        return Cell(at=value)
    return Cell(text="" if value is None else str(value), href=href, is_number=isinstance(value, int))


def _exported(visit: Visit, listing: Listing[R], query: Query) -> File:
    """Every row, page by page, as text that no spreadsheet runs."""
    rows: list[list[str]] = []
    after = ""
    while len(rows) < MOST_EXPORTED:
        found = listing.fetch(visit, Query(query.words, query.sort, query.descending, after, 500))
        rows += [[_plain(column.value(row), visit.office.zone) for column in listing.columns] for row in found.rows]
        after = found.next
        if not after:
            break
    visit.noted("list.exported", listing.at, rows=len(rows), words=query.words)
    return workbook(listing.title, [column.label for column in listing.columns], rows)


def workbook(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> File:
    """A workbook to keep."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list.xlsx"
        table.write(file, headings, rows)
        return File(file.read_bytes(), WORKBOOK, f"{title}.xlsx")


def _plain(value: Value, zone: tzinfo) -> str:
    if isinstance(value, datetime):
        return say.full(value.astimezone(zone))
    return "" if value is None else str(value)
