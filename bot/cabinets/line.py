"""The line to the cabinets as one thing: what hands out commands, and, with a broker, what stays connected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from bot.cabinets.counter import Heard
from bot.cabinets.dispatch import Dispatcher, OfficeOf
from bot.cabinets.mqtt import Gateway, broker_of
from bot.cabinets.protocol import MOST_SKEW
from bot.store.runs import Runs

log = structlog.get_logger()
TAKEN, SKEWED = "taken", "skewed"
OF_NOW = ("hello", "heartbeat")  # other messages tell of moments that may be long ago
QUIET = "heartbeat"  # leads to no command
Counted = Callable[[str, str], None]


class Works(Protocol):
    """What works beside the requests."""

    async def run(self) -> None: ...
    def stop(self) -> None: ...


class Line:
    """`counted` hears the type and the outcome of every message. Raises OperatorError for a broker's wrong address."""

    def __init__(
        self, desk: Runs, office: OfficeOf, now: Callable[[], datetime], *, mqtt_url: str, counted: Counted
    ) -> None:
        self.dispatcher = Dispatcher(desk, office, now)
        self.workers: list[Works] = [self.dispatcher]
        self._counted = counted
        if mqtt_url:
            self.workers.append(Gateway(broker_of(mqtt_url), desk, office, self.dispatcher, self.told))

    def told(self, heard: Heard) -> None:
        """A cabinet's message was taken in or turned away: count it, and look whether it led to a command."""
        if heard.fault is not None:
            self._counted(heard.kind, heard.fault.value)
            log.info("cabinet message refused", cabinet=heard.serial[:32], fault=heard.fault.value)
            return
        skewed = heard.kind in OF_NOW and abs(heard.skew) > MOST_SKEW
        self._counted(heard.kind, SKEWED if skewed else TAKEN)
        if heard.result_of is not None:
            self.dispatcher.answered(heard.result_of)
        if heard.kind != QUIET:
            self.dispatcher.wake()
