"""Web authorisation: the codes by which a page learns who opened it. Single use, five minutes, as the platform does."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulator.errors import PlatformError

LIFE = timedelta(minutes=5)


@dataclass(slots=True)
class _Code:
    openid: str
    until: datetime
    used: bool = False


class WebCodes:
    """Every code that was given out."""

    def __init__(self) -> None:
        self._codes: dict[str, _Code] = {}

    def give(self, openid: str, now: datetime) -> str:
        """A code for somebody who has just agreed."""
        code = "0" + secrets.token_hex(16)[1:]
        self._codes[code] = _Code(openid, now + LIFE)
        return code

    def take(self, code: str, now: datetime) -> str:
        """Whose it is. Raises PlatformError 40029 for none of ours or one that is over, 40163 for one used before."""
        found = self._codes.get(code)
        if found is None or (found.until <= now and not found.used):
            raise PlatformError(40029)
        if found.used:
            raise PlatformError(40163)
        found.used = True
        return found.openid
