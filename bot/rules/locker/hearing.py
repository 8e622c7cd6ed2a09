"""What a cabinet tells, taken in one by one: its state, the end of a command, a door, a code, what it did alone."""

from collections.abc import Mapping
from datetime import datetime

from bot.rules.locker import book, codes, offline, opening, stowing
from bot.rules.locker.book import Did
from bot.rules.locker.device import (
    CodeTry,
    DoorEvent,
    DoorReport,
    DoorState,
    Event,
    Heartbeat,
    Hello,
    OfflineDid,
    OfflineEntry,
    OfflineLog,
    OpenResult,
    Outcome,
    Reason,
)
from bot.rules.locker.machine import Signal
from bot.rules.locker.telling import News, of, tell
from bot.rules.locker.terms import CLOCK_BELIEVED
from bot.rules.office import Office
from bot.store.locker import Cabinet, OfflineCode, Parcel, reading, writing
from bot.store.locker import beat as beats
from bot.store.locker import codes as kept

REFUSED, SHUT, OPENS = "refused", "shut", "opens"  # what was answered to a code
SEEN = {Outcome.OPENED: DoorState.OPEN, Outcome.ALREADY_OPEN: DoorState.OPEN}


def take(office: Office, cabinet: Cabinet, event: Event) -> str:
    """Take in a message for the first time; returns what was answered to a code, "" to anything else."""
    match event:
        case Hello():
            cabinet.firmware = event.firmware[:40]
        case OpenResult():
            _result(office, cabinet, event)
        case DoorEvent():
            seen(office, cabinet, event.door, DoorReport(event.state, event.occupied), event.seq, event.at)
        case CodeTry():
            return _typed(office, cabinet, event)
        case OfflineLog():
            for entry in event.entries:
                _alone(office, cabinet, entry, event.seq)
        case Heartbeat():
            beat(office, cabinet, event)
    return ""


def beat(office: Office, cabinet: Cabinet, event: Heartbeat) -> None:
    """It is alive. What it says of its doors is news only where it is newer than what is known."""
    if event.seq <= cabinet.beat_seq:
        return
    cabinet.beat_seq, cabinet.battery, cabinet.signal = event.seq, event.battery, event.signal
    cabinet.list_has = event.codes_version
    reports: Mapping[int, DoorReport] = event.doors
    for door, report in sorted(reports.items()):
        seen(office, cabinet, door, report, event.seq, event.at)


def seen(office: Office, cabinet: Cabinet, door: int, report: DoorReport, seq: int, at: datetime) -> None:
    """A door is in that state now; what is older than what is known is dropped."""
    compartment = reading.compartment(office.session, cabinet.id, door)
    if compartment is None or seq <= compartment.seen_seq:
        return
    before = compartment.state
    compartment.seen_seq, compartment.seen_at = seq, office.now
    compartment.state = report.state.value
    if report.occupied is not None:
        compartment.occupied = report.occupied
    if before != compartment.state:
        opening.door_moved(office, cabinet, compartment, before, _moment(office, at))


def _result(office: Office, cabinet: Cabinet, event: OpenResult) -> None:
    """What became of a command of this cabinet."""
    command = writing.fresh_command(office.session, event.cmd_id)
    if command is None or command.cabinet_id != cabinet.id:
        return
    compartment = reading.compartment(office.session, cabinet.id, command.door)
    state = SEEN.get(event.outcome)
    if compartment is not None and state is not None and event.seq > compartment.seen_seq:
        compartment.seen_seq, compartment.seen_at, compartment.state = event.seq, office.now, state.value
    opening.happens(office, cabinet, command, Signal(event.outcome.value), _moment(office, event.at))


def _typed(office: Office, cabinet: Cabinet, event: CodeTry) -> str:
    """A code typed at the cabinet: it opens, it is wrong, or none is taken now."""
    if codes.is_shut(office, cabinet):
        return SHUT
    if len(event.code) == offline.DIGITS:
        doors = len(reading.compartments(office.session, cabinet.id))
        given = codes.find_away(office, cabinet, event.code, doors)
        parcel = reading.parcel(office.session, given.parcel_id) if given else None
        reason = Reason.OFFLINE_CODE
    else:
        found = codes.find(office, cabinet, event.code)
        parcel = reading.parcel(office.session, found.parcel_id) if found else None
        reason = Reason.FAMILY if found and found.for_family else Reason.CODE
    if parcel is None or event.door not in (None, parcel.door):
        codes.wrong_at(office, cabinet)
        return REFUSED
    opening.start(office, cabinet, parcel.door, reason, parcel=parcel, cause_seq=event.seq)
    return OPENS


def _alone(office: Office, cabinet: Cabinet, entry: OfflineEntry, log_seq: int) -> None:
    """One thing it did while it could not reach us, unless it was told before."""
    if beats.told(office.session, cabinet.id, entry.seq) is not None:
        return
    if entry.seq != log_seq:  # else a maker's mistake: that number is the log's own, and is written down with it
        remember(office, cabinet, entry.seq, "offline", entry.at, door=entry.door, told=entry.did.value)
    if entry.did is OfflineDid.WRONG_CODE:
        codes.wrong_at(office, cabinet)
        return
    if entry.door is None:
        return
    if entry.did is OfflineDid.CLEARED:
        _cleared(office, cabinet, entry.door, entry)
        return
    parcel, reason = _opened_with(office, cabinet, entry)
    did = Did.OPENED if entry.did is OfflineDid.OPENED else Did.NOT_OPENED
    parcel_id = parcel.id if parcel else None
    at = _moment(office, entry.at)
    book.write(office, cabinet_id=cabinet.id, door=entry.door, did=did, reason=reason, parcel_id=parcel_id, at=at)
    if did is Did.OPENED:
        _opened_alone(office, cabinet, entry.door, parcel, reason)


def _opened_with(office: Office, cabinet: Cabinet, entry: OfflineEntry) -> tuple[Parcel | None, Reason]:
    """By what code the cabinet opened, and for what; a code that we never gave out is no reason."""
    if entry.digest:
        row = kept.code_ever(office.session, cabinet.id, entry.digest)
        if row is not None and row.door == entry.door:
            return reading.parcel(office.session, row.parcel_id), Reason.LISTED_CODE
    given = _given(office, cabinet, entry)
    if given is not None:
        if entry.did is OfflineDid.OPENED:
            given.used_at = office.now
        return reading.parcel(office.session, given.parcel_id), Reason.OFFLINE_CODE
    return None, Reason.UNASKED


def _given(office: Office, cabinet: Cabinet, entry: OfflineEntry) -> OfflineCode | None:
    if entry.door is None or entry.window is None or entry.counter is None:
        return None
    return kept.offline_code(office.session, cabinet.id, entry.door, entry.window, entry.counter)


def _opened_alone(office: Office, cabinet: Cabinet, door: int, parcel: Parcel | None, reason: Reason) -> None:
    """Its codes are spent, and its owner hears of it; where something else lies there it was opened without a right."""
    fresh = writing.fresh(office.session, parcel.id) if parcel is not None else None
    if fresh is not None and stowing.fetched(office, cabinet, fresh):
        tell(office, fresh.recipient_id, News.FETCHED, of(cabinet, fresh, reason=reason.value))
        return
    compartment = reading.compartment(office.session, cabinet.id, door)
    if compartment is not None:
        opening.forced(office, cabinet, compartment, reading.parcel_in(office.session, cabinet.id, door))


def _cleared(office: Office, cabinet: Cabinet, door: int, entry: OfflineEntry) -> None:
    """A clear-code was typed: the offline codes of that hour up to its counter are void."""
    for row in kept.offline_codes(office.session, cabinet.id, door, entry.window or 0):
        if row.counter <= (entry.counter or 0) and row.used_at is None:
            row.void = True
    book.write(office, cabinet_id=cabinet.id, door=door, did=Did.CLEARED, reason=Reason.STAFF)


def remember(
    office: Office, cabinet: Cabinet, seq: int, kind: str, at: datetime, *, door: int | None = None, told: str = ""
) -> None:
    """Write down that a message was taken in, and what was answered."""
    beats.remember(office.session, cabinet.id, seq, kind=kind, door=door, told=told, at=at, now=office.now)


def _moment(office: Office, at: datetime) -> datetime:
    """The cabinet's own clock as far as it can be right: never after now, and not before it can have been silent."""
    return at if office.now - CLOCK_BELIEVED <= at <= office.now else office.now


def door_of(event: Event) -> int | None:
    """The door a message is about, where it is about one."""
    return event.door if isinstance(event, DoorEvent | CodeTry) else None
