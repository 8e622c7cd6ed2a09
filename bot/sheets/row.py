"""One row of a workbook, asked cell by cell: what is wrong is noted with its line, and reading goes on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.sheets import words

LATITUDES, LONGITUDES = (3.0, 54.0), (73.0, 136.0)  # China
_PHONE = re.compile(rf"\+?[\d\- (){words.sign('extension')}]{{3,32}}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell."""

    line: int
    heading: str
    reason: str

    def __str__(self) -> str:
        return words.wrong("row", line=self.line, heading=self.heading, reason=self.reason)


@dataclass(slots=True)
class Row:
    """The cells of one line by column."""

    line: int
    cells: Mapping[str, str]
    zone: ZoneInfo
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, column: str, what: str, **facts: object) -> None:
        """Note what is wrong with a cell."""
        self.problems.append(Problem(self.line, words.heading(column), words.wrong(what, **facts)))

    def text(self, column: str, *, needed: bool = False, most: int = 80) -> str:
        """The cell as it is; "" where it is empty or wrong."""
        text = self.cells.get(column, "")
        if needed and not text:
            self.wrong(column, "empty")
        if len(text) > most:
            self.wrong(column, "too_long", most=most)
            return ""
        return text

    def phone(self, column: str, *, needed: bool = False) -> str:
        text = self.text(column, needed=needed, most=32)
        if text and not _PHONE.fullmatch(text):
            self.wrong(column, "not_a_phone", text=text)
        return text

    def number(self, column: str, low: float, high: float) -> float | None:
        """A number within these limits, None where there is none."""
        text = self.cells.get(column, "")
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            self.wrong(column, "not_a_number", text=text)
            return None
        if not low <= number <= high:
            self.wrong(column, "out_of_range", text=text, low=f"{low:g}", high=f"{high:g}")
            return None
        return number

    def spot(self, lat: str, lon: str) -> tuple[float | None, float | None]:
        """A place on the map, both or none; degrees that were swapped are told as such."""
        said = self.cells.get(lat, ""), self.cells.get(lon, "")
        if bool(said[0]) != bool(said[1]):
            self.wrong(lat if not said[0] else lon, "half_a_place")
            return None, None
        if _within(said[0], LONGITUDES) and _within(said[1], LATITUDES) and not _within(said[0], LATITUDES):
            self.wrong(lat, "swapped")
            return None, None
        return self.number(lat, *LATITUDES), self.number(lon, *LONGITUDES)

    def one_of(self, column: str, group: str, *, default: str = "") -> str:
        """The member of a closed set that goes by this name; "" where it is wrong."""
        text, names = self.cells.get(column, ""), words.names(group)
        if not text and default:
            return default
        found = {name: member for member, name in names.items()}.get(text, "")
        if not found:
            self.wrong(column, "not_one_of", text=text, names=words.sign("list").join(names.values()))
        return found

    def some_of(self, column: str, group: str) -> list[str]:
        """Members of a closed set, in the order of the set."""
        names = words.names(group)
        said = split(self.cells.get(column, ""), words.sign("list"))
        for text in said:
            if text not in names.values():
                self.wrong(column, "not_one_of", text=text, names=words.sign("list").join(names.values()))
        return [member for member, name in names.items() if name in said]

    def day(self, column: str) -> date | None:
        text = self.cells.get(column, "")
        if not text:
            return None
        try:
            return date.fromisoformat(text.replace("/", "-"))
        except ValueError:
            self.wrong(column, "not_a_date", text=text)
            return None

    def moment(self, column: str, text: str) -> datetime | None:
        """A local moment, aware."""
        try:
            return datetime.fromisoformat(text.replace("/", "-")).replace(tzinfo=self.zone)
        except ValueError:
            self.wrong(column, "not_a_moment", text=text)
            return None


class Once:
    """What was said of a thing on an earlier line: every line that names it must say the same."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], Row] = {}

    def first(self, row: Row, columns: Sequence[str], of: str) -> bool:
        """Whether this line is the first about it; a later one that differs is noted as wrong."""
        earlier = self._said.setdefault((columns[0], of), row)
        for column in columns:
            if earlier.cells.get(column, "") != row.cells.get(column, ""):
                row.wrong(column, "differs", line=earlier.line)
        return earlier is row


def split(text: str, sign: str) -> list[str]:
    """The parts of a cell, however people separate them."""
    return [part.strip() for part in re.split(rf"[{re.escape(sign)},，;\n]", text) if part.strip()]


def unique(rows: Iterable[Row], column: str) -> None:
    """Note every row whose cell stands on an earlier row too."""
    seen: dict[str, int] = {}
    for row in rows:
        text = row.cells.get(column, "")
        if text and text in seen:
            row.wrong(column, "twice", text=text, line=seen[text])
        seen.setdefault(text, row.line)


def _within(text: str, limits: tuple[float, float]) -> bool:
    try:
        return limits[0] <= float(text) <= limits[1]
    except ValueError:
        return False
