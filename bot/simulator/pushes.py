"""What the platform pushes: every kind of message and event as the fields of its XML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.simulator.people import Person
from bot.simulator.wire import XmlFields, XmlValue

# A reply to these may show eight articles, to a message only one.
ARTICLES_AFTER_EVENT = 8
ARTICLES_AFTER_MESSAGE = 1

# What a phone shows nothing for, whatever the webhook answers.
_SILENT = frozenset(
    {
        "unsubscribe",
        "location",
        "view",
        "view_miniprogram",
        "templatesendjobfinish",
        "masssendjobfinish",
        "subscribe_msg_popup_event",
        "subscribe_msg_change_event",
        "subscribe_msg_sent_event",
        "kf_create_session",
        "kf_close_session",
        "kf_switch_session",
        "user_info_modified",
        "user_authorization_revoke",
        "user_authorization_cancellation",
        "qualification_verify_success",
        "qualification_verify_fail",
        "naming_verify_success",
        "naming_verify_fail",
        "annual_renew",
        "verify_expired",
    }
)


@dataclass(frozen=True, slots=True)
class Push:
    """Something to deliver. `event` is None for a message; `sender` stands in FromUserName instead of the person."""

    person: Person
    kind: str
    fields: XmlFields
    event: str | None = None
    msg_id: int | None = None
    sender: str | None = None

    @property
    def silent(self) -> bool:
        """Whether the phone shows neither a reply nor a failure."""
        return self.event is not None and self.event.lower() in _SILENT

    @property
    def articles(self) -> int:
        return ARTICLES_AFTER_MESSAGE if self.event is None else ARTICLES_AFTER_EVENT


def message(person: Person, kind: str, fields: XmlFields, msg_id: int) -> Push:
    return Push(person, kind, fields, msg_id=msg_id)


def event(person: Person, name: str, fields: XmlFields | None = None, sender: str | None = None) -> Push:
    return Push(person, "event", {"Event": name, **(fields or {})}, event=name, sender=sender)


def text(content: str, menu_id: str | None = None) -> XmlFields:
    """`menu_id`: the entry tapped, where the text came from a menu message or its link."""
    fields: dict[str, XmlValue] = {"Content": content}
    if menu_id:
        fields["bizmsgmenuid"] = menu_id
    return fields


def image(picture_url: str, media_id: str) -> XmlFields:
    return {"PicUrl": picture_url, "MediaId": media_id}


def voice(media_id: str, media_id_16k: str) -> XmlFields:
    """Without Recognition: the platform has withdrawn it."""
    return {"MediaId": media_id, "Format": "amr", "MediaId16K": media_id_16k}


def video(media_id: str, thumb_media_id: str) -> XmlFields:
    return {"MediaId": media_id, "ThumbMediaId": thumb_media_id}


def location(lat: float, lon: float, label: str, scale: int) -> XmlFields:
    return {"Location_X": round(lat, 6), "Location_Y": round(lon, 6), "Scale": scale, "Label": label}


def link(title: str, description: str, url: str) -> XmlFields:
    return {"Title": title, "Description": description, "Url": url}


def program(title: str, app_id: str, path: str, thumb_url: str, thumb_media_id: str) -> XmlFields:
    return {"Title": title, "AppId": app_id, "PagePath": path, "ThumbUrl": thumb_url, "ThumbMediaId": thumb_media_id}


def scanned(scan_type: str, result: str) -> XmlFields:
    return {"ScanCodeInfo": {"ScanType": scan_type, "ScanResult": result}}


def pictures(digests: list[str]) -> XmlFields:
    """The MD5 of each picture that will follow as a message."""
    items: list[XmlFields] = [{"PicMd5Sum": digest} for digest in digests]
    return {"SendPicsInfo": {"Count": len(digests), "PicList": {"item": items}}}


def place(lat: float, lon: float, label: str, name: str, scale: int) -> XmlFields:
    """All text here, unlike in a location message."""
    return {
        "SendLocationInfo": {
            "Location_X": f"{lat:.6f}",
            "Location_Y": f"{lon:.6f}",
            "Scale": str(scale),
            "Label": label,
            "Poiname": name,
        }
    }


def subscription(container: str, rows: list[Mapping[str, XmlValue]]) -> XmlFields:
    """`container` as SubscribeMsgPopupEvent; a row for each template."""
    return {container: {"List": rows}}
