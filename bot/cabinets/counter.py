"""What is done with a cabinet's message inside a transaction, whichever carrier brought it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog

from bot.cabinets.protocol import (
    MOST_SKEW,
    Direction,
    Fault,
    Letter,
    Problem,
    Unreadable,
    open_letter,
    read_up,
    sealed,
    write_down,
)
from bot.cabinets.protocol.down import Down
from bot.errors import Refusal
from bot.rules.locker import line
from bot.rules.locker.device import Keys, OpenResult
from bot.rules.office import Office
from bot.store import TransactionLost, breaks_connection, lost_race, savepoint

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as it came, in the name of this cabinet."""

    serial: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a message: the letters that answer it; `fault` where it was not taken."""

    serial: str
    letters: tuple[str, ...] = ()
    kind: str = ""
    fault: Fault | None = None
    skew: timedelta = timedelta()
    result_of: UUID | None = None  # the command it told the result of


def take_all(office: Office, incoming: Sequence[Incoming]) -> list[Heard]:
    """Take in each message by itself: one that is wrong, or meets a bug, spoils no other."""
    return [take(office, one) for one in incoming]


def take(office: Office, incoming: Incoming) -> Heard:
    """Take in one message. Only what is signed gets a letter back; anything else is told to the carrier alone."""
    try:
        cabinet_id, keys, letter = proven(office, incoming)
    except Unreadable as error:
        return Heard(incoming.serial, fault=error.fault)
    fault, said, result_of = None, list[Down](), None
    try:
        event = read_up(letter)
        result_of = event.cmd_id if isinstance(event, OpenResult) else None
        with savepoint(office.session):
            said += line.heard(office, cabinet_id, event)
    except Unreadable as error:
        fault = error.fault
        said = [Problem(incoming.serial, error.fault, error.field, error.seq)]
    except Exception as error:
        fault = _not_taken(error)
        said = [Problem(incoming.serial, fault, "", letter.seq)]
    letters = tuple(sealed(Direction.DOWN, keys, office.now, write_down(one)) for one in said)
    skew = letter.skew(office.now)
    return Heard(incoming.serial, letters, "" if fault else letter.kind, fault, skew, result_of)


def admit(office: Office, incoming: Incoming) -> Fault | None:
    """Why a cabinet that asks for its commands gets none; None where it may: proven, and now.

    For such a letter carries no number that is used up. CLOCK_SKEW is said only to who has signed.
    """
    try:
        _, _, letter = proven(office, incoming)
    except Unreadable as error:
        return error.fault
    if letter.kind != "poll":
        return Fault.UNKNOWN_TYPE
    return Fault.CLOCK_SKEW if abs(letter.skew(office.now)) > MOST_SKEW else None


def proven(office: Office, incoming: Incoming) -> tuple[UUID, Keys, Letter]:
    """Cabinet, keys and letter of a message whose signature is right. Raises Unreadable."""
    letter = open_letter(Direction.UP, incoming.serial, incoming.raw)
    found = line.cabinet_with_keys(office, incoming.serial)
    if found is None:
        raise Unreadable(Fault.UNKNOWN_CABINET, "serial", letter.seq)
    cabinet_id, keys = found
    letter.check(keys.accepted)
    if letter.key > keys.signing:
        line.key_used(office, cabinet_id, letter.key)
        keys = line.device_keys(office, cabinet_id)
    return cabinet_id, keys, letter


def _not_taken(error: Exception) -> Fault:
    """What to tell the cabinet. A lost connection or race goes on to the desk, which does the same work again."""
    if isinstance(error, TransactionLost) or breaks_connection(error) or lost_race(error):
        raise error
    if isinstance(error, Refusal):
        return Fault.OUT_OF_RANGE
    log.error("cabinet message failed", exc_info=error)
    return Fault.INTERNAL
