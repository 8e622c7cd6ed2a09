"""What the reading of times hands out, and the opening hours it is bound to."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum


class Precision(StrEnum):
    """How exactly somebody said when."""

    DAY = "day"
    PART = "part"  # of a day: 明天下午
    MINUTE = "minute"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that somebody named, in the zone of the clock it was read by.

    DAY: `start` is the midnight that opens the day, `end` the one that opens the last day of several.
    PART: the part's bounds, or up to an hour that was named (五点前). MINUTE: `end` only where one was said.
    `span` is where the words stand in the text; words between a day and its hour are inside it.
    """

    start: datetime
    end: datetime | None
    precision: Precision
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Opening:
    """The hours of a day in which something can be had; several intervals where there is a break at noon."""

    intervals: tuple[tuple[time, time], ...]

    def covers(self, hour: time) -> bool:
        return any(opens <= hour < closes for opens, closes in self.intervals)
