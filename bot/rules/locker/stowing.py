"""What the doors do to the things behind them: put in, lying there, fetched, forgotten, taken out."""

from datetime import datetime

from bot.rules.locker import codes
from bot.rules.locker.telling import News, of, tell
from bot.rules.locker.terms import GRACE, HELD, KEPT, REMINDERS
from bot.rules.office import Office
from bot.store.locker import WAITING, Cabinet, Compartment, Parcel, ParcelKind, ParcelState, reading, writing


def placed(office: Office, parcel: Parcel) -> None:
    """The door was opened to put it in: from now on something may be in there."""
    if parcel.state == ParcelState.RESERVED:
        parcel.state, parcel.held_until = ParcelState.PLACED.value, office.now + HELD


def put_in(office: Office, cabinet: Cabinet, compartment: Compartment, parcel: Parcel) -> None:
    """The door was shut after it was opened to put it in; a sensor that sees nothing says it is still empty."""
    if parcel.state != ParcelState.PLACED:
        return
    if cabinet.has_sensor and compartment.occupied is False:
        parcel.state = ParcelState.RESERVED.value
        tell(office, parcel.depositor_id, News.EMPTY, of(cabinet, parcel), parcel.channel)
        return
    stored(office, cabinet, parcel)


def stored(office: Office, cabinet: Cabinet, parcel: Parcel) -> None:
    """It lies there: its time runs, its code is told to whoever is to fetch it, else to whoever put it in."""
    parcel.state, parcel.stored_at, parcel.held_until = ParcelState.STORED.value, office.now, None
    _runs(office, parcel)
    code = codes.mint(office, cabinet, parcel)
    facts = of(cabinet, parcel)
    told = tell(office, parcel.recipient_id, News.STORED, {**facts, "code": code})
    if parcel.depositor_id is not None and parcel.depositor_id != parcel.recipient_id:
        with_code = facts if told else {**facts, "code": code}
        tell(office, parcel.depositor_id, News.PUT_IN, with_code, parcel.channel)


def fetched(office: Office, cabinet: Cabinet, parcel: Parcel) -> bool:
    """The door was opened to fetch it: only now its codes are spent; False where it was fetched before.

    The compartment stays theirs for a while.
    """
    if parcel.state != ParcelState.STORED:
        return False
    parcel.state, parcel.over_at = ParcelState.FETCHED.value, office.now
    codes.void(office, cabinet, parcel)
    claim = reading.claim_of(office.session, parcel.compartment_id)
    if claim is not None:
        claim.until = office.now + GRACE
    return True


def removed(office: Office, cabinet: Cabinet, parcel: Parcel) -> None:
    """The staff took it out and keep it."""
    parcel.state, parcel.over_at = ParcelState.REMOVED.value, office.now
    codes.void(office, cabinet, parcel)
    writing.release(office.session, parcel.compartment_id)


def cancelled(office: Office, parcel: Parcel) -> None:
    """Nothing was put in: the compartment is free again."""
    if parcel.state not in WAITING:
        return
    parcel.state, parcel.over_at = ParcelState.CANCELLED.value, office.now
    writing.release(office.session, parcel.compartment_id)


def emptied(office: Office, cabinet: Cabinet, compartment: Compartment, parcel: Parcel) -> None:
    """The time after fetching is over: the compartment is free, unless its sensor still sees something in it."""
    if cabinet.has_sensor and compartment.occupied and parcel.state == ParcelState.FETCHED:
        _lies_there_again(office, cabinet, parcel)
        return
    writing.release(office.session, compartment.id)


def _lies_there_again(office: Office, cabinet: Cabinet, parcel: Parcel) -> None:
    """They left it behind: it gets its time anew, and another code."""
    claim = reading.claim_of(office.session, parcel.compartment_id)
    if claim is not None:
        claim.until = None
    parcel.state, parcel.over_at = ParcelState.STORED.value, None
    parcel.by_station = parcel.by_station or (parcel.recipient_id is None and parcel.addressee is None)
    _runs(office, parcel)
    code = codes.mint(office, cabinet, parcel)
    tell(office, parcel.recipient_id, News.LEFT_BEHIND, of(cabinet, parcel, code=code))


def next_word(parcel: Parcel) -> datetime | None:
    """When its owner is to be told of it next."""
    reminders = REMINDERS[ParcelKind(parcel.kind)]
    if parcel.due_at is None or parcel.reminded >= len(reminders):
        return None
    return parcel.due_at - reminders[parcel.reminded]


def _runs(office: Office, parcel: Parcel) -> None:
    """Its time begins."""
    parcel.due_at, parcel.reminded = office.now + KEPT[ParcelKind(parcel.kind)], 0
    parcel.next_word_at = next_word(parcel)
