"""The staff's workbooks: places, posts, people, accounts, what can be booked, what is on; all rows or none."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.errors import OperatorError
from bot.rules.office import Office
from bot.sheets import (
    activities,
    contacts,
    courses,
    grids,
    lockers,
    party_members,
    residents,
    services,
    staff,
    stations,
    table,
    words,
)
from bot.sheets.difference import Difference, difference
from bot.sheets.kind import Kind, Personal
from bot.sheets.row import Problem, Row
from bot.sheets.table import Line

KINDS: Mapping[str, Kind | Personal] = {
    "stations": stations.KIND,
    "grids": grids.KIND,
    "contacts": contacts.KIND,
    "residents": residents.KIND,
    "lockers": lockers.KIND,
    "staff": staff.KIND,
    "services": services.KIND,
    "activities": activities.KIND,
    "courses": courses.KIND,
    "party-members": party_members.KIND,
}


class WrongRows(OperatorError):
    """Rows that cannot be taken in; `problems` names each with its line and reason. Nothing may be kept."""

    def __init__(self, file: Path, problems: Sequence[Problem]) -> None:
        super().__init__(f"{file}: {len(problems)} cells are wrong, nothing was imported")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did: rows read, rows that are different now, communities whose chart changed."""

    rows: int
    changed: int
    communities: frozenset[UUID]


def take_in(office: Office, kind: str, file: Path) -> Taken:
    """Write every row of the file. Raises WrongRows after which the transaction must be undone."""
    its = KINDS[kind]
    before = _frozen(its, office)
    rows, communities = _taken_in(its, office, file, table.read(file))
    return Taken(rows, len(_frozen(its, office) - before), communities)


def read(name: str, body: bytes) -> list[Line]:
    """The lines of a file that came from elsewhere; its name says the form. Raises table.NoTable."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"table{Path(name).suffix.lower()}"
        file.write_bytes(body)
        return table.read(file)


def change(office: Office, kind: str, name: str, lines: Sequence[Line]) -> Difference:
    """Write every line, and tell what is different now.

    Raises WrongRows after which the transaction must be undone.
    """
    its = KINDS[kind]
    before = list(_given_out(its, office, full=True))
    rows, communities = _taken_in(its, office, Path(name), lines)
    after = list(_given_out(its, office, full=True))
    return difference(its.columns, rows, communities, before, after)


def rows_of(office: Office, kind: str, *, full: bool = False) -> tuple[list[str], list[list[str]]]:
    """The headings and rows of `give_out`, to be written elsewhere."""
    its = KINDS[kind]
    return _headings(its), [[row[column] for column in its.columns] for row in _given_out(its, office, full=full)]


def headings(kind: str) -> list[str]:
    """The headings alone."""
    return _headings(KINDS[kind])


def is_personal(kind: str) -> bool:
    """Whether its rows are people, who are given out masked."""
    return isinstance(KINDS[kind], Personal)


def give_out(office: Office, kind: str, file: Path, *, full: bool = False) -> int:
    """Write everything of a kind to the file, personal data masked unless in `full`; returns how many rows."""
    headings, rows = rows_of(office, kind, full=full)
    table.write(file, headings, rows)
    return len(rows)


def give_template(kind: str, file: Path) -> None:
    """Write the headings alone, to be filled in."""
    table.write(file, _headings(KINDS[kind]), [])


def _given_out(its: Kind | Personal, office: Office, *, full: bool) -> Iterator[Mapping[str, str]]:
    if isinstance(its, Personal):
        return its.give_out(office, full)
    return its.give_out(office.session, office.zone)


def _headings(its: Kind | Personal) -> list[str]:
    return [words.heading(column) for column in its.columns]


def _frozen(its: Kind | Personal, office: Office) -> set[tuple[str, ...]]:
    return {tuple(row.values()) for row in _given_out(its, office, full=True)}


def _taken_in(its: Kind | Personal, office: Office, file: Path, lines: Sequence[Line]) -> tuple[int, frozenset[UUID]]:
    """How many rows were written, and the communities they changed. Raises WrongRows."""
    rows = _rows(its, file, lines, office.zone)
    communities = its.take_in(office, rows) if isinstance(its, Personal) else its.take_in(office.session, rows)
    if problems := [problem for row in rows for problem in row.problems]:
        raise WrongRows(file, problems)
    office.session.flush()
    return len(rows), frozenset(communities)


def _rows(its: Kind | Personal, file: Path, lines: Sequence[Line], zone: ZoneInfo) -> list[Row]:
    """The rows by column, whatever the order of the columns."""
    if not lines:
        raise WrongRows(file, [Problem(1, words.heading(its.columns[0]), words.wrong("nothing"))])
    columns = _columns(its, lines[0], file)
    rows = [_row(line, columns, zone) for line in lines[1:]]
    if not rows:
        raise WrongRows(file, [Problem(2, words.heading(its.columns[0]), words.wrong("nothing"))])
    return rows


def _columns(its: Kind | Personal, line: Line, file: Path) -> list[str]:
    """The column of each cell; "" for one without a heading. All must be there: a missing one would empty its cells."""
    by_heading = {words.heading(column): column for column in its.columns}
    headings = [cell.strip() for cell in line.cells]
    problems = [
        *(
            Problem(line.number, one, words.wrong("heading_unknown"))
            for one in headings
            if one and one not in by_heading
        ),
        *(Problem(line.number, one, words.wrong("heading_twice")) for one in by_heading if headings.count(one) > 1),
        *(Problem(line.number, one, words.wrong("heading_missing")) for one in by_heading if one not in headings),
    ]
    if problems:
        raise WrongRows(file, problems)
    return [by_heading.get(heading, "") for heading in headings]


def _row(line: Line, columns: Sequence[str], zone: ZoneInfo) -> Row:
    row = Row(line.number, dict(zip(columns, line.cells, strict=False)), zone)
    for at in line.formulas:
        if at < len(columns) and columns[at]:
            row.wrong(columns[at], "formula")
    return row
