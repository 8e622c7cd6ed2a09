"""Fetching: what waits for somebody, by what right they open a door, and what must be known before it opens."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.rules.locker import codes, opening, people, presence
from bot.rules.locker.codes import Away
from bot.rules.locker.device import DoorState, Reason
from bot.rules.locker.terms import GRACE, SILENT, NotTheirs, TooManyCodes
from bot.rules.office import Office
from bot.store.locker import Cabinet, DoorCommand, Parcel, ParcelKind, ParcelState, reading, writing
from bot.store.locker import commands as doors

FETCHABLE = (ParcelState.STORED,)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in a cabinet, as a person may see it; moments are local."""

    parcel_id: UUID
    cabinet_id: UUID
    cabinet: str
    place: str
    door: int
    kind: ParcelKind
    company: str
    due: datetime | None
    is_overdue: bool
    fee: str = ""


class Step(StrEnum):
    """What a wish to open leads to."""

    PROVE = "prove"  # that they stand there
    CONFIRM = "confirm"  # it is overdue
    COMMANDED = "commanded"
    UNDER_WAY = "under_way"
    STANDS_OPEN = "stands_open"
    AWAY = "away"  # the cabinet cannot be reached; `code` opens it by itself
    DEAD = "dead"  # it cannot be reached and takes no codes by itself


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it, with what is known of the thing."""

    step: Step
    thing: Thing
    code: Away | None = None


def waiting(office: Office, resident_id: UUID) -> list[Thing]:
    """What lies there for this person, oldest first."""
    found = reading.parcels_for(office.session, resident_id, people.phones_of(office, resident_id), FETCHABLE)
    return [thing(office, one) for one in found]


def just_fetched(office: Office, resident_id: UUID) -> list[Thing]:
    """What they took out a moment ago and whose compartment is still theirs."""
    return [thing(office, one) for one in reading.fetched_lately(office.session, resident_id, office.now - GRACE)]


def thing(office: Office, parcel: Parcel) -> Thing:
    """A parcel as it may be told to whoever has a right to it."""
    cabinet = reading.cabinet(office.session, parcel.cabinet_id)
    if cabinet is None:
        raise NotTheirs
    overdue = parcel.due_at is not None and parcel.due_at <= office.now
    return Thing(
        parcel_id=parcel.id,
        cabinet_id=cabinet.id,
        cabinet=cabinet.code,
        place=cabinet.name,
        door=parcel.door,
        kind=ParcelKind(parcel.kind),
        company=parcel.company,
        due=parcel.due_at.astimezone(office.zone) if parcel.due_at else None,
        is_overdue=overdue,
        fee=reading.fee_at(office.session, cabinet) if overdue else "",
    )


def is_away(office: Office, cabinet: Cabinet) -> bool:
    """Whether the cabinet was not heard for a while."""
    return cabinet.heard_at is None or cabinet.heard_at + SILENT < office.now


def right(office: Office, parcel: Parcel, resident_id: UUID, code: str = "") -> Reason | None:
    """By what right this person may open the parcel's door now; None without one."""
    cabinet = reading.cabinet(office.session, parcel.cabinet_id)
    found = codes.find(office, cabinet, code) if cabinet is not None and code else None
    owns = parcel.recipient_id == resident_id or (
        parcel.recipient_id is None and parcel.phone in people.phones_of(office, resident_id)
    )
    if parcel.state == ParcelState.STORED:
        if owns:
            return Reason.PICKUP
        if found is not None and found.parcel_id == parcel.id:
            return Reason.FAMILY if found.for_family else Reason.CODE
    if parcel.state == ParcelState.FETCHED and reading.is_claimed_by(office.session, parcel):
        if owns:
            return Reason.PICKUP
        before = doors.opened_by(office.session, parcel.id, resident_id)
        return Reason(before.reason) if before else None
    return None


def open_for(
    office: Office, resident_id: UUID, parcel_id: UUID, *, channel: str, code: str = "", confirmed: bool = False
) -> Tried:
    """Open what they have a right to, when it is known that they stand there. Raises NotTheirs, TooManyCodes."""
    before = reading.parcel(office.session, parcel_id)
    if before is None:
        raise NotTheirs
    cabinet = writing.locked(office.session, before.cabinet_id)
    parcel = writing.fresh(office.session, parcel_id)
    reason = right(office, parcel, resident_id, code)
    if reason is None:
        raise NotTheirs
    if reason is Reason.PICKUP and parcel.recipient_id is None:
        parcel.recipient_id = resident_id
    about = thing(office, parcel)
    if is_away(office, cabinet):
        return _away(office, cabinet, parcel, about)
    compartment = reading.compartment(office.session, cabinet.id, parcel.door)
    if compartment is not None and compartment.state == DoorState.OPEN:
        return Tried(Step.STANDS_OPEN, about)
    if not presence.is_there(office, resident_id, cabinet.id):
        return Tried(Step.PROVE, about)
    if about.is_overdue and not confirmed and parcel.state == ParcelState.STORED:
        return Tried(Step.CONFIRM, about)
    command = opening.start(office, cabinet, parcel.door, reason, parcel=parcel, asker_id=resident_id, channel=channel)
    return Tried(Step.COMMANDED if _is_new(office, command) else Step.UNDER_WAY, about)


def by_code(office: Office, cabinet: Cabinet, code: str) -> Parcel | None:
    """What a code opens at a cabinet."""
    found = codes.find(office, cabinet, code)
    return reading.parcel(office.session, found.parcel_id) if found else None


def new_code(office: Office, resident_id: UUID, parcel_id: UUID, *, for_family: bool = False) -> tuple[Thing, str]:
    """Another code for something of theirs; one for somebody else to fetch it stands beside their own.

    Raises NotTheirs.
    """
    before = reading.parcel(office.session, parcel_id)
    if before is None:
        raise NotTheirs
    cabinet = writing.locked(office.session, before.cabinet_id)
    parcel = writing.fresh(office.session, parcel_id)
    if parcel.state != ParcelState.STORED or right(office, parcel, resident_id) is not Reason.PICKUP:
        raise NotTheirs
    return thing(office, parcel), codes.mint(office, cabinet, parcel, for_family=for_family)


def _away(office: Office, cabinet: Cabinet, parcel: Parcel, about: Thing) -> Tried:
    if not cabinet.works_offline or parcel.state != ParcelState.STORED:
        return Tried(Step.DEAD, about)
    try:
        return Tried(Step.AWAY, about, codes.away(office, cabinet, parcel))
    except TooManyCodes:
        return Tried(Step.DEAD, about)


def _is_new(office: Office, command: DoorCommand) -> bool:
    return command.created_at == office.now
