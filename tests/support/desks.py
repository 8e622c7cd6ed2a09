"""A desk whose announcements can be waited for, and conversations that do what a test tells them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import event

from bot.conversation import Answered, Answers
from bot.desk import Desk, Slip
from bot.messages import Kind, Message, Reply
from bot.store import Session, Store, inbox, transaction
from tests.support.line import message

LONG = 30.0
QUESTION = "居住证怎么办"


class Told:
    """Hears a desk's announcements."""

    def __init__(self) -> None:
        self.order: list[Slip] = []
        self._news = threading.Condition()

    def __call__(self, slips: Sequence[Slip]) -> None:
        with self._news:
            self.order.extend(slips)
            self._news.notify_all()

    def wait(self, slips: Iterable[Slip]) -> list[Slip]:
        """The slips, when all of them are told."""
        wanted = list(slips)
        with self._news:
            assert self._news.wait_for(lambda: all(slip.is_told() for slip in wanted), LONG), "the desk does not answer"
        return wanted


class Scripted:
    """A conversation that keeps nothing: it answers with what `act` returns for the message."""

    def __init__(self, act: Callable[[Session, Message], str]) -> None:
        self._act = act

    def answer(self, session: Session, message: Message, *, in_time: Callable[[], bool]) -> Answered:
        text = self._act(session, message)
        return Answered(Reply(text), "scripted", late=not in_time())


class Gated:
    """Another conversation behind a gate: a message with the text `word` waits until the gate is opened."""

    def __init__(self, talk: Answers, word: str = "等") -> None:
        self._talk = talk
        self._word = word
        self.reached = threading.Event()
        self.gate = threading.Event()

    def answer(self, session: Session, message: Message, *, in_time: Callable[[], bool]) -> Answered:
        if message.text == self._word:
            self.reached.set()
            assert self.gate.wait(LONG)
        return self._talk.answer(session, message, in_time=in_time)


@contextmanager
def opened(store: Store, talk: Answers, told: Told, failed_pause: float = 0.01) -> Iterator[Desk]:
    """A desk at work, closed in the end."""
    desk = Desk(store, talk, told, failed_pause)
    desk.open()
    try:
        yield desk
    finally:
        desk.close()


class Commits:
    """Counts a store's commits, and fails as many of them as it is told to."""

    def __init__(self, store: Store) -> None:
        self.count = 0
        self.failing = 0
        self.failed = threading.Event()
        event.listen(store.engine, "commit", self._commit)

    def _commit(self, _connection: object) -> None:
        if self.failing > 0:
            self.failing -= 1
            self.failed.set()
            raise OSError("the disk has an error")
        self.count += 1


def at_once(*works: Callable[[], None]) -> None:
    """Run all in threads that start together; whatever one raises is raised here."""
    start, failed = threading.Barrier(len(works)), []

    def run(work: Callable[[], None]) -> None:
        try:
            start.wait()
            work()
        except Exception as error:  # shown by the test, not by the thread
            failed.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def words(slip: Slip) -> str:
    assert slip.answered is not None
    return slip.answered.reply.text


def happening(sender: str, name: str) -> Message:

    return replace(message(sender, "", f"e-{name}"), kind=Kind.EVENT, event=name)


def count_kept(store: Store) -> int:
    with transaction(store) as session:
        return inbox.count(session)
