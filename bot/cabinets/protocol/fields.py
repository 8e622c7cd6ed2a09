"""Typed reading of a JSON object: each reader names the field that is missing, of the wrong kind or out of range."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias, TypeVar
from uuid import UUID

from bot.cabinets.protocol.faults import Fault, Unreadable

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_INTEGER = 2**53 - 1  # what a double keeps exactly
MOST_SEQ = MOST_INTEGER
MOST_DOORS = 288
LAST_MOMENT = 4_102_444_800_000  # the year 2100


@dataclass(frozen=True, slots=True)
class Fields:
    """The members of an object."""

    values: Mapping[str, Json]
    where: str = ""

    def text(self, name: str, *, longest: int = 64) -> str:
        value = self._present(name)
        if not isinstance(value, str):
            raise self._wrong(name)
        if len(value) > longest:
            raise self._wrong(name, Fault.OUT_OF_RANGE)
        return value

    def digits(self, name: str) -> str:
        value = self.text(name)
        if not re.fullmatch(r"[0-9]{4,12}", value):
            raise self._wrong(name, Fault.OUT_OF_RANGE)
        return value

    def digest(self, name: str) -> str:
        value = self.text(name)
        if not re.fullmatch(r"[0-9a-f]{64}", value):
            raise self._wrong(name, Fault.OUT_OF_RANGE)
        return value

    def number(self, name: str, *, least: int = 0, most: int = MOST_INTEGER) -> int:
        value = self._present(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(name)
        if not least <= value <= most:
            raise self._wrong(name, Fault.OUT_OF_RANGE)
        return value

    def door(self, name: str = "door") -> int:
        return self.number(name, least=1, most=MOST_DOORS)

    def flag(self, name: str) -> bool:
        value = self._present(name)
        if not isinstance(value, bool):
            raise self._wrong(name)
        return value

    def moment(self, name: str) -> datetime:
        """Milliseconds since 1970 in UTC."""
        return EPOCH + timedelta(milliseconds=self.number(name, most=LAST_MOMENT))

    def choice(self, name: str, kind: type[Choice]) -> Choice:
        try:
            return kind(self.text(name))
        except ValueError as error:
            raise self._wrong(name, Fault.OUT_OF_RANGE) from error

    def uuid(self, name: str) -> UUID:
        value = self.text(name)
        try:
            found = UUID(value)
        except ValueError as error:
            raise self._wrong(name, Fault.OUT_OF_RANGE) from error
        if str(found) != value:
            raise self._wrong(name, Fault.OUT_OF_RANGE)
        return found

    def each(self, name: str, read: "Callable[[Fields], T]", *, most: int) -> list[T]:
        """What `read` makes of each object in the list."""
        value = self._present(name)
        if not isinstance(value, list):
            raise self._wrong(name)
        if len(value) > most:
            raise self._wrong(name, Fault.OUT_OF_RANGE)
        return [read(self._inside(f"{name}[{number}]", item)) for number, item in enumerate(value)]

    def maybe(self, name: str, read: Callable[[str], T]) -> T | None:
        """None where the field is absent or null."""
        return None if self.values.get(name) is None else read(name)

    def _inside(self, name: str, value: Json) -> "Fields":
        if not isinstance(value, dict):
            raise self._wrong(name)
        return Fields(value, f"{self.where}{name}.")

    def _present(self, name: str) -> Json:
        if name not in self.values:
            raise self._wrong(name, Fault.MISSING)
        return self.values[name]

    def _wrong(self, name: str, fault: Fault = Fault.WRONG_TYPE) -> Unreadable:
        return Unreadable(fault, self.where + name)


def milliseconds(moment: datetime) -> int:
    """A moment as it stands on the wire."""
    return (moment - EPOCH) // timedelta(milliseconds=1)
