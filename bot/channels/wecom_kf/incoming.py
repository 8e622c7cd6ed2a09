"""What the platform hands out when it is asked: residents' messages as our own, and what else happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from bot.channels.wecom_kf import NAME
from bot.messages import Kind, Message, Opens, Spot

ENTERS = "enter_session"
FILE = "wecom_kf:"  # before the id of a picture that customer service keeps
_KINDS = {
    "text": Kind.TEXT,
    "image": Kind.PICTURE,
    "voice": Kind.VOICE,
    "video": Kind.VIDEO,
    "location": Kind.LOCATION,
    "link": Kind.LINK,
    "miniprogram": Kind.CARD,
    "channels_shop_product": Kind.CARD,
    "channels_shop_order": Kind.CARD,
}
_MOST_TEXT, _MOST_KEY = 20_000, 128


class Origin(IntEnum):
    """Who said it, by the platform's numbers."""

    RESIDENT = 3
    SYSTEM = 4
    SERVICER = 5


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that is nobody's turn to speak, with the platform's own fields."""

    kind: str
    sender: str
    open_kfid: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        found = self.facts.get(name)
        return found if isinstance(found, str) else ""

    def number(self, name: str) -> int:
        found = self.facts.get(name)
        return found if isinstance(found, int) else 0


def heard(item: Mapping[str, Any]) -> Message | Happened | None:
    """One of a page: a message for the desk, an event, or None for what is neither (a colleague's own words)."""
    msgid, at = item.get("msgid"), item.get("send_time")
    if not isinstance(msgid, str) or not msgid or not isinstance(at, int) or not 0 <= at < 10**11:
        return None
    sent_at, said_kind = datetime.fromtimestamp(at, UTC), _text(item, "msgtype")
    if said_kind == "event":
        return _event(item, msgid, sent_at)
    sender = _text(item, "external_userid")
    if item.get("origin") != Origin.RESIDENT or not sender or len(sender) > 64:
        return None
    kind = _KINDS.get(said_kind, Kind.UNKNOWN)
    part = _part(item, said_kind)
    return Message(
        channel=NAME,
        sender=sender,
        key=msgid[:200],
        kind=kind,
        sent_at=sent_at,
        text=_words(kind, part),
        tapped=_text(part, "menu_id")[:_MOST_KEY] if kind is Kind.TEXT else "",
        spot=_spot(part) if kind is Kind.LOCATION else None,
        opens=Opens.TALK,
        facts=_facts(item, part),
    )


def _event(item: Mapping[str, Any], msgid: str, at: datetime) -> Message | Happened | None:
    """Somebody who opens the chat has their turn; everything else only happened."""
    event = _part(item, "event")
    kind, sender = _text(event, "event_type"), _text(event, "external_userid")
    open_kfid = _text(event, "open_kfid") or _text(item, "open_kfid")
    if not kind:
        return None
    if kind != ENTERS or not sender or len(sender) > 64:
        return Happened(kind, sender, open_kfid, at, event)
    facts = {"open_kfid": open_kfid, "scene": _text(event, "scene"), "welcome_code": _text(event, "welcome_code")}
    return Message(
        channel=NAME,
        sender=sender,
        key=msgid[:200],
        kind=Kind.EVENT,
        sent_at=at,
        event=ENTERS,
        event_key=_text(event, "scene_param")[:_MOST_KEY],
        facts={name: value[:1000] for name, value in facts.items() if value},
    )


def _words(kind: Kind, part: Mapping[str, Any]) -> str:
    """What was typed; for a location its name, for a link its title."""
    name = {Kind.TEXT: "content", Kind.LOCATION: "name", Kind.LINK: "title"}.get(kind)
    return _text(part, name)[:_MOST_TEXT] if name else ""


def _facts(item: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, str]:
    facts = {"open_kfid": _text(item, "open_kfid")[:64]}
    if _text(part, "media_id"):
        facts["MediaId"] = f"{FILE}{_text(part, 'media_id')}"[:1000]
    return facts


def _spot(part: Mapping[str, Any]) -> Spot | None:
    """The shared point; None for one outside the earth."""
    lat, lon = part.get("latitude"), part.get("longitude")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return Spot(float(lat), float(lon), (_text(part, "name") or _text(part, "address"))[:200])


def _part(item: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = item.get(name)
    return found if isinstance(found, dict) else {}


def _text(item: Mapping[str, Any], name: str) -> str:
    found = item.get(name)
    return found if isinstance(found, str) else ""
