"""Where the group assistant's chats meet the desk: one question, one answer, however often it comes."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Protocol, TypeVar

import structlog

from bot.channels.wecom_bot.incoming import Incoming, stream_id
from bot.channels.wecom_bot.outgoing import is_cut
from bot.desk import Desk, Slip
from bot.messages import Message, Reply
from bot.rules import assistant
from bot.rules.assistant import Way
from bot.rules.office import Office
from bot.store.spool import Spool
from bot.wording.desk import NOT_STORED

log = structlog.get_logger()
T = TypeVar("T")
URL_FACT = "response_url"  # in the spool only: it is a secret, and the desk has no use for it
REFUSED_PAUSE = 5.0
NOTED_APART = 600.0
PAGE = "/h5/answer/"


class Do(Protocol):
    """Does something in a transaction of the desk."""

    def __call__(self, work: Callable[[Office], T]) -> Coroutine[None, None, T]: ...


@dataclass(slots=True, eq=False)
class Asked:
    """A message at the desk. `done` is set when it is told; `kept`: nobody waits at the door any more."""

    id: str
    message: Message
    slip: Slip
    done: "asyncio.Future[None]"
    kept: "asyncio.Task[None] | None" = None

    @property
    def reply(self) -> Reply | None:
        """The words, None while there are none; a message that the database refused says so, unless it is kept."""
        if not self.done.done() or (self.slip.answered is None and self.kept is not None):
            return None
        return self.slip.answered.reply if self.slip.answered else Reply(NOT_STORED)


@dataclass(slots=True)
class Counter:
    """Asks the desk. `woken` is called when a kept answer is ready."""

    desk: Desk
    spool: Spool
    do: Do
    public_url: str = ""
    woken: Callable[[], None] = lambda: None
    refused_pause: float = REFUSED_PAUSE
    _asked: dict[str, Asked] = field(default_factory=dict)
    _spoken: dict[str, float] = field(default_factory=dict)
    _tasks: "set[asyncio.Task[None]]" = field(default_factory=set)

    def ask(self, incoming: Incoming) -> Asked:
        """Put it to the desk, or join whoever has already."""
        if incoming.group:
            self._note_group(incoming.group)
        return self._ask(incoming.stream_id, incoming.message)

    async def within(self, asked: Asked, seconds: float) -> Reply | None:
        """The answer, if it is there in time."""
        if seconds > 0:
            await asyncio.wait((asked.done,), timeout=seconds)
        return asked.reply

    async def keep(self, asked: Asked, *, way: Way, response_url: str = "") -> None:
        """Take it upon us to answer, whatever happens to this process. Raises OSError for a disk that is full."""
        if asked.kept is not None:
            return
        facts = {**asked.message.facts, URL_FACT: response_url} if response_url else asked.message.facts
        await asyncio.to_thread(self.spool.keep, replace(asked.message, facts=facts))
        if asked.kept is None:
            self._see_through(asked, way, response_url)

    async def claim(self, asked: Asked) -> bool:
        """Whether a kept answer is ours to tell; its row is written by then."""
        if asked.kept is not None:
            await asyncio.wait((asked.kept,))
        return await self.do(lambda office: assistant.claim(office, asked.id))

    async def waits(self, asked: Asked, way: Way) -> None:
        """Note that the answer is still to be told, though it is there."""
        await self.do(lambda office: assistant.expect(office, asked.id, asked.message, way=way))

    async def rest(self, answer_id: str, message: Message | None, reply: Reply) -> str:
        """Where the whole of an answer can be read that has to be cut, "" where it has not."""
        if not self.public_url or not is_cut(reply):
            return ""
        name = await self.do(lambda office: assistant.page_of(office, answer_id, message))
        return f"{self.public_url.rstrip('/')}{PAGE}{name}"

    def resume(self, message: Message) -> None:
        """A message that an earlier run of ours kept and did not see through."""
        facts = {name: value for name, value in message.facts.items() if name != URL_FACT}
        asked = self._ask(stream_id(message.sender, message.key), replace(message, facts=facts))
        url = message.facts.get(URL_FACT, "")  # without one nobody will ask for it: it is told when it is there
        if asked.kept is None:
            self._see_through(asked, Way.POLL if url else Way.NOW, url)

    def of(self, answer_id: str) -> Asked | None:
        """What is at the desk under that name."""
        return self._asked.get(answer_id)

    def _ask(self, answer_id: str, message: Message) -> Asked:
        asked = self._asked.get(answer_id)
        if asked is None:
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            asked = Asked(answer_id, message, self.desk.ask(message, extra=done), done)
            self._asked[answer_id] = asked
            done.add_done_callback(lambda _done: self._forget_unless_kept(asked))
        return asked

    def _forget_unless_kept(self, asked: Asked) -> None:
        """Whoever waits has it; whoever asks again finds the answer in the inbox."""
        if asked.kept is None and self._asked.get(asked.id) is asked:
            del self._asked[asked.id]

    def _see_through(self, asked: Asked, way: Way, response_url: str) -> None:
        asked.kept = asyncio.create_task(self._expected(asked, way, response_url))
        self._beside(self._seen_through(asked))

    async def _expected(self, asked: Asked, way: Way, response_url: str) -> None:
        def expect(office: Office) -> None:
            assistant.expect(office, asked.id, asked.message, way=way, response_url=response_url)

        while True:
            try:
                await self.do(expect)
            except Exception:  # the database may be away; the spool has the message, and it is tried again
                log.exception("answer not expected")
                await asyncio.sleep(self.refused_pause)
                continue
            return

    async def _seen_through(self, asked: Asked) -> None:
        """Asked until the database takes it; then the spool may forget it."""
        await asked.done
        while asked.slip.answered is None:
            await asyncio.sleep(self.refused_pause)
            asked.done = asyncio.get_running_loop().create_future()
            asked.slip = self.desk.ask(asked.message, extra=asked.done)
            await asked.done
        if asked.kept is not None:
            await asked.kept
        await asyncio.to_thread(self.spool.done, [asked.message])
        self._asked.pop(asked.id, None)
        self.woken()

    def _beside(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        with suppress(asyncio.CancelledError):
            if (error := task.exception()) is not None:
                log.warning("assistant stumbled", error=type(error).__name__)

    def _note_group(self, group: str) -> None:
        """Once in a while is enough to know that we may write there."""
        now = monotonic()
        if now - self._spoken.get(group, -NOTED_APART) >= NOTED_APART:
            self._spoken[group] = now
            self._beside(self.do(lambda office: assistant.spoken(office, group)))
