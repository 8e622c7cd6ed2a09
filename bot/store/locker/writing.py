"""How rows of cabinets, parcels and doors come to be and change, and what is wiped in the end."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlmodel import Session, SQLModel, col

from bot.store import connection
from bot.store.locker.cabinet import Cabinet, CabinetEvent, CabinetPresence, CodeTry
from bot.store.locker.door import DoorAudit, DoorCommand
from bot.store.locker.parcel import CompartmentClaim, Courier, LockerWish, OfflineCode, Parcel, ParcelState, PickupCode

OVER = (ParcelState.FETCHED.value, ParcelState.CANCELLED.value, ParcelState.REMOVED.value)
SOME = 5000  # parcels wiped in one statement

_LOCKED = (  # built once: every message of a cabinet takes the lock
    select(Cabinet)
    .where(col(Cabinet.id) == bindparam("cabinet"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


def add(session: Session, row: SQLModel) -> None:
    """Write a new row at once, so that the database may refuse it here."""
    session.add(row)
    session.flush()


def locked(session: Session, cabinet_id: UUID) -> Cabinet:
    """The cabinet as it stands now. Whoever changes anything in it takes this lock first."""
    return session.scalars(_LOCKED, {"cabinet": cabinet_id}).one()


def fresh(session: Session, parcel_id: UUID) -> Parcel:
    """The parcel as it stands now, once its cabinet is locked."""
    found = select(Parcel).where(col(Parcel.id) == parcel_id)
    return session.scalars(found.execution_options(populate_existing=True)).one()


def fresh_command(session: Session, command_id: UUID) -> DoorCommand | None:
    """The command as it stands now, once its cabinet is locked."""
    found = select(DoorCommand).where(col(DoorCommand.id) == command_id)
    return session.scalars(found.execution_options(populate_existing=True)).first()


def fresh_claim(session: Session, compartment_id: UUID) -> CompartmentClaim | None:
    """Whose the compartment is now, once its cabinet is locked."""
    found = select(CompartmentClaim).where(col(CompartmentClaim.compartment_id) == compartment_id)
    return session.scalars(found.execution_options(populate_existing=True)).first()


def release(session: Session, compartment_id: UUID) -> None:
    """The compartment is anybody's again."""
    session.flush()
    claim = session.get(CompartmentClaim, compartment_id)
    if claim is not None:
        session.delete(claim)
        session.flush()


def note_presence(session: Session, *, resident_id: UUID, cabinet_id: UUID, at: datetime, how: str) -> None:
    """Write down that somebody stands there, instead of an earlier time."""
    row = session.get(CabinetPresence, (resident_id, cabinet_id))
    if row is None:
        row = CabinetPresence(resident_id=resident_id, cabinet_id=cabinet_id, at=at, how=how)
    row.at, row.how = at, how
    add(session, row)


def forget_tries_at(session: Session, cabinet_id: UUID) -> None:
    """The wrong codes typed at a cabinet count no more."""
    session.flush()
    typed = col(CodeTry.cabinet_id) == cabinet_id, col(CodeTry.resident_id).is_(None)
    connection(session).execute(delete(CodeTry).where(*typed))


def forget_of(session: Session, resident_id: UUID) -> None:
    """Drop what points to a person. What still lies in a compartment is kept for them by the station."""
    session.flush()
    writing = connection(session)
    for table in (CabinetPresence, CodeTry, LockerWish):
        writing.execute(delete(table).where(col(table.resident_id) == resident_id))
    writing.execute(
        update(Courier).where(col(Courier.resident_id) == resident_id).values(resident_id=None, active=False)
    )
    writing.execute(update(DoorAudit).where(col(DoorAudit.resident_id) == resident_id).values(resident_id=None))
    writing.execute(
        update(DoorCommand).where(col(DoorCommand.asker_id) == resident_id).values(asker_id=None, channel="")
    )
    theirs = col(Parcel.recipient_id) == resident_id
    writing.execute(
        update(Parcel).where(theirs, col(Parcel.state).not_in(OVER)).values(recipient_id=None, by_station=True)
    )
    writing.execute(update(Parcel).where(theirs).values(recipient_id=None, addressee=None, phone=None))
    put_in = col(Parcel.depositor_id) == resident_id
    writing.execute(update(Parcel).where(put_in).values(depositor_id=None, channel=""))
    session.expire_all()


def forget_before(session: Session, moment: datetime) -> int:
    """Make parcels nobody's that were over before that moment, with their codes; returns how many."""
    session.flush()
    writing = connection(session)
    people = (Parcel.recipient_id, Parcel.addressee, Parcel.depositor_id)
    known = or_(*(col(one).is_not(None) for one in people))
    found = select(Parcel.id).where(col(Parcel.over_at) < moment, known).limit(SOME)  # type: ignore[call-overload]
    old: Collection[UUID] = writing.scalars(found).all()
    if old:
        nobody = {"recipient_id": None, "addressee": None, "phone": None, "depositor_id": None, "channel": ""}
        writing.execute(update(Parcel).where(col(Parcel.id).in_(old)).values(**nobody))
        writing.execute(delete(PickupCode).where(col(PickupCode.parcel_id).in_(old)))
        writing.execute(delete(OfflineCode).where(col(OfflineCode.parcel_id).in_(old)))
        session.expire_all()
    return len(old)


def forget_events_before(session: Session, moment: datetime) -> int:
    """Drop what cabinets told before that moment; returns how many messages."""
    return connection(session).execute(delete(CabinetEvent).where(col(CabinetEvent.heard_at) < moment)).rowcount


def forget_tries_before(session: Session, moment: datetime) -> int:
    """Drop wrong codes and proofs of presence; returns how many."""
    writing = connection(session)
    tries = writing.execute(delete(CodeTry).where(col(CodeTry.at) < moment)).rowcount
    return tries + writing.execute(delete(CabinetPresence).where(col(CabinetPresence.at) < moment)).rowcount


def forget_book_before(session: Session, moment: datetime) -> int:
    """Drop lines of the book of doors, and commands that no line speaks of any more; returns how many lines."""
    writing = connection(session)
    lines = writing.execute(delete(DoorAudit).where(col(DoorAudit.at) < moment)).rowcount
    spoken_of = select(DoorAudit.command_id).where(col(DoorAudit.command_id).is_not(None))  # type: ignore[call-overload]
    old = col(DoorCommand.created_at) < moment, col(DoorCommand.id).not_in(spoken_of)
    writing.execute(delete(DoorCommand).where(*old))
    return lines


def count_of(session: Session, resident_id: UUID, *, running: bool = False) -> int:
    """How many things are or were there for a person, or still lie there."""
    theirs = select(func.count()).select_from(Parcel).where(col(Parcel.recipient_id) == resident_id)
    if running:
        theirs = theirs.where(col(Parcel.over_at).is_(None))
    return connection(session).scalar(theirs) or 0
