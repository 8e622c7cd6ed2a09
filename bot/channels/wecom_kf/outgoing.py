"""Words and choices as customer service takes them: a menu where it holds them, else text, never too long."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

MOST_TEXT = 2048  # bytes
MOST_HEAD = 1024
MOST_ITEMS = 10
MOST_LABEL = 128
_BREAKS = "\n。！？；"

Body = dict[str, Any]


def bodies(text: str, choices: Mapping[str, str]) -> list[Body]:
    """One message or, where the words do not fit in one, several; what can be chosen stands in the last."""
    labels = list(choices)
    if not _fits_menu(labels):
        below = "".join(f"\n{number}. {label}" for number, label in enumerate(labels, 1))
        return [_text(part) for part in parts(text + below, MOST_TEXT)]
    if not labels:
        return [_text(part) for part in parts(text, MOST_TEXT)]
    *before, head = parts(text, MOST_HEAD) if len(text.encode()) <= MOST_HEAD else _long(text)
    return [*map(_text, before), _menu(head, labels)]


def parts(text: str, most: int) -> list[str]:
    """The text in pieces of at most so many bytes of UTF-8, broken at a line or a sentence where there is one."""
    found, rest = [], text
    while len(rest.encode()) > most:
        piece = rest.encode()[:most].decode(errors="ignore")
        at = max(piece.rfind(mark) for mark in _BREAKS) + 1
        piece = piece[:at] if at > len(piece) // 2 else piece
        found.append(piece.rstrip("\n"))
        rest = rest[len(piece) :].lstrip("\n")
    return [*found, rest]


def msgid(notice: UUID, part: int) -> str:
    """A notice's own name for one of its messages: at most 32 of letters, digits, `_-`."""
    return f"{urlsafe_b64encode(notice.bytes).decode().rstrip('=')}-{part}"


def notice_of(name: str) -> UUID | None:
    """The notice that such a name is of."""
    try:
        return UUID(bytes=urlsafe_b64decode(f"{name[:22]}=="))
    except ValueError:
        return None


def _long(text: str) -> list[str]:
    """Words that are too long above a menu: as much as fits in texts, the last piece above it."""
    found = parts(text, MOST_TEXT)
    last = parts(found[-1], MOST_HEAD)
    return [*found[:-1], *last]


def _fits_menu(labels: Sequence[str]) -> bool:
    return len(labels) <= MOST_ITEMS and all(0 < len(label.encode()) <= MOST_LABEL for label in labels)


def _text(content: str) -> Body:
    return {"msgtype": "text", "text": {"content": content}}


def _menu(head: str, labels: Sequence[str]) -> Body:
    return {"msgtype": "msgmenu", "msgmenu": {"head_content": head, "list": list(_items(labels))}}


def _items(labels: Sequence[str]) -> Iterator[Body]:
    """A tap sends the label as if it had been typed, and its place in the list."""
    for number, label in enumerate(labels, 1):
        yield {"type": "click", "click": {"id": str(number), "content": label}}
