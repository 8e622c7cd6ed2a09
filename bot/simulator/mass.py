"""Mass messages: four a month for each follower, and the repeat guard of clientmsgid."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from bot.simulator.errors import PlatformError
from bot.simulator.quotas import CHINA

A_MONTH = 4
REMEMBERED = timedelta(hours=24)


class MassLedger:
    """Who has had how many this month, and which client ids were used lately."""

    def __init__(self) -> None:
        self._received: Counter[tuple[str, int, int]] = Counter()
        self._sent: dict[str, tuple[datetime, int]] = {}
        self._to_all: Counter[datetime] = Counter()

    def once(self, client_id: str, msg_id: int, now: datetime) -> None:
        """Raises PlatformError 45065, with the first one's msg_id, for a client id used within 24 hours."""
        at, before = self._sent.get(client_id, (None, 0))
        if at is not None and now - at < REMEMBERED:
            raise PlatformError(45065, msg_id=before)
        self._sent[client_id] = (now, msg_id)

    def take_for_all(self, now: datetime) -> None:
        """Raises PlatformError 45028 for a second send to everybody on one day."""
        day = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
        if self._to_all[day]:
            raise PlatformError(45028)
        self._to_all[day] += 1

    def receive(self, openid: str, now: datetime) -> bool:
        """Count one for this person; False where the month's four are used up."""
        local = now.astimezone(CHINA)
        key = (openid, local.year, local.month)
        if self._received[key] >= A_MONTH:
            return False
        self._received[key] += 1
        return True
