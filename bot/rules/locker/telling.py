"""What people are told of their things in a cabinet: rows for the outbox, in private and nowhere else."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from bot.rules.locker.terms import HELD
from bot.rules.office import Office
from bot.store import dialog, outbox
from bot.store.locker import Cabinet, Parcel
from bot.store.locker import codes as kept

CONSENT = "locker.consent"  # the question whether something may be put into a cabinet
GO = "locker.go"  # the question whether the door is to be opened to put it in
DID_IT_OPEN = "locker.did_it_open"  # the question where no switch told


class News(StrEnum):
    """The kinds of notices; bot/wording/locker has the words of each."""

    STORED = "locker_stored"  # with the code
    MAY_WE = "locker_may_we"
    MAY = "locker_may"  # to the depositor: the recipient agrees
    MAY_NOT = "locker_may_not"
    NO_ANSWER = "locker_no_answer"
    PUT_IN = "locker_put_in"  # to the depositor: it is in and the door is shut
    EMPTY = "locker_empty"  # to the depositor: the compartment looks empty
    OPENED = "locker_opened"
    NOT_OPENED = "locker_not_opened"
    FETCHED = "locker_fetched"  # to the owner: fetched with the code
    UNASKED = "locker_unasked"  # to the owner: the door opened without anybody asking for it
    BY_STAFF = "locker_by_staff"
    LEFT_BEHIND = "locker_left_behind"
    REMINDER = "locker_reminder"
    OVERDUE = "locker_overdue"
    GUESSING = "locker_guessing"
    REMOVED = "locker_removed"


def of(cabinet: Cabinet, parcel: Parcel, **more: object) -> dict[str, object]:
    """What every notice about something in a cabinet tells."""
    due = parcel.due_at.isoformat() if parcel.due_at else ""
    place = {"place": cabinet.name, "cabinet": cabinet.code, "door": parcel.door}
    return {**place, "kind": parcel.kind, "company": parcel.company, "due": due, **more}


def tell(office: Office, resident_id: UUID | None, news: News, facts: Mapping[str, object], channel: str = "") -> bool:
    """Put a notice to a person into the outbox; False where there is nobody who would read it in private."""
    if resident_id is None:
        return False
    if not channel or channel == kept.OVERHEARD:
        channel = kept.private_channel(office.session, resident_id) or ""
    if not channel:
        return False
    local = {**facts, "now": office.now.astimezone(office.zone).isoformat()}
    outbox.put(
        office.session,
        resident_id=resident_id,
        channel=channel,
        kind=news.value,
        facts=office.seal.close_json(local),
        now=office.now,
        due_at=office.now,
    )
    return True


def ask(office: Office, resident_id: UUID, question: str, choices: Mapping[str, str], memo: Mapping[str, str]) -> None:
    """Leave a question open that a notice puts, unless they are busy with another."""
    dialog.ask_if_free(
        office.session,
        resident_id=resident_id,
        asks=question,
        content=office.seal.close_json({"choices": dict(choices), "memo": dict(memo)}),
        until=office.now + HELD,
        now=office.now,
    )
