"""The assistant remembers what it did not understand, so that the knowledge base can grow where it is thin."""

from datetime import datetime
from uuid import UUID

from bot.nlu.heard import Understanding
from bot.privacy import masked
from bot.store import Session, missed

BEST = 5


def missed_one(session: Session, heard: Understanding, now: datetime) -> UUID:
    """Keep a message that led to a clarification or to nothing."""
    guesses = [(candidate.target, round(candidate.score, 4)) for candidate in heard.candidates[:BEST]]
    return missed.note(session, at=now, text=masked(heard.text), outcome=heard.kind.value, guesses=guesses)


def meant(session: Session, row: UUID, taken: str | None) -> None:
    """The resident has said which guess it was; None: none of them."""
    missed.tell(session, row, taken or missed.NONE_OF_THEM)
