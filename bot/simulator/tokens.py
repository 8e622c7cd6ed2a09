"""Access tokens of both endpoints, with their different manners of replacing one another."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulator.errors import PlatformError

LIFE = timedelta(seconds=7200)
RENEWED_BEFORE_END = timedelta(minutes=5)
OVERLAP = timedelta(minutes=5)
FORCED_APART = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Token:
    """One access token and the moment from which it is refused."""

    value: str
    until: datetime

    def seconds_left(self, now: datetime) -> int:
        return round((self.until - now).total_seconds())


class Tokens:
    """What /token and /stable_token hand out; the two never disturb each other."""

    def __init__(self) -> None:
        self._valid: dict[str, datetime] = {}
        self._ordinary: Token | None = None
        self._stable: Token | None = None
        self._forced_at: datetime | None = None

    def ordinary(self, now: datetime) -> Token:
        """A new token at each call; the one before lives on for five minutes at most."""
        if self._ordinary is not None:
            self._valid[self._ordinary.value] = min(self._ordinary.until, now + OVERLAP)
        self._ordinary = self._new(now)
        return self._ordinary

    def stable(self, now: datetime) -> Token:
        """The same token until five minutes before its end; the old one then lives to its own end."""
        if self._stable is None or self._stable.until - now <= RENEWED_BEFORE_END:
            self._stable = self._new(now)
        return self._stable

    def forced(self, now: datetime) -> Token:
        """A new stable token, the old one dead at once. Raises PlatformError 45011 within 30 s of the last time."""
        if self._forced_at is not None and now - self._forced_at < FORCED_APART:
            raise PlatformError(45011)
        self._forced_at = now
        if self._stable is not None:
            self._valid.pop(self._stable.value, None)
        self._stable = self._new(now)
        return self._stable

    def check(self, value: str, now: datetime) -> None:
        """Raises PlatformError 41001, 42001 or 40001."""
        if not value:
            raise PlatformError(41001)
        until = self._valid.get(value)
        if until is None:
            raise PlatformError(40001)
        if until <= now:
            raise PlatformError(42001)

    def revoke(self) -> None:
        """Kill every token, as a reset of the secret does."""
        self._valid.clear()
        self._ordinary = self._stable = None

    def _new(self, now: datetime) -> Token:
        token = Token(f"85_{secrets.token_urlsafe(100)}", now + LIFE)
        self._valid[token.value] = token.until
        return token
