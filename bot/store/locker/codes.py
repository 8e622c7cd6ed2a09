"""What is asked of codes and of the people who use them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot.store import connection
from bot.store.locker.cabinet import CabinetPresence, CodeTry
from bot.store.locker.parcel import (
    Courier,
    LockerWish,
    OfflineCode,
    PickupCode,
)
from bot.store.resident import Identity

OVERHEARD = "group"  # the one channel in which nobody is told anything of their own


def live_code(session: Session, cabinet_id: UUID, digest: str) -> PickupCode | None:
    found = select(PickupCode).where(col(PickupCode.cabinet_id) == cabinet_id, col(PickupCode.live) == digest)
    return session.scalars(found).first()


def code_ever(session: Session, cabinet_id: UUID, digest: str) -> PickupCode | None:
    """The newest code with that hash, spent or not."""
    found = select(PickupCode).where(col(PickupCode.cabinet_id) == cabinet_id, col(PickupCode.digest) == digest)
    return session.scalars(found.order_by(col(PickupCode.made_at).desc())).first()


def live_codes(session: Session, cabinet_id: UUID) -> Sequence[PickupCode]:
    found = select(PickupCode).where(col(PickupCode.cabinet_id) == cabinet_id, col(PickupCode.live).is_not(None))
    return session.scalars(found.order_by(col(PickupCode.door), col(PickupCode.made_at))).all()


def codes_of(session: Session, parcel_id: UUID) -> Sequence[PickupCode]:
    """The live codes of one parcel."""
    found = select(PickupCode).where(col(PickupCode.parcel_id) == parcel_id, col(PickupCode.live).is_not(None))
    return session.scalars(found).all()


def offline_code(session: Session, cabinet_id: UUID, door: int, window: int, counter: int) -> OfflineCode | None:
    return session.get(OfflineCode, (cabinet_id, door, window, counter))


def offline_codes(session: Session, cabinet_id: UUID, door: int, window: int) -> Sequence[OfflineCode]:
    """What was given out for a door in one hour."""
    found = select(OfflineCode).where(
        col(OfflineCode.cabinet_id) == cabinet_id, col(OfflineCode.door) == door, col(OfflineCode.window) == window
    )
    return session.scalars(found.order_by(col(OfflineCode.counter))).all()


def offline_of(session: Session, parcel_id: UUID) -> Sequence[OfflineCode]:
    """The offline codes given out for a parcel and not used."""
    found = select(OfflineCode).where(col(OfflineCode.parcel_id) == parcel_id, col(OfflineCode.used_at).is_(None))
    return session.scalars(found).all()


def wish(session: Session, resident_id: UUID) -> LockerWish | None:
    return session.get(LockerWish, resident_id)


def courier_of(session: Session, resident_id: UUID) -> Courier | None:
    """The active courier a person is."""
    found = select(Courier).where(col(Courier.resident_id) == resident_id, col(Courier.active))
    return session.scalars(found).first()


def courier_by_word(session: Session, digest: str) -> Courier | None:
    return session.scalars(select(Courier).where(col(Courier.digest) == digest, col(Courier.active))).first()


def couriers(session: Session) -> Sequence[Courier]:
    """The active couriers and the words that nobody has said yet, newest first."""
    found = select(Courier).where(col(Courier.active)).order_by(col(Courier.created_at).desc(), col(Courier.id))
    return session.scalars(found).all()


def presences(session: Session, resident_id: UUID, since: datetime) -> Sequence[CabinetPresence]:
    """Where a person stood since then, latest first."""
    found = select(CabinetPresence).where(
        col(CabinetPresence.resident_id) == resident_id, col(CabinetPresence.at) >= since
    )
    return session.scalars(found.order_by(col(CabinetPresence.at).desc())).all()


def tries_at(session: Session, cabinet_id: UUID, since: datetime) -> int:
    """How many wrong codes were typed at a cabinet since then."""
    found = select(func.count()).where(
        col(CodeTry.cabinet_id) == cabinet_id, col(CodeTry.resident_id).is_(None), col(CodeTry.at) > since
    )
    return connection(session).scalar(found) or 0


def tries_by(session: Session, resident_id: UUID, since: datetime) -> int:
    """How many wrong codes a person said since then."""
    found = select(func.count()).where(col(CodeTry.resident_id) == resident_id, col(CodeTry.at) > since)
    return connection(session).scalar(found) or 0


def private_channel(session: Session, resident_id: UUID) -> str | None:
    """Where a person reads what is for them alone; None for one who has left."""
    found = select(Identity.channel).where(  # type: ignore[call-overload]
        col(Identity.resident_id) == resident_id, col(Identity.following), col(Identity.channel) != OVERHEARD
    )
    channel: str | None = session.scalars(found.order_by(col(Identity.channel))).first()
    return channel
