"""How much one person may ask in a group, and that danger cried out in one is heard by the staff once."""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from bot.privacy import fingerprint
from bot.rules.group.posting import post
from bot.rules.group.telling import tell_of_danger
from bot.rules.group.values import Text
from bot.rules.office import Office
from bot.store import group
from bot.store.group import AT, GroupChat

MOST_QUESTIONS = 6  # of one person in one group
IN = timedelta(minutes=1)
MOST_SENDER = 50  # characters of a name that stand in front of the group's
SAME_DANGER = timedelta(hours=1)  # whoever cries out again within it means the same


class Patience(StrEnum):
    """Whether a person is still answered."""

    ANSWER = "answer"
    SAY_SO = "say_so"  # the one line that says it is enough
    SILENT = "silent"


def patience(office: Office, channel: str, chat: str, resident_id: UUID) -> Patience:
    """Count one more question of a person in a group. One desk answers one person, so that all of them are counted."""
    what = "said:" + office.seal.keyed_hash(f"{channel} {chat} {resident_id}", "limits in groups")
    before = group.count(office.session, what, office.now - IN)
    if before > MOST_QUESTIONS:
        return Patience.SILENT
    group.tally(office.session, what, office.now)
    return Patience.SAY_SO if before == MOST_QUESTIONS else Patience.ANSWER


def one_of(sender: str, chat: str) -> str:
    """The name of a person as one who speaks in a group: nothing that is theirs in private is known by it.

    So no question of theirs is answered there by mistake, and nothing of theirs can be told.
    """
    return f"{sender[:MOST_SENDER]}{AT}{fingerprint(f'{sender} {chat}')}"


def answer_later(office: Office, channel: str, chat: str, words: str, *, key: str) -> None:
    """Nobody waits for the answer any more: it goes into the group where that can be written to."""
    found = group.named(office.session, channel, chat)
    if found is not None and found.active and found.can_push and words:
        post(office, found.id, Text(words), key=f"late {channel} {key}"[:160])


def cried_out(office: Office, channel: str, chat: str, danger: str) -> int:
    """Tell the staff of danger in a group, once for each event; returns how many accounts hear of it."""
    found = group.named(office.session, channel, chat)
    row: GroupChat | None = group.locked(office.session, found.id) if found else None
    what = "danger:" + office.seal.keyed_hash(f"{channel} {chat} {danger}", "limits in groups")
    if group.count(office.session, what, office.now - SAME_DANGER):
        return 0
    group.tally(office.session, what, office.now)
    return tell_of_danger(office, row, danger)
