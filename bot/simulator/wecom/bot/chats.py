"""What stands in each chat with the assistant in it: everybody's words, its answers and cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.simulator.jsons import Json, JsonValue

ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message. `sender` is a userid or `assistant`; `finished` is false while a stream goes on."""

    id: int
    chat: str
    sender: str
    kind: str
    at: datetime
    text: str = ""
    card: Mapping[str, JsonValue] | None = None
    stream: str = ""
    finished: bool = True
    changed: bool = False

    @property
    def task_id(self) -> str:
        return str(self.card.get("task_id", "")) if self.card else ""

    @property
    def labels(self) -> list[str]:
        """What can be tapped on it."""
        return list(self.buttons()) or list(self.options())

    def buttons(self) -> dict[str, str]:
        """The keys of its buttons by their texts."""
        return {str(row["text"]): str(row["key"]) for row in _rows(self.card, "button_list")}

    def options(self) -> dict[str, str]:
        """The ids of what can be chosen from a list, by their texts."""
        listed = self.card.get("checkbox") if self.card else None
        return {
            str(row["text"]): str(row["id"])
            for row in _rows(listed if isinstance(listed, Mapping) else None, "option_list")
        }

    def as_json(self) -> Json:
        return {
            "id": self.id,
            "chat": self.chat,
            "from": self.sender,
            "kind": self.kind,
            "at": self.at.isoformat(),
            "text": self.text,
            "card": self.card,
            "finished": self.finished,
            "changed": self.changed,
        }


class Chats:
    """Every bubble, in its order."""

    def __init__(self) -> None:
        self._bubbles: list[Bubble] = []

    def add(self, chat: str, sender: str, kind: str, at: datetime, *, text: str = "") -> Bubble:
        bubble = Bubble(len(self._bubbles) + 1, chat, sender, kind, at, text)
        self._bubbles.append(bubble)
        return bubble

    def change(self, bubble_id: int, **values: object) -> Bubble:
        """Show a bubble otherwise from now on."""
        self._bubbles[bubble_id - 1] = replace(self._bubbles[bubble_id - 1], **values)  # type: ignore[arg-type]
        return self._bubbles[bubble_id - 1]

    def streaming(self, stream: str) -> Bubble | None:
        return next((one for one in self._bubbles if one.stream == stream), None)

    def card(self, chat: str, task_id: str) -> Bubble | None:
        return next((one for one in self._bubbles if one.chat == chat and one.task_id == task_id), None)

    def of(self, chat: str, after: int = 0) -> list[Bubble]:
        return [one for one in self._bubbles if one.chat == chat and one.id > after]


def _rows(card: Mapping[str, JsonValue] | None, name: str) -> list[Mapping[str, JsonValue]]:
    rows = card.get(name) if card else None
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
