"""What a cabinet keeps over a power cut: its counter, the commands it has done, the codes it may take alone."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from bot.simulator.jsons import Json

COMMANDS_KEPT = 256


@dataclass(slots=True)
class Memory:
    """The part of a cabinet that is written to its flash."""

    seq: int
    queue: list[Json] = field(default_factory=list)  # told, and not yet taken
    done: OrderedDict[str, None] = field(default_factory=OrderedDict)
    codes: dict[str, int] = field(default_factory=dict)
    codes_version: int | None = None
    codes_until_ms: int = 0
    spent: set[str] = field(default_factory=set)
    used: set[tuple[int, int, int]] = field(default_factory=set)
    cleared: dict[tuple[int, int], int] = field(default_factory=dict)
    entries: list[Json] = field(default_factory=list)  # what it did alone

    def next_seq(self) -> int:
        self.seq += 1
        return self.seq

    def is_new(self, cmd_id: str) -> bool:
        """Remember a command; False for one that came before."""
        if cmd_id in self.done:
            return False
        self.done[cmd_id] = None
        while len(self.done) > COMMANDS_KEPT:
            self.done.popitem(last=False)
        return True

    def is_used(self, door: int, window: int, counter: int) -> bool:
        """Whether an offline code was used, or made void by a clear-code."""
        return (door, window, counter) in self.used or counter <= self.cleared.get((door, window), -1)
