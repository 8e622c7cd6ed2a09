"""What a cabinet and the server say to each other, the same over MQTT and HTTP. For makers: docs/cabinets.md."""

from bot.cabinets.protocol.down import Problem, read_down, write_down
from bot.cabinets.protocol.faults import Fault, Unreadable
from bot.cabinets.protocol.letter import (
    MOST_BYTES,
    MOST_SKEW,
    Direction,
    Letter,
    canonical,
    open_letter,
    sealed,
    signature,
)
from bot.cabinets.protocol.up import read_up, write_up

__all__ = [
    "MOST_BYTES",
    "MOST_SKEW",
    "Direction",
    "Fault",
    "Letter",
    "Problem",
    "Unreadable",
    "canonical",
    "open_letter",
    "read_down",
    "read_up",
    "sealed",
    "signature",
    "write_down",
    "write_up",
]
