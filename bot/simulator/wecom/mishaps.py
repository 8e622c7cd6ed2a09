"""What can be made to go wrong, on the way to the callback and on the API's side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.simulator.errors import Refused
from bot.simulator.jsons import Json, JsonValue
from bot.simulator.words import tables


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


@dataclass(slots=True)
class Mishaps:
    """The switchboard: how often each still strikes, None for as long as it is on."""

    _on: dict[Mishap, int | None]

    @classmethod
    def none(cls) -> Mishaps:
        return cls({})

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
        rows = tables("wecom/words.toml", "mishaps")
        shown: list[JsonValue] = []
        for name in Mishap:
            said: Json = {"name": name.value, "label": str(rows[name.value]["label"]), "hint": str(rows[name]["hint"])}
            shown.append({**said, "on": name in self._on, "times": self._on.get(name)})
        return shown


def _known(name: Mishap | str) -> Mishap:
    try:
        return Mishap(name)
    except ValueError as error:
        raise Refused("bad_request", f"there is no mishap {name}") from error
