"""What a resident chose to tell of themselves, and what they agreed to when they did."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.ids import new_id
from bot.store.place import Building, Compound
from bot.store.resident import Resident


class Told(StrEnum):
    """What a resident may agree that we keep."""

    PHONE = "phone"
    BUILDING = "building"
    ROOM = "room"


class Profile(SQLModel, table=True):
    """Phone and room, both sealed; `phone_hash` is keyed, to find the person by their phone.

    `verified_at`: when somebody made sure that the phone is theirs; `verified_hash` is then the same hash once more,
    for of those there is one person for a phone.
    """

    resident_id: UUID = Field(foreign_key="resident.id", primary_key=True)
    phone: bytes | None = None
    phone_hash: str | None = Field(default=None, max_length=64, index=True)
    verified_hash: str | None = Field(default=None, max_length=64, unique=True)
    verified_at: datetime | None = None
    room: bytes | None = None
    changed_at: datetime


class Consent(SQLModel, table=True):
    """That a resident agreed: to what, when, and to which version of the words they read."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    resident_id: UUID = Field(foreign_key="resident.id", index=True)
    what: str = Field(max_length=16)
    at: datetime
    wording: str = Field(max_length=16)
    withdrawn_at: datetime | None = None


class Registered(NamedTuple):
    """A resident with a profile, as a row of the workbook needs it; phone and room are sealed."""

    phone: bytes | None
    compound: str | None
    building: str | None
    unit: str | None
    room: bytes | None


_profile = Profile.__table__  # type: ignore[attr-defined]
_consent = Consent.__table__  # type: ignore[attr-defined]
_resident = Resident.__table__  # type: ignore[attr-defined]
_building = Building.__table__  # type: ignore[attr-defined]
_compound = Compound.__table__  # type: ignore[attr-defined]


def of(session: Session, resident_id: UUID) -> Profile | None:
    return session.get(Profile, resident_id)


def opened(session: Session, resident_id: UUID, now: datetime) -> Profile:
    """The person's profile, a new one where they had none."""
    found = of(session, resident_id) or Profile(resident_id=resident_id, changed_at=now)
    found.changed_at = now
    session.add(found)
    return found


def verified_with(session: Session, phone_hash: str) -> Profile | None:
    """The one person whose phone it is for certain."""
    return session.scalars(select(Profile).where(col(Profile.verified_hash) == phone_hash)).first()


def agree(session: Session, resident_id: UUID, what: Told, *, wording: str, now: datetime) -> None:
    """Write down that the person agreed."""
    session.add(Consent(resident_id=resident_id, what=what.value, at=now, wording=wording))
    session.flush()


def withdraw(session: Session, resident_id: UUID, what: Told, now: datetime) -> None:
    """They agree no more."""
    given = update(_consent).where(_consent.c.resident_id == resident_id, _consent.c.what == what.value)
    connection(session).execute(given.where(_consent.c.withdrawn_at.is_(None)).values(withdrawn_at=now))


def consents(session: Session, resident_id: UUID) -> Sequence[Consent]:
    """What the person agreed to, oldest first."""
    found = select(Consent).where(col(Consent.resident_id) == resident_id)
    return session.scalars(found.order_by(col(Consent.at))).all()


def verified(session: Session) -> list[Registered]:
    """Everybody whose phone somebody made sure of, by where they live."""
    joined = (
        _profile.join(_resident, _resident.c.id == _profile.c.resident_id)
        .outerjoin(_building, _building.c.id == _resident.c.building_id)
        .outerjoin(_compound, _compound.c.id == _building.c.compound_id)
    )
    columns = (_profile.c.phone, _compound.c.code, _building.c.number, _resident.c.unit, _profile.c.room)
    found = select(*columns).select_from(joined).where(_profile.c.verified_at.is_not(None))
    rows = connection(session).execute(found.order_by(_compound.c.code, _building.c.number, _profile.c.resident_id))
    return [Registered(*row) for row in rows]


def forget(session: Session, resident_id: UUID) -> None:
    """Drop what the person told and agreed to."""
    session.flush()
    for table in (_profile, _consent):
        connection(session).execute(delete(table).where(table.c.resident_id == resident_id))
    kept = session.identity_map.get(session.identity_key(Profile, resident_id))
    if kept is not None:
        session.expunge(kept)
