"""The platform's error codes as data: each with the one reaction we have to it."""

from collections.abc import Mapping

from bot.channels.answer import Errcode, Reaction
from bot.channels.errcodes import codes, reaction

__all__ = ["Errcode", "Reaction", "react", "table"]
PACKAGE = "bot.channels.official_account"


def table() -> Mapping[int, Errcode]:
    """All codes we know, by number."""
    return codes(PACKAGE)


def react(code: int) -> Errcode:
    """The reaction to a code; one we do not know is tried again, for it is not known to be final."""
    return reaction(PACKAGE, code)
