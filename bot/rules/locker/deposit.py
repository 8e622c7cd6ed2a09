"""Putting something in: a compartment is held, the one it is for is asked, the door opens, and then it lies there."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.nlu.lockers import GO_CHOICES, MAY_CHOICES, Wish
from bot.rules.locker import opening, people, stowing, telling
from bot.rules.locker.device import DoorState, Reason
from bot.rules.locker.machine import Signal, Stand
from bot.rules.locker.pickup import Step as Step
from bot.rules.locker.pickup import Thing, Tried, is_away, thing
from bot.rules.locker.telling import News, of, tell
from bot.rules.locker.terms import (
    HELD,
    CabinetAway,
    NoConsent,
    NoFreeCompartment,
    NotTheirs,
    RecipientDeclines,
    RecipientUnknown,
    StandsOpen,
)
from bot.rules.office import Office
from bot.store.locker import (
    WAITING,
    Cabinet,
    Compartment,
    CompartmentClaim,
    LockerWish,
    Parcel,
    ParcelKind,
    ParcelState,
    Size,
    reading,
    writing,
)
from bot.store.locker import codes as kept
from bot.store.locker import commands as doors

ORDER = tuple(size.value for size in Size)
DELIVERED = frozenset({ParcelKind.PARCEL, ParcelKind.TAKEAWAY})  # for these the law wants the recipient's consent


class Consent(StrEnum):
    """By what right something is put into a cabinet. Source: Kuaidi Shichang Guanli Banfa 2023/22, article 28."""

    OWN = "own"  # nobody else's, or handed over by a neighbour
    STANDING = "standing"  # they said so once for all
    CHAT = "chat"  # they were asked for this one
    SAID = "said"  # the depositor has it by telephone, and says so


@dataclass(frozen=True, slots=True)
class Draft:
    """Something before a compartment is held for it.

    `phone` and `address` as the depositor gave them; `has_consent`: the depositor says the recipient agreed.
    """

    kind: ParcelKind
    size: Size
    cabinet_id: UUID
    depositor_id: UUID | None
    channel: str = ""
    phone: str = ""
    address: str = ""
    company: str = ""
    has_consent: bool = False
    client_id: UUID | None = None  # a courier company's system, in the place of a depositor


def room(office: Office, cabinet: Cabinet) -> dict[Size, int]:
    """How many compartments of each size are free; a cabinet has only the sizes that it has."""
    counted = dict.fromkeys((one.size for one in reading.compartments(office.session, cabinet.id)), 0)
    for one in reading.free(office.session, cabinet.id):
        counted[one.size] += 1
    return {Size(size): counted[size] for size in ORDER if size in counted}


def reserve(office: Office, draft: Draft) -> Parcel:
    """Hold a compartment; its state tells whether the recipient is asked first.

    Raises NoFreeCompartment, RecipientDeclines, NoConsent, CabinetAway, RecipientUnknown.
    """
    cabinet = writing.locked(office.session, draft.cabinet_id)
    if is_away(office, cabinet):
        raise CabinetAway(cabinet.name)
    recipient = _recipient(office, draft)
    if draft.client_id is not None and (recipient is None or not kept.private_channel(office.session, recipient)):
        raise RecipientUnknown
    consent = _consent(office, draft, recipient)
    compartment = _fitting(office, cabinet, draft.size)
    addressee = {"phone": draft.phone, "address": draft.address}
    parcel = Parcel(
        cabinet_id=cabinet.id,
        compartment_id=compartment.id,
        door=compartment.door,
        kind=draft.kind.value,
        state=(ParcelState.RESERVED if consent else ParcelState.ASKED).value,
        recipient_id=recipient,
        phone=people.phone_hash(office, draft.phone) if draft.phone else None,
        addressee=office.seal.close_json(addressee) if any(addressee.values()) or recipient is None else None,
        depositor_id=draft.depositor_id,
        client_id=draft.client_id,
        channel=draft.channel,
        company=draft.company,
        consent=(consent or Consent.CHAT).value,
        held_until=office.now + HELD,
        created_at=office.now,
    )
    writing.add(office.session, parcel)
    writing.add(office.session, CompartmentClaim(compartment_id=compartment.id, parcel_id=parcel.id))
    if consent is None and recipient is not None:
        _ask(office, cabinet, parcel, recipient)
    return parcel


def begin(office: Office, who: UUID, parcel_id: UUID, *, channel: str) -> Tried:
    """Open the door to put it in. `who` is the depositor or the client. Raises NotTheirs, CabinetAway."""
    cabinet, parcel = _locked(office, parcel_id)
    if not _may(parcel, who) or parcel.state not in (ParcelState.RESERVED, ParcelState.PLACED):
        raise NotTheirs
    if is_away(office, cabinet):
        raise CabinetAway(cabinet.name)
    parcel.held_until = office.now + HELD
    asker = parcel.depositor_id
    opening.start(office, cabinet, parcel.door, Reason.DEPOSIT, parcel=parcel, asker_id=asker, channel=channel)
    return Tried(Step.COMMANDED, thing(office, parcel))


def is_in(office: Office, who: UUID, parcel_id: UUID) -> Thing:
    """The depositor says that it is in and the door is shut, where no switch tells. Raises NotTheirs, StandsOpen."""
    cabinet, parcel = _locked(office, parcel_id)
    if not _may(parcel, who):
        raise NotTheirs
    if parcel.state == ParcelState.RESERVED:
        _was_open(office, cabinet, parcel)
    if parcel.state != ParcelState.PLACED:
        raise NotTheirs
    compartment = reading.compartment(office.session, cabinet.id, parcel.door)
    if cabinet.has_feedback and compartment is not None and compartment.state == DoorState.OPEN:
        raise StandsOpen
    stowing.stored(office, cabinet, parcel)
    return thing(office, parcel)


def _was_open(office: Office, cabinet: Cabinet, parcel: Parcel) -> None:
    """What is in went through the door: of an opening that no switch saw this is the word."""
    unseen = doors.last_for(office.session, parcel.id, (Stand.UNKNOWN.value,))
    if unseen is not None:
        opening.happens(office, cabinet, unseen, Signal.SAID_OPEN)


def give_up(office: Office, who: UUID, parcel_id: UUID) -> None:
    """Nothing is put in after all. Raises NotTheirs where the door was opened already."""
    _, parcel = _locked(office, parcel_id)
    if not _may(parcel, who) or parcel.state not in (ParcelState.ASKED, ParcelState.RESERVED):
        raise NotTheirs
    stowing.cancelled(office, parcel)


def pending(office: Office, depositor_id: UUID) -> Parcel | None:
    """What this person is about to put in."""
    return next(iter(reading.deposits_of(office.session, depositor_id, WAITING)), None)


def answer(office: Office, recipient_id: UUID, parcel_id: UUID, said: Wish) -> None:
    """What the recipient says to the question. Raises NotTheirs where it is too late, or was not theirs to say.

    What they say once for all is kept also where it is too late for this one.
    """
    lasting = said in (Wish.ALWAYS, Wish.NEVER)
    if lasting:
        wish(office, recipient_id, said)
    cabinet, parcel = _locked(office, parcel_id)
    if parcel.recipient_id != recipient_id or parcel.state != ParcelState.ASKED:
        if lasting:
            return
        raise NotTheirs
    if said in (Wish.ONCE, Wish.ALWAYS):
        parcel.state, parcel.held_until = ParcelState.RESERVED.value, office.now + HELD
        tell(office, parcel.depositor_id, News.MAY, of(cabinet, parcel, choices=GO_CHOICES), parcel.channel)
        if parcel.depositor_id is not None:
            telling.ask(office, parcel.depositor_id, telling.GO, GO_CHOICES, {"parcel": str(parcel.id)})
    else:
        tell(office, parcel.depositor_id, News.MAY_NOT, of(cabinet, parcel), parcel.channel)
        stowing.cancelled(office, parcel)


def wish(office: Office, resident_id: UUID, said: Wish) -> None:
    """What they want once for all; a word for one time only forgets what they said before."""
    row = kept.wish(office.session, resident_id)
    if said not in (Wish.ALWAYS, Wish.NEVER):
        if row is not None:
            office.session.delete(row)
        return
    row = row or LockerWish(resident_id=resident_id, wish="", since=office.now)
    row.wish, row.since = said.value, office.now
    writing.add(office.session, row)


def of_client(
    office: Office, client_id: UUID, *, after: UUID | None = None, limit: int
) -> Sequence[tuple[Parcel, str]]:
    """What another system put in or is about to, newest first, each with its cabinet's code."""
    return reading.parcels_of_client(office.session, client_id, after=after, limit=limit)


def _may(parcel: Parcel, who: UUID) -> bool:
    return who in (parcel.depositor_id, parcel.client_id)


def _recipient(office: Office, draft: Draft) -> UUID | None:
    """Oneself, or the resident whose number it is for certain."""
    if draft.kind is ParcelKind.OWN:
        return draft.depositor_id
    return people.of_phone(office, draft.phone) if draft.phone else None


def _consent(office: Office, draft: Draft, recipient: UUID | None) -> Consent | None:
    """None where the recipient has to be asked. Raises RecipientDeclines, NoConsent."""
    said = kept.wish(office.session, recipient) if recipient and recipient != draft.depositor_id else None
    if said is not None and said.wish == Wish.NEVER:
        raise RecipientDeclines
    if draft.kind not in DELIVERED:
        return Consent.OWN
    if said is not None:
        return Consent.STANDING
    if recipient is not None and kept.private_channel(office.session, recipient):
        return None
    if not draft.has_consent:
        raise NoConsent
    return Consent.SAID


def _fitting(office: Office, cabinet: Cabinet, size: Size) -> Compartment:
    """The first free one of that size, else of the next bigger one."""
    fitting = [one for one in reading.free(office.session, cabinet.id) if ORDER.index(one.size) >= ORDER.index(size)]
    if not fitting:
        raise NoFreeCompartment(cabinet.name)
    return min(fitting, key=lambda one: (ORDER.index(one.size), one.door))


def _ask(office: Office, cabinet: Cabinet, parcel: Parcel, recipient: UUID) -> None:
    tell(office, recipient, News.MAY_WE, of(cabinet, parcel, choices=MAY_CHOICES))
    telling.ask(office, recipient, telling.CONSENT, MAY_CHOICES, {"parcel": str(parcel.id)})


def _locked(office: Office, parcel_id: UUID) -> tuple[Cabinet, Parcel]:
    before = reading.parcel(office.session, parcel_id)
    if before is None:
        raise NotTheirs
    cabinet = writing.locked(office.session, before.cabinet_id)
    return cabinet, writing.fresh(office.session, parcel_id)
