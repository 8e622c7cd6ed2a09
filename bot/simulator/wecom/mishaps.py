"""What can be made to go wrong, on the way to the callback and on the API's side."""

from __future__ import annotations

from enum import StrEnum

from bot.simulator.switchboard import Switchboard


class Mishap(StrEnum):
    """Every mishap there is."""

    DROP = "drop"  # the callback's answer is lost: it comes again
    RESEND = "resend"  # a callback comes several times at once
    BAD_SIGNATURE = "bad_signature"
    API_DOWN = "api_down"
    DEAD_TOKEN = "dead_token"  # noqa: S105 - a name, no secret
    NO_CARDS = "no_cards"  # template cards are refused
    NO_CHANGES = "no_changes"  # cards cannot be changed
    RATE = "rate"
    STRANGE_ADDRESS = "strange_address"  # this server is not among the trusted ones
    HANGS = "hangs"  # the API takes a message in and never answers


Mishaps = Switchboard[Mishap]


def none() -> Mishaps:
    """Nothing goes wrong yet."""
    return Switchboard(Mishap, "wecom/words.toml")
