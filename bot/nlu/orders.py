"""What a member of staff orders: a word at the beginning, perhaps a ticket's number, and what is to be said."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.nlu import codes


class Verb(StrEnum):
    """What can be ordered with a word; without one the rest is said to the resident."""

    TAKE = "take"
    PASS_ON = "pass_on"  # noqa: S105 - a name, no secret
    SOLVE = "solve"
    HAND_BACK = "back"
    LIST = "list"
    WHO = "who"
    HELP = "help"
    CANCEL = "cancel"
    SAY = "say"


@dataclass(frozen=True, slots=True)
class Order:
    """A verb, the ticket it names, and the words that are left."""

    verb: Verb
    number: str | None = None
    words: str = ""


_WORDS = {
    "接单": Verb.TAKE,
    "我接": Verb.TAKE,
    "转派": Verb.PASS_ON,
    "改派": Verb.PASS_ON,
    "办结": Verb.SOLVE,
    "办好了": Verb.SOLVE,
    "退回": Verb.HAND_BACK,
    "退单": Verb.HAND_BACK,
}
_ALONE = {
    "我的工单": Verb.LIST,
    "工单": Verb.LIST,
    "待办": Verb.LIST,
    "我是谁": Verb.WHO,
    "帮助": Verb.HELP,
    "怎么用": Verb.HELP,
    "？": Verb.HELP,
    "?": Verb.HELP,
    "取消": Verb.CANCEL,
    "算了": Verb.CANCEL,
    **_WORDS,
}
_MARKS = " \t\n　,，.。:：;；、!！"
_COURTESY = frozenset({"好", "好的", "好嘞", "收到", "嗯", "嗯嗯", "谢谢", "ok", "1", "行", "可以", "知道了", "要得"})


def read(text: str) -> Order:
    """What is ordered.

    >>> read("办结 T261122-0001 已经清运")
    Order(verb=<Verb.SOLVE: 'solve'>, number='T261122-0001', words='已经清运')
    """
    number = codes.ticket(text)
    if number is not None:
        start, end = number.span
        text = f"{text[:start]} {text[end:]}"
    text = text.strip(_MARKS)
    named = number.value if number else None
    if text in _ALONE:
        return Order(_ALONE[text], named)
    found = re.match(rf"({'|'.join(_WORDS)})[{re.escape(_MARKS)}]+(.+)", text, re.DOTALL)
    if found:
        return Order(_WORDS[found[1]], named, found[2].strip(_MARKS))
    return Order(Verb.SAY, named, text)


def is_courtesy(words: str) -> bool:
    """Whether it tells a resident nothing, so that it is rather meant for the sender of the card."""
    return words.strip(_MARKS).lower() in _COURTESY
