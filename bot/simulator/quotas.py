"""How often each API may be called in a day of China's time, and how often that may be cleared."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta, timezone

from bot.simulator.errors import PlatformError

CHINA = timezone(timedelta(hours=8))
CLEARINGS_A_MONTH = 10

DAILY = {
    "token": 2_000,
    "stable_token": 500_000,
    "forced_token": 20,
    "menu_create": 1_000,
    "menu_delete": 1_000,
    "menu_get": 10_000,
    "tag": 1_000,
    "tagging": 100_000,
    "media_upload": 100_000,
    "media_get": 200_000,
    "customer": 500_000,
    "mass": 100,
    "template": 100_000,
    "subscription": 100_000,
    "qrcode": 100_000,
    "followers": 500,
    "user_info": 5_000_000,
    "remark": 10_000,
}


class Quotas:
    """Counts calls by name; `limits` may be lowered by a test."""

    def __init__(self) -> None:
        self.limits = dict(DAILY)
        self._day: date | None = None
        self._used: Counter[str] = Counter()
        self._month: tuple[int, int] | None = None
        self._clearings = 0

    def use(self, name: str, now: datetime) -> None:
        """Count one call. Raises PlatformError 45009 once the day's number is reached."""
        today = now.astimezone(CHINA).date()
        if today != self._day:
            self._day = today
            self._used.clear()
        if self._used[name] >= self.limits.get(name, 10_000_000):
            raise PlatformError(45009)
        self._used[name] += 1

    def used(self, name: str) -> int:
        return self._used[name]

    def clear(self, now: datetime) -> None:
        """Begin the day's counts anew. Raises PlatformError 48006 after ten times in a month."""
        local = now.astimezone(CHINA)
        if self._month != (local.year, local.month):
            self._month = (local.year, local.month)
            self._clearings = 0
        if self._clearings >= CLEARINGS_A_MONTH:
            raise PlatformError(48006)
        self._clearings += 1
        self._used.clear()
