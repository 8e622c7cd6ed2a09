"""The community's contacts: who holds which role, for which part of it, and who stands in."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Session, SQLModel, col

from bot.store.edition import kept


class Role(StrEnum):
    """Whom a resident may want to reach."""

    GRID_WORKER = "grid_worker"
    BUILDING_HEAD = "building_head"
    POLICE = "police"
    PROPERTY = "property"
    COMMUNITY = "community"
    SECRETARY = "secretary"
    STATION = "station"


_SCOPES = ("grid_id", "building_id", "compound_id", "area_id")
_ONE_SCOPE = " + ".join(f"CASE WHEN {scope} IS NULL THEN 0 ELSE 1 END" for scope in _SCOPES) + " = 1"


class Contact(SQLModel, table=True):
    """A post: its role for exactly one grid, building, compound or community, as titles and duty phones only.

    An empty `phone` is a vacancy. `hours` has the shape of a station's. Leave counts both its days;
    without `leave_until` its end is open.
    """

    __table_args__ = (CheckConstraint(_ONE_SCOPE, name="one_scope"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(max_length=32, unique=True)
    role: str = Field(max_length=16, index=True)
    title: str = Field(max_length=80)
    phone: str = Field(default="", max_length=32)
    hours: dict[str, list[list[str]]] = Field(sa_type=JSON().with_variant(JSONB(), "postgresql"))
    grid_id: UUID | None = Field(default=None, foreign_key="grid.id", index=True)
    building_id: UUID | None = Field(default=None, foreign_key="building.id", index=True)
    compound_id: UUID | None = Field(default=None, foreign_key="compound.id", index=True)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    leave_from: date | None = None
    leave_until: date | None = None
    stand_in_id: UUID | None = Field(
        default=None, sa_column_args=[ForeignKey("contact.id", deferrable=True, initially="DEFERRED")]
    )


def phone_of(session: Session, contact_id: UUID) -> str:
    """The duty telephone of a post, "" where it is vacant or gone."""

    def read(reading: Session) -> str:
        found = reading.get(Contact, contact_id)
        return found.phone if found else ""

    return kept(session, ("phone", contact_id), read)


def contacts(session: Session) -> Sequence[Contact]:
    """Everybody, by code."""
    return session.scalars(select(Contact).order_by(col(Contact.code))).all()


def contacts_for(
    session: Session,
    *,
    area_id: UUID,
    grids: Collection[UUID],
    compounds: Collection[UUID],
    buildings: Collection[UUID],
) -> Sequence[Contact]:
    """Everybody who holds a role for one of these, by code."""
    for_any = or_(
        col(Contact.area_id) == area_id,
        col(Contact.grid_id).in_(grids),
        col(Contact.compound_id).in_(compounds),
        col(Contact.building_id).in_(buildings),
    )
    return session.scalars(select(Contact).where(for_any).order_by(col(Contact.code))).all()
