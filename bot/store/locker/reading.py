"""What is asked of cabinets, parcels, codes and doors."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session, col

from bot.store.locker.cabinet import Cabinet, Compartment
from bot.store.locker.parcel import (
    CompartmentClaim,
    Parcel,
    ParcelState,
)
from bot.store.station import Station

_COMPARTMENT = select(Compartment).where(  # built once: every door that moves asks for it
    col(Compartment.cabinet_id) == bindparam("cabinet"), col(Compartment.door) == bindparam("number")
)


def cabinet(session: Session, cabinet_id: UUID) -> Cabinet | None:
    return session.get(Cabinet, cabinet_id)


def cabinet_by_code(session: Session, code: str) -> Cabinet | None:
    return session.scalars(select(Cabinet).where(col(Cabinet.code) == code)).first()


def cabinets(session: Session) -> Sequence[Cabinet]:
    """Every cabinet, by code."""
    return session.scalars(select(Cabinet).order_by(col(Cabinet.code))).all()


def cabinets_of(session: Session, building_id: UUID) -> Sequence[Cabinet]:
    """The cabinets at one building, by code."""
    found = select(Cabinet).where(col(Cabinet.building_id) == building_id, col(Cabinet.active))
    return session.scalars(found.order_by(col(Cabinet.code))).all()


def cabinets_around(session: Session, *, lat: float, lon: float, degrees: float) -> Sequence[Cabinet]:
    """The cabinets in the square of so many degrees each way around a point."""
    north, east = col(Cabinet.lat), col(Cabinet.lon)
    near = north.between(lat - degrees, lat + degrees), east.between(lon - degrees, lon + degrees)
    return session.scalars(select(Cabinet).where(*near, col(Cabinet.active))).all()


def silent_since(session: Session, moment: datetime, limit: int) -> Sequence[Cabinet]:
    """Cabinets that spoke once and not since that moment, and of which no ticket says so yet, locked."""
    dead = col(Cabinet.active), col(Cabinet.heard_at) < moment, col(Cabinet.fault_since).is_(None)
    found = select(Cabinet).where(*dead).order_by(col(Cabinet.code)).limit(limit).with_for_update(skip_locked=True)
    return session.scalars(found.execution_options(populate_existing=True)).all()


def lists_due(
    session: Session, cabinet_id: UUID | None, *, before: datetime, lost: datetime, heard: datetime, limit: int
) -> Sequence[Cabinet]:
    """Cabinets that work offline, spoke since `heard`, and whose list of codes is not the newest or was sent `before`.

    One that was sent before `lost`, and of which the cabinet says that it has an older one, did not come.
    """
    old = or_(
        col(Cabinet.list_sent) != col(Cabinet.codes_version),
        col(Cabinet.list_sent_at).is_(None),
        col(Cabinet.list_sent_at) < before,
        (col(Cabinet.list_sent_at) < lost) & (col(Cabinet.list_has) < col(Cabinet.codes_version)),
    )
    found = select(Cabinet).where(col(Cabinet.works_offline), col(Cabinet.active), col(Cabinet.heard_at) >= heard)
    if cabinet_id is not None:
        found = found.where(col(Cabinet.id) == cabinet_id)
    return session.scalars(found.where(old).order_by(col(Cabinet.code)).limit(limit)).all()


def compartments(session: Session, cabinet_id: UUID) -> Sequence[Compartment]:
    """The doors of a cabinet, in their order."""
    found = select(Compartment).where(col(Compartment.cabinet_id) == cabinet_id)
    return session.scalars(found.order_by(col(Compartment.door))).all()


def compartment(session: Session, cabinet_id: UUID, door: int) -> Compartment | None:
    return session.scalars(_COMPARTMENT, {"cabinet": cabinet_id, "number": door}).first()


def free(session: Session, cabinet_id: UUID) -> Sequence[Compartment]:
    """Compartments that nobody has a claim on, that are closed as far as is known, and in order; by door."""
    taken = select(CompartmentClaim.compartment_id)  # type: ignore[call-overload]
    found = select(Compartment).where(
        col(Compartment.cabinet_id) == cabinet_id,
        col(Compartment.id).not_in(taken),
        col(Compartment.out_of_order).is_(False),
        col(Compartment.state) != "open",
        or_(col(Compartment.occupied).is_(None), col(Compartment.occupied).is_(False)),
    )
    return session.scalars(found.order_by(col(Compartment.door))).all()


def claim_of(session: Session, compartment_id: UUID) -> CompartmentClaim | None:
    return session.get(CompartmentClaim, compartment_id)


def claims_over(session: Session, now: datetime, limit: int) -> Sequence[CompartmentClaim]:
    """Claims that outlived what was fetched and whose door is not seen open, the oldest first."""
    found = (
        select(CompartmentClaim)
        .join(Compartment, col(Compartment.id) == col(CompartmentClaim.compartment_id))
        .where(col(CompartmentClaim.until) <= now, col(Compartment.state) != "open")
    )
    return session.scalars(found.order_by(col(CompartmentClaim.until)).limit(limit)).all()


def parcel(session: Session, parcel_id: UUID) -> Parcel | None:
    return session.get(Parcel, parcel_id)


def cabinet_id_of(session: Session, parcel_id: UUID) -> UUID:
    """The cabinet of a parcel; that never changes."""
    found: UUID = session.scalars(select(Parcel.cabinet_id).where(col(Parcel.id) == parcel_id)).one()  # type: ignore[call-overload]
    return found


def parcel_in(session: Session, cabinet_id: UUID, door: int) -> Parcel | None:
    """What a compartment is claimed for."""
    found = (
        select(Parcel)
        .join(CompartmentClaim, col(CompartmentClaim.parcel_id) == col(Parcel.id))
        .where(col(Parcel.cabinet_id) == cabinet_id, col(Parcel.door) == door)
    )
    return session.scalars(found).first()


def parcels_for(
    session: Session, resident_id: UUID, phones: Collection[str], states: Collection[ParcelState], limit: int = 20
) -> Sequence[Parcel]:
    """What is there for a person: by who they are, or by a number that is theirs; oldest first."""
    theirs = col(Parcel.recipient_id) == resident_id
    if phones:
        theirs = or_(theirs, col(Parcel.recipient_id).is_(None) & col(Parcel.phone).in_(phones))
    found = select(Parcel).where(theirs, col(Parcel.state).in_(states))
    return session.scalars(found.order_by(col(Parcel.created_at)).limit(limit)).all()


def deposits_of(session: Session, resident_id: UUID, states: Collection[ParcelState]) -> Sequence[Parcel]:
    """What a person is about to put somewhere, newest first."""
    found = select(Parcel).where(col(Parcel.depositor_id) == resident_id, col(Parcel.state).in_(states))
    return session.scalars(found.order_by(col(Parcel.created_at).desc())).all()


def parcels_of_client(
    session: Session, client_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[tuple[Parcel, str]]:
    """What another system put in or is about to, newest first, each with its cabinet's code."""
    found = select(Parcel, Cabinet.code).join(Cabinet, col(Cabinet.id) == col(Parcel.cabinet_id))  # type: ignore[call-overload]
    found = found.where(col(Parcel.client_id) == client_id)
    if after is not None:
        found = found.where(col(Parcel.id) < after)
    return [(row[0], row[1]) for row in session.execute(found.order_by(col(Parcel.id).desc()).limit(limit))]


def fetched_lately(session: Session, resident_id: UUID, since: datetime) -> Sequence[Parcel]:
    """What a person fetched since then and whose compartment is still theirs, newest first."""
    found = (
        select(Parcel)
        .join(CompartmentClaim, col(CompartmentClaim.parcel_id) == col(Parcel.id))
        .where(
            col(Parcel.recipient_id) == resident_id,
            col(Parcel.state) == ParcelState.FETCHED.value,
            col(Parcel.over_at) >= since,
        )
    )
    return session.scalars(found.order_by(col(Parcel.over_at).desc())).all()


def stored_in(session: Session, cabinet_id: UUID) -> Sequence[Parcel]:
    """Everything that lies in a cabinet."""
    found = select(Parcel).where(col(Parcel.cabinet_id) == cabinet_id, col(Parcel.state) == ParcelState.STORED.value)
    return session.scalars(found.order_by(col(Parcel.door))).all()


def inside(session: Session, cabinet_id: UUID) -> Sequence[Parcel]:
    """What lies in a cabinet or has a compartment held for it, by door."""
    found = select(Parcel).where(col(Parcel.cabinet_id) == cabinet_id, col(Parcel.over_at).is_(None))
    return session.scalars(found.order_by(col(Parcel.door))).all()


def held_over(session: Session, now: datetime, limit: int) -> Sequence[UUID]:
    """Parcels whose compartment was held for them and is not any more."""
    states = (ParcelState.ASKED.value, ParcelState.RESERVED.value, ParcelState.PLACED.value)
    found = select(Parcel.id).where(col(Parcel.state).in_(states), col(Parcel.held_until) <= now)  # type: ignore[call-overload]
    return list(session.scalars(found.order_by(col(Parcel.held_until)).limit(limit)))


def words_due(session: Session, now: datetime, limit: int) -> Sequence[UUID]:
    """Stored parcels whose owner is to be reminded."""
    found = select(Parcel.id).where(  # type: ignore[call-overload]
        col(Parcel.state) == ParcelState.STORED.value, col(Parcel.next_word_at) <= now
    )
    return list(session.scalars(found.order_by(col(Parcel.next_word_at)).limit(limit)))


def lately_of(session: Session, resident_id: UUID, since: datetime) -> Sequence[Parcel]:
    """What was or is there for a person, newest first."""
    found = select(Parcel).where(col(Parcel.recipient_id) == resident_id, col(Parcel.created_at) >= since)
    return session.scalars(found.order_by(col(Parcel.created_at).desc())).all()


def is_claimed_by(session: Session, parcel: Parcel) -> bool:
    """Whether the compartment is still the parcel's."""
    claim = session.get(CompartmentClaim, parcel.compartment_id)
    return claim is not None and claim.parcel_id == parcel.id


def fee_at(session: Session, cabinet: Cabinet) -> str:
    """What the station of a cabinet says about its price."""
    its = session.get(Station, cabinet.station_id) if cabinet.station_id else None
    return its.locker_fee if its else ""
