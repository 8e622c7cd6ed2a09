"""The little mark-up of a chat text: web links, mini-program links, and links that make the phone send a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

_ANCHOR = re.compile(r"""<a((?:\s+[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'))+)\s*>(.*?)</a>""", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SENDS = "weixin://bizmsgmenu?"


class PartKind(StrEnum):
    """How the phone draws a part of a text, and what a tap on it does."""

    TEXT = "text"
    LINK = "link"
    SEND = "send"
    PROGRAM = "miniprogram"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text; `url` for a link, `content` and `id` for what a tap sends, `app_id` and `path` for a program."""

    kind: PartKind
    text: str
    url: str = ""
    content: str = ""
    id: str = ""
    app_id: str = ""
    path: str = ""


def parts_of(text: str) -> tuple[Part, ...]:
    """The text split at its links, in order; any other mark-up stays as it was typed, as on a phone."""
    parts: list[Part] = []
    end = 0
    for found in _ANCHOR.finditer(text):
        if found.start() > end:
            parts.append(Part(PartKind.TEXT, text[end : found.start()]))
        attributes = {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(found[1])}
        parts.append(_linked(found[2], attributes))
        end = found.end()
    if end < len(text):
        parts.append(Part(PartKind.TEXT, text[end:]))
    return tuple(parts)


def plain(parts: tuple[Part, ...]) -> str:
    return "".join(part.text for part in parts)


def _linked(text: str, attributes: dict[str, str]) -> Part:
    href = attributes.get("href", "").replace("&amp;", "&")
    if href.startswith(_SENDS):
        query = _query(href.removeprefix(_SENDS))
        return Part(PartKind.SEND, text, content=query.get("msgmenucontent", ""), id=query.get("msgmenuid", ""))
    if app_id := attributes.get("data-miniprogram-appid"):
        path = attributes.get("data-miniprogram-path", "")
        return Part(PartKind.PROGRAM, text, url=href, app_id=app_id, path=path)
    return Part(PartKind.LINK, text, url=href)


def _query(text: str) -> dict[str, str]:
    """Percent-decoded, but a plus stays a plus: what is sent is a sentence, not a form."""
    pairs = (pair.partition("=") for pair in text.split("&"))
    return {name: unquote(value) for name, _, value in pairs}
