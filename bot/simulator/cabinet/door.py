"""One door: the lock, the switch that tells of it, and what is behind it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.simulator.jsons import Json


@dataclass(slots=True)
class Door:
    """What is really so; the cabinet itself only knows what `seen` says."""

    number: int
    open: bool = False
    occupied: bool = False
    jammed: bool = False
    dumb: bool = False  # its switch is broken or not wired
    inverted: bool = False  # its switch says the opposite
    pulses: int = 0

    def pulse(self) -> None:
        """The solenoid draws; the spring does the rest, unless something holds the door."""
        self.pulses += 1
        if not self.jammed:
            self.open = True

    @property
    def seen(self) -> str:
        """What its switch says."""
        if self.dumb:
            return "unknown"
        return "open" if self.open is not self.inverted else "locked"

    @property
    def report(self) -> Json:
        """What the cabinet tells of it."""
        return {"door": self.number, "state": self.seen, "occupied": self.occupied}

    def as_json(self) -> Json:
        return {
            "door": self.number,
            "open": self.open,
            "seen": self.seen,
            "occupied": self.occupied,
            "jammed": self.jammed,
            "pulses": self.pulses,
        }
