"""A conversation in the hands of a person: asked for, taken, answered, and given back to the bot.

Who has it is a row; while a person is wanted or has it, the bot keeps silent. Each end is said to the resident.
"""

from bot.rules.hand_over.asking import Asked, Standing, ask, hear, leave
from bot.rules.hand_over.ending import Ended, lapse
from bot.rules.hand_over.serving import NoWords, TakenBy, TalkOver, give_back, say, take
from bot.rules.hand_over.talk import ENDED, SAID, STAFF_TOLD, Line, Speaker, Talk, lines, read

__all__ = [
    "ENDED",
    "SAID",
    "STAFF_TOLD",
    "Asked",
    "Ended",
    "Line",
    "NoWords",
    "Speaker",
    "Standing",
    "TakenBy",
    "Talk",
    "TalkOver",
    "ask",
    "give_back",
    "hear",
    "lapse",
    "leave",
    "lines",
    "read",
    "say",
    "take",
]
