"""The grid of a community: general, ordinary, micro and special grids, and which buildings each looks after."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, delete, select
from sqlmodel import Field, Session, SQLModel, col


class GridKind(StrEnum):
    """The kinds of grids; a special one serves a mall, a school or a market."""

    GENERAL = "general"
    ORDINARY = "ordinary"
    MICRO = "micro"
    SPECIAL = "special"


class Grid(SQLModel, table=True):
    """One grid, below another but for the general one."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=80)
    kind: str = Field(max_length=16)
    area_id: UUID = Field(foreign_key="area.id", index=True)
    parent_id: UUID | None = Field(
        default=None, index=True, sa_column_args=[ForeignKey("grid.id", deferrable=True, initially="DEFERRED")]
    )


class GridBuilding(SQLModel, table=True):
    """A grid looks after a building, or after one `unit` of it; an empty unit is the whole building."""

    grid_id: UUID = Field(foreign_key="grid.id", primary_key=True)
    building_id: UUID = Field(foreign_key="building.id", primary_key=True, index=True)
    unit: str = Field(default="", max_length=8, primary_key=True)


def grids(session: Session) -> Sequence[Grid]:
    """Every grid, by code."""
    return session.scalars(select(Grid).order_by(col(Grid.code))).all()


def grids_of(session: Session, area_id: UUID) -> Sequence[Grid]:
    """The grids of one community, by code."""
    return session.scalars(select(Grid).where(col(Grid.area_id) == area_id).order_by(col(Grid.code))).all()


def coverage(session: Session) -> Sequence[GridBuilding]:
    """Which grid looks after what, everywhere."""
    return session.scalars(select(GridBuilding)).all()


def coverage_of(session: Session, grid_ids: Collection[UUID]) -> Sequence[GridBuilding]:
    """What these grids look after."""
    return session.scalars(select(GridBuilding).where(col(GridBuilding.grid_id).in_(grid_ids))).all()


def uncover(session: Session, building_ids: Collection[UUID]) -> None:
    """No grid looks after these buildings any more."""
    session.execute(delete(GridBuilding).where(col(GridBuilding.building_id).in_(building_ids)))
