"""How study says no."""

from dataclasses import dataclass

from bot.errors import Refusal


class NothingToConfirm(Refusal):
    """No replay was opened, or it is confirmed already."""


@dataclass(eq=False)
class WatchedTooShort(Refusal):
    """The lesson cannot be over for them yet."""

    title: str
    minutes_left: int


@dataclass(eq=False)
class SaidTooLittle(Refusal):
    """A word or two is not what one took from a lesson."""

    least: int


class SaidBefore(Refusal):
    """The same was said of another lesson, or it is one character again and again."""


@dataclass(eq=False)
class NotToWatch(Refusal):
    """There is nothing to be watched at this moment."""

    title: str


class NoSuchMember(Refusal):
    """The roster has nobody of that number, or not where they may look."""


class NothingStudied(Refusal):
    """A certificate needs hours."""


class NameNeeded(Refusal):
    """We do not know what they are called."""


class NotGivenByHand(Refusal):
    """Only what the staff gave can be taken back by them; the rest follows from who was there."""
