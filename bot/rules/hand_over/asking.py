"""What the resident does: ask for a person, go on speaking, leave again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.privacy import masked
from bot.rules import privacy, setting
from bot.rules.hand_over import duty, ending
from bot.rules.hand_over.duty import Duty
from bot.rules.hand_over.talk import STAFF_TOLD
from bot.rules.office import Office
from bot.store import hand_over as rows
from bot.store import outbox
from bot.store.hand_over import HandOver, Owner

EXCERPT = 40  # characters


class Standing(StrEnum):
    """What becomes of a wish for a person."""

    COMING = "coming"  # the staff are told; the bot is silent from now on
    LATER = "later"  # nobody is there; a request waits for them
    NOBODY = "nobody"  # nobody would ever read it


@dataclass(frozen=True, slots=True)
class Asked:
    """The standing; `opens` (local): when somebody is there next, None where that is not known."""

    standing: Standing
    opens: datetime | None = None


def ask(office: Office, resident_id: UUID, channel: str, *, words: str = "") -> Asked:
    """The resident wants a person. `words` is what they said, for the staff."""
    if privacy.overheard(channel):
        return Asked(Standing.NOBODY)
    on_duty = duty.duty(office, resident_id)
    if not on_duty.attendants:
        return Asked(Standing.NOBODY)
    row = _opened(office, resident_id, channel, on_duty)
    if not on_duty.is_on:
        return Asked(Standing.LATER, on_duty.opens)
    if not row.live:
        row.live, row.channel, row.waits_since = True, channel, office.now
        duty.tell(office, on_duty.attendants, STAFF_TOLD, {"why": Standing.COMING.value, "words": _excerpt(words)})
    _waits(office, row)
    return Asked(Standing.COMING)


def hear(office: Office, resident_id: UUID, *, words: str = "") -> bool:
    """The resident goes on speaking to a person; what could not reach them before goes now.

    Returns whether somebody has the conversation. The staff hear of the first word that waits, not of every one.
    """
    row = rows.open_of(office.session, resident_id)
    if row is None:
        return False
    for notice in outbox.held_for(office.session, resident_id, row.channel):
        again = {"skips": "", "sent_at": None}
        outbox.mark(office.session, notice.id, outbox.State.WAITING, now=office.now, due_at=office.now, also=again)
    was_answered = row.waits_since is None
    _waits(office, row)
    if was_answered:
        facts: dict[str, object] = {"why": "said", "words": _excerpt(words)}
        on_duty = duty.duty(office, resident_id)
        theirs = [one for one in on_duty.attendants if one.id == row.staff_id]
        duty.tell(office, theirs or on_duty.attendants, STAFF_TOLD, facts)
    return row.owner == Owner.PERSON


def leave(office: Office, resident_id: UUID) -> bool:
    """The resident goes back to the bot; False where nobody else had them."""
    row = rows.open_of(office.session, resident_id)
    if row is None or not row.live:
        return False
    ending.end(office, row, ending.Ended.LEFT)
    return True


def _opened(office: Office, resident_id: UUID, channel: str, on_duty: Duty) -> HandOver:
    """The person's open one, a new one where there is none; of two at once one comes to be."""
    found = rows.open_of(office.session, resident_id)
    if found is not None:
        return found
    row = HandOver(
        resident_id=resident_id,
        open_for=resident_id,
        channel=channel,
        live=False,
        area_id=on_duty.area_id,
        began_at=office.now,
        changed_at=office.now,
        waits_since=office.now,
    )
    rows.add(office.session, row)
    return row


def _waits(office: Office, row: HandOver) -> None:
    row.waits_since = row.waits_since or office.now
    row.changed_at = office.now
    row.until = row.waits_since + setting.patience(office.session).unanswered if row.live else None
    office.session.add(row)
    office.session.flush()


def _excerpt(words: str) -> str:
    plain = masked(" ".join(words.split()))
    return plain if len(plain) <= EXCERPT else plain[: EXCERPT - 1] + "…"
