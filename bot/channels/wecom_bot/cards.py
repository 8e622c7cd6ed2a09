"""A question whose answers can be tapped, where the platform's limits allow it. Source: docs/wecom-bot.md, "Limits"."""

from collections.abc import Sequence
from typing import Any

from bot.channels.wecom_bot.taps import SHOWN
from bot.wording import assistant as say

Card = dict[str, Any]
TITLE, SUBTITLE = 26, 112  # characters
BUTTONS, LABEL = 6, 10
OPTIONS, OPTION = 20, 11
KEY = "choice"


def choices(text: str, labels: Sequence[str], task_id: str) -> Card | None:
    """The question with its answers to tap; None where words or answers do not fit, or hold a link to follow."""
    first, _, rest = text.partition("\n")
    title, subtitle = (first, rest) if len(first) <= TITLE else (say.CHOOSE, text)
    if not labels or len(subtitle) > SUBTITLE or "://" in text:
        return None
    card: Card = {"main_title": {"title": title}, "task_id": task_id}
    if subtitle:
        card["sub_title_text"] = subtitle
    longest = max(map(len, labels))
    if len(labels) <= BUTTONS and longest <= LABEL:
        buttons = [{"text": one, "style": 2, "key": one} for one in labels]
        return {"card_type": "button_interaction", **card, "button_list": buttons}
    if len(labels) <= OPTIONS and longest <= OPTION:
        listed = {"question_key": KEY, "mode": 0, "option_list": [{"id": one, "text": one} for one in labels]}
        button = {"text": say.SUBMIT, "key": KEY}
        return {"card_type": "vote_interaction", **card, "checkbox": listed, "submit_button": button}
    return None


def chosen(label: str, task_id: str) -> Card:
    """What a card says once somebody has tapped it: what they chose, and nothing else to tap with effect."""
    return {
        "card_type": "button_interaction",
        "main_title": {"title": _cut(say.chosen(label), TITLE)},
        "button_list": [{"text": _cut(label, LABEL) or say.CUT, "style": 1, "key": SHOWN}],
        "task_id": task_id,
    }


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + say.CUT
