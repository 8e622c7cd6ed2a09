"""How contests say no."""

from dataclasses import dataclass

from bot.errors import Refusal


class ContestOver(Refusal):
    """Nothing can be sent in any more, or not yet."""


@dataclass(eq=False)
class TooManyEntries(Refusal):
    """One person has so many entries at most."""

    most: int


@dataclass(eq=False)
class EnoughPictures(Refusal):
    """One entry has so many pictures at most."""

    most: int


class EntryGone(Refusal):
    """It was taken back or looked at meanwhile."""


class ReasonMissing(Refusal):
    """Whoever sends an entry back says why, and whoever announces results says which."""


class StillRunning(Refusal):
    """Results are announced when nothing can be sent in any more."""


class ResultsTold(Refusal):
    """Those who took part have been told, once."""


class ContestEndsTooSoon(Refusal):
    """Its end is over already, or before its beginning."""


class HasEntries(Refusal):
    """Fewer entries a person than somebody has sent in already cannot be demanded afterwards."""
