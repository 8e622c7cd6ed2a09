"""What people say and tap in the group assistant, as our own values. Source: docs/wecom-bot.md, "What is exchanged"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from bot.channels import Rejected
from bot.channels.wecom_bot.taps import owner_of
from bot.messages import Kind, Message, Opens
from bot.nlu.quoted import joined

NAME = "wecom_bot"
CARD_EVENT, FEEDBACK_EVENT, ENTER_EVENT = "template_card_event", "feedback_event", "enter_chat"
EVICTED_EVENT = "disconnected_event"
CALLED, MEDIA = "assistant_called", "assistant_media"  # events of ours: its name alone, something that is no words
POLL = "stream"
_WORDS = frozenset({"text", "mixed", "voice"})  # a voice comes as the words that were heard
_MEDIA = frozenset({"image", "video", "file", "mixed", "voice"})
_MENTION = re.compile(r"(?:(?<=\s)|^)@\S+(?:\s|$)")
_MOST_TEXT, _MOST_QUOTED, _MOST_KEY = 20_000, 500, 120
_MOST_NAME, _MOST_GROUP, _MOST_ID = 64, 128, 180


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that came from the platform, checked. `group` is "" in a single chat, `body` as it came."""

    bot: str
    sender: str
    group: str
    msg_id: str
    said_kind: str
    event: str
    body: Mapping[str, Any]
    received: datetime
    name: str = ""  # of the assistant, by which it is called in a group

    @property
    def polls(self) -> str:
        """The stream that is asked after, "" where something else came."""
        return _text(_part(self.body, POLL), "id") if self.said_kind == POLL else ""

    @property
    def stream_id(self) -> str:
        """How the stream that answers it is called: the same for each delivery of a message."""
        return stream_id(self.sender, self.key)

    @property
    def key(self) -> str:
        return f"{'e' if self.event else 'm'}{self.msg_id}"

    @property
    def response_url(self) -> str:
        """Where one more message may be posted within the hour; a secret."""
        return _text(self.body, "response_url")[:1000]

    @property
    def card(self) -> Mapping[str, Any]:
        """What was tapped, nothing where it was no tap."""
        return _part(_part(self.body, "event"), CARD_EVENT) if self.event == CARD_EVENT else {}

    @property
    def task_id(self) -> str:
        return _text(self.card, "task_id")

    @property
    def tapped(self) -> str:
        """The words of what was tapped, or of what was chosen on a card with a list."""
        for item in _list(_part(self.card, "selected_items"), "selected_item"):
            chosen = _list(_part(item, "option_ids"), "option_id")
            if chosen and isinstance(chosen[0], str):
                return chosen[0]
        return _text(self.card, "event_key")

    @property
    def is_askers(self) -> bool:
        """Whether the card that was tapped was drawn for whoever tapped it: a group shows it to everybody."""
        return owner_of(self.task_id) in ("", self.sender_mark)

    @property
    def sender_mark(self) -> str:
        return sha256(self.sender.encode()).hexdigest()[:12]

    @property
    def message(self) -> Message:
        """The message for the desk; a tapped choice counts as if its words had been typed."""
        text = self.tapped if self.task_id else self._words
        event = "" if text else self._happening
        return Message(
            channel=NAME,
            sender=self.sender,
            key=self.key,
            kind=Kind.EVENT if event else Kind.TEXT if text else Kind.UNKNOWN,
            sent_at=self.received,
            text=text[:_MOST_TEXT],
            event=event,
            tapped=self.task_id,
            opens=Opens.NOTHING if self.group or event else Opens.TALK,  # nothing personal goes along in a group
            group=self.group,
            facts=self._facts,
        )

    @property
    def _happening(self) -> str:
        """What it was where there are no words."""
        if self.event:
            return self.event
        if self.said_kind in _MEDIA:
            return MEDIA
        return CALLED if self.said_kind in _WORDS else ""

    @property
    def _words(self) -> str:
        return joined(self._stripped(_said(self.body)), self._quoted) if self.said_kind in _WORDS else ""

    @property
    def _quoted(self) -> str:
        return self._stripped(_said(_part(self.body, "quote")))[:_MOST_QUOTED]

    @property
    def _facts(self) -> Mapping[str, str]:
        event = _part(_part(self.body, "event"), FEEDBACK_EVENT)
        found = {
            "quoted": self._quoted,
            "pictures": str(_pictures(self.body) or ""),
            "feedback": _text(event, "id")[:_MOST_KEY],
            "liked": str(event.get("type", ""))[:_MOST_KEY],
            "remark": _text(event, "content")[:_MOST_QUOTED],
            "reasons": ",".join(str(one) for one in _list(event, "inaccurate_reason_list")[:9])[:_MOST_KEY],
        }
        return {name: value for name, value in found.items() if value}

    def _stripped(self, text: str) -> str:
        """Without whom it is said to: in a group everything begins with the assistant's name, or has it somewhere."""
        if not self.group:
            return text.strip()
        if self.name:
            text = text.replace(f"@{self.name}", " ")
        return _MENTION.sub(" ", text).strip()


def stream_id(sender: str, key: str) -> str:
    """The stream for the message of that key."""
    return sha256(f"{sender}\n{key}".encode()).hexdigest()[:32]


def to_incoming(body: object, *, received: datetime, bot: str = "", name: str = "") -> Incoming:
    """Raises Rejected: 400 for what is malformed, 403 for what is said to another bot than `bot`."""
    if not isinstance(body, dict):
        raise Rejected(400, "no JSON object")
    sender = _text(_part(body, "from"), "userid")
    msg_id, said_kind = _text(body, "msgid"), _text(body, "msgtype").lower()
    if not 0 < len(sender) <= _MOST_NAME or not 0 < len(msg_id) <= _MOST_ID or not said_kind:
        raise Rejected(400, "no sender, no msgid or no message type")
    group = _text(body, "chatid") if _text(body, "chattype") == "group" else ""
    if (_text(body, "chattype") == "group" and not group) or len(group) > _MOST_GROUP:
        raise Rejected(400, "a group without a name")
    if not (sender + msg_id + group).isprintable():
        raise Rejected(400, "a name that is none")
    event = _text(_part(body, "event"), "eventtype").lower()[:_MOST_NAME] if said_kind == "event" else ""
    if said_kind == "event" and not event:
        raise Rejected(400, "an event without a name")
    if bot and _text(body, "aibotid") != bot:
        raise Rejected(403, "for another bot")
    return Incoming(_text(body, "aibotid"), sender, group, msg_id, said_kind, event, body, received, name)


def _said(body: Mapping[str, Any]) -> str:
    """The words of a message or of what it quotes: typed, heard, or standing between pictures."""
    kind = _text(body, "msgtype").lower()
    if kind == "mixed":
        items = [item for item in _list(_part(body, "mixed"), "msg_item") if isinstance(item, dict)]
        return "\n".join(filter(None, (_text(_part(item, "text"), "content") for item in items)))
    return _text(_part(body, kind), "content") if kind in ("text", "voice") else ""


def _pictures(body: Mapping[str, Any]) -> int:
    items = [item for item in _list(_part(body, "mixed"), "msg_item") if isinstance(item, dict)]
    return sum(_text(item, "msgtype") == "image" for item in items)


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def _list(body: Mapping[str, Any], name: str) -> list[Any]:
    value = body.get(name) if isinstance(body, dict) else None
    return value if isinstance(value, list) else []


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value.encode(errors="replace").decode() if isinstance(value, str) else ""
