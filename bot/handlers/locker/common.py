"""What the chat about cabinets shares: the names of its questions, the station's telephone, the local moment."""

from datetime import datetime
from uuid import UUID

from bot.messages import Kind
from bot.nlu.heard import Outcome
from bot.nlu.lockers import HINTS
from bot.router import Turn
from bot.rules import station

WHICH = "locker.which"
PROVE = "locker.prove"
WHERE = "locker.where"  # the cabinet of a code that was said
CONFIRM = "locker.confirm"
MINE = "locker.mine"
PUT = "locker.put"


def now(turn: Turn) -> datetime:
    """The moment as residents count it."""
    return turn.now.astimezone(turn.zone)


def phone(turn: Turn) -> str:
    """Where somebody answers for the cabinets."""
    counters = station.serving(turn.session)
    found = counters.get("station") or counters.get("community")
    return found.phone if found else "12345"


def kept(turn: Turn, name: str) -> UUID | None:
    """An id in the open question's memo."""
    value = turn.memo.get(name)
    return UUID(str(value)) if value else None


def said(turn: Turn, name: str) -> str:
    """A word in the open question's memo."""
    return str(turn.memo.get(name) or "")


def may_be_ours(turn: Turn) -> bool:
    """Whether a text can be about a cabinet at all, and nobody else reads along."""
    return not turn.overheard and not HINTS.isdisjoint(turn.message.text)


def is_another_need(turn: Turn, *ours: str) -> bool:
    """Whether a text was surely understood as something else."""
    if turn.message.kind is not Kind.TEXT:
        return True
    return turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER) and turn.heard.target not in ours
