"""JSON as values: what may be sent, and a reader that turns a missing field into the platform's error code."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.simulator.errors import PlatformError

JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
Json: TypeAlias = "dict[str, JsonValue]"

BAD_DATA = 47001


@dataclass(frozen=True, slots=True)
class Body:
    """The object a caller sent. Every reader raises PlatformError with the code given for a missing or odd value."""

    values: Mapping[str, JsonValue]

    @classmethod
    def read(cls, raw: bytes) -> Body:
        """Raises PlatformError 44002 for an empty body, 47001 for anything but a JSON object."""
        if not raw.strip():
            raise PlatformError(44002)
        try:
            values = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise PlatformError(BAD_DATA) from error
        if not isinstance(values, dict):
            raise PlatformError(BAD_DATA)
        return cls(values)

    def text(self, name: str, missing: int = BAD_DATA) -> str:
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            raise PlatformError(missing)
        return value

    def text_or(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return value if isinstance(value, str) else default

    def number(self, name: str, missing: int = BAD_DATA) -> float:
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise PlatformError(missing)
        return value

    def number_or(self, name: str, default: float) -> float:
        return self.number(name) if self.values.get(name) is not None else default

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.values.get(name, default)
        return value if isinstance(value, bool) else default

    def table(self, name: str, missing: int = BAD_DATA) -> Body:
        value = self.values.get(name)
        if not isinstance(value, Mapping):
            raise PlatformError(missing)
        return Body(value)

    def table_or_none(self, name: str) -> Body | None:
        return self.table(name) if self.values.get(name) is not None else None

    def rows(self, name: str, missing: int = BAD_DATA) -> list[Body]:
        value = self.values.get(name)
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            raise PlatformError(missing)
        return [Body(row) for row in value if isinstance(row, Mapping)]

    def texts(self, name: str, missing: int = BAD_DATA) -> list[str]:
        value = self.values.get(name)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise PlatformError(missing)
        return [item for item in value if isinstance(item, str)]


def dumps(value: JsonValue) -> str:
    """JSON as the platform writes it: raw UTF-8, never escapes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
