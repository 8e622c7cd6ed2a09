"""Who works here: accounts of the back office, with their role and the part of the city they may see."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, func, or_, select
from sqlmodel import Field, Session, SQLModel, col

from bot.store import connection
from bot.store.edition import kept
from bot.store.ids import new_id
from bot.store.resident import Identity, register
from bot.store.shelf import STAFF


class StaffRole(StrEnum):
    """What a member of staff may do."""

    STATION_STAFF = "station_staff"
    GRID_WORKER = "grid_worker"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"  # sees, changes nothing
    PROVIDER = "provider"  # a partner merchant: sees its own orders only


_SCOPES = ("area_id", "station_id", "grid_id")
_ONE_SCOPE = " + ".join(f"CASE WHEN {scope} IS NULL THEN 0 ELSE 1 END" for scope in _SCOPES) + " <= 1"


class Staff(SQLModel, table=True):
    """An account. `name` is the title of a post, no person's name.

    At most one of area, station and grid says which part of the tree the account sees; none means all of it.
    `contact_id` is the post whose tickets are theirs. An empty `password` lets nobody in.
    """

    __table_args__ = (CheckConstraint(_ONE_SCOPE, name="one_scope"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    login: str = Field(max_length=32, unique=True)
    name: str = Field(max_length=80)
    role: str = Field(max_length=16)
    area_id: UUID | None = Field(default=None, foreign_key="area.id", index=True)
    station_id: UUID | None = Field(default=None, foreign_key="station.id", index=True)
    grid_id: UUID | None = Field(default=None, foreign_key="grid.id", index=True)
    contact_id: UUID | None = Field(default=None, foreign_key="contact.id", index=True)
    wecom_userid: str | None = Field(default=None, max_length=64, unique=True)
    password: str = Field(default="", max_length=160)
    must_change: bool = True
    active: bool = True
    tries: int = 0
    locked_until: datetime | None = None
    created_at: datetime


def by_login(session: Session, login: str) -> Staff | None:
    """The account of that name, signed in or not."""
    return session.scalars(select(Staff).where(col(Staff.login) == login)).first()


def by_wecom(session: Session, userid: str) -> Staff | None:
    """The active account whose holder has that name in WeCom."""
    return session.scalars(select(Staff).where(col(Staff.wecom_userid) == userid, col(Staff.active))).first()


def account(session: Session, staff_id: UUID) -> Staff | None:
    """The account, active or not."""
    return session.get(Staff, staff_id)


def holding(session: Session, contact_id: UUID) -> Sequence[Staff]:
    """The active accounts of whoever holds that post."""
    theirs = select(Staff).where(col(Staff.contact_id) == contact_id, col(Staff.active))
    return kept(session, ("holding", contact_id), lambda reading: reading.scalars(theirs).all(), part=STAFF)


def at_station(session: Session, station_id: UUID) -> Sequence[Staff]:
    """The active accounts of whoever works at that station."""
    theirs = select(Staff).where(col(Staff.station_id) == station_id, col(Staff.active))
    return kept(session, ("at_station", station_id), lambda reading: reading.scalars(theirs).all(), part=STAFF)


def leading(session: Session, area_id: UUID | None) -> Sequence[Staff]:
    """The active managers of a community, those of everything among them; those of one station or grid not."""
    of_it = (
        col(Staff.area_id).is_(None)
        if area_id is None
        else or_(col(Staff.area_id).is_(None), col(Staff.area_id) == area_id)
    )
    managers = select(Staff).where(col(Staff.role) == StaffRole.MANAGER, col(Staff.active), of_it)
    leading = managers.where(col(Staff.station_id).is_(None), col(Staff.grid_id).is_(None))
    return kept(session, ("leading", area_id), lambda reading: reading.scalars(leading).all(), part=STAFF)


def everybody(session: Session) -> Sequence[Staff]:
    """All accounts, by login."""
    return session.scalars(select(Staff).order_by(col(Staff.login))).all()


def count(session: Session) -> int:
    """How many accounts there are."""
    return connection(session).scalar(select(func.count()).select_from(Staff)) or 0


def wecom_taken(session: Session, userid: str, *, besides: UUID) -> bool:
    """Whether another account has that name in WeCom, a dropped one too."""
    found = select(Staff).where(col(Staff.wecom_userid) == userid, col(Staff.id) != besides)
    return session.scalars(found).first() is not None


def person(session: Session, channel: str, userid: str) -> UUID | None:
    """The person of that name in the channel, unless they have left it."""
    found = select(col(Identity.resident_id)).where(
        col(Identity.channel) == channel, col(Identity.sender) == userid, col(Identity.following)
    )
    return session.scalars(found).first()


def not_enrolled(session: Session, channel: str) -> Sequence[str]:
    """The names of active accounts that are nobody in the channel yet."""
    known = select(col(Identity.sender)).where(col(Identity.channel) == channel)
    named = select(col(Staff.wecom_userid)).where(col(Staff.wecom_userid).is_not(None), col(Staff.active))
    return [name for name in session.scalars(named.where(col(Staff.wecom_userid).not_in(known))) if name]


def enrol(session: Session, channel: str, userid: str, now: datetime) -> UUID:
    """Make a person of somebody who has not written yet."""
    session.flush()
    return register(session, channel=channel, sender=userid, now=now)
