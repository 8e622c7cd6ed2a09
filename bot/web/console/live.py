"""`/console/live`: what happens to tickets as server-sent events, taken up again where a browser lost the line."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import structlog
from aiohttp import web

from bot.rules import access
from bot.rules.access import READERS
from bot.store import Session
from bot.store.ticket import What, listing
from bot.store.ticket.listing import Happened
from bot.web import guards
from bot.web.console.serve import Back

log = structlog.get_logger()
PULSE_SECONDS, BEAT_SECONDS = 1.0, 15.0
MOST_AT_ONCE = 500
LOOKS_BACK = timedelta(seconds=10)  # two writers may commit in another order than that of their rows
HEADERS = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
_OPENS = frozenset({What.OPENED.value, What.REOPENED.value})


@dataclass
class Pulse:
    """Looks once in a while, for all streams of this process, whether anything has happened at all."""

    back: Back
    seconds: float
    last: UUID | None = None
    listening: int = 0
    closing: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        while not self.closing:
            if self.listening:
                await self._look()
            await asyncio.sleep(self.seconds)

    async def _look(self) -> None:
        try:
            last = await self.back.do(listing.latest_event)
        except Exception:  # the database is away for a moment: whoever stopped looking would never ring again
            log.exception("no look at the news")
            return
        if last != self.last:
            self.last = last
            self.ring()

    def ring(self) -> None:
        """Wake every stream; who comes later waits for the next ring."""
        self.news.set()
        self.news = asyncio.Event()

    def close(self) -> None:
        self.closing = True
        self.ring()


@dataclass
class Line:
    """One browser's line: from which event on, and what it has been told already."""

    after: UUID
    told: dict[UUID, None] = field(default_factory=dict)

    def new(self, happened: list[Happened]) -> list[Happened]:
        """What it has not been told yet; the line moves on."""
        fresh = [one for one in happened if one.id not in self.told]
        for one in fresh:
            self.told[one.id] = None
            self.after = max(self.after, one.id)
        for old in list(self.told)[: -5 * MOST_AT_ONCE]:
            del self.told[old]
        return fresh


def add_live(app: web.Application, back: Back, pulse_seconds: float) -> None:
    """Register the stream. It ends with the session, the role or the application, whichever ends first."""
    pulse = Pulse(back, pulse_seconds)

    async def serve(request: web.Request) -> web.StreamResponse:
        secret, ip = back.gate.secret(request), back.gate.ip(request)
        start = await back.do(
            lambda session: _start(back, session, secret, ip, request.headers.get("Last-Event-ID", ""))
        )
        if start is None:
            raise web.HTTPForbidden(headers=back.gate.headers())
        response = web.StreamResponse(headers={**back.gate.headers(), **HEADERS})
        await response.prepare(request)
        await response.write(b"retry: 2000\n\n")
        pulse.listening += 1
        try:
            await _talk(back, pulse, start, response, secret, ip)
        except ConnectionResetError:
            pass  # the browser went away, as they do
        finally:
            pulse.listening -= 1
        return response

    async def beating(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(pulse.run())
        yield
        pulse.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def closed(_app: web.Application) -> None:
        pulse.close()

    app.router.add_get(f"{guards.PATH}/live", serve)
    app.cleanup_ctx.append(beating)
    app.on_shutdown.append(closed)  # before cleanup: the server waits for open streams in between


async def _talk(back: Back, pulse: Pulse, line: Line, response: web.StreamResponse, secret: str, ip: str) -> None:
    while not pulse.closing:
        news = pulse.news
        happened = await back.do(lambda session: _since(back, session, secret, ip, line.after))
        if happened is None:
            await response.write(b"event: bye\ndata: {}\n\n")
            return
        for one in line.new(happened):
            told = json.dumps({"number": one.number, "opened": one.what in _OPENS})
            await response.write(f"id: {one.id.hex}\nevent: ticket\ndata: {told}\n\n".encode())
        if len(happened) == MOST_AT_ONCE:  # more than anybody reads one by one
            await response.write(b"event: many\ndata: {}\n\n")
            line.after = await back.do(_latest)
        try:
            await asyncio.wait_for(news.wait(), BEAT_SECONDS)
        except TimeoutError:
            await response.write(b": still here\n\n")


def _start(back: Back, session: Session, secret: str, ip: str, last_seen: str) -> Line | None:
    """A line that begins behind what the browser saw last, else now; None for whoever may not listen."""
    me = access.who_is(back.doors(session), secret, ip, there=False)
    if me is None or me.role not in READERS or me.must_change:
        return None
    try:
        after = UUID(last_seen)
    except ValueError:
        after = _latest(session)
    line = Line(after)
    line.told.update(
        {
            one.id: None
            for one in listing.happened_since(session, me.scope, _earlier(after), MOST_AT_ONCE)
            if one.id <= after
        }
    )
    return line


def _since(back: Back, session: Session, secret: str, ip: str, after: UUID) -> list[Happened] | None:
    """What has happened in their part of the city; None once they may not be told any more."""
    me = access.who_is(back.doors(session), secret, ip, there=False)
    if me is None or me.role not in READERS:
        return None
    return listing.happened_since(session, me.scope, _earlier(after), MOST_AT_ONCE)


def _latest(session: Session) -> UUID:
    return listing.latest_event(session) or UUID(int=0)


def _earlier(event: UUID) -> UUID:
    """The smallest id of a little before: ids begin with their milliseconds."""
    millis = max(0, (event.int >> 80) - int(LOOKS_BACK.total_seconds() * 1000))
    return UUID(int=millis << 80) if event.int else event
