"""What comes on the long connection, answered there: at once, within the stream's life, or afterwards."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.channels import Rejected
from bot.channels.answer import NOT_KNOWN
from bot.channels.wecom_bot import cards
from bot.channels.wecom_bot.frames import Cmd, Frame
from bot.channels.wecom_bot.incoming import CARD_EVENT, ENTER_EVENT, Incoming, to_incoming
from bot.channels.wecom_bot.outgoing import Body, answer, shown, stream, update
from bot.channels.wecom_bot.taps import SHOWN
from bot.delivery.assistant.counter import Asked, Counter
from bot.delivery.assistant.line import Line
from bot.messages import Reply
from bot.rules import assistant
from bot.rules.assistant import Way
from bot.store.assistant import Stand
from bot.wording import assistant as say

log = structlog.get_logger()
SOON = 2.0
AT_ONCE = 4.0  # of the five seconds in which a welcome must be there
STREAM_LIFE = 285.0  # the platform ends a stream after six minutes, perhaps earlier
MOST_HEARD = 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the line's people wait, in seconds."""

    soon: float = SOON
    life: float = STREAM_LIFE


@dataclass(slots=True)
class Talk:
    """Hears the line. Frames are answered at the same time, each message once."""

    line: Line
    counter: Counter
    now: Callable[[], datetime]
    bot_id: str
    name: str = ""
    limits: Limits = field(default_factory=Limits)
    feedback: Callable[[Incoming], None] = lambda _incoming: None
    _heard: "OrderedDict[str, None]" = field(default_factory=OrderedDict)
    _tasks: "set[asyncio.Task[None]]" = field(default_factory=set)

    def hear(self, frame: Frame) -> None:
        """Take up a message or an event."""
        try:
            incoming = to_incoming(dict(frame.body), received=self.now(), bot=self.bot_id, name=self.name)
        except Rejected as rejected:
            log.info("frame refused", status=rejected.status, reason=rejected.reason)
            return
        if self._again(incoming):
            return
        task = asyncio.create_task(self._answered(frame.req_id, incoming))
        self._tasks.add(task)
        task.add_done_callback(self._over)

    def _again(self, incoming: Incoming) -> bool:
        """Whether it was heard before: a repeated callback is answered where it was first."""
        known = incoming.stream_id in self._heard
        self._heard[incoming.stream_id] = None
        while len(self._heard) > MOST_HEARD:
            self._heard.popitem(last=False)
        return known

    async def _answered(self, req_id: str, incoming: Incoming) -> None:
        if incoming.event == CARD_EVENT:
            await self._tapped(req_id, incoming)
        elif incoming.event == ENTER_EVENT:
            await self._welcomed(req_id, incoming)
        elif incoming.event:
            self.feedback(incoming)
            await self.counter.within(self.counter.ask(incoming), self.limits.life)
        else:
            await self._talked(req_id, incoming)

    async def _talked(self, req_id: str, incoming: Incoming) -> None:
        asked = self.counter.ask(incoming)
        reply = await self.counter.within(asked, self.limits.soon)
        if reply is None:
            await self._later(req_id, incoming, asked)
            return
        body = answer(reply, incoming, rest=await self.counter.rest(asked.id, asked.message, reply))
        if body is not None:
            said = await self.line.respond(Cmd.RESPOND, req_id, body)
            if not said.ok and said.errcode.code != NOT_KNOWN:  # refused for sure: as a message of its own
                await self.counter.waits(asked, Way.NOW)
                self.counter.woken()

    async def _later(self, req_id: str, incoming: Incoming, asked: Asked) -> None:
        """Not ready: that is said, and the stream is finished within its life."""
        try:
            await self.counter.keep(asked, way=Way.POLL)
        except OSError as error:
            log.error("spool failed", error=error.strerror)  # then this process answers, or nobody
        first = stream(asked.id, say.STILL_AT_IT, finish=False, first=True)
        await self.line.respond(Cmd.RESPOND, req_id, first)
        reply = await self.counter.within(asked, self.limits.life)
        if asked.kept is not None and not (self.line.ready and await self.counter.claim(asked)):
            return  # the line is gone, or came back meanwhile: it is told as a message of its own
        text = say.LATER if reply is None else await self._shown(asked, reply)
        said = await self.line.respond(Cmd.RESPOND, req_id, stream(asked.id, text, finish=True))
        if reply is None or not (said.ok or said.errcode.code == NOT_KNOWN):
            await self._settle(asked, Stand.OPEN)
            self.counter.woken()
        else:
            await self._settle(asked, Stand.TOLD if said.ok else Stand.UNSURE)

    async def _shown(self, asked: Asked, reply: Reply) -> str:
        rest = await self.counter.rest(asked.id, None, reply)
        return shown(reply, in_group=bool(asked.message.group), rest=rest)

    async def _settle(self, asked: Asked, stand: Stand) -> None:
        """What is open is due now: it comes as a message of its own."""
        await self.counter.do(lambda office: assistant.settle(office, asked.id, stand, again=timedelta()))

    async def _tapped(self, req_id: str, incoming: Incoming) -> None:
        """The same turn as if the words had been typed; the card says what was chosen, the answer comes below."""
        if not incoming.is_askers or incoming.tapped == SHOWN:
            return
        asked = self.counter.ask(incoming)
        await self.counter.keep(asked, way=Way.NOW)
        body: Body = update(cards.chosen(incoming.tapped, incoming.task_id))
        await self.line.respond(Cmd.UPDATE, req_id, body)

    async def _welcomed(self, req_id: str, incoming: Incoming) -> None:
        """Within five seconds or not at all: then nobody looks for it any more."""
        reply = await self.counter.within(self.counter.ask(incoming), AT_ONCE)
        body = answer(reply, incoming) if reply else None
        if body is not None:
            await self.line.respond(Cmd.WELCOME, req_id, body)

    def _over(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("assistant stumbled", error=type(error).__name__, exc_info=error)
