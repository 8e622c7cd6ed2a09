"""What time does: holds end, emptied compartments are free again, people are reminded, silence becomes a ticket.

Every chore may run on several workers at once: each takes the cabinet's lock and looks again before it acts.
"""

from uuid import UUID

from bot.rules.locker import fault, stowing
from bot.rules.locker.device import DoorState
from bot.rules.locker.fault import Fault
from bot.rules.locker.machine import Stand
from bot.rules.locker.telling import News, of, tell
from bot.rules.locker.terms import DEAD, SOME
from bot.rules.office import Office
from bot.store.locker import WAITING, Cabinet, Parcel, ParcelState, reading, writing
from bot.store.locker import commands as doors


def tidy(office: Office) -> int:
    """Holds whose time is over and compartments whose owner had their time after fetching; returns how many."""
    return _end_holds(office) + _end_claims(office)


def remind(office: Office) -> int:
    """A word to whoever has something lying there: before it is overdue, and when it is; returns how many."""
    return sum(_reminded(office, parcel_id) for parcel_id in reading.words_due(office.session, office.now, SOME))


def watch(office: Office) -> int:
    """A cabinet that has not spoken for half an hour is a case for the station, once; returns how many there were."""
    dead = reading.silent_since(office.session, office.now - DEAD, SOME)
    return sum(fault.of_cabinet(office, cabinet) is not None for cabinet in dead)


def _reminded(office: Office, parcel_id: UUID) -> bool:
    cabinet, parcel = _locked(office, parcel_id)
    if parcel.state != ParcelState.STORED or parcel.next_word_at is None or parcel.next_word_at > office.now:
        return False
    last = parcel.due_at is None or parcel.due_at <= office.now
    parcel.reminded += 1
    parcel.next_word_at = None if last else stowing.next_word(parcel)
    news = News.OVERDUE if last else News.REMINDER
    return tell(office, parcel.recipient_id, news, of(cabinet, parcel, fee=reading.fee_at(office.session, cabinet)))


def _end_holds(office: Office) -> int:
    over = reading.held_over(office.session, office.now, SOME)
    for parcel_id in over:
        cabinet, parcel = _locked(office, parcel_id)
        if parcel.state in WAITING and parcel.held_until is not None and parcel.held_until <= office.now:
            _end_hold(office, cabinet, parcel)
    return len(over)


def _end_hold(office: Office, cabinet: Cabinet, parcel: Parcel) -> None:
    """What may be in there stays there: a door that was opened for it, or may have been, is not given to others."""
    compartment = reading.compartment(office.session, cabinet.id, parcel.door)
    if compartment is None:
        return
    if parcel.state == ParcelState.PLACED:
        if compartment.state == DoorState.OPEN:
            fault.of_door(office, cabinet, compartment, Fault.AJAR)
        stowing.stored(office, cabinet, parcel)
        return
    if parcel.state == ParcelState.ASKED:
        tell(office, parcel.depositor_id, News.NO_ANSWER, of(cabinet, parcel), parcel.channel)
    elif doors.last_for(office.session, parcel.id, (Stand.UNKNOWN.value,)) is not None:
        compartment.out_of_order = True
        fault.of_door(office, cabinet, compartment, Fault.UNSURE)
    stowing.cancelled(office, parcel)


def _end_claims(office: Office) -> int:
    over = reading.claims_over(office.session, office.now, SOME)
    for parcel_id in [claim.parcel_id for claim in over]:
        cabinet, parcel = _locked(office, parcel_id)
        compartment = reading.compartment(office.session, cabinet.id, parcel.door)
        if compartment is not None and compartment.state != DoorState.OPEN and _claim_is_over(office, parcel):
            stowing.emptied(office, cabinet, compartment, parcel)
    return len(over)


def _claim_is_over(office: Office, parcel: Parcel) -> bool:
    """Whether it is still so: another worker may have freed the compartment, and somebody else may have it by now."""
    claim = writing.fresh_claim(office.session, parcel.compartment_id)
    if claim is None or claim.parcel_id != parcel.id:
        return False
    return claim.until is not None and claim.until <= office.now


def _locked(office: Office, parcel_id: UUID) -> tuple[Cabinet, Parcel]:
    cabinet = writing.locked(office.session, reading.cabinet_id_of(office.session, parcel_id))
    return cabinet, writing.fresh(office.session, parcel_id)
