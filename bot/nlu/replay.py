"""Past messages asked of a changed knowledge base: what a change would mend and what spoil, before it is made."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.nlu.heard import Understanding
from bot.nlu.understand import Understander


@dataclass(frozen=True, slots=True)
class Change:
    """One way of asking that would be taken differently, and how often it came. None: nobody could answer it."""

    text: str
    times: int
    before: str | None
    after: str | None

    @property
    def mends(self) -> bool:
        """Whether somebody who got no answer would get one."""
        return self.before is None


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many messages were asked again, what would change, most frequent first, and what there was no time for."""

    asked: int
    changes: tuple[Change, ...]
    left: int = 0

    @property
    def mended(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.mends)

    @property
    def spoiled(self) -> tuple[Change, ...]:
        """What had an answer and would get another one or none."""
        return tuple(change for change in self.changes if not change.mends)


def replay(
    old: Understander,
    new: Understander,
    asked: Sequence[tuple[str, datetime]],
    *,
    seconds: float,
    clock: Callable[[], float] = time.monotonic,
) -> Replayed:
    """Ask each of these of both, as long as there is time; `asked` is text and local moment, the most telling first."""
    times: dict[str, tuple[int, datetime]] = {}
    for text, when in asked:
        times[text] = times.get(text, (0, when))[0] + 1, when
    until, changes, done = clock() + seconds, [], 0
    for text, (count, when) in times.items():
        if clock() > until:
            break
        done += count
        before, after = target(old.understand(text, when)), target(new.understand(text, when))
        if before != after:
            changes.append(Change(text, count, before, after))
    return Replayed(done, tuple(sorted(changes, key=lambda change: -change.times)), len(asked) - done)


def target(heard: Understanding) -> str | None:
    """What a message led to; None where it led to guesses or to nothing."""
    return heard.target
