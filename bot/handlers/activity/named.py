"""Which activity is meant: by its name, or as the only one of a day."""

from collections.abc import Iterable
from uuid import UUID

from bot.form import enrolment
from bot.router import Turn
from bot.rules import activity
from bot.rules.activity import Shown
from bot.store.activity import Activity


def heard(turn: Turn) -> Shown | None:
    """The activity that was named, where it is still ahead."""
    found = _id(str(turn.heard.slots.get(activity.KIND) or ""))
    if found is not None:
        return activity.one(turn.office, found)
    return next((one for one in activity.ahead(turn.office) if is_named(turn.message.text, one.activity)), None)


def is_named(text: str, its: Activity) -> bool:
    """Whether its name stands in the words."""
    return any(name in text for name in its.names)


def only_on(turn: Turn, found: Iterable[Shown]) -> Shown | None:
    """The only one of the days that were said."""
    return enrolment.only_on(turn, found, lambda one: one.activity)


def picked(turn: Turn, value: str) -> Shown | None:
    """The activity of a choice."""
    found = _id(value)
    return activity.one(turn.office, found) if found is not None else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
