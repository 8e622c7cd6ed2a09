"""How large the city is, and the arithmetic by which every part finds the same places, posts and people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import cached_property
from itertools import islice
from math import ceil
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Table
from sqlmodel import SQLModel

from bot.privacy import Seal

AT_ONCE = 5000
PEOPLE_OF_A_STATION = 15_000
PEOPLE_OF_A_COMPOUND = 1_500
BUILDINGS, UNITS = 12, 3  # of a compound, of a building
COMMUNITIES_OF_A_STREET, STREETS_OF_A_DISTRICT = 8, 6
BUILDINGS_OF_A_MICRO_GRID = 2
COMPOUNDS_OF_A_GRID = 2
MOST_STATIONS_OF_A_COMMUNITY = 3
TICKETS_PER_RESIDENTS = 200


class Thing(IntEnum):
    """What an id is of; ids of one kind follow each other."""

    AREA = 1
    COMPOUND = 2
    BUILDING = 3
    STATION = 4
    GRID = 5
    CONTACT = 6
    RESIDENT = 7
    STAFF = 8
    TICKET = 9
    TICKET_EVENT = 10
    LOCKER = 11
    BRANCH = 12
    MEMBER = 13
    COURSE = 14
    LESSON = 15
    ENROLMENT = 16
    STUDY = 17


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of one table, their values in the order of the columns."""

    table: Table
    columns: Sequence[str]
    rows: Sequence[tuple[object, ...]]


@dataclass(frozen=True)
class Plan:
    """The size of the city. Two of the same seed and moment are the same but for what is sealed, which never is."""

    stations: int
    residents: int
    lockers: int
    seed: int
    now: datetime
    zone: ZoneInfo
    seal: Seal

    @cached_property
    def communities(self) -> int:
        return max(1, ceil(self.residents / PEOPLE_OF_A_STATION), ceil(self.stations / MOST_STATIONS_OF_A_COMMUNITY))

    @cached_property
    def compounds(self) -> int:
        """At least one for each community."""
        return max(self.communities, ceil(self.residents / PEOPLE_OF_A_COMPOUND))

    @cached_property
    def buildings(self) -> int:
        return self.compounds * BUILDINGS

    @cached_property
    def tickets(self) -> int:
        return self.residents // TICKETS_PER_RESIDENTS

    @cached_property
    def streets(self) -> int:
        return ceil(self.communities / COMMUNITIES_OF_A_STREET)

    @cached_property
    def districts(self) -> int:
        return ceil(self.streets / STREETS_OF_A_DISTRICT)

    def chance(self, part: str) -> Random:
        """The part's own chance, the same each time."""
        return Random(f"{self.seed}-{part}")  # noqa: S311 - a sample, no secret

    def id(self, thing: Thing, number: int) -> UUID:
        """A version 8 UUID: the seed, the kind, the number. Source: RFC 9562 §5.8."""
        high = (self.seed & (1 << 48) - 1) << 16 | 8 << 12 | thing
        return UUID(int=high << 64 | 2 << 62 | number)

    def community_of(self, compound: int) -> int:
        return compound * self.communities // self.compounds

    def compounds_of(self, community: int) -> range:
        """The compounds of a community, by their numbers."""
        first = -(-community * self.compounds // self.communities)
        return range(first, -(-(community + 1) * self.compounds // self.communities))

    def building(self, compound: int, number: int) -> UUID:
        """A compound's building, counted from 1."""
        return self.id(Thing.BUILDING, compound * BUILDINGS + number - 1)

    def community(self, number: int) -> UUID:
        return self.id(Thing.AREA, 1 + self.districts + self.streets + number)

    def ordinary_grid(self, compound: int) -> int:
        """The number of the ordinary grid that looks after a compound."""
        return self._first_grid(self.community_of(compound)) + (
            (compound - self.compounds_of(self.community_of(compound)).start) // COMPOUNDS_OF_A_GRID
        )

    def ordinary_grids(self, community: int) -> range:
        """A community's ordinary grids, by their numbers in the city."""
        return range(self._first_grid(community), self._first_grid(community + 1))

    def _first_grid(self, community: int) -> int:
        """Two compounds to a grid, and a new one at each community: at most half a grid is left over in each."""
        return self._grids_before[community]

    @cached_property
    def _grids_before(self) -> list[int]:
        sums = [0]
        for community in range(self.communities):
            sums.append(sums[-1] + ceil(len(self.compounds_of(community)) / COMPOUNDS_OF_A_GRID))
        return sums


def batches(model: type[SQLModel], columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> Iterator[Batch]:
    """The rows some at a time, so that memory stays flat."""
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    following = iter(rows)
    while some := list(islice(following, AT_ONCE)):
        yield Batch(table, columns, some)


def phone(number: int) -> str:
    """A number that nobody has: local ones never begin with 0."""
    return f"028-0{number // 10_000:03d}-{number % 10_000:04d}"
