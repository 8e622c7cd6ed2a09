"""What members say and tap in the staff app, as our own values. Source: docs/wecom.md, "What is exchanged"."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.channels import Rejected
from bot.channels.xml import text_of
from bot.messages import Kind, Message, Opens

CARD_EVENT = "template_card_event"
SYSTEM = "sys"  # who sends what nobody of the corporation has done
FROM_THE_PLATFORM = frozenset({"kf_msg_or_event", "change_external_chat"})
CHOICES = "Q-"  # what the ids of cards begin with whose buttons are choices of a question
_KINDS = {
    "text": Kind.TEXT,
    "image": Kind.PICTURE,
    "voice": Kind.VOICE,
    "video": Kind.VIDEO,
    "location": Kind.LOCATION,
    "link": Kind.LINK,
    "event": Kind.EVENT,
}
_FACTS = ("PicUrl", "MediaId", "TaskId", "CardType", "ResponseCode")
_MOST_TEXT = 20_000
_MOST_KEY = 120


@dataclass(frozen=True, slots=True)
class Incoming:
    """The envelope of a push with everything below it, checked."""

    corp: str
    agent: str
    sender: str
    created: int
    kind: Kind
    event: str
    elements: Mapping[str, Any]

    @property
    def task_id(self) -> str:
        """The card that was tapped, if it was one."""
        return self._one("TaskId") if self.event == CARD_EVENT else ""

    def message(self, channel: str) -> Message:
        """The message for the desk; a tapped choice counts as if its words had been typed."""
        chosen = self.task_id.startswith(CHOICES)
        return Message(
            channel=channel,
            sender=self.sender,
            key=self.delivery_key,
            kind=Kind.TEXT if chosen else self.kind,
            sent_at=datetime.fromtimestamp(self.created, UTC),
            text=self._one("EventKey")[:_MOST_TEXT] if chosen else self.text,
            event="" if chosen else self.event,
            event_key="" if chosen else self._one("EventKey")[:_MOST_KEY],
            tapped=self.task_id if chosen else "",
            opens=Opens.TALK,
            facts={name: self._one(name)[:1000] for name in _FACTS if self._one(name)},
        )

    @property
    def text(self) -> str:
        """What was typed; for a location its label, for a link its title."""
        name = {Kind.TEXT: "Content", Kind.LOCATION: "Label", Kind.LINK: "Title"}.get(self.kind)
        return self._one(name)[:_MOST_TEXT] if name else ""

    @property
    def delivery_key(self) -> str:
        """The same for each delivery of a message, different for any two of one sender."""
        if self.kind is not Kind.EVENT:
            return f"m{self._one('MsgId')[:32]}-{self.created}"
        which = f"{self._one('EventKey')}\n{self.task_id}\n{self._one('ResponseCode')}"
        return f"e{self.created}-{self.event}-{hashlib.sha256(which.encode()).hexdigest()[:32]}"

    def text_of(self, name: str) -> str:
        """An element of an event by the platform's name, "" where it is absent."""
        return self._one(name)

    def _one(self, name: str) -> str:
        return text_of(dict(self.elements), name)


def to_incoming(elements: dict[str, Any]) -> Incoming:
    """Raises Rejected(400) unless sender, time and kind are there, once and well-formed."""
    sender, created = text_of(elements, "FromUserName"), text_of(elements, "CreateTime")
    said_kind = text_of(elements, "MsgType").lower()
    if not sender and text_of(elements, "Event").lower() in FROM_THE_PLATFORM:
        sender = SYSTEM
    if not sender or len(sender) > 64 or not said_kind:
        raise Rejected(400, "no sender or no message type")
    if not created.isascii() or not created.isdigit() or len(created) > 11:
        raise Rejected(400, "CreateTime is no number of seconds")
    kind = _KINDS.get(said_kind, Kind.UNKNOWN)
    event = text_of(elements, "Event").lower()[:64] if kind is Kind.EVENT else ""
    if kind is Kind.EVENT and not event:
        raise Rejected(400, "an event without a name")
    if kind is not Kind.EVENT and not text_of(elements, "MsgId").isdigit():
        raise Rejected(400, "MsgId is no number")
    corp, agent = text_of(elements, "ToUserName"), text_of(elements, "AgentID")
    return Incoming(corp, agent, sender, int(created), kind, event, elements)
