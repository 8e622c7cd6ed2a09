"""A ticket as a template card: facts in, WeCom's JSON out, within its limits. Source: docs/wecom.md, "Limits"."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels.wecom_app.incoming import CHOICES
from bot.wording import staff as say

Card = dict[str, Any]
TITLE, DESCRIPTION, SUBTITLE = 36, 44, 160  # characters
ROWS, ROW_NAME, ROW_VALUE = 6, 5, 30
BUTTONS, LABEL, KEY_BYTES = 6, 10, 1024
TASK_ID = 128
TAKE, PASS_ON, SOLVE, DONE = "take", "pass_on", "solve", "done"
TO_TAKE = ((say.TAKE, TAKE, 1), (say.PASS_ON, PASS_ON, 4), (say.SOLVE, SOLVE, 4))
AT_WORK = ((say.SOLVE, SOLVE, 1), (say.PASS_ON, PASS_ON, 4))
_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9_@-]")


def ticket(facts: Mapping[str, object], task_id: str, *, link: str = "") -> Card:
    """What comes to somebody, with what they can do about it; `link` leads to the whole of it in the console."""
    card = _card(task_id, say.headline(facts), say.about(facts), say.HOW_TO)
    card["horizontal_content_list"] = _rows(say.rows(facts))
    card["button_list"] = _buttons(AT_WORK if say.is_at_work(facts) else TO_TAKE)
    if link:
        card["card_action"] = {"type": 1, "url": link}
    return card


def changed(facts: Mapping[str, object], task_id: str) -> Card:
    """What a card says when its ticket has moved on: buttons where it is still theirs, else one that is grey."""
    mine = bool(facts.get("mine"))
    card = _card(task_id, say.stands(facts), say.about(facts), say.HOW_TO if mine else "")
    card["horizontal_content_list"] = _rows(say.rows(facts))
    if mine:
        card["button_list"] = _buttons(AT_WORK if say.is_at_work(facts) else TO_TAKE)
    else:
        card["button_list"] = [{"text": _cut(say.stands(facts), LABEL), "style": 1, "key": DONE}]
        card["replace_text"] = _cut(say.stands(facts), LABEL)
    return card


def choices(text: str, labels: Sequence[str], task_id: str) -> Card | None:
    """A question with its answers to tap; None where they do not fit on a card."""
    fits = len(labels) <= BUTTONS and all(0 < len(one) <= LABEL and len(one.encode()) <= KEY_BYTES for one in labels)
    if not labels or not fits or len(text) > SUBTITLE:
        return None
    first, _, rest = text.partition("\n")
    card = _card(f"{CHOICES}{task_id}", first, "", rest)
    card["button_list"] = [{"text": one, "style": 2, "key": one} for one in labels]
    return card


def task_id(*parts: object) -> str:
    """An id that the platform takes: letters, digits, `_-@`, at most 128 of them."""
    return _NOT_IN_AN_ID.sub("", "-".join(map(str, parts)))[: TASK_ID - len(CHOICES)]


def _card(task_id: str, title: str, description: str, subtitle: str) -> Card:
    card: Card = {
        "card_type": "button_interaction",
        "main_title": {"title": _cut(title, TITLE), "desc": _cut(description, DESCRIPTION)},
        "task_id": task_id,
    }
    if subtitle:
        card["sub_title_text"] = _cut(subtitle, SUBTITLE)
    return card


def _rows(rows: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"keyname": _cut(name, ROW_NAME), "value": _cut(said, ROW_VALUE)} for name, said in rows[:ROWS]]


def _buttons(buttons: Sequence[tuple[str, str, int]]) -> list[dict[str, object]]:
    return [{"text": text, "style": style, "key": key} for text, key, style in buttons]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
