"""Volunteers in the database: the people, their shifts, what is swapped, and their hours."""

from bot.store.volunteer import hours, people, shifts, swaps
from bot.store.volunteer.people import count_of, forget_before, forget_of
from bot.store.volunteer.tables import (
    LateDrop,
    Rule,
    Shift,
    ShiftPlan,
    ShiftSwap,
    SwapState,
    Volunteer,
    VolunteerHours,
    VolunteerState,
)

__all__ = [
    "LateDrop",
    "Rule",
    "Shift",
    "ShiftPlan",
    "ShiftSwap",
    "SwapState",
    "Volunteer",
    "VolunteerHours",
    "VolunteerState",
    "count_of",
    "forget_before",
    "forget_of",
    "hours",
    "people",
    "shifts",
    "swaps",
]
