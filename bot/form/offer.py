"""What fell free is offered in a notice, which leaves no question open: how its answer is told from other words."""

from collections.abc import Callable
from uuid import UUID

from bot.nlu import assent
from bot.router import Turn
from bot.rules import activity, booking
from bot.rules.office import Office

Offers = Callable[[Office, UUID], object | None]
KINDS: tuple[Offers, ...] = (activity.offered_to, booking.offered_to)


def answered(turn: Turn, kind: Offers, take: str, decline: str) -> bool | None:
    """True to take, False to decline, None for neither.

    The offer's own words count at any time; a plain yes or no only where no question is open and nothing else is
    offered.
    """
    text = turn.message.text.strip()
    if turn.overheard:
        return None
    if text in (take, decline):
        return text == take
    if turn.asked is not None or not (assent.agrees(text) or assent.leaves(text)):
        return None
    held = [each for each in KINDS if each(turn.office, turn.resident_id) is not None]
    return assent.agrees(text) if held == [kind] else None
