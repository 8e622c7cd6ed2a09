"""What a kind of workbook is: its columns, how its rows are taken in, and how they are given out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.rules.office import Office
from bot.sheets.row import Row
from bot.store import Session


@dataclass(frozen=True, slots=True)
class Kind:
    """`take_in` notes what is wrong in the rows, writes the rest, and returns the communities it changed."""

    columns: tuple[str, ...]
    take_in: Callable[[Session, Sequence[Row]], set[UUID]]
    give_out: Callable[[Session, ZoneInfo], Iterator[Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Personal:
    """As `Kind`, of rows with personal data: they need the seal, and are given out masked unless in `full`."""

    columns: tuple[str, ...]
    take_in: Callable[[Office, Sequence[Row]], set[UUID]]
    give_out: Callable[[Office, bool], Iterator[Mapping[str, str]]]
