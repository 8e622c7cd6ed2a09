"""A reply as the group assistant's chat shows it: JSON within the platform's limits. Source: docs/wecom-bot.md."""

import re
from collections.abc import Mapping
from typing import Any

from bot.channels.official_account.outgoing import cut
from bot.channels.wecom_bot import cards
from bot.channels.wecom_bot.incoming import ENTER_EVENT, Incoming
from bot.channels.wecom_bot.taps import task_id
from bot.messages import Reply
from bot.wording import assistant as say

Body = dict[str, Any]
MOST_BYTES = 20_480
_TAG = re.compile(r"<(?=[A-Za-z/@!])")  # a mention, a colour, a thought: what residents write is none of that


def answer(reply: Reply, incoming: Incoming, *, rest: str = "") -> Body | None:
    """What is said at once: a welcome, a card to tap, else a finished stream; None for silence.

    `rest` is the address of the whole answer where it has to be cut.
    """
    if not reply.text:
        return None
    if incoming.event == ENTER_EVENT:
        return {"msgtype": "text", "text": {"content": shown(reply, rest=rest)}}
    card = cards.choices(reply.text, list(reply.choices), task_id(incoming.stream_id, incoming.sender_mark))
    if card is not None:
        return {"msgtype": "template_card", "template_card": {**card, "feedback": {"id": incoming.stream_id}}}
    return stream(incoming.stream_id, shown(reply, in_group=bool(incoming.group), rest=rest), finish=True, first=True)


def stream(stream_id: str, text: str, *, finish: bool, first: bool = False) -> Body:
    """One snapshot of a stream: always the whole text. Only the first one names what feedback will speak of."""
    body: Body = {"id": stream_id, "finish": finish, "content": text}
    if first:
        body["feedback"] = {"id": stream_id}
    return {"msgtype": "stream", "stream": body}


def markdown(text: str) -> Body:
    """A message of its own, by `response_url` or as a push."""
    return {"msgtype": "markdown", "markdown": {"content": cut(safe(text), MOST_BYTES)}}


def update(card: Mapping[str, Any]) -> Body:
    """The card that was tapped, changed for everybody who sees it."""
    return {"response_type": "update_template_card", "template_card": card}


def shown(reply: Reply, *, in_group: bool = False, rest: str = "") -> str:
    """Words and numbered choices within the platform's bytes: the words give way before a choice does."""
    below = _below(reply, in_group=in_group)
    room = MOST_BYTES - len(below.encode())
    text = safe(reply.text)
    if len(text.encode()) > room:
        more = say.more(rest)
        text = cut(text, room - len(more.encode())).removesuffix(say.CUT) + more
    return text + below


def is_cut(reply: Reply) -> bool:
    """Whether something of it has to be read elsewhere."""
    below = _below(reply, in_group=True)
    return len(safe(reply.text).encode()) + len(below.encode()) > MOST_BYTES


def _below(reply: Reply, *, in_group: bool) -> str:
    listed = "".join(f"\n{number}. {label}" for number, label in enumerate(reply.choices, 1))
    if listed and in_group:
        listed += f"\n{say.IN_GROUP}"
    return cut(safe(listed), MOST_BYTES // 2)


def safe(text: str) -> str:
    """The text with nothing in it that the platform would take for a tag."""
    return _TAG.sub("＜", text)
