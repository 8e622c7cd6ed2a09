"""A channel's table of error codes, read from the errcodes.toml beside it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.channels.answer import Errcode, Reaction


@cache
def codes(package: str) -> Mapping[int, Errcode]:
    """All codes of a channel's package that we know, by number."""
    raw = tomllib.loads((files(package) / "errcodes.toml").read_text("utf-8"))
    return {
        int(code): Errcode(int(code), meaning, Reaction(reaction))
        for reaction, known in raw.items()
        for code, meaning in known.items()
    }


def reaction(package: str, code: int) -> Errcode:
    """The reaction to a code; one we do not know is tried again, for it is not known to be final."""
    return codes(package).get(code) or Errcode(code, "unknown errcode", Reaction.RETRY)
