"""Being there: arriving by a code or a picture, with a place or without one, and the staff's roster."""

from bot.rules.arrival.coming import (
    FAR_METRES,
    Arrival,
    arrive,
    has_guessed_enough,
    in_time,
    is_anything_on,
    is_far,
    note_far,
    say,
    scan,
    walk_in,
)
from bot.rules.arrival.found import add
from bot.rules.arrival.limits import (
    ArrivalOver,
    FullForWalkIns,
    NobodyFound,
    NobodyNamed,
    NoWalkIns,
    OnRosterAlready,
    TooEarly,
)
from bot.rules.arrival.listed import Became, Said, take
from bot.rules.arrival.roster import Line, add_guest, add_member, add_resident, lines
from bot.rules.arrival.screen import Phase, Shown, shown

__all__ = [
    "FAR_METRES",
    "Arrival",
    "ArrivalOver",
    "Became",
    "FullForWalkIns",
    "Line",
    "NoWalkIns",
    "NobodyFound",
    "NobodyNamed",
    "OnRosterAlready",
    "Phase",
    "Said",
    "Shown",
    "TooEarly",
    "add",
    "add_guest",
    "add_member",
    "add_resident",
    "arrive",
    "has_guessed_enough",
    "in_time",
    "is_anything_on",
    "is_far",
    "lines",
    "note_far",
    "say",
    "scan",
    "shown",
    "take",
    "walk_in",
]
