"""Where people live: the tree of areas down to the community, its compounds and their buildings."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint, delete, func, select
from sqlmodel import Field, Session, SQLModel, col

from bot.store.edition import kept


class Level(StrEnum):
    """The four levels of areas, widest first."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"


class Area(SQLModel, table=True):
    """An area inside a wider one. A community has a `code` of its own; above it are the names from the city down."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(max_length=200, unique=True)
    level: str = Field(max_length=16, index=True)
    name: str = Field(max_length=80)
    parent_id: UUID | None = Field(
        default=None, index=True, sa_column_args=[ForeignKey("area.id", deferrable=True, initially="DEFERRED")]
    )


class Compound(SQLModel, table=True):
    """A housing estate. `lat` and `lon` are GCJ-02 degrees, as WeChat shares them."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=80)
    area_id: UUID = Field(foreign_key="area.id", index=True)
    lat: float | None = None
    lon: float | None = None


class CompoundName(SQLModel, table=True):
    """A name by which people call a compound, its own among them; in lower case and without spaces."""

    compound_id: UUID = Field(foreign_key="compound.id", primary_key=True)
    name: str = Field(max_length=80, primary_key=True)


class Building(SQLModel, table=True):
    """A building: its `number` as people say it without the counting word (`3`, `A`), and how many units it has."""

    __table_args__ = (UniqueConstraint("compound_id", "number"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    compound_id: UUID = Field(foreign_key="compound.id")
    number: str = Field(max_length=16, index=True)
    units: int = 1
    lat: float | None = None
    lon: float | None = None


def plain_name(name: str) -> str:
    """A name as it is compared: lower case, no spaces."""
    return "".join(name.split()).lower()


def area(session: Session, area_id: UUID) -> Area | None:
    return session.get(Area, area_id)


def the_area(session: Session, area_id: UUID) -> Area:
    """The area of that id, which is there."""
    return session.get_one(Area, area_id)


def areas(session: Session) -> Sequence[Area]:
    """Every area, by code."""
    return session.scalars(select(Area).order_by(col(Area.code))).all()


def communities(session: Session, limit: int) -> Sequence[Area]:
    """So many communities at most, by code."""
    found = select(Area).where(col(Area.level) == Level.COMMUNITY.value).order_by(col(Area.code)).limit(limit)
    return kept(session, (Area, limit), lambda reading: reading.scalars(found).all())


def compound(session: Session, compound_id: UUID) -> Compound | None:
    return session.get(Compound, compound_id)


def compound_coded(session: Session, code: str) -> Compound | None:
    """The compound of that code."""
    return session.scalars(select(Compound).where(col(Compound.code) == code)).first()


def compounds(session: Session, limit: int | None = None) -> Sequence[Compound]:
    """Every compound, by code; at most so many."""
    found = select(Compound).order_by(col(Compound.code)).limit(limit)
    return (
        session.scalars(found).all()
        if limit is None
        else kept(session, (Compound, limit), lambda reading: reading.scalars(found).all())
    )


def compounds_of(session: Session, area_id: UUID) -> Sequence[Compound]:
    """The compounds of one community, by code."""
    return session.scalars(select(Compound).where(col(Compound.area_id) == area_id).order_by(col(Compound.code))).all()


def compounds_named_in(session: Session, text: str) -> list[tuple[str, Compound]]:
    """The compounds whose name stands in the text, each with that name, longest name first."""
    said = plain_name(text)
    return [(name, found) for name, found in kept(session, CompoundName, _called) if name in said]


def known_names(session: Session) -> set[str]:
    """Every name of every compound."""
    return {name for name, _ in kept(session, CompoundName, _called)}


def _called(session: Session) -> list[tuple[str, Compound]]:
    """Every name with its compound, longest first."""
    called = (
        select(CompoundName.name, Compound)  # type: ignore[call-overload]
        .join(Compound, col(Compound.id) == col(CompoundName.compound_id))
        .order_by(func.length(col(CompoundName.name)).desc(), col(Compound.code))
    )
    return [(name, found) for name, found in session.execute(called)]


def names(session: Session) -> dict[UUID, list[str]]:
    """All names of each compound, in their order."""
    found: dict[UUID, list[str]] = {}
    for row in session.scalars(select(CompoundName).order_by(col(CompoundName.name))):
        found.setdefault(row.compound_id, []).append(row.name)
    return found


def call(session: Session, compound_id: UUID, by: Collection[str]) -> None:
    """Let these, and no others, be the compound's names."""
    session.execute(delete(CompoundName).where(col(CompoundName.compound_id) == compound_id))
    session.add_all(CompoundName(compound_id=compound_id, name=name) for name in sorted({plain_name(n) for n in by}))


def building(session: Session, building_id: UUID) -> Building | None:
    return session.get(Building, building_id)


def buildings_of(session: Session, compound_ids: Collection[UUID]) -> Sequence[Building]:
    """The buildings of these compounds; in the order of their numbers once `in_order` has sorted them."""
    return session.scalars(select(Building).where(col(Building.compound_id).in_(compound_ids))).all()


def buildings(session: Session) -> Sequence[Building]:
    return session.scalars(select(Building)).all()


def numbered(session: Session, number: str, limit: int) -> Sequence[tuple[Building, Compound]]:
    """The buildings of that number wherever they stand, at most so many."""
    found = (
        select(Building, Compound)
        .join(Compound, col(Compound.id) == col(Building.compound_id))
        .where(col(Building.number) == number)
        .order_by(col(Compound.code))
        .limit(limit)
    )
    return [(one, its) for one, its in session.execute(found)]


def buildings_around(session: Session, *, lat: float, lon: float, degrees: float) -> Sequence[Building]:
    """The buildings in the square of so many degrees each way around a point."""
    north, east = col(Building.lat), col(Building.lon)
    near = north.between(lat - degrees, lat + degrees), east.between(lon - degrees, lon + degrees)
    return session.scalars(select(Building).where(*near)).all()


def by_number(building: Building) -> tuple[int, str]:
    """The order in which people count: 2 before 10, letters last."""
    digits = "".join(filter(str.isdigit, building.number))
    return (int(digits) if digits else 1000, building.number)
