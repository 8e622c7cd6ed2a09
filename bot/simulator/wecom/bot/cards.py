"""Whether a card of the assistant keeps to what the platform takes. Source: docs/wecom-bot.md, "Limits"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.simulator.jsons import Body, JsonValue
from bot.simulator.wecom.errors import Refusal

BAD = 40058
BUTTONS, OPTIONS, KEY_BYTES, ID_BYTES = 6, 20, 1024, 128
LENGTHS = {"title": 26, "desc": 30, "sub_title_text": 112, "button": 10, "option": 11}  # characters
_TASK_ID = re.compile(r"[A-Za-z0-9_@-]{1,128}")


def checked(card: Body) -> Mapping[str, JsonValue]:
    """The card. Raises Refusal 40058 with what is wrong; what is merely advised counts here as well."""
    if not _TASK_ID.fullmatch(card.text_or("task_id")):
        raise Refusal(BAD, "task_id")
    main = card.table("main_title", BAD)
    _within(main.text("title", BAD), "title")
    _within(main.text_or("desc"), "desc")
    _within(card.text_or("sub_title_text"), "sub_title_text")
    match card.text_or("card_type"):
        case "button_interaction":
            _listed(card.rows("button_list", BAD), BUTTONS, "button", "key", KEY_BYTES)
        case "vote_interaction":
            _listed(card.table("checkbox", BAD).rows("option_list", BAD), OPTIONS, "option", "id", ID_BYTES)
            _within(card.table("submit_button", BAD).text("text", BAD), "button")
        case _:
            raise Refusal(BAD, "card_type")
    return card.values


def _listed(rows: list[Body], most: int, name: str, key: str, most_bytes: int) -> None:
    keys = [row.text(key, BAD) for row in rows]
    if not 1 <= len(rows) <= most or len(set(keys)) != len(keys):
        raise Refusal(BAD, f"{name} list")
    for row in rows:
        _within(row.text("text", BAD), name)
        if len(row.text(key, BAD).encode()) > most_bytes:
            raise Refusal(BAD, key)


def _within(text: str, name: str) -> None:
    if len(text) > LENGTHS[name]:
        raise Refusal(BAD, f"{name} too long")
