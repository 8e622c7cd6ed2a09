"""How long things last at a cabinet, and how the rules say no."""

from datetime import timedelta

from bot.errors import Refusal
from bot.store.locker import ParcelKind

KEPT = {
    ParcelKind.PARCEL: timedelta(hours=48),
    ParcelKind.TAKEAWAY: timedelta(hours=2),
    ParcelKind.OWN: timedelta(hours=48),
    ParcelKind.HANDOVER: timedelta(hours=48),
}
ZERO = timedelta(0)
REMINDERS = {  # before it becomes overdue; the last word says that it is
    ParcelKind.PARCEL: (timedelta(hours=24), timedelta(hours=3), ZERO),
    ParcelKind.TAKEAWAY: (timedelta(minutes=30), ZERO),
    ParcelKind.OWN: (timedelta(hours=24), timedelta(hours=3), ZERO),
    ParcelKind.HANDOVER: (timedelta(hours=24), timedelta(hours=3), ZERO),
}
HELD = timedelta(minutes=15)  # a compartment for something that is on its way in
GRACE = timedelta(minutes=10)  # a compartment stays theirs after it was emptied, lest they forgot something
PRESENT = timedelta(minutes=10)  # a proof of presence is believed
COMMAND_LIVES = timedelta(seconds=30)  # after it no cabinet may open
MATTERS = timedelta(minutes=5)  # what a door does belongs to a command that old
SILENT = timedelta(minutes=3)  # a cabinet that was not heard for so long is taken for offline
DEAD = timedelta(minutes=30)  # then it is a case for the station
CLOCK_BELIEVED = timedelta(days=30)  # a cabinet's clock that is further behind is broken
MOST_TRIES, TRIES_WITHIN, SHUT = 5, timedelta(minutes=10), timedelta(minutes=10)
WARN_AGAIN = timedelta(days=1)
LIST_LIVES, LIST_AGAIN = timedelta(hours=24), timedelta(hours=6)
MASTER_WAITS = timedelta(minutes=15)  # for the second person
MOST_MISSES = 2  # openings in a row without a word from the door's switch
NEAR_METRES = 100
SOME = 200  # rows a chore takes in one go


class NoFreeCompartment(Refusal):
    """Every compartment of that size or a bigger one is taken."""

    def __init__(self, cabinet: str) -> None:
        super().__init__(cabinet)
        self.cabinet = cabinet


class RecipientDeclines(Refusal):
    """The one it is for wants nothing put into the cabinet."""


class NoConsent(Refusal):
    """Nobody may put a delivery into a cabinet before the one it is for agreed."""


class NotTheirs(Refusal):
    """Nothing there is this person's to open, or not any more."""


class CabinetAway(Refusal):
    """The cabinet cannot be reached, so that nothing can be put in from here."""

    def __init__(self, cabinet: str) -> None:
        super().__init__(cabinet)
        self.cabinet = cabinet


class CabinetInUse(Refusal):
    """Something lies in the cabinet, so that its doors are not opened to try them."""

    def __init__(self, cabinet: str) -> None:
        super().__init__(cabinet)
        self.cabinet = cabinet


class StandsOpen(Refusal):
    """The door is not shut yet."""


class RecipientUnknown(Refusal):
    """Nobody here has that telephone number, so that nobody could be told the code."""


class TooManyCodes(Refusal):
    """All offline codes of this hour for that door were given out."""


class NoWords(Refusal):
    """Whoever opens a door for somebody else says why."""


class SamePerson(Refusal):
    """All doors at once need two people."""


class RequestOver(Refusal):
    """The other one asked too long ago, or it was agreed to already."""


class NoSuchDoor(Refusal):
    """The cabinet has no such door."""
