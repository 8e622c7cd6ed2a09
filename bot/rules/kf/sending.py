"""What becomes of a message that did not arrive through customer service, and when it stands in for the account."""

from datetime import datetime
from enum import IntEnum
from uuid import UUID

from bot.rules import allowance
from bot.rules.office import Office
from bot.rules.reach import RESIDENTS
from bot.store import Session, kf, outbox, resident
from bot.store.kf.session import CHANNEL
from bot.store.outbox import Outbox, State

OF_THIS_TALK = frozenset({"late_reply", "hand_over_said", "hand_over_ended", "kf_back"})  # said here or nowhere
GONE = (State.SENT, State.SENDING, State.UNSURE)


class NotArrived(IntEnum):
    """The platform's reasons why a message did not arrive after all."""

    UNKNOWN = 0
    DELETED = 1  # the account
    SWITCHED_OFF = 2  # the app
    TOO_LATE = 4
    ENDED = 5
    TOO_MANY = 6
    NOT_VERIFIED = 8
    REFUSED = 10  # by the resident
    BARRED = 12  # this kind of message
    SECURITY = 13


def not_arrived(office: Office, notice: UUID, fail_type: int) -> None:
    """The platform reports it after its yes: the next rung, or the next contact."""
    row = outbox.locked(office.session, notice)
    if row is None or row.channel != CHANNEL or State(row.state) not in GONE:
        return
    if fail_type == NotArrived.REFUSED:
        _follows(office, row.resident_id, following=False)
    reason = f"not arrived: {fail_type} {_named(fail_type)}"
    if not next_rung(office.session, row, reason, office.now):
        for_good = fail_type in (NotArrived.REFUSED, NotArrived.SECURITY, NotArrived.BARRED)
        state = State.FAILED if for_good else State.HELD
        outbox.mark(office.session, row.id, state, now=office.now, reason=reason, also={"sent_at": None})


def refuses(office: Office, sender: str, *, refusing: bool) -> None:
    """The resident switched our messages off, or on again."""
    resident.set_following(office.session, channel=CHANNEL, sender=sender, following=not refusing, now=office.now)


def next_rung(session: Session, row: Outbox, reason: str, now: datetime) -> bool:
    """Let the official account tell it, where the person follows it; False where it cannot."""
    if row.kind in OF_THIS_TALK or RESIDENTS in row.skips:
        return False
    address = outbox.address(session, row.resident_id, RESIDENTS)
    if address is None or not address[1]:
        return False
    also: outbox.Also = {"channel": RESIDENTS, "skips": _with(row, CHANNEL), "sent_at": None, "via": ""}
    outbox.mark(session, row.id, State.WAITING, now=now, reason=reason, due_at=now, also=also)
    return True


def instead(session: Session, row: Outbox, now: datetime) -> bool:
    """Let customer service tell what the account cannot now, where it may send to the person at this moment."""
    if row.kind in OF_THIS_TALK or CHANNEL in row.skips:
        return False
    address = outbox.address(session, row.resident_id, CHANNEL)
    if address is None or not address[1]:
        return False
    theirs = kf.of_resident(session, row.resident_id)
    left = allowance.left(session, channel=CHANNEL, sender=address[0], resident_id=row.resident_id, now=now)
    if left < 1 or (theirs is not None and theirs.is_theirs):
        return False
    also: outbox.Also = {"channel": CHANNEL, "skips": _with(row, RESIDENTS), "via": ""}
    outbox.mark(session, row.id, State.WAITING, now=now, due_at=now, also=also)
    return True


def _with(row: Outbox, channel: str) -> str:
    return ",".join(filter(None, [row.skips, channel]))


def _follows(office: Office, resident_id: UUID, *, following: bool) -> None:
    address = outbox.address(office.session, resident_id, CHANNEL)
    if address is not None:
        refuses(office, address[0], refusing=not following)


def _named(fail_type: int) -> str:
    return NotArrived(fail_type).name.lower() if fail_type in set(NotArrived) else "unknown"
