"""Stations: where they are, when they are open, how to reach them."""

from enum import StrEnum
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import JSON, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection


class StationKind(StrEnum):
    """The three counters a resident may be sent to."""

    LIFE = "station"
    LEARNING = "learning"
    COMMUNITY = "community"


class Station(SQLModel, table=True):
    """One counter. `hours` maps a weekday (0 is Monday) to its intervals, e.g. {"0": [["09:00", "12:00"]]}."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    kind: str = Field(max_length=16, index=True)
    name: str = Field(max_length=80)
    address: str = Field(max_length=200)
    phone: str = Field(max_length=32)
    hours: dict[str, list[list[str]]] = Field(sa_type=JSON().with_variant(JSONB(), "postgresql"))
    services: str = Field(default="", max_length=400)
    locker_fee: str = Field(default="", max_length=200)
    lat: float | None = None
    lon: float | None = None


class Counter(NamedTuple):
    """What an answer tells of a station."""

    kind: str
    name: str
    address: str
    phone: str
    hours: dict[str, list[list[str]]]
    services: str
    locker_fee: str


_station = Station.__table__  # type: ignore[attr-defined]
_COUNTERS = select(*(_station.c[name] for name in Counter._fields)).where(
    _station.c.code.in_(select(func.min(_station.c.code)).group_by(_station.c.kind))
)


def counters(session: Session) -> dict[str, Counter]:
    """The counter of each kind that serves this community; read once in a transaction, for many answers ask."""
    found: dict[str, Counter] | None = session.info.get(_COUNTERS)
    if found is None:
        found = {row[0]: Counter(*row) for row in connection(session).execute(_COUNTERS)}
        session.info[_COUNTERS] = found
    return found


def everywhere(session: Session) -> list[Station]:
    """All stations, in the order of their codes."""
    return list(session.scalars(select(Station).order_by(col(Station.code))))
