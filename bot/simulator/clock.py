"""The one clock of the simulated world: messages, tokens and all windows go by it, and it can be moved forward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SimClock:
    """Runs with the real time plus an offset, or, given a start, stands still until it is advanced."""

    def __init__(self, start: datetime | None = None) -> None:
        """Raises ValueError for a start without a time zone."""
        if start is not None and start.tzinfo is None:
            raise ValueError("the clock's start needs a time zone")
        self._start = start.astimezone(UTC) if start is not None else None
        self._offset = timedelta()
        self._listeners: list[Callable[[], None]] = []

    @property
    def running(self) -> bool:
        return self._start is None

    @property
    def offset_seconds(self) -> float:
        return self._offset.total_seconds()

    def now(self) -> datetime:
        """The moment it is in the simulated world, in UTC."""
        return (self._start or datetime.now(UTC)) + self._offset

    def timestamp(self) -> int:
        return int(self.now().timestamp())

    def advance(self, seconds: float) -> datetime:
        """Move the clock forward. Raises ValueError for a step back: what has happened cannot be undone."""
        if seconds < 0:
            raise ValueError("the clock only goes forward")
        self._offset += timedelta(seconds=seconds)
        for listener in self._listeners:
            listener()
        return self.now()

    def on_move(self, listener: Callable[[], None]) -> None:
        """Have `listener` called after each advance."""
        self._listeners.append(listener)
