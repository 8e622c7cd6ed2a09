"""What can be wrong with a cabinet, to be switched on at will."""

from __future__ import annotations

from enum import StrEnum


class Mishap(StrEnum):
    """What can be wrong with a cabinet. The first two concern one door."""

    JAMMED = "jammed"
    NO_FEEDBACK = "no_feedback"
    WRONG_POLARITY = "wrong_polarity"
    OFFLINE = "offline"
    SKEWED_CLOCK = "skewed_clock"
    DOUBLED = "doubled"
    POWER_CUT = "power_cut"
