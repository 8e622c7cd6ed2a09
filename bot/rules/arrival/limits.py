"""How arriving says no: kindly, and with what can be done instead."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import Refusal


@dataclass(eq=False)
class TooEarly(Refusal):
    """One may check in later."""

    title: str
    opens_at: datetime


@dataclass(eq=False)
class ArrivalOver(Refusal):
    """It is over, or is not held."""

    title: str


@dataclass(eq=False)
class NoWalkIns(Refusal):
    """Only who has enrolled may come."""

    title: str


@dataclass(eq=False)
class FullForWalkIns(Refusal):
    """Every place is somebody's who has enrolled."""

    title: str


@dataclass(eq=False)
class OnRosterAlready(Refusal):
    """There is a guest of that name: somebody else needs something to be told apart by."""

    name: str


@dataclass(eq=False)
class NobodyFound(Refusal):
    """The roster has nobody of that number or code."""

    said: str


class NobodyNamed(Refusal):
    """A guest without a name, and a line of a list that names nobody, is nobody."""
