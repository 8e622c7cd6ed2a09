"""What is asked of commands, of what cabinets told, and of the book of doors."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session, col

from bot.store.locker.cabinet import Cabinet
from bot.store.locker.door import DoorAudit, DoorCommand, MasterOpen
from bot.store.locker.parcel import Parcel

_LAST = (  # built once: every door that moves asks for it
    select(DoorCommand)
    .where(
        col(DoorCommand.cabinet_id) == bindparam("cabinet"),
        col(DoorCommand.door) == bindparam("number"),
        col(DoorCommand.state).in_(bindparam("states", expanding=True)),
        col(DoorCommand.created_at) >= bindparam("since"),
    )
    .order_by(col(DoorCommand.created_at).desc())
    .limit(1)
)


def command(session: Session, command_id: UUID) -> DoorCommand | None:
    return session.get(DoorCommand, command_id)


def commands_waiting(
    session: Session, cabinet_id: UUID | None, now: datetime, limit: int, again_before: datetime | None = None
) -> Sequence[tuple[DoorCommand, Cabinet]]:
    """The commands in their time that were not sent yet, or sent before that moment and not answered; oldest first."""
    waiting = col(DoorCommand.state) == "created"
    if again_before is not None:
        waiting = or_(waiting, (col(DoorCommand.state) == "sent") & (col(DoorCommand.sent_at) <= again_before))
    found = (
        select(DoorCommand, Cabinet)
        .join(Cabinet, col(Cabinet.id) == col(DoorCommand.cabinet_id))
        .where(waiting, col(DoorCommand.expires_at) > now)
    )
    if cabinet_id is not None:
        found = found.where(col(DoorCommand.cabinet_id) == cabinet_id)
    return [(row[0], row[1]) for row in session.execute(found.order_by(col(DoorCommand.created_at)).limit(limit))]


def commands_over(session: Session, moment: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
    """Commands without an end whose time was over before that moment: their ids and their cabinets'."""
    found = (
        select(DoorCommand.id, DoorCommand.cabinet_id)  # type: ignore[call-overload]
        .where(col(DoorCommand.state).in_(("created", "sent", "acked")), col(DoorCommand.expires_at) <= moment)
        .order_by(col(DoorCommand.cabinet_id))
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def last_command(
    session: Session, cabinet_id: UUID, door: int, states: Collection[str], since: datetime
) -> DoorCommand | None:
    """The newest command for a door in one of these states."""
    asked = {"cabinet": cabinet_id, "number": door, "states": [str(one) for one in states], "since": since}
    return session.scalars(_LAST, asked).first()


def last_for(session: Session, parcel_id: UUID, states: Collection[str]) -> DoorCommand | None:
    """The newest command for a parcel in one of these states."""
    found = select(DoorCommand).where(col(DoorCommand.parcel_id) == parcel_id, col(DoorCommand.state).in_(states))
    return session.scalars(found.order_by(col(DoorCommand.created_at).desc())).first()


def audit_of(session: Session, cabinet_id: UUID, door: int, since: datetime, limit: int) -> Sequence[DoorAudit]:
    """The book of one door since then, newest first."""
    found = select(DoorAudit).where(
        col(DoorAudit.cabinet_id) == cabinet_id, col(DoorAudit.door) == door, col(DoorAudit.at) >= since
    )
    return session.scalars(found.order_by(col(DoorAudit.at).desc(), col(DoorAudit.id).desc()).limit(limit)).all()


def audit(session: Session, cabinet_id: UUID, limit: int = 1000) -> Sequence[DoorAudit]:
    """The book of a cabinet, newest first."""
    found = select(DoorAudit).where(col(DoorAudit.cabinet_id) == cabinet_id)
    return session.scalars(found.order_by(col(DoorAudit.at).desc(), col(DoorAudit.id).desc()).limit(limit)).all()


def master_open(session: Session, request_id: UUID) -> MasterOpen | None:
    found = select(MasterOpen).where(col(MasterOpen.id) == request_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).first()


def master_waiting(session: Session, cabinet_id: UUID, now: datetime) -> MasterOpen | None:
    """The newest wish to open all doors of a cabinet that a second person may still agree to."""
    found = select(MasterOpen).where(
        col(MasterOpen.cabinet_id) == cabinet_id, col(MasterOpen.agreed_at).is_(None), col(MasterOpen.until) > now
    )
    return session.scalars(found.order_by(col(MasterOpen.id).desc())).first()


def doors_under_way(session: Session, cabinet_id: UUID, states: Collection[str], since: datetime) -> set[int]:
    """The doors with a command in one of these states."""
    found = select(DoorCommand.door).where(  # type: ignore[call-overload]
        col(DoorCommand.cabinet_id) == cabinet_id,
        col(DoorCommand.state).in_(states),
        col(DoorCommand.created_at) >= since,
    )
    return set(session.scalars(found))


def unseen_of(session: Session, resident_id: UUID, since: datetime) -> DoorCommand | None:
    """The newest opening of which nobody knows whether the door moved, of somebody who can say."""
    found = (
        select(DoorCommand)
        .outerjoin(Parcel, col(Parcel.id) == col(DoorCommand.parcel_id))
        .where(
            or_(col(DoorCommand.asker_id) == resident_id, col(Parcel.recipient_id) == resident_id),
            col(DoorCommand.state) == "unknown",
            col(DoorCommand.created_at) >= since,
        )
    )
    return session.scalars(found.order_by(col(DoorCommand.created_at).desc())).first()


def opened_by(session: Session, parcel_id: UUID, resident_id: UUID) -> DoorCommand | None:
    """The command by which a person opened a door for that parcel."""
    found = select(DoorCommand).where(
        col(DoorCommand.parcel_id) == parcel_id,
        col(DoorCommand.asker_id) == resident_id,
        col(DoorCommand.opened_at).is_not(None),
    )
    return session.scalars(found.order_by(col(DoorCommand.created_at).desc())).first()
