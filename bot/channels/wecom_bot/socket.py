"""One long connection to the platform, from the subscription to its end. Source: docs/wecom-bot.md, "The line"."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import aiohttp
import structlog

from bot.channels.answer import NOT_KNOWN, NOT_REACHED, Answer, Reaction
from bot.channels.caller import own_answer
from bot.channels.errcodes import reaction
from bot.channels.wecom_bot import frames
from bot.channels.wecom_bot.frames import Cmd, Frame
from bot.channels.wecom_bot.incoming import EVICTED_EVENT
from bot.channels.wecom_bot.response_url import PACKAGE

log = structlog.get_logger()
MOST_FRAME = 1024 * 1024
MISSED = 2  # pings without an answer, after which nobody is there any more
NOT_SUBSCRIBED = 846609
GOODBYE = aiohttp.ClientWSTimeout(ws_close=1.0)  # where nobody answers, nobody says goodbye either


class End(StrEnum):
    """How a connection came to its end."""

    CLOSED = "closed"
    UNREACHED = "unreached"
    SILENT = "silent"  # half-open: nobody answers, though nobody has hung up
    REFUSED = "refused"  # the platform does not know bot or secret
    LAPSED = "lapsed"  # it stands, but we are not subscribed any more
    EVICTED = "evicted"  # a newer connection has taken its place


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient the connection is, in seconds."""

    ping: float = 30.0
    ack: float = 5.0
    subscribe: float = 10.0


class Socket:
    """Subscribes, keeps the line alive, and matches each acknowledgement with what it is for.

    `heard` is called for every message and event, in the order in which they come; it must not wait.
    """

    def __init__(
        self,
        *,
        url: str,
        bot_id: str,
        secret: str,
        heard: Callable[[Frame], None],
        counted: Callable[[str, int], None] = lambda _path, _code: None,
        pace: Pace | None = None,
    ) -> None:
        self._url, self._bot_id, self._secret = url, bot_id, secret
        self._heard = heard
        self._counted = counted
        self._pace = pace or Pace()
        self._line: aiohttp.ClientWebSocketResponse | None = None
        self._pending: dict[str, asyncio.Future[Frame]] = {}
        self._turns: dict[str, asyncio.Lock] = {}
        self._end: End | None = None
        self.subscribed = False

    async def run(self, subscribed: Callable[[], None] = lambda: None) -> End:
        """Connect and stay until it ends; `subscribed` is called once messages can come."""
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(sock_connect=self._pace.subscribe)) as http,
                http.ws_connect(self._url, max_msg_size=MOST_FRAME, timeout=GOODBYE) as line,
            ):
                self._line = line
                await self._lived(line, subscribed)
        except (aiohttp.ClientError, OSError, TimeoutError):
            self._end = self._end or End.UNREACHED
        finally:
            self.subscribed = False
            self._forget_pending()
        return self._end or End.CLOSED

    async def hang_up(self) -> None:
        """End it; `run` returns."""
        if self._line is not None:
            await self._line.close()

    async def ask(self, cmd: Cmd, body: Mapping[str, Any], *, req_id: str = "") -> Answer:
        """Send a frame and wait for its acknowledgement; of one `req_id` one after the other.

        `NOT_REACHED` where it never left us, `NOT_KNOWN` where nobody said whether it arrived: that is not sent again.
        """
        name = req_id or frames.fresh(cmd)
        turn = self._turns.setdefault(name, asyncio.Lock())
        async with turn:
            answer = await self._acknowledged(cmd, name, body)
        if not turn.locked():
            self._turns.pop(name, None)
        self._counted(cmd.value, answer.errcode.code)
        if not answer.ok:
            log.warning("assistant call", cmd=cmd.value, errcode=answer.errcode.code, meaning=answer.errcode.meaning)
        if answer.errcode.code == NOT_SUBSCRIBED:
            await self._ended(End.LAPSED)
        return answer

    async def _lived(self, line: aiohttp.ClientWebSocketResponse, subscribed: Callable[[], None]) -> None:
        reading = asyncio.create_task(self._read(line))
        beating = asyncio.create_task(self._beat(subscribed))
        try:
            await asyncio.wait((reading, beating), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (reading, beating):
                task.cancel()
            await asyncio.gather(reading, beating, return_exceptions=True)

    async def _read(self, line: aiohttp.ClientWebSocketResponse) -> None:
        async for said in line:
            frame = frames.read(said.data) if said.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY) else None
            if frame is None:
                continue
            if frame.cmd in (Cmd.MESSAGE, Cmd.EVENT):
                if self._is_eviction(frame):
                    await self._ended(End.EVICTED)
                    return
                self._heard(frame)
            elif (waiter := self._pending.get(frame.req_id)) is not None and not waiter.done():
                waiter.set_result(frame)

    async def _beat(self, subscribed: Callable[[], None]) -> None:
        """Subscribe, then ask every half minute whether somebody is there."""
        known = {"bot_id": self._bot_id, "secret": self._secret}
        answer = await self._acknowledged(Cmd.SUBSCRIBE, frames.fresh(Cmd.SUBSCRIBE), known, self._pace.subscribe)
        self._counted(Cmd.SUBSCRIBE.value, answer.errcode.code)
        if not answer.ok:
            refused = answer.errcode.reaction is Reaction.ALERT
            await self._ended(End.REFUSED if refused else End.SILENT)
            return
        self.subscribed = True
        subscribed()
        missed = 0
        while missed < MISSED:
            await asyncio.sleep(self._pace.ping)
            heard = await self._acknowledged(Cmd.PING, frames.fresh(Cmd.PING), None)
            missed = 0 if heard.errcode.code >= 0 else missed + 1
        await self._ended(End.SILENT)

    async def _acknowledged(
        self, cmd: Cmd, req_id: str, body: Mapping[str, Any] | None, seconds: float | None = None
    ) -> Answer:
        line = self._line
        if line is None or line.closed or (cmd not in (Cmd.SUBSCRIBE, Cmd.PING) and not self.subscribed):
            return own_answer(NOT_REACHED, "no line", Reaction.RETRY)
        waiter: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._pending[req_id] = waiter
        try:
            await line.send_str(frames.written(cmd, req_id, body))
            frame = await asyncio.wait_for(waiter, seconds or self._pace.ack)
        except (aiohttp.ClientError, OSError, TimeoutError):  # it may have arrived
            return own_answer(NOT_KNOWN, "no acknowledgement", Reaction.BUG)
        finally:
            self._pending.pop(req_id, None)
        return Answer(reaction(PACKAGE, frame.errcode or 0), frame.body)

    def _is_eviction(self, frame: Frame) -> bool:
        event = frame.body.get("event")
        return isinstance(event, dict) and event.get("eventtype") == EVICTED_EVENT

    def _forget_pending(self) -> None:
        """Whoever waits for an acknowledgement will not have one."""
        for waiter in self._pending.values():
            if not waiter.done():
                waiter.set_exception(ConnectionResetError())
                with suppress(ConnectionResetError):
                    waiter.exception()

    async def _ended(self, how: End) -> None:
        self._end = self._end or how
        self.subscribed = False
        await self.hang_up()
