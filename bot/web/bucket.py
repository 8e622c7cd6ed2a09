"""How often somebody may ask: a bucket of tokens for each, in this process's memory."""

from collections import OrderedDict
from dataclasses import dataclass, field
from math import ceil


@dataclass(slots=True)
class Buckets:
    """`size` requests at once, `a_second` more each second; the most recent `most` askers are remembered."""

    size: float
    a_second: float
    most: int = 10_000
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def wait(self, who: str, now: float) -> int:
        """Take one token at that second of any clock; returns 0, or after how many seconds to come again."""
        left, at = self._left.pop(who, (self.size, now))
        left = min(self.size, left + max(now - at, 0.0) * self.a_second)
        allowed = left >= 1
        self._left[who] = (left - 1 if allowed else left, now)
        if len(self._left) > self.most:
            self._left.popitem(last=False)
        return 0 if allowed else ceil((1 - left) / self.a_second)
