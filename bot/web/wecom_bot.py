"""The group assistant's callback and its workers: by a URL of ours, or on a line of its own, as the settings say."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Any, Protocol

import structlog
from aiohttp import web

from bot.channels import Rejected
from bot.channels.wecom_bot import CARD_EVENT, Delivery, GroupAssistant, Incoming, cards
from bot.channels.wecom_bot.outgoing import answer, shown, stream, update
from bot.channels.wecom_bot.response_url import ResponseUrl
from bot.channels.wecom_bot.taps import SHOWN
from bot.delivery.assistant import (
    Afterwards,
    AssistantPosts,
    ByUrl,
    Counter,
    Do,
    Limits,
    Line,
    LineStand,
    Members,
    MembersDelivery,
    Patience,
    Talk,
)
from bot.desk import Desk
from bot.messages import Message, Reply
from bot.privacy import Seal
from bot.rules import assistant
from bot.rules.assistant import Way
from bot.settings import Settings
from bot.store.spool import Spool
from bot.web.health import Metrics
from bot.web.webhooks import whole_body
from bot.wording import assistant as say

log = structlog.get_logger()
ADDRESS = "/wecom/bot"
NOT_SET_UP = "the group assistant is not called here: WEIZHAN_WECOM_BOT_TOKEN and WEIZHAN_WECOM_BOT_AES_KEY are empty"
BODY_SECONDS = 3.0
JSON = "application/json"


class Worker(Protocol):
    """What works beside the requests."""

    async def run(self) -> None: ...
    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class AssistantPace:
    """How long the assistant's chats wait, in seconds; tests are in more of a hurry."""

    limits: Limits = field(default_factory=Limits)
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class Around:
    """What the assistant works with."""

    desk: Desk
    spool: Spool
    seal: Seal
    now: Callable[[], datetime]
    metrics: Metrics
    do: Do


class AssistantSide:
    """Everything that the group assistant needs. `line` is there where it has a long connection."""

    def __init__(self, settings: Settings, around: Around, pace: AssistantPace | None = None) -> None:
        pace = pace or AssistantPace()
        desk, seal, now, do = around.desk, around.seal, around.now, around.do
        self._metrics = metrics = around.metrics
        self.counter = Counter(desk, around.spool, do, settings.public_url)
        self.line = self._line(settings, do, pace.patience) if settings.wecom_bot_secret else None
        self.hook = None if self.line else Hook(hook_format(settings), self.counter, metrics, now, pace.limits)
        way = self.line or ByUrl(ResponseUrl(base=settings.wecom_api_base, counted=self._counted))
        self.afterwards = Afterwards(way, self.counter, lambda state: metrics.assistant_late.labels(state).inc())
        self.counter.woken = self.afterwards.wake
        self.delivery = MembersDelivery(Members(seal=seal, line=self.line), line=self.line, desk=desk, now=now)
        self.workers: tuple[Worker, ...] = (self.afterwards, self.delivery)
        if self.line is not None:
            self.workers = (*self.workers, self.line)
            talk = Talk(self.line, self.counter, now, settings.wecom_bot_id, settings.wecom_bot_name, pace.limits)
            talk.feedback = lambda incoming: count_feedback(metrics, incoming)
            self.line.heard = talk.hear
            self.line.came_up = self.afterwards.wake

    def posts(self) -> list[AssistantPosts]:
        """The way into groups of enrolled members, which only a long connection is."""
        return [AssistantPosts(self.line)] if self.line is not None else []

    def resume(self, message: Message) -> None:
        """A message that an earlier run kept and did not answer."""
        self.counter.resume(message)

    def _line(self, settings: Settings, do: Do, patience: Patience) -> Line:
        return Line(
            url=settings.wecom_bot_line,
            bot_id=settings.wecom_bot_id,
            secret=settings.wecom_bot_secret,
            do=do,
            counted=self._counted,
            stands=self._stands,
            patience=patience,
        )

    def _counted(self, path: str, code: int) -> None:
        self._metrics.calls.labels(path, str(code)).inc()

    def _stands(self, now: LineStand) -> None:
        for stand in LineStand:
            self._metrics.assistant_line.labels(stand.value).set(stand is now)


class Hook:
    """The callback: what is ready in time is answered at once, the rest when the platform asks for it."""

    def __init__(
        self,
        wire: GroupAssistant,
        counter: Counter,
        metrics: Metrics,
        now: Callable[[], datetime],
        limits: Limits,
    ) -> None:
        self._wire = wire
        self._counter = counter
        self._metrics = metrics
        self._now = now
        self._limits = limits

    async def verify(self, request: web.Request) -> web.Response:
        """The platform's check that the address is ours."""
        try:
            return web.Response(text=self._wire.verify(request.query, self._now()))
        except Rejected as rejected:
            return self._refused(rejected)

    async def receive(self, request: web.Request) -> web.Response:
        """One push: answered, or taken in and answered when it is asked for, or refused."""
        started = perf_counter()
        try:
            body = await whole_body(request, BODY_SECONDS)
            delivery = self._wire.read(body, request.query, self._now())
        except Rejected as rejected:
            return self._refused(rejected)
        try:
            said = await self._said(delivery.incoming)
        except OSError as error:
            log.error("spool failed", error=error.strerror)  # not acknowledged: the platform will deliver again
            return web.Response(status=503)
        self._metrics.hook_seconds.observe(perf_counter() - started)
        return self._written(delivery, said)

    async def _said(self, incoming: Incoming) -> Mapping[str, Any] | None:
        if incoming.polls:
            return await self._polled(incoming)
        if incoming.event == CARD_EVENT:
            return await self._tapped(incoming)
        count_feedback(self._metrics, incoming)
        asked = self._counter.ask(incoming)
        reply = await self._counter.within(asked, self._limits.soon)
        if reply is not None:
            return answer(reply, incoming, rest=await self._counter.rest(asked.id, asked.message, reply))
        await self._counter.keep(asked, way=Way.POLL, response_url=incoming.response_url)
        return None if incoming.event else stream(asked.id, say.STILL_AT_IT, finish=False, first=True)

    async def _polled(self, incoming: Incoming) -> Mapping[str, Any]:
        """The rest of a stream: whoever began it may have died, or be another server of ours."""
        asked, reply = self._counter.of(incoming.polls), None
        if asked is None or asked.done.done():
            with suppress(TimeoutError):
                reply = await asyncio.wait_for(self._found(incoming.polls), self._limits.soon)
        if reply is None:
            return stream(incoming.polls, say.STILL_AT_IT, finish=False)
        rest = await self._counter.rest(incoming.polls, None, reply)
        return stream(incoming.polls, shown(reply, in_group=bool(incoming.group), rest=rest), finish=True)

    async def _found(self, stream_id: str) -> Reply | None:
        known, reply = await self._counter.do(lambda office: assistant.found(office, stream_id))
        if known and reply is not None:
            await self._counter.do(lambda office: assistant.told(office, stream_id))
        return reply

    async def _tapped(self, incoming: Incoming) -> Mapping[str, Any] | None:
        """The same turn as if the words had been typed; the card says what was chosen, the answer comes below."""
        if not incoming.is_askers or incoming.tapped == SHOWN:
            return None
        asked = self._counter.ask(incoming)
        await self._counter.keep(asked, way=Way.NOW, response_url=incoming.response_url)
        return update(cards.chosen(incoming.tapped, incoming.task_id))

    def _written(self, delivery: Delivery, said: Mapping[str, Any] | None) -> web.Response:
        body = self._wire.write(delivery, said)
        return web.Response(body=body, content_type=JSON if body else "text/plain")

    def _refused(self, rejected: Rejected) -> web.Response:
        self._metrics.refused.labels(str(rejected.status)).inc()
        log.info("delivery refused", status=rejected.status, reason=rejected.reason)
        return web.Response(status=rejected.status)


def hook_format(settings: Settings) -> GroupAssistant:
    """The wire format of the settings."""
    return GroupAssistant(
        token=settings.wecom_bot_token,
        aes_key=settings.wecom_bot_aes_key,
        bot_id=settings.wecom_bot_id,
        name=settings.wecom_bot_name,
    )


def count_feedback(metrics: Metrics, incoming: Incoming) -> None:
    """What people think of an answer, for the figures; who said it stands in the inbox."""
    if incoming.event == "feedback_event":
        liked = incoming.message.facts.get("liked", "")
        metrics.assistant_feedback.labels(liked if liked.isdigit() and len(liked) < 3 else "other").inc()


def add_assistant(app: web.Application, side: AssistantSide | None) -> None:
    """The callback's two routes; where nobody is to call them both say so."""
    hook = side.hook if side else None
    app.router.add_get(ADDRESS, hook.verify if hook else _not_set_up)
    app.router.add_post(ADDRESS, hook.receive if hook else _not_set_up)


async def _not_set_up(_request: web.Request) -> web.Response:
    return web.Response(status=404, text=NOT_SET_UP)
