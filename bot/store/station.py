"""Stations: where they are, when they are open and when not, how to reach them, what one may do there."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import JSON, Index, delete, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection, savepoint
from bot.store.edition import kept


class StationKind(StrEnum):
    """The three counters a resident may be sent to."""

    LIFE = "station"
    LEARNING = "learning"
    COMMUNITY = "community"


class Facility(StrEnum):
    """What a passer-by may do at a station."""

    REST = "rest"
    CHARGE = "charge"
    DRINK = "drink"
    TOILET = "toilet"
    LEARN = "learn"  # lessons, books, a room to learn in: a place of the learning circle whatever its kind


class Station(SQLModel, table=True):
    """One counter. `hours` maps a weekday (0 is Monday) to its intervals, e.g. {"0": [["09:00", "12:00"]]}.

    Under "holiday" stand those of public holidays; without it the station is closed on them.
    `lat` and `lon` are GCJ-02 degrees, as WeChat shares them.
    """

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
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    facilities: list[str] = Field(default_factory=list, sa_type=JSON().with_variant(JSONB(), "postgresql"))


class Closure(SQLModel, table=True):
    """A time in which a station is shut whatever its hours say."""

    __table_args__ = (Index(None, "station_id", "ends_at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    station_id: UUID = Field(foreign_key="station.id")
    starts_at: datetime
    ends_at: datetime
    reason: str = Field(default="", max_length=80)


class Counter(NamedTuple):
    """What an answer tells of a station."""

    id: UUID
    code: str
    kind: str
    name: str
    address: str
    phone: str
    hours: dict[str, list[list[str]]]
    services: str
    locker_fee: str
    facilities: list[str]
    lat: float | None
    lon: float | None


_station = Station.__table__  # type: ignore[attr-defined]
_COUNTER = select(*(_station.c[name] for name in Counter._fields))
_COUNTERS = _COUNTER.where(_station.c.code.in_(select(func.min(_station.c.code)).group_by(_station.c.kind)))
_PLACED = _COUNTER.where(_station.c.lat.is_not(None), _station.c.lon.is_not(None)).order_by(_station.c.code)


def counters(session: Session) -> dict[str, Counter]:
    """The counter of each kind that serves this community."""
    return kept(
        session,
        Counter,
        lambda reading: {row.kind: Counter(*row) for row in connection(reading).execute(_COUNTERS)},
    )


def counters_of(session: Session, area_id: UUID) -> list[Counter]:
    """The counters of one community, by code."""
    rows = connection(session).execute(_COUNTER.where(_station.c.area_id == area_id).order_by(_station.c.code))
    return [Counter(*row) for row in rows]


def placed(session: Session) -> list[Counter]:
    """Every station of which it is known where it stands, by code."""
    return [Counter(*row) for row in connection(session).execute(_PLACED)]


def first(session: Session, limit: int) -> list[Counter]:
    """So many stations at most, by code."""
    return [Counter(*row) for row in connection(session).execute(_COUNTER.order_by(_station.c.code).limit(limit))]


def by_code(session: Session, code: str) -> Counter | None:
    """The station of that code."""
    row = connection(session).execute(_COUNTER.where(_station.c.code == code)).first()
    return Counter(*row) if row else None


def row_of(session: Session, code: str) -> Station | None:
    """The station of that code, to be changed."""
    return session.scalars(select(Station).where(col(Station.code) == code)).first()


def add(session: Session, new: Station) -> bool:
    """Write a new one; False where another has its code."""
    try:
        with savepoint(session):
            session.add(new)
    except IntegrityError:
        return False
    return True


def everywhere(session: Session) -> list[Station]:
    """All stations, in the order of their codes."""
    return list(session.scalars(select(Station).order_by(col(Station.code))))


def names(session: Session, station_ids: Collection[UUID]) -> dict[UUID, str]:
    """How these are called, in one statement."""
    found = connection(session).execute(select(_station.c.id, _station.c.name).where(_station.c.id.in_(station_ids)))
    return dict(found.all())


def closures(session: Session, station_ids: Collection[UUID], since: datetime) -> Sequence[Closure]:
    """When these stations are shut, now or later, earliest first."""
    shut = select(Closure).where(col(Closure.station_id).in_(station_ids), col(Closure.ends_at) > since)
    return session.scalars(shut.order_by(col(Closure.starts_at))).all()


def all_closures(session: Session) -> Sequence[Closure]:
    """When any station is or was shut, earliest first."""
    return session.scalars(select(Closure).order_by(col(Closure.starts_at))).all()


def shut(session: Session, station_id: UUID, times: Sequence[tuple[datetime, datetime, str]]) -> None:
    """Let the station be shut at these times and no others: from, until, why."""
    session.execute(delete(Closure).where(col(Closure.station_id) == station_id))
    session.add_all(
        Closure(station_id=station_id, starts_at=start, ends_at=end, reason=why) for start, end, why in times
    )
