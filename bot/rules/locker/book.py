"""The book of doors: every opening with its reason, and every wish to open that came to nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.locker.device import Reason
from bot.rules.locker.terms import GRACE, ZERO
from bot.rules.office import Office
from bot.store.locker import DoorAudit, DoorCommand, Parcel, ParcelState, writing
from bot.store.locker import commands as doors

SHOWN = timedelta(days=30)


class Did(StrEnum):
    """What a line of the book says."""

    ASKED = "asked"
    OPENED = "opened"
    CLOSED = "closed"
    NOT_OPENED = "not_opened"
    CLEARED = "cleared"  # a clear-code was given out, or typed
    REMOVED = "removed"  # the staff took something out
    SHUT = "shut"  # too many wrong codes: the cabinet takes none for a while
    RELEASED = "released"  # the staff let it take codes again


@dataclass(frozen=True, slots=True)
class By:
    """A member of staff who opens: the account, and the title that stands in the book."""

    staff_id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Opening:
    """An opening as the owner may read it; `at` is local, `title` the post of the staff where it was one."""

    at: datetime
    reason: Reason
    myself: bool
    title: str
    words: str


def write(
    office: Office,
    *,
    cabinet_id: UUID,
    door: int,
    did: Did,
    reason: Reason,
    command: DoorCommand | None = None,
    parcel_id: UUID | None = None,
    resident_id: UUID | None = None,
    by: By | None = None,
    second: By | None = None,
    words: str = "",
    at: datetime | None = None,
) -> None:
    """Add a line. Of a command everything but the moment is known."""
    row = DoorAudit(
        cabinet_id=cabinet_id,
        door=door,
        at=at or office.now,
        what=did.value,
        reason=reason.value,
        command_id=command.id if command else None,
        parcel_id=command.parcel_id if command else parcel_id,
        resident_id=command.asker_id if command else resident_id,
        by_title=by.title if by else "",
        second_title=second.title if second else "",
        words=office.seal.close(words) if words else None,
    )
    writing.add(office.session, row)


def openings(office: Office, parcel: Parcel, resident_id: UUID) -> list[Opening]:
    """Who opened the door while the compartment was claimed for that parcel, latest first."""
    since = max(parcel.created_at, office.now - SHOWN)
    theirs_after = GRACE if parcel.state == ParcelState.FETCHED else ZERO
    until = (parcel.over_at or office.now) + theirs_after
    lines = doors.audit_of(office.session, parcel.cabinet_id, parcel.door, since, 100)
    told = {line.command_id: line for line in lines if line.what == Did.ASKED and line.command_id}
    return [
        _opening(office, line, told.get(line.command_id) if line.command_id else None, resident_id)
        for line in lines
        if line.what == Did.OPENED and line.at <= until and line.parcel_id in (None, parcel.id)
    ]


def _opening(office: Office, line: DoorAudit, asked: DoorAudit | None, resident_id: UUID) -> Opening:
    whose = asked or line
    return Opening(
        at=line.at.astimezone(office.zone),
        reason=Reason(line.reason),
        myself=line.resident_id == resident_id,
        title=whose.by_title,
        words=office.seal.open(whose.words) if whose.words else "",
    )
