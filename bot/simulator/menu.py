"""The account's menu at the bottom of the chat, and the platform's rules for one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.simulator.errors import PlatformError
from bot.simulator.jsons import Body, Json, JsonValue

PICTURE_TYPES = frozenset({"pic_sysphoto", "pic_photo_or_album", "pic_weixin"})
SCAN_TYPES = frozenset({"scancode_push", "scancode_waitmsg"})
KEY_TYPES = frozenset({"click", "location_select"}) | PICTURE_TYPES | SCAN_TYPES
OWN_TYPES = frozenset({"media_id", "article_id", "article_view_limited"})
KEY_BYTES = 128
URL_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Level:
    """The bounds of one level of the menu and its error codes."""

    most: int
    name_bytes: int
    count: int
    kind: int
    name: int
    key: int
    url: int
    domain: int


TOP = Level(most=3, name_bytes=16, count=40016, kind=40017, name=40018, key=40019, url=40020, domain=40055)
SUB = Level(most=5, name_bytes=60, count=40023, kind=40024, name=40025, key=40026, url=40027, domain=40054)


@dataclass(frozen=True, slots=True)
class Button:
    """A button one can press."""

    name: str
    kind: str
    key: str
    url: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A published menu. `buttons` as they were sent, `pressable` those without a level below."""

    id: int
    buttons: tuple[Mapping[str, JsonValue], ...]
    pressable: tuple[Button, ...]

    def button(self, key_or_name: str) -> Button | None:
        return next((one for one in self.pressable if key_or_name in (one.key, one.name)), None)

    def as_json(self) -> Json:
        return {"menu_id": self.id, "buttons": list(self.buttons)}


_ids = itertools.count(405_000_001)


def published(body: Body) -> Menu:
    """The menu in a menu/create call. Raises PlatformError with the code of the first rule broken."""
    rows = body.rows("button", 40016)
    _count(rows, TOP)
    pressable: list[Button] = []
    for row in rows:
        _name(row, TOP)
        if row.values.get("sub_button"):
            pressable += _below(row)
        else:
            pressable.append(_button(row, TOP))
    return Menu(next(_ids), tuple(row.values for row in rows), tuple(pressable))


def _below(row: Body) -> list[Button]:
    subs = row.rows("sub_button", 40023)
    _count(subs, SUB)
    for sub in subs:
        if sub.values.get("sub_button"):
            raise PlatformError(40022)
        _name(sub, SUB)
    return [_button(sub, SUB) for sub in subs]


def _count(rows: list[Body], level: Level) -> None:
    if not 1 <= len(rows) <= level.most:
        raise PlatformError(level.count)


def _name(row: Body, level: Level) -> None:
    if len(row.text("name", level.name).encode()) > level.name_bytes:
        raise PlatformError(level.name)


def _button(row: Body, level: Level) -> Button:
    kind = row.text("type", level.kind)
    key, url = row.text_or("key"), row.text_or("url")
    if kind in KEY_TYPES:
        _size(key, KEY_BYTES, level.key)
    elif kind == "view":
        _address(url, level)
    elif kind == "miniprogram":
        _address(url, level)
        row.text("appid", 40013)
        _size(row.text_or("pagepath"), URL_BYTES, level.url)
        key = row.text_or("pagepath")
    elif kind in OWN_TYPES:
        row.text("media_id" if kind == "media_id" else "article_id", 40007)
    else:
        raise PlatformError(level.kind)
    return Button(row.text_or("name"), kind, key, url)


def _size(text: str, most: int, code: int) -> None:
    if not 1 <= len(text.encode()) <= most:
        raise PlatformError(code)


def _address(url: str, level: Level) -> None:
    _size(url, URL_BYTES, level.url)
    split = urlsplit(url)
    if split.scheme not in ("http", "https") or not split.hostname:
        raise PlatformError(level.domain)
