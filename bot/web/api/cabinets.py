"""The carrier without a broker: a cabinet posts its messages, and waits for commands in a long request."""

import asyncio
from collections.abc import Callable, Sequence

from aiohttp import web

from bot.cabinets.counter import Heard, Incoming, admit, take_all
from bot.cabinets.dispatch import Dispatcher, OfficeOf
from bot.cabinets.protocol import MOST_BYTES, Fault
from bot.store import Session
from bot.store.runs import Runs

LINES = "application/x-ndjson"
PROOF = "Weizhan-Letter"
MOST_MESSAGES = 50
MOST_WAIT = 60.0
BODY_SECONDS = 5.0
Told = Callable[[Heard], None]


class CabinetApi:
    """`/api/v1/cabinets/{serial}/…`: each line of a body is a signed message, the same as over MQTT."""

    def __init__(self, desk: Runs, office: OfficeOf, dispatcher: Dispatcher, told: Told) -> None:
        self._desk = desk
        self._office = office
        self._dispatcher = dispatcher
        self._told = told

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/v1/cabinets/{serial}/events", self.events),
            web.get("/api/v1/cabinets/{serial}/commands", self.commands),
        ]

    async def events(self, request: web.Request) -> web.Response:
        """What the cabinet has to tell, oldest first; answered in the same order when it is written down."""
        serial = request.match_info["serial"]
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await request.read()
        except TimeoutError:
            return refused("timeout", 408)
        lines = [line for line in body.splitlines() if line.strip()]
        if not lines or len(lines) > MOST_MESSAGES or any(len(line) > MOST_BYTES for line in lines):
            return refused(Fault.TOO_LARGE if lines else Fault.BAD_JSON, 413 if lines else 400)

        def work(session: Session) -> list[Heard]:
            return take_all(self._office(session), [Incoming(serial, line) for line in lines])

        heard = await asyncio.wrap_future(self._desk.run(work))
        for one in heard:
            self._told(one)
        unproven = [one.fault for one in heard if one.fault is not None and not one.letters]
        if unproven:
            return refused(unproven[0], _status(unproven[0]))
        return letters([letter for one in heard for letter in one.letters])

    async def commands(self, request: web.Request) -> web.Response:
        """What there is to do for the cabinet: now, or when something comes up within `wait` seconds."""
        serial = request.match_info["serial"]
        proof = request.headers.get(PROOF, "").encode("utf-8", "surrogateescape")
        try:
            wait = min(MOST_WAIT, max(0.0, float(request.query.get("wait", "25"))))
        except ValueError:
            return refused(Fault.WRONG_TYPE, 400)
        fault = await asyncio.wrap_future(
            self._desk.run(lambda session: admit(self._office(session), Incoming(serial, proof)))
        )
        if fault is not None:
            return refused(fault, _status(fault))
        return letters(await self._dispatcher.wait_for(serial, wait))


def letters(said: Sequence[str]) -> web.Response:
    """A letter a line."""
    return web.Response(text="".join(f"{letter}\n" for letter in said), content_type=LINES)


def refused(code: str, status: int) -> web.Response:
    return web.json_response({"code": str(code)}, status=status)


def _status(fault: Fault) -> int:
    if fault is Fault.UNKNOWN_CABINET:
        return 404
    return 401 if fault.is_forgery or fault is Fault.CLOCK_SKEW else 400
