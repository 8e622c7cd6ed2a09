"""What happened, numbered: the source of the page's live stream and of every wait in a test."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.simulator.jsons import JsonValue

KEPT = 2000
T = TypeVar("T")


class EventName(StrEnum):
    """The kinds of events a stream can carry."""

    BUBBLE = "bubble"
    SYSTEM = "system"
    EXCHANGE = "exchange"
    API = "api"
    TYPING = "typing"
    PERSON = "person"
    CLOCK = "clock"
    FAULT = "fault"
    MENU = "menu"
    CABINET = "cabinet"
    CUSTOMER = "customer"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class SimEvent:
    """One numbered happening; `data` is what the control API's shapes say."""

    number: int
    name: EventName
    data: JsonValue


class EventLog:
    """Keeps the last events and lets any number of readers follow from a number on."""

    def __init__(self) -> None:
        self.last = 0
        self._kept: deque[SimEvent] = deque(maxlen=KEPT)
        self._changed = asyncio.Event()

    def emit(self, name: EventName, data: JsonValue) -> None:
        self.last += 1
        self._kept.append(SimEvent(self.last, name, data))
        self._changed.set()
        self._changed = asyncio.Event()

    def since(self, number: int) -> list[SimEvent] | None:
        """The events after `number`; None when that number is unknown or no longer kept."""
        oldest = self._kept[0].number if self._kept else self.last + 1
        if number > self.last or number < oldest - 1:
            return None
        return [event for event in self._kept if event.number > number]

    async def changed(self, since: int, timeout: float | None = None) -> bool:
        """Wait for an event after number `since`; False when none came within `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                while self.last <= since:
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True

    async def first(self, find: Callable[[], T | None], *, timeout: float, instead: Callable[[], str]) -> T:
        """What is found, there already or still to come. Raises TimeoutError that says what there is `instead`."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    seen = self.last
                    found = find()
                    if found is not None:
                        return found
                    await self.changed(seen)
        except TimeoutError as error:
            raise TimeoutError(instead()) from error
