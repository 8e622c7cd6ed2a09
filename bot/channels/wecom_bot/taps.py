"""The ids of cards: which answer a card belongs to, and who may tap it."""

import re

SHOWN = "done"  # the key of a button that says what was chosen
_TASK = re.compile(r"A-[0-9a-f]{1,32}-([0-9a-f]{12})")


def task_id(stream_id: str, mark: str) -> str:
    """The card of that answer, for whoever has that mark. Never used twice, as no answer is drawn twice."""
    return f"A-{stream_id}-{mark}"


def owner_of(card: str) -> str:
    """The mark of whoever the card was drawn for, "" for a card that is nobody's in particular."""
    found = _TASK.fullmatch(card)
    return found[1] if found else ""
