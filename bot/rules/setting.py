"""What the staff may set themselves: times allowed, who gets what, how long things are kept, how long a person waits.

Every reader gives the program's own values where nobody has set anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from bot.nlu.kinds import Trouble
from bot.rules import clock
from bot.rules.clock import Limits, Terms
from bot.rules.office import Office
from bot.store import Session
from bot.store import setting as kept
from bot.store.contact import Role


class Subject(StrEnum):
    """What can be set, and `RECOUNT`: up to which ticket the clocks were counted anew after a change."""

    LIMITS = "limits"
    ROUTING = "routing"
    RETENTION = "retention"
    HAND_OVER = "hand_over"
    VOLUNTEERS = "volunteers"
    RECOUNT = "recount"
    STUDY = "study"  # read by bot/rules/study_terms.py


@dataclass(frozen=True, slots=True)
class Patience:
    """After how long a conversation goes back to the bot: nobody answered, or nobody says anything any more."""

    unanswered: timedelta = timedelta(minutes=10)
    idle: timedelta = timedelta(minutes=30)


USUAL_PATIENCE = Patience()
_STEPS = ("first", "next", "solved")


def terms(session: Session) -> Terms:
    """The times allowed, and which kinds of trouble are urgent or slow."""
    value = _value(session, Subject.LIMITS)
    if value is None:
        return clock.USUAL_TERMS
    usual = clock.USUAL_TERMS
    return Terms(
        usual=_limits(usual.usual, value.get("usual")),
        soon=_limits(usual.soon, value.get("soon")),
        slow=_limits(usual.slow, value.get("slow")),
        danger=_limits(usual.danger, value.get("danger")),
        urgent_kinds=_kinds(value.get("urgent_kinds"), usual.urgent_kinds),
        slow_kinds=_kinds(value.get("slow_kinds"), usual.slow_kinds),
    )


def owners(session: Session, usual: Mapping[Trouble, Role]) -> Mapping[Trouble, Role]:
    """Whose each kind of trouble is; what is in none belongs to the grid worker."""
    value = _value(session, Subject.ROUTING)
    if value is None:
        return usual
    roles = set(Role)
    return {Trouble(kind): Role(role) for kind, role in value.items() if kind in set(Trouble) and role in roles}


def period(session: Session, what: str, longest: timedelta) -> timedelta:
    """How long records of that kind are kept: never longer than residents were told."""
    days = (_value(session, Subject.RETENTION) or {}).get(what)
    return min(longest, timedelta(days=days)) if isinstance(days, int) and days > 0 else longest


def patience(session: Session) -> Patience:
    """After how long a conversation goes back to the bot."""
    value = _value(session, Subject.HAND_OVER)
    if value is None:
        return USUAL_PATIENCE
    return Patience(
        timedelta(minutes=int(value.get("unanswered") or 10)), timedelta(minutes=int(value.get("idle") or 30))
    )


def change(office: Office, subject: Subject, value: Mapping[str, Any], *, by: UUID | None) -> None:
    """Set a subject; whatever a clock depends on is counted anew, the first tickets at once, the rest by the chore."""
    kept.put(office.session, subject.value, value, now=office.now, by=by)
    if subject is Subject.LIMITS:
        kept.put(office.session, Subject.RECOUNT.value, {"after": ""}, now=office.now, by=by)


def version(session: Session, subject: Subject) -> int:
    """How often the subject was changed, 0 where it never was."""
    row = kept.row(session, subject.value)
    return row.version if row is not None else 0


def in_minutes(limits: Limits) -> dict[str, int]:
    """The times of one row as they are kept."""
    return {step: int(getattr(limits, step).total_seconds() // 60) for step in _STEPS}


def _limits(usual: Limits, given: object) -> Limits:
    if not isinstance(given, Mapping):
        return usual
    first, following, solved = (_minutes(given.get(step), getattr(usual, step)) for step in _STEPS)
    return Limits(first, following, solved, usual.week)


def _minutes(given: object, usual: timedelta) -> timedelta:
    return timedelta(minutes=given) if isinstance(given, int) else usual


def _kinds(given: object, usual: frozenset[Trouble]) -> frozenset[Trouble]:
    if not isinstance(given, Sequence):
        return usual
    return frozenset(Trouble(kind) for kind in given if kind in set(Trouble))


def _value(session: Session, subject: Subject) -> Mapping[str, Any] | None:
    return kept.everything(session).get(subject.value)
