"""What the staff do: take a conversation, answer, give it back."""

from uuid import UUID

from bot.errors import Refusal
from bot.rules import setting
from bot.rules.hand_over import duty, ending
from bot.rules.hand_over.ending import Ended
from bot.rules.hand_over.talk import SAID
from bot.rules.office import Office
from bot.store import hand_over as rows
from bot.store.hand_over import HandOver, Owner


class TalkOver(Refusal):
    """It is the bot's again."""


class TakenBy(Refusal):
    """A colleague has it; two do not answer one resident."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


class NoWords(Refusal):
    """An answer without a word."""


def take(office: Office, hand_over_id: UUID, *, staff_id: UUID, title: str) -> HandOver:
    """They have it from now on; nobody else answers. Raises TalkOver, TakenBy."""
    row = _theirs(office, hand_over_id, staff_id)
    row.owner, row.staff_id, row.title = Owner.PERSON.value, staff_id, title
    row.changed_at = office.now
    office.session.add(row)
    office.session.flush()
    return row


def say(office: Office, hand_over_id: UUID, *, staff_id: UUID, title: str, words: str) -> HandOver:
    """Answer; whoever answers has it. Raises TalkOver, TakenBy, NoWords."""
    if not words.strip():
        raise NoWords
    row = take(office, hand_over_id, staff_id=staff_id, title=title)
    row.live, row.answered, row.waits_since = True, True, None
    row.until = office.now + setting.patience(office.session).idle
    office.session.add(row)
    office.session.flush()
    duty.post_one(office, row.resident_id, row.channel, SAID, {"words": words.strip(), "title": title})
    return row


def give_back(office: Office, hand_over_id: UUID, *, staff_id: UUID) -> HandOver:
    """It is done, and the bot's again; the resident is told. Raises TalkOver, TakenBy."""
    row = _theirs(office, hand_over_id, staff_id)
    ending.end(office, row, Ended.DONE)
    return row


def _theirs(office: Office, hand_over_id: UUID, staff_id: UUID) -> HandOver:
    row = rows.locked(office.session, hand_over_id)
    if row is None or row.open_for is None:
        raise TalkOver
    if row.owner == Owner.PERSON and row.staff_id != staff_id:
        raise TakenBy(row.title)
    return row
