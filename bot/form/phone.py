"""The telephone, as every form asks for it: read out of the words, or the one that is kept already."""

from collections.abc import Callable

from bot.form.draft import Draft
from bot.form.slot import Got
from bot.nlu import assent, codes
from bot.router import Turn
from bot.rules import resident

LEAST_DIGITS = 5  # from which on digits were meant as a telephone


def read(wrong: str) -> Callable[[Turn, Draft, bool], Got | None]:
    """What reads it; `wrong` says that digits were none."""

    def found(turn: Turn, _draft: Draft, asked: bool) -> Got | None:
        text = turn.message.text
        said = codes.phone(text)
        if said is not None:
            return Got(said.value, rest=assent.beside(text, said.span))
        digits = sum(char.isdigit() for char in text)
        return Got(why=wrong) if asked and digits >= LEAST_DIGITS else None

    return found


def recall(turn: Turn, _draft: Draft) -> str:
    """The one they left before, "" where they left none."""
    return resident.phone(turn.office, turn.resident_id)
