"""The platforms' callbacks: bytes in, the desk, bytes out, within the platform's five seconds."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from time import perf_counter
from typing import Generic, Protocol, TypeVar

import structlog
from aiohttp import web

from bot.channels import Rejected
from bot.desk import Desk, Slip, Stand
from bot.messages import Message, Reply
from bot.store.spool import Spool
from bot.web.health import Metrics
from bot.wording import desk as say

log = structlog.get_logger()
MOST_BODY = 64 * 1024
BODY_SECONDS = 3.0
REPLY_SECONDS = 4.0
COMMIT_SECONDS = 0.8
XML = "application/xml"
PASSED_OVER = {"location"}  # where a phone is, every five seconds: nobody asked, so nothing of it is kept


class Waiting:
    """The bridge between the desk's thread and the requests that wait: one wake-up for a whole batch."""

    def __init__(self, spool: Spool) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._spool = spool

    def start(self) -> None:
        """Remember the loop the requests run on."""
        self._loop = asyncio.get_running_loop()

    def announce(self, slips: Sequence[Slip]) -> None:
        """Called by the desk after a commit, from its thread."""
        late = [slip.message for slip in slips if slip.stand is Stand.LATE and slip.answered is not None]
        if late:
            self._spool.done(late)
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_wake, slips)


def _wake(slips: Sequence[Slip]) -> None:
    for slip in slips:
        waiter = slip.extra
        if waiter is not None and not waiter.done():
            waiter.set_result(None)


class Push(Protocol):
    """One delivery of a platform. `later`: its reply goes as a message of its own, whoever waits."""

    @property
    def message(self) -> Message: ...
    @property
    def later(self) -> bool: ...


P = TypeVar("P", bound=Push)
Beside = Callable[[P], Awaitable[web.Response | None]]


class WireFormat(Protocol[P]):
    """What a hook asks of a channel; `acknowledgement` is the body that says "taken in, no words"."""

    @property
    def acknowledgement(self) -> bytes: ...
    def verify(self, query: Mapping[str, str], now: datetime) -> str: ...
    def read(self, body: bytes, query: Mapping[str, str], now: datetime) -> P: ...
    def write(self, delivery: P, reply: Reply) -> bytes: ...


class Hook(Generic[P]):
    """One platform's callback: verification by GET, messages and events by POST."""

    def __init__(
        self,
        account: WireFormat[P],
        desk: Desk,
        spool: Spool,
        metrics: Metrics,
        now: Callable[[], datetime],
        reply_seconds: float = REPLY_SECONDS,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self._besides: list[Beside[P]] = []
        self._account = account
        self._desk = desk
        self._spool = spool
        self._metrics = metrics
        self._now = now
        self._reply_seconds = reply_seconds
        self._body_seconds = body_seconds

    def beside(self, answer: Beside[P]) -> None:
        """Give it the first word on each push: what it answers is nobody's turn and does not go to the desk."""
        self._besides.append(answer)

    async def verify(self, request: web.Request) -> web.Response:
        """The platform's check that the address is ours."""
        try:
            return web.Response(text=self._account.verify(request.query, self._now()))
        except Rejected as rejected:
            return self._refused(rejected)

    async def receive(self, request: web.Request) -> web.Response:
        """One message: durable and answered, or acknowledged late, or refused."""
        started = perf_counter()
        try:
            body = await whole_body(request, self._body_seconds)
            delivery = self._account.read(body, request.query, self._now())
        except Rejected as rejected:
            return self._refused(rejected)
        if delivery.message.event in PASSED_OVER:
            return web.Response(body=self._account.acknowledgement)
        for beside in self._besides:
            if (answered := await beside(delivery)) is not None:
                return answered
        answer = await self._answer(delivery)
        self._metrics.hook_seconds.observe(perf_counter() - started)
        return answer

    async def _answer(self, delivery: P) -> web.Response:
        if delivery.later:
            return await self._acknowledged(self._desk.ask_late(delivery.message))
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[None] = loop.create_future()
        slip = self._desk.ask(delivery.message, extra=waiter)
        alarm = loop.call_later(self._reply_seconds, _wake, (slip,))
        await waiter
        alarm.cancel()
        if slip.is_told():
            return self._written(delivery, slip)
        if slip.settle(Stand.LATE):
            self._metrics.late.inc()
            return await self._acknowledged(slip)
        slip.extra = waiter = loop.create_future()  # decided in time, the disk is still at it
        alarm = loop.call_later(0 if slip.is_told() else COMMIT_SECONDS, _wake, (slip,))
        await waiter
        alarm.cancel()
        return self._written(delivery, slip) if slip.is_told() else web.Response(status=503)

    async def _acknowledged(self, slip: Slip) -> web.Response:
        """Nobody waits for the reply any more; the message itself is kept before we say so."""
        try:
            await asyncio.to_thread(self._spool.keep, slip.message)
        except OSError as error:
            log.error("spool failed", error=error.strerror)  # not acknowledged: the platform will deliver again
            return web.Response(status=503)
        if slip.is_told() and slip.answered is not None:
            self._spool.done([slip.message])
        return web.Response(body=self._account.acknowledgement)

    def _written(self, delivery: P, slip: Slip) -> web.Response:
        answered = slip.answered
        if answered is None:
            return web.Response(body=self._account.write(delivery, Reply(say.NOT_STORED)), content_type=XML)
        if answered.late:
            return web.Response(body=self._account.acknowledgement)
        body = self._account.write(delivery, answered.reply)
        silent = body is self._account.acknowledgement
        return web.Response(body=body, content_type="text/plain" if silent else XML)

    def _refused(self, rejected: Rejected) -> web.Response:
        self._metrics.refused.labels(str(rejected.status)).inc()
        log.info("delivery refused", status=rejected.status, reason=rejected.reason)
        return web.Response(status=rejected.status)


async def whole_body(request: web.Request, seconds: float) -> bytes:
    """Raises Rejected for a body too long, too slow, or cut off."""
    if (request.content_length or 0) > MOST_BODY:
        raise Rejected(413, "body too long")
    try:
        if request.content.is_eof():  # it came with its head, as nearly all do: there is nothing to wait for
            return await request.read()
        async with asyncio.timeout(seconds):
            return await request.read()
    except TimeoutError as error:
        raise Rejected(408, "body too slow") from error
    except web.HTTPRequestEntityTooLarge as error:
        raise Rejected(413, "body too long") from error
    except (ConnectionError, web.RequestPayloadError) as error:
        raise Rejected(400, "body cut off") from error
