"""People and their identities: one person may write through several channels."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, func, insert, select, update
from sqlmodel import Field, Session, SQLModel

from bot.store import connection
from bot.store.ids import new_id
from bot.store.prepared import Prepared


class Resident(SQLModel, table=True):
    """A person, known by nothing but what they chose to tell.

    `building_asked_at`: when they were asked whether we may remember where they live; they are asked once.
    `building_agreed_at`: when they agreed; without it nothing is remembered.
    `erased_at`: when they had us erase everything, until they are heard of again; who is not is forgotten wholly.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    since: datetime
    building_id: UUID | None = Field(default=None, foreign_key="building.id", index=True)
    unit: str | None = Field(default=None, max_length=8)
    building_asked_at: datetime | None = None
    building_agreed_at: datetime | None = None
    erased_at: datetime | None = Field(default=None, index=True)


class Home(NamedTuple):
    """Where a person lives as far as we may remember it, and whether they were asked."""

    building_id: UUID | None
    unit: str
    asked: bool


class Identity(SQLModel, table=True):
    """A person as one channel names them."""

    channel: str = Field(max_length=32, primary_key=True)
    sender: str = Field(max_length=64, primary_key=True)
    resident_id: UUID = Field(foreign_key="resident.id", index=True)
    following: bool = True
    left_at: datetime | None = None


_resident = Resident.__table__  # type: ignore[attr-defined]
_identity = Identity.__table__  # type: ignore[attr-defined]
_NEW_RESIDENT = Prepared(insert(_resident), ["id", "since"])
_NEW_IDENTITY = Prepared(insert(_identity), ["channel", "sender", "resident_id", "following"])
_FOLLOW = (
    update(_identity)
    .where(_identity.c.channel == bindparam("in_channel"), _identity.c.sender == bindparam("from_sender"))
    .values(following=bindparam("now_following"), left_at=bindparam("now_left"))
)


def register(session: Session, *, channel: str, sender: str, now: datetime) -> UUID:
    """Make a person of somebody who writes for the first time; returns the resident's id."""
    person = new_id()
    _NEW_RESIDENT.run(session, {"id": person, "since": now})
    identity = {"channel": channel, "sender": sender, "resident_id": person, "following": True}
    _NEW_IDENTITY.run(session, identity)
    return person


def person(session: Session, *, channel: str, sender: str) -> UUID | None:
    """The resident of that name in the channel; None where nobody has it yet."""
    found: UUID | None = connection(session).scalar(
        select(_identity.c.resident_id).where(_identity.c.channel == channel, _identity.c.sender == sender)
    )
    return found


def is_known(session: Session, resident_id: UUID) -> bool:
    """Whether we know the person, and they did not ask to be forgotten since."""
    return connection(session).scalar(select(_resident.c.id).where(_resident.c.id == resident_id)) is not None


def set_following(session: Session, *, channel: str, sender: str, following: bool, now: datetime) -> None:
    """Note that the person follows the account, or no longer does."""
    connection(session).execute(
        _FOLLOW,
        {
            "in_channel": channel,
            "from_sender": sender,
            "now_following": following,
            "now_left": None if following else now,
        },
    )


def home(session: Session, resident_id: UUID) -> Home:
    """What the person let us remember of where they live."""
    columns = (_resident.c.building_id, _resident.c.unit, _resident.c.building_asked_at)
    row = connection(session).execute(select(*columns).where(_resident.c.id == resident_id)).one()
    return Home(row[0], row[1] or "", row[2] is not None)


def ask_for_home(session: Session, resident_id: UUID, now: datetime) -> None:
    """Note that the person was asked whether we may remember."""
    _change(session, resident_id, building_asked_at=now)


def remember_home(session: Session, resident_id: UUID, *, building_id: UUID, unit: str, now: datetime) -> None:
    """The person agreed that we remember where they live."""
    _change(
        session,
        resident_id,
        building_id=building_id,
        unit=unit or None,
        building_asked_at=now,
        building_agreed_at=now,
    )


def put_home(session: Session, resident_id: UUID, *, building_id: UUID, unit: str) -> None:
    """The staff know where the person lives, who has not been asked themselves."""
    _change(session, resident_id, building_id=building_id, unit=unit or None)


def forget_home(session: Session, resident_id: UUID) -> None:
    """Remember no more where the person lives; that they were asked stays, so that they are not asked again."""
    _change(session, resident_id, building_id=None, unit=None, building_agreed_at=None)


def add(session: Session, now: datetime) -> UUID:
    """A person whom the staff know and who has not written yet."""
    person = new_id()
    _NEW_RESIDENT.run(session, {"id": person, "since": now})
    return person


def note_erased(session: Session, resident_id: UUID, now: datetime) -> None:
    """Note that the person had us erase what we knew."""
    _change(session, resident_id, erased_at=now)


def erased_before(session: Session, moment: datetime) -> list[UUID]:
    """People who had us erase everything before that moment and are not known to have said anything since."""
    return list(connection(session).scalars(select(_resident.c.id).where(_resident.c.erased_at < moment)))


def since(session: Session, resident_id: UUID) -> datetime:
    """When the person was first heard of."""
    found: datetime = (
        connection(session).execute(select(_resident.c.since).where(_resident.c.id == resident_id)).scalar_one()
    )
    return found


def set_since(session: Session, resident_id: UUID, moment: datetime) -> None:
    _change(session, resident_id, since=moment)


def lock(session: Session, resident_id: UUID) -> None:
    """Let nobody else answer this person, in whatever channel they write, until the commit."""
    theirs = select(_identity.c.sender).where(_identity.c.resident_id == resident_id)
    connection(session).execute(theirs.order_by(_identity.c.channel, _identity.c.sender).with_for_update()).all()


def unclaimed_before(session: Session, moment: datetime) -> list[UUID]:
    """Residents whom the staff put down before that moment and who never wrote."""
    known = exists().where(_identity.c.resident_id == _resident.c.id)
    alone = select(_resident.c.id).where(_resident.c.since < moment, ~known)
    return list(connection(session).scalars(alone))


def _change(session: Session, resident_id: UUID, **values: UUID | str | datetime | None) -> None:
    connection(session).execute(update(_resident).where(_resident.c.id == resident_id).values(**values))


def gone_before(session: Session, moment: datetime) -> list[UUID]:
    """Residents none of whose identities follows any more, the last of them since before that moment."""
    everyone = select(_identity.c.resident_id).group_by(_identity.c.resident_id)
    gone = everyone.having(func.count(_identity.c.left_at) == func.count(), func.max(_identity.c.left_at) < moment)
    return list(connection(session).scalars(gone))


def forget(session: Session, resident_id: UUID) -> None:
    """Drop the person and their identities; whatever points to them must be gone before."""
    doing = connection(session)
    doing.execute(delete(_identity).where(_identity.c.resident_id == resident_id))
    doing.execute(delete(_resident).where(_resident.c.id == resident_id))
