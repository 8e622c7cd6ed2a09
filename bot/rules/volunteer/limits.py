"""How the rules of volunteers and their shifts say no."""

from dataclasses import dataclass
from datetime import timedelta

from bot.errors import Refusal

AHEAD_DAYS = 14  # shifts are made so far ahead
LATE_DROP = timedelta(hours=24)  # who gives up later than that says why
GRACE = timedelta(minutes=15)  # who checks in so late was there in time
QUARTER = 15  # minutes: who came late has whole quarters of an hour
DAY_BEFORE, SOON = timedelta(hours=24), timedelta(hours=3)  # when the station hears that somebody lacks


class VolunteerAlready(Refusal):
    """They are one, or have asked to be one."""


class NotAVolunteer(Refusal):
    """Only whom the staff approved claims shifts."""


class NoSuchShift(Refusal):
    """It has begun, is cancelled, or never was."""


@dataclass(eq=False)
class ShiftsOverlap(Refusal):
    """Nobody is in two places at once."""

    title: str


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """Late, a shift is not given up without a word."""

    hours: int


class NotYourShift(Refusal):
    """They have no place in it to offer or to give up."""


class SwapGone(Refusal):
    """Somebody was quicker, or it is not offered any more."""


class NotForYou(Refusal):
    """It was offered to somebody else."""


class ShiftEndsBeforeItBegins(Refusal):
    """The end is not after the beginning."""


class MinimumAboveMaximum(Refusal):
    """At least more people than at most."""


class DecidedAlready(Refusal):
    """Somebody else has approved or refused them, or they left."""
