"""Sends the answers that nobody asks for any more: each as a message of its own, once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import structlog

from bot.channels.answer import NOT_KNOWN, NOT_REACHED, Answer, Reaction
from bot.channels.wecom_bot.outgoing import Body, markdown, shown
from bot.delivery.assistant.counter import Counter
from bot.delivery.rounds import Rounds
from bot.messages import Reply
from bot.privacy import masked
from bot.rules import assistant
from bot.rules.assistant import Late
from bot.store.assistant import Stand
from bot.wording import assistant as say

log = structlog.get_logger()
AGAIN = {
    Reaction.RETRY: timedelta(seconds=10),
    Reaction.MINUTE: timedelta(minutes=1),
    Reaction.ALERT: timedelta(minutes=5),
}


class Way(Protocol):
    """How such a message travels; while it is not `ready` everything waits."""

    @property
    def ready(self) -> bool: ...
    async def send(self, late: Late, body: Body) -> Answer: ...


class Afterwards(Rounds):
    """A worker beside the requests."""

    def __init__(self, way: Way, counter: Counter, sent: Callable[[str], None] = lambda _state: None) -> None:
        super().__init__("assistant afterwards")
        self._way = way
        self._counter = counter
        self._do = counter.do
        self._sent = sent

    async def run(self) -> None:
        await self._go_on(self.send_due)

    async def send_due(self) -> int:
        """One answer; returns how many were taken up."""
        if not self._way.ready:
            return 0
        late = await self._do(assistant.due)
        if late is None:
            return 0
        rest = await self._counter.rest(late.id, None, late.reply)
        await self._settle(late, await self._way.send(late, worded(late, rest)))
        return 1

    async def _settle(self, late: Late, answer: Answer) -> None:
        stand, again = _fate(answer, once=bool(late.response_url))
        reason = "" if answer.ok else f"{answer.errcode.code} {answer.errcode.meaning}"
        self._sent(stand.value)
        await self._do(lambda office: assistant.settle(office, late.id, stand, reason=reason, again=again))


def worded(late: Late, rest: str) -> Body:
    """The answer below what it answers, for in a group others have spoken meanwhile."""
    text = say.late(late.reply.text, masked(late.question))
    return markdown(shown(Reply(text, choices=late.reply.choices), in_group=bool(late.chat), rest=rest))


def _fate(answer: Answer, *, once: bool) -> tuple[Stand, timedelta | None]:
    """What became of it, and after how long it is tried again; an address that takes one message is tried once."""
    if answer.ok:
        return Stand.TOLD, None
    if answer.errcode.code == NOT_KNOWN:
        return Stand.UNSURE, None
    pause = AGAIN.get(answer.errcode.reaction)
    if pause is None or (once and answer.errcode.code != NOT_REACHED):
        return Stand.FAILED, None
    return Stand.OPEN, pause
