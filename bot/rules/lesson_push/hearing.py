"""What comes back of a push: somebody followed its link, or said that they have read it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.rules import link
from bot.rules.lesson_push.telling import facts_of
from bot.rules.link import Purpose
from bot.rules.office import Office
from bot.store import lesson_push as rows
from bot.store.lesson_push import LessonPush

ANSWERS_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Opened:
    """A push as its page shows it."""

    push_id: UUID
    facts: dict[str, object]


def opened(office: Office, name: str) -> Opened | None:
    """Somebody followed the link of that signed name; None where the push is gone. Raises LinkOver, LinkNotOurs.

    Nothing tells whose link it is: it may have been passed on.
    """
    whose = link.read(office.seal, Purpose.PUSH, name, office.now).resident_id
    receipt = rows.receipt(office.session, whose)
    if receipt is not None:
        receipt.opened_at = receipt.opened_at or office.now
    elif not rows.note_opened(office.session, whose):
        return None
    push = office.session.get(LessonPush, receipt.push_id if receipt is not None else whose)
    return Opened(push.id, facts_of(office, push)) if push is not None else None


def answered(office: Office, resident_id: UUID) -> str:
    """They have read the latest push they were sent; its title, "" where there is none to be meant."""
    receipt = rows.unanswered(office.session, resident_id, office.now - ANSWERS_WITHIN)
    if receipt is None:
        return ""
    receipt.answered_at = office.now
    push = office.session.get(LessonPush, receipt.push_id)
    return push.title if push is not None else ""
