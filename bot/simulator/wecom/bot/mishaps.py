"""What can be made to go wrong on either way to the assistant."""

from __future__ import annotations

from enum import StrEnum

from bot.simulator.switchboard import Switchboard


class Mishap(StrEnum):
    """Every mishap there is."""

    DROP = "drop"  # the callback's answer is lost: it comes again
    RESEND = "resend"  # a message comes several times
    BAD_SIGNATURE = "bad_signature"
    LOST_ACK = "lost_ack"  # what the assistant sends arrives, and nobody says so
    HALF_OPEN = "half_open"  # the line stands, and nothing passes any more
    MUTE = "mute"  # the subscription is never answered
    LAPSED = "lapsed"  # 846609: the line stands, but is not subscribed
    FORGETS = "forgets"  # 846605: the request that is answered is not known any more
    STREAM_OVER = "stream_over"  # 846608
    RATE = "rate"  # 45009
    API_DOWN = "api_down"  # the address for one more message does not answer


Mishaps = Switchboard[Mishap]


def none() -> Mishaps:
    """Nothing goes wrong yet."""
    return Switchboard(Mishap, "wecom/bot/words.toml")
