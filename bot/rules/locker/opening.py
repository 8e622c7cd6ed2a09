"""Openings: a command is written down with its reason, and every word of the cabinet and the door moves it on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.nlu.lockers import OPENED_CHOICES
from bot.rules.locker import book, fault, stowing, telling
from bot.rules.locker.book import By, Did
from bot.rules.locker.device import DoorState, Reason
from bot.rules.locker.fault import Fault
from bot.rules.locker.machine import LIVE, Signal, Stand, step
from bot.rules.locker.telling import News, of, tell
from bot.rules.locker.terms import COMMAND_LIVES, MATTERS, MOST_MISSES, NoSuchDoor
from bot.rules.office import Office
from bot.store.locker import Cabinet, Compartment, DoorCommand, Parcel, reading, writing
from bot.store.locker import commands as doors

FOR_OTHERS = frozenset({Reason.STAFF, Reason.MASTER})
UNSEEN = (Stand.SENT.value, Stand.ACKED.value, Stand.CREATED.value, Stand.UNKNOWN.value, Stand.TIMEOUT.value)


@dataclass(frozen=True, slots=True)
class _Case:
    """A command with everything it is about."""

    office: Office
    cabinet: Cabinet
    compartment: Compartment
    command: DoorCommand
    parcel: Parcel | None
    at: datetime

    @property
    def reason(self) -> Reason:
        return Reason(self.command.reason)

    @property
    def is_unseen(self) -> bool:
        return self.command.state == Stand.UNKNOWN

    def write(self, did: Did) -> None:
        """Put it into the book."""
        command = self.command
        book.write(
            self.office,
            cabinet_id=self.cabinet.id,
            door=command.door,
            did=did,
            reason=self.reason,
            command=command,
            at=self.at,
        )


def start(
    office: Office,
    cabinet: Cabinet,
    door: int,
    reason: Reason,
    *,
    parcel: Parcel | None = None,
    asker_id: UUID | None = None,
    channel: str = "",
    by: By | None = None,
    second: By | None = None,
    words: str = "",
    cause_seq: int | None = None,
) -> DoorCommand:
    """A command for one door of a locked cabinet, with its line in the book.

    A door is pulsed once for a thing: whoever asks meanwhile gets the command that is under way. Raises NoSuchDoor.
    """
    if reading.compartment(office.session, cabinet.id, door) is None:
        raise NoSuchDoor
    under_way = doors.last_command(office.session, cabinet.id, door, LIVE, office.now - COMMAND_LIVES)
    parcel_id = parcel.id if parcel else None
    if under_way is not None and under_way.parcel_id == parcel_id:
        if under_way.asker_id != asker_id or by is not None:
            book.write(
                office,
                cabinet_id=cabinet.id,
                door=door,
                did=Did.ASKED,
                reason=reason,
                parcel_id=parcel_id,
                resident_id=asker_id,
                by=by,
                second=second,
                words=words,
            )
        return under_way
    command = DoorCommand(
        cabinet_id=cabinet.id,
        door=door,
        reason=reason.value,
        parcel_id=parcel_id,
        asker_id=asker_id,
        channel=channel,
        cause_seq=cause_seq,
        created_at=office.now,
        expires_at=office.now + COMMAND_LIVES,
    )
    writing.add(office.session, command)
    book.write(
        office,
        cabinet_id=cabinet.id,
        door=door,
        did=Did.ASKED,
        reason=reason,
        command=command,
        by=by,
        second=second,
        words=words,
    )
    return command


def happens(office: Office, cabinet: Cabinet, command: DoorCommand, signal: Signal, at: datetime | None = None) -> bool:
    """Move a command on; False for a word that has no place in it any more. The cabinet is locked."""
    stand = step(Stand(command.state), signal)
    if stand is None:
        return False
    command.state, command.outcome = stand.value, signal.value
    compartment = reading.compartment(office.session, cabinet.id, command.door)
    parcel = writing.fresh(office.session, command.parcel_id) if command.parcel_id else None
    if compartment is None:
        return True
    case = _Case(office, cabinet, compartment, command, parcel, at or office.now)
    if stand is Stand.SENT:
        command.sent_at = office.now
    elif stand is Stand.OPENED:
        _opened(case)
    elif stand is Stand.CLOSED:
        _closed(case)
    elif stand not in LIVE:
        _not_opened(case)
    return True


def witnessed(office: Office, command_id: UUID, resident_id: UUID, *, did_open: bool) -> bool:
    """What a person says of a door that no switch reported; False where they were not asked, or it is settled."""
    before = doors.command(office.session, command_id)
    if before is None:
        return False
    cabinet = writing.locked(office.session, before.cabinet_id)
    command = writing.fresh_command(office.session, command_id)
    parcel = writing.fresh(office.session, before.parcel_id) if before.parcel_id else None
    if command is None or parcel is None or resident_id not in (command.asker_id, parcel.recipient_id):
        return False
    if not did_open:
        return command.state == Stand.UNKNOWN
    return happens(office, cabinet, command, Signal.SAID_OPEN)


def door_moved(office: Office, cabinet: Cabinet, compartment: Compartment, before: str, at: datetime) -> None:
    """A door is seen open or shut that was not so before: whose command was that, or nobody's."""
    if compartment.state == DoorState.LOCKED:
        opened = _last(office, cabinet, compartment.door, (Stand.OPENED.value,), MATTERS * 12)
        if opened is not None:
            happens(office, cabinet, opened, Signal.DOOR_CLOSED, at)
    elif compartment.state == DoorState.OPEN and before != DoorState.OPEN:
        asked = _last(office, cabinet, compartment.door, UNSEEN, MATTERS)
        if asked is None or not happens(office, cabinet, asked, Signal.DOOR_OPENED, at):
            _unasked(office, cabinet, compartment, at)


def _last(
    office: Office, cabinet: Cabinet, door: int, states: tuple[str, ...], within: timedelta
) -> DoorCommand | None:
    return doors.last_command(office.session, cabinet.id, door, states, office.now - within)


def _opened(case: _Case) -> None:
    """The door is open: only now a code is spent, and a thing is out of the cabinet or on its way in."""
    office, cabinet, parcel, command = case.office, case.cabinet, case.parcel, case.command
    command.opened_at, command.over_at = case.at, None
    case.compartment.misses = 0
    case.write(Did.OPENED)
    if parcel is None:
        inside = reading.parcel_in(office.session, cabinet.id, command.door)
        if inside is not None and case.reason in FOR_OTHERS:
            tell(office, inside.recipient_id, News.BY_STAFF, of(cabinet, inside))
        return
    facts = of(cabinet, parcel, reason=case.reason.value)
    if case.reason is Reason.DEPOSIT:
        stowing.placed(office, parcel)
    elif stowing.fetched(office, cabinet, parcel) and parcel.recipient_id != command.asker_id:
        tell(office, parcel.recipient_id, News.FETCHED, facts)
    command.told = True
    if command.outcome != Signal.SAID_OPEN:  # else they know
        tell(office, command.asker_id, News.OPENED, facts, command.channel)


def _closed(case: _Case) -> None:
    case.command.over_at = case.at
    case.write(Did.CLOSED)
    if case.parcel is not None and case.reason is Reason.DEPOSIT:
        stowing.put_in(case.office, case.cabinet, case.compartment, case.parcel)


def _not_opened(case: _Case) -> None:
    """It did not open, or nobody saw it: nothing is spent. The same door twice in a row is a case for the station."""
    case.command.over_at = case.office.now
    case.write(Did.NOT_OPENED)
    if case.is_unseen and case.cabinet.has_feedback:
        case.compartment.misses += 1
        if case.compartment.misses >= MOST_MISSES:
            case.compartment.out_of_order = True
            fault.of_door(case.office, case.cabinet, case.compartment, Fault.JAM)
    if case.parcel is not None:
        _tell_not_opened(case, case.parcel)


def _tell_not_opened(case: _Case, parcel: Parcel) -> None:
    """Whoever asked hears it once; where nobody saw the door they are asked, and of a typed code the owner is."""
    office, command = case.office, case.command
    facts = of(case.cabinet, parcel, outcome=command.outcome, reason=case.reason.value)
    typed = case.is_unseen and case.reason is not Reason.DEPOSIT
    whom = command.asker_id or (parcel.recipient_id if typed else None)
    if case.is_unseen and whom is not None:
        facts["choices"] = OPENED_CHOICES
        telling.ask(office, whom, telling.DID_IT_OPEN, OPENED_CHOICES, {"command": str(command.id)})
    if not command.told:
        command.told = True
        tell(office, whom, News.NOT_OPENED, facts, command.channel)


def _unasked(office: Office, cabinet: Cabinet, compartment: Compartment, at: datetime) -> None:
    """A door opened without anybody asking: it stands in the book, its owner and the station are told."""
    inside = reading.parcel_in(office.session, cabinet.id, compartment.door)
    book.write(
        office,
        cabinet_id=cabinet.id,
        door=compartment.door,
        did=Did.OPENED,
        reason=Reason.UNASKED,
        parcel_id=inside.id if inside else None,
        at=at,
    )
    forced(office, cabinet, compartment, inside)


def forced(office: Office, cabinet: Cabinet, compartment: Compartment, inside: Parcel | None) -> None:
    """A door opened without a right: whoever has something behind it and the station are told."""
    if inside is not None and inside.stored_at is not None and inside.over_at is None:
        tell(office, inside.recipient_id, News.UNASKED, of(cabinet, inside))
        fault.of_door(office, cabinet, compartment, Fault.FORCED)
