"""How an activity says no."""

from dataclasses import dataclass
from datetime import timedelta

from bot.errors import Refusal
from bot.store.activity import Kind

MOST_PERSONS = 10  # whom one resident may bring, themselves among them
MOST_LIVE = 5  # enrolments that one resident may have before them
MOST_SHIFTS = 14  # shifts that one volunteer may have before them
COMES_EARLY = timedelta(hours=1)  # so long before it begins one may check in


@dataclass(eq=False)
class NoPlaceLeft(Refusal):
    """There are not so many places."""

    title: str
    left: int


@dataclass(eq=False)
class EnrolledAlready(Refusal):
    """They have a place, or an offer."""

    title: str
    number: int


@dataclass(eq=False)
class QueuedAlready(Refusal):
    """They wait already."""

    title: str


@dataclass(eq=False)
class EnrolmentOver(Refusal):
    """It has begun, is over, or is not held."""

    title: str
    kind: Kind = Kind.ACTIVITY


@dataclass(eq=False)
class MembersOnly(Refusal):
    """It is for members of the Party, and nobody has agreed yet that they are one."""

    title: str


@dataclass(eq=False)
class TooManyPersons(Refusal):
    """One resident may not bring everybody."""

    most: int


@dataclass(eq=False)
class TooManyEnrolments(Refusal):
    """One resident may not have everything."""

    most: int
    kind: Kind = Kind.ACTIVITY


class NoOffer(Refusal):
    """There is no offer any more: it lapsed, or was never made."""


class NotEnrolled(Refusal):
    """There is nothing to give up, or nobody to tick off."""


@dataclass(eq=False)
class PlacesTaken(Refusal):
    """There cannot be fewer places than are taken."""

    taken: int


class EndsBeforeItBegins(Refusal):
    """The end is not after the beginning."""


class BeginsInThePast(Refusal):
    """What has begun already cannot be published."""


@dataclass(eq=False)
class NotToChange(Refusal):
    """It is over or cancelled."""

    title: str
