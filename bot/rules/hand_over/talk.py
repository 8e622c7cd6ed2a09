"""A conversation as it is read: who has it, since when somebody waits, and what was said on both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.office import Office
from bot.store import transcript
from bot.store.hand_over import HandOver, Owner
from bot.store.outbox import State

SAID, ENDED = "hand_over_said", "hand_over_ended"  # kinds of notices: to the resident,
STAFF_TOLD = "staff_talk"  # and to the staff
BEFORE = timedelta(days=1)  # so much of what was said to the bot before is shown
MOST_LINES = 80


class Speaker(StrEnum):
    """Whose words they are."""

    RESIDENT = "resident"
    BOT = "bot"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said. `kind` is that of a message that is no text; `stands` how far words of the staff have come."""

    at: datetime
    by: Speaker
    words: str
    title: str = ""
    kind: str = ""
    stands: State | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation in the list and on its page."""

    id: UUID
    resident_id: UUID
    channel: str
    owner: Owner
    live: bool
    staff_id: UUID | None
    title: str
    answered: bool
    began_at: datetime
    changed_at: datetime
    waits_since: datetime | None

    @property
    def is_over(self) -> bool:
        return self.owner is Owner.BOT


def read(row: HandOver) -> Talk:
    """The row as a value."""
    return Talk(
        id=row.id,
        resident_id=row.resident_id,
        channel=row.channel,
        owner=Owner(row.owner),
        live=row.live,
        staff_id=row.staff_id,
        title=row.title,
        answered=row.answered,
        began_at=row.began_at,
        changed_at=row.changed_at,
        waits_since=row.waits_since,
    )


def lines(office: Office, talk: Talk) -> Sequence[Line]:
    """What was said, oldest first, from a day before a person was asked for."""
    since = talk.began_at - BEFORE
    found: list[Line] = []
    for heard in transcript.heard(office.session, talk.resident_id, talk.channel, since, MOST_LINES):
        if talk.is_over and heard.at > talk.changed_at:
            continue
        said = str(office.seal.open_json(heard.said).get("text", ""))
        if said or heard.kind != "event":
            found.append(Line(heard.at, Speaker.RESIDENT, said, kind="" if said else heard.kind))
        replied = str(office.seal.open_json(heard.reply).get("text", ""))
        if replied:
            found.append(Line(heard.at, Speaker.BOT, replied))
    for sent in transcript.sent(office.session, talk.resident_id, talk.channel, (SAID,), since):
        facts = office.seal.open_json(sent.facts)
        words, title = str(facts.get("words", "")), str(facts.get("title", ""))
        found.append(Line(sent.at, Speaker.STAFF, words, title, stands=State(sent.state)))
    order = list(Speaker)
    return sorted(found, key=lambda line: (line.at, order.index(line.by)))[-MOST_LINES:]
