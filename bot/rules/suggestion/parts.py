"""What every step of a suggestion shares: its history, whom it is told to, and how it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bot.errors import Refusal
from bot.privacy import masked
from bot.rules import reach
from bot.rules.office import Office
from bot.store import outbox
from bot.store import suggestion as rows
from bot.store.suggestion import State, Suggestion, What

EXCERPT = 24  # characters
TO_SUPPORTERS = frozenset({What.ANSWERED, What.ADOPTED, What.NOT_ADOPTED, What.DONE, What.PASSED_ON})


@dataclass(eq=False)
class AlreadyDecided(Refusal):
    """It stands where this cannot be done any more, or not yet."""

    number: str
    state: str


class NothingSaid(Refusal):
    """The author reads an answer, and everybody what is published: it has to be written first."""


class StillPersonal(Refusal):
    """What everybody would read still holds a telephone or a door."""


class NoSuchOutcome(Refusal):
    """What it is said to have become is not there."""


class OwnSuggestion(Refusal):
    """Nobody supports their own."""


class NotPublic(Refusal):
    """It is not published, or has come to its end: nobody can support it."""


class TooManyPictures(Refusal):
    """One suggestion has so many pictures at most."""


def open_one(office: Office, suggestion_id: UUID, *states: State) -> Suggestion:
    """The suggestion, locked, where it stands in one of these states. Raises AlreadyDecided."""
    row = rows.locked(office.session, suggestion_id)
    if row.state not in states:
        raise AlreadyDecided(row.number, row.state)
    return row


def noted(
    office: Office, row: Suggestion, what: What, *, by: str = "", facts: Mapping[str, object] | None = None
) -> None:
    """A line of its history; `by` is the title of the staff's post, "" for the resident."""
    sealed = office.seal.close_json(facts) if facts else None
    rows.note(office.session, row, at=office.now, what=what, by_title=by, facts=sealed)


def excerpt(office: Office, row: Suggestion) -> str:
    """Its first words, without numbers and doors."""
    words = masked(" ".join(office.seal.open(row.words).split())) if row.words else row.heard
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1] + "…"


def tell(office: Office, row: Suggestion, what: What, *, note: str = "", became: str = "") -> None:
    """Tell its author; where it is public, those who support it as well, without what was written to the author."""
    facts = {"number": row.number, "note": note, "became": became}
    if row.resident_id is not None:
        _put(office, row.resident_id, row.channel, what, {**facts, "excerpt": excerpt(office, row)})
    if row.published_at is None or what not in TO_SUPPORTERS:
        return
    for one in rows.supporters(office.session, row.id):
        public = {"number": row.number, "became": became, "excerpt": row.heard[:EXCERPT], "supports": True}
        _put(office, one.resident_id, one.channel, what, public)


def _put(office: Office, resident_id: UUID, channel: str, what: What, facts: Mapping[str, object]) -> None:
    outbox.put(
        office.session,
        resident_id=resident_id,
        channel=reach.channel_for(office, resident_id, channel),
        kind=f"suggestion_{what.value}",
        facts=office.seal.close_json(facts),
        now=office.now,
        due_at=office.now,
    )
