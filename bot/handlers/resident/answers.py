"""Short answers to the questions about oneself."""

from bot.nlu.verdict import skips
from bot.router import Turn
from bot.wording import resident as say


def agreed(turn: Turn) -> bool | None:
    """Whether it is a yes or a no, None when it says something else."""
    if turn.none_of_them:
        return False
    return None if turn.picked else say.agreed(turn.message.text)


def skipped(turn: Turn) -> bool:
    """Whether they would rather not say."""
    return turn.picked == "skip" or turn.none_of_them or skips(turn.message.text) or say.rather_not(turn.message.text)
