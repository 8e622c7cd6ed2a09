"""What stands in each member's chat with the app: words and cards, numbered across all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.simulator.jsons import Json, JsonValue


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message. `sender` is `member` or `app`; a card keeps its JSON as it was sent or changed last."""

    id: int
    member: str
    sender: str
    kind: str
    at: datetime
    text: str = ""
    card: Mapping[str, JsonValue] | None = None
    changed: bool = False

    @property
    def task_id(self) -> str:
        return str(self.card["task_id"]) if self.card else ""

    @property
    def title(self) -> str:
        title = self.card.get("main_title") if self.card else None
        return str(title["title"]) if isinstance(title, Mapping) else ""

    @property
    def is_grey(self) -> bool:
        """Whether its buttons cannot be tapped any more."""
        return self.card is not None and "replace_text" in self.card

    def buttons(self) -> dict[str, str]:
        """The keys of its buttons by their texts."""
        rows = self.card.get("button_list") if self.card else None
        listed = rows if isinstance(rows, list) else []
        return {str(row["text"]): str(row["key"]) for row in listed if isinstance(row, Mapping)}

    def as_json(self) -> Json:
        return {
            "id": self.id,
            "member": self.member,
            "from": self.sender,
            "kind": self.kind,
            "at": self.at.isoformat(),
            "text": self.text,
            "card": self.card,
            "grey": self.is_grey,
            "changed": self.changed,
        }


class Chats:
    """Every bubble, in its order."""

    def __init__(self) -> None:
        self._bubbles: list[Bubble] = []

    def add(
        self,
        member: str,
        sender: str,
        kind: str,
        at: datetime,
        *,
        text: str = "",
        card: Mapping[str, JsonValue] | None = None,
    ) -> Bubble:
        bubble = Bubble(len(self._bubbles) + 1, member, sender, kind, at, text, card)
        self._bubbles.append(bubble)
        return bubble

    def change(self, member: str, task_id: str, card: Mapping[str, JsonValue]) -> Bubble | None:
        """Put another card in a card's place; None where the member has no such card."""
        for index, bubble in enumerate(self._bubbles):
            if bubble.member == member and bubble.task_id == task_id:
                self._bubbles[index] = replace(bubble, card=card, changed=True)
                return self._bubbles[index]
        return None

    def of(self, member: str, after: int = 0) -> list[Bubble]:
        return [one for one in self._bubbles if one.member == member and one.id > after]
