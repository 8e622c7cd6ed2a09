"""What a cabinet decides by itself: codes it can check with the lock key, and the doors it then opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.simulator.cabinet import secrets
from bot.simulator.cabinet.door import Door
from bot.simulator.cabinet.memory import Memory
from bot.simulator.cabinet.secrets import Keys
from bot.simulator.jsons import Json, JsonValue


@dataclass(frozen=True, slots=True)
class Deed:
    """What it did: the word on its display, and the entry for the log."""

    display: str
    entry: Json


@dataclass(frozen=True, slots=True)
class Alone:
    """Keys, memory and doors of one cabinet."""

    keys: Keys
    memory: Memory
    doors: Mapping[int, Door]

    def offline_code(self, code: str, clock_ms: int) -> Deed | None:
        """A code of eight digits; None when it is none of the offline codes."""
        found = secrets.offline_code(self.keys, code, doors=len(self.doors), seconds=clock_ms // 1000)
        if found is None:
            return None
        kind, door, window, counter = found
        right: Json = {"window": window, "counter": counter}
        if kind == "clear":
            self.memory.cleared[door, window] = max(counter, self.memory.cleared.get((door, window), -1))
            return Deed("cleared", {"did": "cleared", "door": door, **right})
        if self.memory.is_used(door, window, counter):
            return Deed("wrong", {"did": "wrong_code", "door": door})
        deed = self._pulse(self.doors[door], right)
        if deed.display == "opened":
            self.memory.used.add((door, window, counter))
        return deed

    def listed_code(self, code: str, clock_ms: int) -> Deed:
        """A pick-up code, looked up in the last list of the server while that is good."""
        digest = secrets.listed(self.keys, code)
        known = digest in self.memory.codes and digest not in self.memory.spent
        if not known or clock_ms > self.memory.codes_until_ms:
            return Deed("wrong", {"did": "wrong_code"})
        deed = self._pulse(self.doors[self.memory.codes[digest]], {"digest": digest})
        if deed.display == "opened":
            self.memory.spent.add(digest)
        return deed

    def _pulse(self, door: Door, right: Mapping[str, JsonValue]) -> Deed:
        """Only where the switch says that the door opened is the code used up."""
        door.pulse()
        opened = door.seen == "open"
        did = "opened" if opened else "stayed_shut"
        return Deed("opened" if opened else "stuck", {"did": did, "door": door.number, **right})
