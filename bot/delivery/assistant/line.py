"""The group assistant's long connection: exactly one of our servers has it, and it comes back by itself."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from uuid import uuid4

import structlog

from bot.channels.answer import NOT_REACHED, Answer, Reaction
from bot.channels.caller import own_answer
from bot.channels.wecom_bot.frames import Cmd, Frame
from bot.channels.wecom_bot.outgoing import Body
from bot.channels.wecom_bot.socket import End, Pace, Socket
from bot.delivery.assistant.counter import Do
from bot.rules import assistant
from bot.rules.assistant import Hold, Late
from bot.rules.office import Office

log = structlog.get_logger()
SINGLE, GROUP = 1, 2


class LineStand(StrEnum):
    """How the line stands, for the operator's figures."""

    UP = "up"
    DOWN = "down"
    STANDBY = "standby"  # another server of ours has it
    EVICTED = "evicted"  # a stranger took it: nobody of us takes it back until an operator starts us anew
    REFUSED = "refused"  # bot id or secret are wrong


@dataclass(frozen=True, slots=True)
class Patience:
    """How long everything may take, in seconds. A server that is silent for `lease` has lost the line."""

    lease: float = 30.0
    renew: float = 8.0
    pauses: tuple[float, ...] = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
    refused: float = 300.0
    pace: Pace = field(default_factory=Pace)


class Line:
    """A worker beside the requests. `heard` is given each frame; `stands` is told how the line stands."""

    def __init__(
        self,
        *,
        url: str,
        bot_id: str,
        secret: str,
        do: Do,
        counted: Callable[[str, int], None],
        stands: Callable[[LineStand], None],
        patience: Patience | None = None,
    ) -> None:
        self._url, self._bot_id, self._secret = url, bot_id, secret
        self._do = do
        self._counted = counted
        self._stands = stands
        self._patience = patience or Patience()
        self._holder = uuid4().hex
        self._socket: Socket | None = None
        self._stopped = asyncio.Event()
        self._stand: LineStand | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.heard: Callable[[Frame], None] = lambda _frame: None
        self.came_up: Callable[[], None] = lambda: None

    @property
    def ready(self) -> bool:
        """Whether messages can be sent from here."""
        return self._socket is not None and self._socket.subscribed

    async def run(self) -> None:
        """Stand by, connect, come back, until told to stop."""
        await self._readmitted()
        failures = 0
        while not self._stopped.is_set():
            if await self._held():
                failures = 0 if await self._connected() else failures + 1
                await self._pause(self._after(failures))
            else:
                await self._pause(self._patience.renew)
        await self._let_go()

    def stop(self) -> None:
        self._stopped.set()
        if self._socket is not None:
            self._beside(self._socket.hang_up())

    async def respond(self, cmd: Cmd, req_id: str, body: Body) -> Answer:
        """Answer to a frame, on the line that it came on."""
        if self._socket is None:
            return own_answer(NOT_REACHED, "no line", Reaction.RETRY)
        return await self._socket.ask(cmd, body, req_id=req_id)

    async def push(self, chat: str, body: Body, *, group: bool) -> Answer:
        """A message of its own in a chat in which somebody has spoken to the assistant before."""
        if self._socket is None:
            return own_answer(NOT_REACHED, "no line", Reaction.RETRY)
        return await self._socket.ask(Cmd.SEND, {"chatid": chat, "chat_type": GROUP if group else SINGLE, **body})

    async def send(self, late: Late, body: Body) -> Answer:
        """An answer whose question came on a line that is gone, or that took too long."""
        return await self.push(late.chat or late.sender, body, group=bool(late.chat))

    async def _connected(self) -> bool:
        """One connection from its beginning to its end; whether it was ever up."""
        self._is(LineStand.DOWN)
        self._socket = socket = Socket(
            url=self._url,
            bot_id=self._bot_id,
            secret=self._secret,
            heard=lambda frame: self.heard(frame),
            counted=self._counted,
            pace=self._patience.pace,
        )
        up = False

        def subscribed() -> None:
            nonlocal up
            up = True
            self._is(LineStand.UP)
            self._beside(self._came_up())

        renewing = asyncio.create_task(self._renew(socket))
        try:
            end = await socket.run(subscribed)
        finally:
            renewing.cancel()
            self._socket = None
        await self._ended(end)
        return up

    def _beside(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _came_up(self) -> None:
        """What was asked on the line before is answered by messages of their own."""
        with suppress(Exception):  # the database may be away; those answers are due in some minutes anyway
            await self._do(assistant.connected)
            self.came_up()

    async def _ended(self, end: End) -> None:
        log.info("assistant line ended", how=end.value)
        if end is End.EVICTED and await self._do(lambda office: assistant.evicted(office, self._bot_id, self._holder)):
            self._is(LineStand.EVICTED)
        elif end is End.REFUSED:
            self._is(LineStand.REFUSED)
        elif not self._stopped.is_set():
            self._is(LineStand.DOWN)

    async def _renew(self, socket: Socket) -> None:
        """Hold on to the line; whoever cannot must hang up before another server may take it."""
        good_until = asyncio.get_running_loop().time() + self._patience.lease
        while True:
            await asyncio.sleep(self._patience.renew)
            now = asyncio.get_running_loop().time()
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, good_until - now - self._patience.renew)):
                    if await self._held():
                        good_until = now + self._patience.lease
                        continue
            log.warning("assistant line lost to another server, or the database is silent")
            await socket.hang_up()
            return

    async def _held(self) -> bool:
        """Whether the line is ours for the next while."""
        lasts = timedelta(seconds=self._patience.lease)
        try:
            hold = await self._do(lambda office: assistant.hold(office, self._bot_id, self._holder, lasts))
        except TimeoutError:
            raise
        except Exception as error:  # whatever the database says, nobody connects without it
            log.warning("assistant line not held", error=type(error).__name__)
            return False
        if hold is Hold.MINE:
            return True
        self._is(LineStand.EVICTED if hold is Hold.EVICTED else LineStand.STANDBY)
        return False

    async def _readmitted(self) -> None:
        with suppress(Exception):  # the database may be away; then nobody holds the line either
            await self._do(lambda office: assistant.readmit(office, self._bot_id))

    async def _let_go(self) -> None:
        def release(office: Office) -> None:
            assistant.release(office, self._bot_id, self._holder)

        with suppress(Exception):  # the lease ends by itself
            await self._do(release)

    def _is(self, stand: LineStand) -> None:
        """Tell how it stands; what needs a person is said as an error, once."""
        if stand is self._stand:
            return
        self._stand = stand
        self._stands(stand)
        if stand is LineStand.EVICTED:
            log.error("assistant evicted: another system uses this bot; stop it, then restart this server")
        elif stand is LineStand.REFUSED:
            log.error("assistant refused: check WEIZHAN_WECOM_BOT_ID and WEIZHAN_WECOM_BOT_SECRET")

    def _after(self, failures: int) -> float:
        """Longer each time, and never at the same moment as everybody else."""
        if self._stand is LineStand.REFUSED:
            return self._patience.refused
        pauses = self._patience.pauses
        return pauses[min(failures, len(pauses) - 1)] * random.uniform(0.5, 1.0)  # noqa: S311 - no secret

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopped.wait(), seconds)
