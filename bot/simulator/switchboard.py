"""What can be made to go wrong on a simulated platform: each mishap is on for some times, or until it is put off."""

from __future__ import annotations

from enum import StrEnum
from typing import Generic, TypeVar

from aiohttp import web

from bot.simulator.control.requests import answered, read
from bot.simulator.errors import Refused
from bot.simulator.jsons import Json, JsonValue
from bot.simulator.words import tables

Name = TypeVar("Name", bound=StrEnum)


class Switchboard(Generic[Name]):
    """How often each still strikes, None for as long as it is on. `words` is the file with their labels."""

    def __init__(self, names: type[Name], words: str) -> None:
        self._names = names
        self._words = words
        self._on: dict[Name, int | None] = {}

    def on(self, name: Name | str, times: int | None = None) -> None:
        """Raises Refused for a name nobody knows, ValueError for no times at all."""
        if times is not None and times < 1:
            raise ValueError("times is at least 1")
        self._on[self._known(name)] = times

    def off(self, name: Name | str) -> None:
        self._on.pop(self._known(name), None)

    def clear(self) -> None:
        self._on.clear()

    def strikes(self, name: Name) -> bool:
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
        rows = tables(self._words, "mishaps")
        shown: list[JsonValue] = []
        for name in self._names:
            said: Json = {"name": name.value, "label": str(rows[name]["label"]), "hint": str(rows[name]["hint"])}
            shown.append({**said, "on": name in self._on, "times": self._on.get(name)})
        return shown

    async def switched(self, request: web.Request) -> web.Response:
        """The control API's way to put one on or off."""
        body = await read(request)
        if body.flag("clear"):
            self.clear()
        elif body.flag("on", default=True):
            self.on(body.text("name"), int(body.number_or("times", 0)) or None)
        else:
            self.off(body.text("name"))
        return answered({"mishaps": self.as_json()})

    def _known(self, name: Name | str) -> Name:
        try:
            return self._names(name)
        except ValueError as error:
            raise Refused("bad_request", f"there is no mishap {name}") from error
