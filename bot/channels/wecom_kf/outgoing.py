"""Words and choices as customer service takes them: a menu where it holds them, else text, never too long."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from bot.channels.pieces import pieces

MOST_TEXT = 2048  # bytes
MOST_HEAD = 1024
MOST_ITEMS = 10
MOST_LABEL = 128

Body = dict[str, Any]


def bodies(text: str, choices: Mapping[str, str]) -> list[Body]:
    """One message or, where the words do not fit in one, several; what can be chosen stands in the last."""
    labels = list(choices)
    if not _fits_menu(labels):
        below = "".join(f"\n{number}. {label}" for number, label in enumerate(labels, 1))
        return [_text(part) for part in pieces(text + below, MOST_TEXT)]
    if not labels:
        return [_text(part) for part in pieces(text, MOST_TEXT)]
    *before, last = pieces(text, MOST_TEXT) or [""]
    *more, head = pieces(last, MOST_HEAD) or [""]  # above a menu there is less room
    return [*map(_text, before + more), _menu(head, labels)]


def msgid(notice: UUID, part: int) -> str:
    """A notice's own name for one of its messages: at most 32 of letters, digits, `_-`."""
    return f"{urlsafe_b64encode(notice.bytes).decode().rstrip('=')}-{part}"


def notice_of(name: str) -> UUID | None:
    """The notice that such a name is of."""
    try:
        return UUID(bytes=urlsafe_b64decode(f"{name[:22]}=="))
    except ValueError:
        return None


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
