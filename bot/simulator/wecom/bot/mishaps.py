"""What can be made to go wrong on either way to the assistant."""

from __future__ import annotations

from enum import StrEnum

from bot.simulator.errors import Refused
from bot.simulator.jsons import Json, JsonValue
from bot.simulator.words import tables


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


class Mishaps:
    """The switchboard: how often each still strikes, None for as long as it is on."""

    def __init__(self) -> None:
        self._on: dict[Mishap, int | None] = {}

    def on(self, name: Mishap | str, times: int | None = None) -> None:
        """Raises Refused for a name nobody knows, ValueError for no times at all."""
        if times is not None and times < 1:
            raise ValueError("times is at least 1")
        self._on[_known(name)] = times

    def off(self, name: Mishap | str) -> None:
        self._on.pop(_known(name), None)

    def clear(self) -> None:
        self._on.clear()

    def strikes(self, name: Mishap) -> bool:
        """Whether it happens now; counts the use."""
        if name not in self._on:
            return False
        left = self._on[name]
        if left == 1:
            del self._on[name]
        elif left is not None:
            self._on[name] = left - 1
        return True

    def as_json(self) -> list[JsonValue]:
        rows = tables("wecom/bot/words.toml", "mishaps")
        shown: list[JsonValue] = []
        for name in Mishap:
            said: Json = {"name": name.value, "label": str(rows[name]["label"]), "hint": str(rows[name]["hint"])}
            shown.append({**said, "on": name in self._on, "times": self._on.get(name)})
        return shown


def _known(name: Mishap | str) -> Mishap:
    try:
        return Mishap(name)
    except ValueError as error:
        raise Refused("bad_request", f"there is no mishap {name}") from error
