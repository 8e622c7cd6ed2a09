"""Finds the time that a resident means, reading ahead: 六点 is the next one at which somebody can come."""

from datetime import datetime

from bot.nlu.numbers import plain
from bot.nlu.times.atoms import scan
from bot.nlu.times.meant import choose
from bot.nlu.times.phrases import joined
from bot.nlu.times.values import Moment, Opening, Precision

__all__ = ["Moment", "Opening", "Precision", "find"]


def find(text: str, now: datetime, opening: Opening | None = None) -> Moment | None:
    """Return the time that is asked for, None when none is named; one that is over only if there is no other.

    `now` is aware; the moment is in its zone. `opening` settles which half of the day an hour is in.
    """
    text = plain(text)
    atoms = scan(text, now.date())
    return choose(text, joined(text, atoms), now, opening) if atoms else None
