"""The queue before the desk: where a turn's transaction begins and ends."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import cycle
from queue import Empty, SimpleQueue
from time import perf_counter, sleep
from typing import Any, TypeVar
from zlib import crc32

import structlog

from bot.conversation import Answered, Answers
from bot.messages import Message
from bot.store import Session, Store, breaks_connection, lost_race, transaction

log = structlog.get_logger()
T = TypeVar("T")
BATCH = 64
LOST_CONNECTION_PAUSE = 0.25
FAILED_PAUSE = 5.0
MOST_RACES = 3


class Stand(Enum):
    """Who has the word on how the reply travels: it is decided once."""

    WAITING = auto()
    ANSWERED = auto()  # the channel carries the reply
    LATE = auto()  # nobody waits any more; the outbox carries it


@dataclass(slots=True, eq=False)
class Slip:
    """One message in the queue and what became of it."""

    message: Message
    put_at: float = field(default_factory=perf_counter)
    stand: Stand = Stand.WAITING
    answered: Answered | None = None
    told: bool = False  # durable and announced, or failed and announced (then without an answer)
    waited: float = 0.0
    took: float = 0.0
    extra: Any = None  # the asker's own, untouched here

    def is_told(self) -> bool:
        """Whether the desk is done with it; it may become so at any moment, from the desk's thread."""
        return self.told

    def settle(self, stand: Stand) -> bool:
        """Take the decision; False when the other side took it before."""
        with _DECIDING:
            if self.stand is Stand.WAITING:
                self.stand = stand
            return self.stand is stand


_DECIDING = threading.Lock()


@dataclass(slots=True, eq=False)
class Errand:
    """Another piece of work that needs the writer: its result goes to a future."""

    work: Callable[[Session], Any]
    result: "Future[Any]" = field(default_factory=Future)
    value: Any = None


Work = Slip | Errand
Announce = Callable[[Sequence[Slip]], None]


class Desk:
    """Answers messages in their order, many in one commit.

    On SQLite there is one thread, as there is one writer; on PostgreSQL several, and a resident
    always comes to the same one. `announce` hears of each batch after its commit, from the
    desk's thread.
    """

    def __init__(
        self, store: Store, conversation: Answers, announce: Announce, failed_pause: float = FAILED_PAUSE
    ) -> None:
        self._store = store
        self._conversation = conversation
        self._announce = announce
        self._failed_pause = failed_pause
        self._closing = False
        self._queues: list[SimpleQueue[Work | None]] = [SimpleQueue() for _ in range(store.writers)]
        self._turns = cycle(self._queues)
        self._threads = [
            threading.Thread(target=self._serve, args=(queue,), name=f"desk-{number}", daemon=True)
            for number, queue in enumerate(self._queues)
        ]

    def open(self) -> None:
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Finish what is in the queue, then stop."""
        self._closing = True
        for queue in self._queues:
            queue.put(None)
        for thread in self._threads:
            thread.join()

    def ask(self, message: Message, extra: object = None) -> Slip:
        """Put a message in its resident's queue; the slip is announced when the reply is durable."""
        slip = Slip(message, extra=extra)
        self._queue_of(message).put(slip)
        return slip

    def ask_late(self, message: Message, extra: object = None) -> Slip:
        """Put a message whose sender has stopped waiting: its reply goes to the outbox."""
        slip = Slip(message, stand=Stand.LATE, extra=extra)
        self._queue_of(message).put(slip)
        return slip

    def run(self, work: Callable[[Session], T]) -> "Future[T]":
        """Do something in a transaction on the desk's thread."""
        errand = Errand(work)
        next(self._turns).put(errand)
        return errand.result

    def waiting(self) -> int:
        """How much stands in the queues."""
        return sum(queue.qsize() for queue in self._queues)

    def _queue_of(self, message: Message) -> "SimpleQueue[Work | None]":
        return self._queues[crc32(message.sender.encode()) % len(self._queues)]

    def _serve(self, queue: "SimpleQueue[Work | None]") -> None:
        more = True
        while more:
            batch, more = _next_batch(queue)
            if batch:
                self._settle(batch)

    def _settle(self, batch: list[Work]) -> None:
        """Commit the batch; where it fails as a whole, each piece by itself; then tell."""
        try:
            self._commit(batch)
        except Exception as error:  # whatever the database says, everybody is told something
            if len(batch) > 1:
                for work in batch:
                    self._settle([work])
                return
            log.error("work failed", error=type(error).__name__, reason=str(getattr(error, "orig", ""))[:120])
            if self._must_not_be_lost(batch[0]):
                return
            _fail(batch[0], error)
        self._tell(batch)

    def _must_not_be_lost(self, work: Work) -> bool:
        """A message that was acknowledged already comes back to the queue until the database takes it."""
        if self._closing or not isinstance(work, Slip) or work.settle(Stand.ANSWERED):
            return False
        work.answered = None  # what was undone with the transaction
        again = threading.Timer(self._failed_pause, self._queue_of(work.message).put, (work,))
        again.daemon = True
        again.start()
        return True

    def _commit(self, batch: list[Work]) -> None:
        """One transaction; while the database is away it is tried again, for the work is the same each time.

        So is a single piece that lost a race: two workers may meet the same newcomer at once.
        """
        races = 0
        while True:
            try:
                with transaction(self._store) as session:
                    for work in batch:
                        self._do(session, work)
                return
            except Exception as error:  # the driver's own errors come here too
                if len(batch) == 1 and races < MOST_RACES and lost_race(error):
                    races += 1
                    continue
                if self._closing or not breaks_connection(error):
                    raise
                log.warning("database away", waiting=len(batch))
                sleep(LOST_CONNECTION_PAUSE)

    def _do(self, session: Session, work: Work) -> None:
        if isinstance(work, Errand):
            work.value = work.work(session)
            return
        started = perf_counter()
        work.waited = started - work.put_at
        work.answered = self._conversation.answer(session, work.message, in_time=lambda: work.settle(Stand.ANSWERED))
        work.took = perf_counter() - started

    def _tell(self, batch: Iterable[Work]) -> None:
        for work in batch:
            if isinstance(work, Errand):
                with suppress(InvalidStateError):  # nobody waits for it any more, or it has failed
                    work.result.set_result(work.value)
        slips = [work for work in batch if isinstance(work, Slip)]
        for slip in slips:
            slip.told = True
        try:
            if slips:
                self._announce(slips)
        except Exception:  # whatever its hearers have done, the desk goes on
            log.exception("not announced", size=len(slips))


def _fail(work: Work, error: Exception) -> None:
    if isinstance(work, Slip):
        work.answered = None
    else:
        with suppress(InvalidStateError):  # nobody waits for it any more
            work.result.set_exception(error)


def _next_batch(queue: "SimpleQueue[Work | None]") -> tuple[list[Work], bool]:
    """What waits now, at most `BATCH`, at least one; False when the desk is to close."""
    batch: list[Work] = []
    work = queue.get()
    while work is not None:
        batch.append(work)
        if len(batch) == BATCH:
            return batch, True
        try:
            work = queue.get_nowait()
        except Empty:
            return batch, True
    return batch, False
