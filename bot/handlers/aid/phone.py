"""The telephone that goes to a neighbour only after both agreed."""

from bot.form import Draft, Got, Question, Slot
from bot.router import Turn
from bot.rules import resident
from bot.wording import aid as say

NAME = "phone"
LEAST_DIGITS = 5


def slot() -> Slot:
    """The slot of the telephone; the one that was told before is read back."""
    return Slot(NAME, _ask, _read, say.PHONE_WORDS, recall=_recall)


def _ask(_turn: Turn, _draft: Draft) -> Question:
    return Question(say.PHONE)


def _read(turn: Turn, _draft: Draft, asked: bool) -> Got | None:
    heard = turn.heard.slots.get("phone")
    if heard:
        return Got(str(heard))
    digits = sum(char.isdigit() for char in turn.message.text)
    return Got(why=say.PHONE_WRONG) if asked and digits >= LEAST_DIGITS else None


def _recall(turn: Turn, _draft: Draft) -> str:
    return resident.phone(turn.office, turn.resident_id)
