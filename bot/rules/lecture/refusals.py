"""How the rules of offers to teach say no."""

from dataclasses import dataclass

from bot.errors import Refusal


@dataclass(eq=False)
class TooManyOffers(Refusal):
    """One resident may not fill the queue."""

    most: int


class OfferDecided(Refusal):
    """It was accepted, refused or withdrawn already."""


class NoOfferOfYours(Refusal):
    """There is nothing of theirs that waits for a word."""


class WordsNeeded(Refusal):
    """A question, or a reason, needs words."""
