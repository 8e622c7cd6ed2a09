"""What a platform answers to a call of ours, and what we make of it: the same values for every channel that sends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

NOT_REACHED = -2  # our own: the request never arrived, so trying again is safe
NOT_KNOWN = -3  # our own: it may have arrived


class Reaction(StrEnum):
    """What to do about an answer; each channel's table of codes says which code means which."""

    DONE = "done"
    REFRESH = "refresh"
    HOLD = "hold"
    GONE = "gone"
    RETRY = "retry"
    MINUTE = "minute"
    MIDNIGHT = "midnight"
    ALERT = "alert"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class Errcode:
    """One code with its meaning and our reaction."""

    code: int
    meaning: str
    reaction: Reaction


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call brought: the platform's errcode with its meaning, and the body; of a file `data`, its bytes."""

    errcode: Errcode
    body: Mapping[str, Any] = field(default_factory=dict)
    data: bytes = b""

    @property
    def ok(self) -> bool:
        return self.errcode.reaction is Reaction.DONE
