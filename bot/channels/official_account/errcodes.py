"""The platform's error codes as data: each with the one reaction we have to it."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Reaction(StrEnum):
    """What to do about an answer; errcodes.toml says what each means."""

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


@cache
def table() -> dict[int, Errcode]:
    """All codes we know, by number."""
    raw = tomllib.loads((files(__package__) / "errcodes.toml").read_text("utf-8"))
    return {
        int(code): Errcode(int(code), meaning, Reaction(reaction))
        for reaction, codes in raw.items()
        for code, meaning in codes.items()
    }


def react(code: int) -> Errcode:
    """The reaction to a code; one we do not know is tried again, for it is not known to be final."""
    return table().get(code) or Errcode(code, "unknown errcode", Reaction.RETRY)
