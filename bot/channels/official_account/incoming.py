"""Every message kind and event of the account as our own values. Source: docs/wechat.md §1."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.channels import Rejected
from bot.channels.xml import part_of, text_of
from bot.messages import Kind, Message, Opens, Spot

_KINDS = {
    "text": Kind.TEXT,
    "image": Kind.PICTURE,
    "voice": Kind.VOICE,
    "video": Kind.VIDEO,
    "shortvideo": Kind.VIDEO,
    "location": Kind.LOCATION,
    "link": Kind.LINK,
    "miniprogrampage": Kind.CARD,
    "event": Kind.EVENT,
}
_TAPS = {"subscribe", "scan", "click", "scancode_push", "scancode_waitmsg"}
_FROM_THE_PLATFORM = {"user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"}
_FACTS = frozenset(
    {
        "PicUrl",
        "MediaId",
        "MediaId16K",
        "Format",
        "ThumbMediaId",
        "Title",
        "Description",
        "Url",
        "AppId",
        "PagePath",
        "Ticket",
        "Status",
        "MsgID",
        "MenuId",
        "Latitude",
        "Longitude",
        "Precision",
        "OpenID",
        "UnionID",
        "RevokeInfo",
        "ExpiredTime",
        "FailTime",
        "FailReason",
        "KfAccount",
        "FromKfAccount",
        "ToKfAccount",
        "TotalCount",
        "FilterCount",
        "SentCount",
        "ErrorCount",
    }
)
# The platform's names for the rows of a subscription event; old samples use the first for all three.
_SUBSCRIPTIONS = ("SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent")
_SUBSCRIPTION_FACTS = ("TemplateId", "SubscribeStatusString", "MsgID", "ErrorCode", "ErrorStatus")
_MOST_SUBSCRIPTIONS = 20
_KEY_LENGTH = 120
_MOST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Incoming:
    """The envelope of a push with everything below it, checked."""

    account: str
    sender: str
    created: int
    kind: Kind
    event: str
    elements: Mapping[str, Any]

    def message(self, channel: str) -> Message:
        """The message for the desk."""
        key = self.event_key
        return Message(
            channel=channel,
            sender=self.person,
            key=self.delivery_key,
            kind=self.kind,
            sent_at=datetime.fromtimestamp(self.created, UTC),
            text=self.text,
            event=self.event,
            event_key=key,
            tapped=_one(self.elements, "bizmsgmenuid"),
            spot=self.spot,
            opens=self.opens,
            facts=dict(self.facts()),
        )

    @property
    def person(self) -> str:
        """Whom the message is about: the sender, but for news of an authorisation, which the platform sends itself."""
        about = _one(self.elements, "OpenID")[:64] if self.event in _FROM_THE_PLATFORM else ""
        return about or self.sender

    @property
    def text(self) -> str:
        """What was typed; for a location its label, for a link its title."""
        name = {Kind.TEXT: "Content", Kind.LOCATION: "Label", Kind.LINK: "Title"}.get(self.kind)
        return _one(self.elements, name)[:_MOST_TEXT] if name else ""

    @property
    def event_key(self) -> str:
        """Menu key or scene; a scene that came with a subscription has lost its prefix."""
        return _one(self.elements, "EventKey").removeprefix("qrscene_")[:_KEY_LENGTH]

    @property
    def delivery_key(self) -> str:
        """The same for each delivery of a message, different for any two messages of one sender. §2."""
        if self.kind is not Kind.EVENT:
            return f"m{_one(self.elements, 'MsgId')[:32]}-{self.created}"
        key = _one(self.elements, "EventKey") or _one(self.elements, "MsgID") or self.subscriptions
        if len(key) > _KEY_LENGTH:
            key = hashlib.sha256(key.encode()).hexdigest()
        return f"e{self.created}-{self.event}-{key}"[:200]

    @property
    def opens(self) -> Opens:
        """What the platform lets us send after this. §4."""
        if self.kind is Kind.EVENT:
            return Opens.TAP if self.event in _TAPS else Opens.NOTHING
        return Opens.TAP if self.elements.get("bizmsgmenuid") else Opens.TALK

    @property
    def spot(self) -> Spot | None:
        """The shared point of a location message."""
        if self.kind is not Kind.LOCATION:
            return None
        lat, lon = _number(self.elements, "Location_X"), _number(self.elements, "Location_Y")
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise Rejected(400, "a location outside the earth")
        return Spot(lat, lon, _one(self.elements, "Label")[:200])

    @property
    def subscriptions(self) -> str:
        """The rows of a subscription event as JSON, "" for others; one row comes as an object, several as a list."""
        parts = (part_of(dict(self.elements), name).get("List") for name in _SUBSCRIPTIONS)
        rows = next((part for part in parts if part), None)
        listed = [row for row in (rows if isinstance(rows, list) else [rows]) if isinstance(row, dict)]
        said = [
            {name: row[name][:100] for name in _SUBSCRIPTION_FACTS if isinstance(row.get(name), str)}
            for row in listed[:_MOST_SUBSCRIPTIONS]
        ]
        return json.dumps(said) if said else ""

    def facts(self) -> Iterator[tuple[str, str]]:
        """What else the platform told, by the platform's names."""
        for name, value in self.elements.items():
            if name in _FACTS and isinstance(value, str) and value:
                yield name, value[:1000]
        scan = part_of(dict(self.elements), "ScanCodeInfo").get("ScanResult")
        if isinstance(scan, str):
            yield "ScanResult", scan[:1000]
        if self.subscriptions:
            yield "Subscriptions", self.subscriptions


def to_incoming(elements: dict[str, Any]) -> Incoming:
    """Raises Rejected(400) unless sender, time and kind are there, once and well-formed."""
    sender = text_of(elements, "FromUserName")
    created = text_of(elements, "CreateTime")
    said_kind = text_of(elements, "MsgType").lower()
    if not sender or len(sender) > 64 or not said_kind:
        raise Rejected(400, "no sender or no message type")
    if not created.isascii() or not created.isdigit() or len(created) > 11:
        raise Rejected(400, "CreateTime is no number of seconds")
    kind = _KINDS.get(said_kind, Kind.UNKNOWN)
    event = text_of(elements, "Event").lower() if kind is Kind.EVENT else ""
    incoming = Incoming(text_of(elements, "ToUserName"), sender, int(created), kind, event[:64], elements)
    if kind is Kind.EVENT and not event:
        raise Rejected(400, "an event without a name")
    if kind is not Kind.EVENT and not text_of(elements, "MsgId").isdigit():
        raise Rejected(400, "MsgId is no number")
    return incoming


def _one(elements: Mapping[str, Any], name: str) -> str:
    return text_of(dict(elements) if not isinstance(elements, dict) else elements, name)


def _number(elements: Mapping[str, Any], name: str) -> float:
    try:
        return float(_one(elements, name))
    except ValueError as error:
        raise Rejected(400, f"{name} is no number") from error
