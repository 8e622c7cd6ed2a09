"""Whether a template card keeps to what the platform takes. Source: docs/wecom.md, "Limits"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.simulator.jsons import Body, JsonValue
from bot.simulator.wecom.errors import Refusal

BAD = 40058
ROWS, BUTTONS, KEY_BYTES = 6, 6, 1024
LENGTHS = {"title": 36, "desc": 44, "sub_title_text": 160, "keyname": 5, "value": 30, "text": 10}  # characters
_TASK_ID = re.compile(r"[A-Za-z0-9_@-]{1,128}")


def checked(card: Body) -> Mapping[str, JsonValue]:
    """The card. Raises Refusal 40058 with what is wrong; what is merely advised counts here as well."""
    if card.text_or("card_type") != "button_interaction":
        raise Refusal(BAD, "card_type")
    if not _TASK_ID.fullmatch(card.text_or("task_id")):
        raise Refusal(BAD, "task_id")
    main = card.table("main_title", BAD)
    _within(main.text("title", BAD), "title")
    _within(main.text_or("desc"), "desc")
    _within(card.text_or("sub_title_text"), "sub_title_text")
    _rows(card)
    _buttons(card)
    return card.values


def _rows(card: Body) -> None:
    rows = card.rows("horizontal_content_list", BAD) if "horizontal_content_list" in card.values else []
    if len(rows) > ROWS:
        raise Refusal(BAD, "horizontal_content_list")
    for row in rows:
        _within(row.text("keyname", BAD), "keyname")
        _within(row.text_or("value"), "value")


def _buttons(card: Body) -> None:
    buttons = card.rows("button_list", BAD)
    if not 1 <= len(buttons) <= BUTTONS:
        raise Refusal(BAD, "button_list")
    for button in buttons:
        _within(button.text("text", BAD), "text")
        if not 1 <= button.number_or("style", 1) <= 4 or len(button.text("key", BAD).encode()) > KEY_BYTES:
            raise Refusal(BAD, "button")


def _within(text: str, name: str) -> None:
    if len(text) > LENGTHS[name]:
        raise Refusal(BAD, f"{name} too long")
