"""How many customer messages the account may still send somebody, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.simulator.errors import PlatformError


class Opening(StrEnum):
    """What a person does that lets the account write to them."""

    MESSAGE = "message"
    MENU = "menu"
    FOLLOW = "follow"
    SCAN = "scan"


ALLOWED = {Opening.MESSAGE: 5, Opening.MENU: 3, Opening.FOLLOW: 3, Opening.SCAN: 3}
LASTS = {
    Opening.MESSAGE: timedelta(hours=48),
    Opening.MENU: timedelta(minutes=1),
    Opening.FOLLOW: timedelta(minutes=1),
    Opening.SCAN: timedelta(minutes=1),
}


@dataclass(slots=True)
class Window:
    """One opening: what is left of it and when it closes."""

    left: int
    until: datetime


class AllowanceLedger:
    """Windows for each openid. A new message sets its window back to five, it does not add up."""

    def __init__(self) -> None:
        self._windows: dict[str, dict[Opening, Window]] = {}

    def open(self, openid: str, opening: Opening, now: datetime) -> None:
        windows = self._windows.setdefault(openid, {})
        windows[opening] = Window(ALLOWED[opening], now + LASTS[opening])

    def close(self, openid: str) -> None:
        """Unfollowing shuts every window."""
        self._windows.pop(openid, None)

    def spend(self, openid: str, now: datetime) -> None:
        """Take one, from the window that closes first.

        Raises PlatformError 45015 where no window is open, 45047 where the open ones are used up.
        """
        running = self._running(openid, now)
        if not running:
            raise PlatformError(45015)
        usable = [window for window in running if window.left > 0]
        if not usable:
            raise PlatformError(45047)
        min(usable, key=lambda window: window.until).left -= 1

    def left(self, openid: str, now: datetime) -> tuple[int, datetime | None]:
        """How many may still go, and when the last window with any closes."""
        usable = [window for window in self._running(openid, now) if window.left > 0]
        return sum(window.left for window in usable), max((window.until for window in usable), default=None)

    def _running(self, openid: str, now: datetime) -> list[Window]:
        return [window for window in self._windows.get(openid, {}).values() if window.until > now]
