"""What stands on a phone's screen: one bubble for each message, and each person's timeline of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.simulator.jsons import Json, JsonValue
from bot.simulator.links import Part, PartKind, parts_of, plain


class Sender(StrEnum):
    """Whose bubble it is."""

    PERSON = "person"
    ACCOUNT = "account"
    SYSTEM = "system"


class Via(StrEnum):
    """The way it came."""

    MESSAGE = "message"
    PASSIVE = "passive"
    CUSTOMER = "customer"
    TEMPLATE = "template"
    SUBSCRIPTION = "subscription"
    MASS = "mass"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Content:
    """What a bubble holds. `text` may carry links; `detail` is by kind, as the README lists it."""

    kind: str
    text: str = ""
    detail: Mapping[str, JsonValue] = field(default_factory=dict)
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on one phone. `text` is plain, `parts` keep what can be tapped."""

    id: int
    person: str
    sender: Sender
    via: Via
    kind: str
    at: datetime
    text: str
    parts: tuple[Part, ...]
    detail: Mapping[str, JsonValue]
    exchange: str | None = None
    note: str | None = None

    def sends(self) -> list[Part]:
        """What a tap can send from here."""
        return [part for part in self.parts if part.kind is PartKind.SEND]

    def as_json(self) -> Json:
        return {
            "id": self.id,
            "person": self.person,
            "from": self.sender.value,
            "via": self.via.value,
            "kind": self.kind,
            "at": self.at.isoformat(),
            "text": self.text,
            "parts": [_part_json(part) for part in self.parts],
            "detail": dict(self.detail),
            "exchange": self.exchange,
            "note": self.note,
        }


class Timeline:
    """Every bubble of every person, numbered across all of them."""

    def __init__(self, first_id: int = 1) -> None:
        self._bubbles: dict[str, list[Bubble]] = {}
        self.next_id = first_id

    def add(
        self, person: str, sender: Sender, via: Via, content: Content, *, at: datetime, exchange: str | None = None
    ) -> Bubble:
        """A new bubble. Only what the account says has links; a person's own text is just text."""
        parts = _parts(sender, content)
        bubble = Bubble(
            id=self.next_id,
            person=person,
            sender=sender,
            via=via,
            kind=content.kind,
            at=at,
            text=plain(parts),
            parts=parts,
            detail=content.detail,
            exchange=exchange,
            note=content.note,
        )
        self.next_id += 1
        self._bubbles.setdefault(person, []).append(bubble)
        return bubble

    def of(self, person: str, after: int = 0) -> list[Bubble]:
        return [bubble for bubble in self._bubbles.get(person, []) if bubble.id > after]

    def last_id(self, person: str) -> int | None:
        bubbles = self._bubbles.get(person)
        return bubbles[-1].id if bubbles else None


def _parts(sender: Sender, content: Content) -> tuple[Part, ...]:
    if sender is not Sender.ACCOUNT:
        return (Part(PartKind.TEXT, content.text),) if content.text else ()
    if content.kind != "menu":
        return parts_of(content.text)
    return (*parts_of(content.text), *_menu_parts(content.detail))


def _menu_parts(detail: Mapping[str, JsonValue]) -> list[Part]:
    """The entries and the tail, each on a line of its own."""
    entries = detail.get("entries")
    parts: list[Part] = []
    for row in entries if isinstance(entries, list) else []:
        if isinstance(row, Mapping):
            label = str(row["label"])
            parts += [Part(PartKind.TEXT, "\n"), Part(PartKind.SEND, label, content=label, id=str(row["id"]))]
    if tail := detail.get("tail"):
        parts.append(Part(PartKind.TEXT, f"\n{tail}"))
    return parts


def _part_json(part: Part) -> Json:
    shown: Json = {"kind": part.kind.value, "text": part.text}
    if part.kind is PartKind.LINK:
        shown |= {"url": part.url}
    elif part.kind is PartKind.SEND:
        shown |= {"content": part.content, "id": part.id}
    elif part.kind is PartKind.PROGRAM:
        shown |= {"app_id": part.app_id, "path": part.path}
    return shown
