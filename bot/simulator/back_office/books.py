"""What the office has on its books: every request it took, counted by the sender's reference, and what it said."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from bot.simulator.jsons import Json


class Kind(StrEnum):
    """The three kinds of servers that GeoReport v2 knows."""

    REALTIME = "realtime"
    BATCH = "batch"
    BLACKBOX = "blackbox"


class Fault(StrEnum):
    """How it misbehaves."""

    NONE = "none"
    SLOW = "slow"
    BROKEN = "broken"  # 500, and nothing taken
    LOST = "lost"  # taken, and the answer never arrives
    DOUBLED = "doubled"  # everything stands twice in the answer
    WRONG_STATE = "wrong_state"  # states nobody has heard of, and older ones after newer ones


@dataclass
class Held:
    """One request on the books."""

    number: str
    token: str
    reference: str
    fields: dict[str, str]
    taken_at: datetime
    status: str = "open"
    asked: int = 0  # how often somebody asked for its token
    heard: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> Json:
        return {
            "number": self.number,
            "token": self.token,
            "reference": self.reference,
            "service_code": self.fields.get("service_code", ""),
            "description": self.fields.get("description", ""),
            "address": self.fields.get("address_string", ""),
            "phone": self.fields.get("phone", ""),
            "taken_at": self.taken_at.isoformat(),
            "status": self.status,
            "updates": [dict(one) for one in self.heard],
        }


@dataclass
class Said:
    """One update that the office gave."""

    update_id: str
    number: str
    at: datetime
    status: str
    code: str
    description: str

    def as_json(self) -> Json:
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "status": self.status,
            "code": self.code,
            "description": self.description,
        }


class Books:
    """The office's memory. `dedups`: the same Idempotency-Key gets the same number, which real offices rarely do."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.now = now
        self.kind = Kind.REALTIME
        self.fault = Fault.NONE
        self.dedups = False
        self.resolves_after = 1  # a token is known by its number once it was asked for so often
        self.held: list[Held] = []
        self.said: list[Said] = []
        self.posts: Counter[str] = Counter()  # by reference: how often it was taken
        self.calls: Counter[str] = Counter()
        self.released = asyncio.Event()
        self.last = 0
        self._changed = asyncio.Event()

    def behave(self, *, kind: Kind | None = None, fault: Fault | None = None) -> None:
        """From now on; whoever waits for a slow answer gets it."""
        self.kind, self.fault = kind or self.kind, fault or self.fault
        self.released.set()
        self.released = asyncio.Event()
        self.changed()

    def take(self, fields: dict[str, str], key: str) -> Held:
        """Put a request on the books."""
        reference = fields.get("attribute[reference]") or key
        if self.dedups and (known := self.of_reference(reference)) is not None:
            return known
        number = f"BO-{len(self.held) + 1:04d}"
        token = f"tok-{len(self.held) + 1}" if self.kind is Kind.BATCH else ""
        held = Held(number, token, reference, fields, self.now())
        self.held.append(held)
        self.posts[reference] += 1
        self.changed()
        return held

    def say(self, held: Held, status: str, description: str = "", *, code: str = "", update_id: str = "") -> Said:
        """Report on a request."""
        said = Said(update_id or f"up-{len(self.said) + 1}", held.number, self.now(), status, code, description)
        self.said.append(said)
        held.status = "closed" if status.upper() in ("FIXED", "CLOSED") else "open"
        self.changed()
        return said

    def of_reference(self, reference: str) -> Held | None:
        return next((one for one in self.held if one.reference == reference), None)

    def of_number(self, number: str) -> Held | None:
        return next((one for one in self.held if number in (one.number, one.token)), None)

    def as_json(self) -> Json:
        """Everything, for the page that shows it."""
        return {
            "kind": self.kind.value,
            "fault": self.fault.value,
            "dedups": self.dedups,
            "requests": [one.as_json() for one in self.held],
            "said": [one.as_json() for one in self.said],
            "posts": dict(self.posts),
            "calls": dict(self.calls),
        }

    def changed(self) -> None:
        """Something happened: whoever watches reads on."""
        self.last += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_changed(self, since: int, seconds: float) -> bool:
        """Wait until something happened after that; False when nothing did."""
        try:
            async with asyncio.timeout(seconds):
                while self.last <= since:
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True
