"""An answer in somebody's own words, to whatever a form asks of them that nobody can list."""

from collections.abc import Collection

from bot.nlu import assent
from bot.nlu.heard import Outcome
from bot.router import Turn

LEAST = 2


def own_words(turn: Turn, *, asked: bool, mine: Collection[str], most: int) -> str:
    """What was said to that very question, "" for questions of theirs, mere numbers, and what is another's.

    `mine`: what such words are easily taken for and are not.
    """
    text = turn.message.text.strip()
    is_other = turn.heard.kind is Outcome.ACTION and turn.heard.target not in mine
    is_none = len(text) < LEAST or text.isdigit() or assent.asks(text)
    return "" if not asked or is_none or is_other else text[:most]
