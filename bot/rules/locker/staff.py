"""What the staff may do at a cabinet: open a door with a reason, all doors with a second person, take something out."""

import secrets
from uuid import UUID

from bot.rules.locker import book, keys, offline, opening, stowing
from bot.rules.locker.book import By, Did
from bot.rules.locker.device import Reason
from bot.rules.locker.telling import News, of, tell
from bot.rules.locker.terms import MASTER_WAITS, NoSuchDoor, NotTheirs, NoWords, RequestOver, SamePerson
from bot.rules.office import Office
from bot.store.locker import Courier, DoorCommand, MasterOpen, Parcel, ParcelState, reading, writing
from bot.store.locker import codes as kept
from bot.store.locker import commands as doors

WORD_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another
WORD_LENGTH = 8
COURIER = "courier word"


def open_one(office: Office, cabinet_id: UUID, door: int, *, by: By, words: str) -> DoorCommand:
    """Open one door; the owner of what is in it hears of it. Raises NoWords, NoSuchDoor."""
    said = _said(words)
    cabinet = writing.locked(office.session, cabinet_id)
    return opening.start(office, cabinet, door, Reason.STAFF, by=by, words=said)


def ask_master(office: Office, cabinet_id: UUID, *, by: By, words: str) -> MasterOpen:
    """Want all doors open; nothing opens before a second person agrees. Raises NoWords."""
    row = MasterOpen(
        cabinet_id=cabinet_id,
        staff_id=by.staff_id,
        by_title=by.title,
        words=office.seal.close(_said(words)),
        asked_at=office.now,
        until=office.now + MASTER_WAITS,
    )
    writing.add(office.session, row)
    return row


def agree_master(office: Office, request_id: UUID, *, by: By) -> list[DoorCommand]:
    """The second person agrees: a command for every door. Raises SamePerson, RequestOver."""
    request = doors.master_open(office.session, request_id)
    if request is None or request.agreed_at is not None or request.until <= office.now:
        raise RequestOver
    if request.staff_id == by.staff_id:
        raise SamePerson
    request.second_id, request.agreed_at = by.staff_id, office.now
    cabinet = writing.locked(office.session, request.cabinet_id)
    first, words = By(request.staff_id, request.by_title), office.seal.open(request.words)
    return [
        opening.start(office, cabinet, one.door, Reason.MASTER, by=first, second=by, words=words)
        for one in reading.compartments(office.session, cabinet.id)
    ]


def remove(office: Office, parcel_id: UUID, *, by: By, words: str) -> Parcel:
    """Write down that something was taken out and is kept at the station. Raises NoWords, NotTheirs."""
    said = _said(words)
    cabinet = writing.locked(office.session, reading.cabinet_id_of(office.session, parcel_id))
    parcel = writing.fresh(office.session, parcel_id)
    if parcel.state not in (ParcelState.PLACED, ParcelState.STORED):
        raise NotTheirs
    tell(office, parcel.recipient_id, News.REMOVED, of(cabinet, parcel))
    parcel.held_until = None
    stowing.removed(office, cabinet, parcel)
    book.write(
        office,
        cabinet_id=cabinet.id,
        door=parcel.door,
        did=Did.REMOVED,
        reason=Reason.STAFF,
        parcel_id=parcel.id,
        by=by,
        words=said,
    )
    return parcel


def set_order(office: Office, cabinet_id: UUID, door: int, *, out_of_order: bool) -> None:
    """Take a door out of use, or into use again. Raises NoSuchDoor."""
    writing.locked(office.session, cabinet_id)
    compartment = reading.compartment(office.session, cabinet_id, door)
    if compartment is None:
        raise NoSuchDoor
    compartment.out_of_order = out_of_order
    if not out_of_order:
        compartment.misses = 0


def clear_code(office: Office, cabinet_id: UUID, door: int, *, by: By, words: str) -> str:
    """Eight digits that, typed at the cabinet, void every offline code of a door in this hour. Raises NoWords."""
    said = _said(words)
    cabinet = writing.locked(office.session, cabinet_id)
    if reading.compartment(office.session, cabinet_id, door) is None:
        raise NoSuchDoor
    book.write(office, cabinet_id=cabinet_id, door=door, did=Did.CLEARED, reason=Reason.STAFF, by=by, words=said)
    last = offline.COUNTERS - 1
    return offline.code(keys.lock(office.seal, cabinet), door, offline.window(office.now), last, offline.Kind.CLEAR)


def release(office: Office, cabinet_id: UUID, *, by: By, words: str) -> None:
    """Let a cabinet take codes again after too many wrong ones. Raises NoWords."""
    said = _said(words)
    cabinet = writing.locked(office.session, cabinet_id)
    cabinet.shut_until = None
    writing.forget_tries_at(office.session, cabinet_id)
    book.write(office, cabinet_id=cabinet_id, door=0, did=Did.RELEASED, reason=Reason.STAFF, by=by, words=said)


def let_in(office: Office, company: str) -> str:
    """A word that makes a courier of whoever says it first in the chat."""
    word = "".join(secrets.choice(WORD_LETTERS) for _ in range(WORD_LENGTH))
    row = Courier(company=company[:40], digest=office.seal.keyed_hash(word, COURIER), created_at=office.now)
    writing.add(office.session, row)
    return word


def bind(office: Office, resident_id: UUID, word: str) -> Courier | None:
    """The person who said the word is that courier from now on; None for a word nobody gave out, or a used one."""
    found = kept.courier_by_word(office.session, office.seal.keyed_hash(word, COURIER))
    if found is None:
        return None
    before = kept.courier_of(office.session, resident_id)
    if before is not None:
        before.resident_id, before.active = None, False
        office.session.flush()
    found.digest, found.resident_id = None, resident_id
    office.session.flush()
    return found


def couriers(office: Office) -> list[Courier]:
    """Everybody who was let in and is not sent away, newest first."""
    return list(kept.couriers(office.session))


def send_away(office: Office, courier_id: UUID) -> bool:
    """Whoever that is may put in no deliveries any more; False where there is no such one."""
    found = next((one for one in kept.couriers(office.session) if one.id == courier_id), None)
    if found is None:
        return False
    found.active, found.digest, found.resident_id = False, None, None
    office.session.flush()
    return True


def _said(words: str) -> str:
    """Raises NoWords."""
    if not words.strip():
        raise NoWords
    return words.strip()
