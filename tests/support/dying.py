"""Processes that die on purpose at a chosen step, forked quickly from one that has everything loaded."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from sqlalchemy import event

from bot.conversation import Conversation
from bot.desk import Desk, Slip
from bot.handlers import all_routers
from bot.messages import Message
from bot.nlu import load_understander
from bot.privacy import Seal
from bot.store import Store, open_store
from bot.store.spool import Spool
from tests.support.line import message

ROOT = Path(__file__).parent.parent.parent
SECRET = "a secret of the tests, long enough to be one"
QUESTION = "居住证怎么办"


@cache
def talk() -> Conversation:
    """The conversation; tests.support.dying_ready has it loaded before the processes are forked."""
    return Conversation(all_routers(), load_understander(ROOT / "faq"), Seal(SECRET), ZoneInfo("Asia/Shanghai"))


def batch(step: int) -> list[Message]:
    """A newcomer twice, a second one, a repeated delivery, and a message nobody waits for."""
    first = message(f"婆婆{step}", QUESTION, f"m1-{step}")
    return [
        first,
        message(f"家长{step}", "你好", f"m2-{step}"),
        message(f"婆婆{step}", "社保卡在哪里办", f"m3-{step}"),
        first,
        message(f"骑手{step}", QUESTION, f"late-{step}"),
    ]


def answer_and_die(database_url: str, step: int, told: Path) -> bool:
    """Answer the batch in a process that is killed at the step; False when it had fewer steps than that."""
    return _run(_answer, database_url, step, told) == -signal.SIGKILL


def read_told(told: Path) -> dict[str, str]:
    """Key and reply of every message the dead process had announced."""
    return dict(json.loads(line) for line in told.read_text("utf-8").splitlines()) if told.exists() else {}


def keep_and_die(folder: Path, messages: int) -> None:
    """Keep so many messages in the spool of a process that is killed then."""
    assert _run(_keep, folder, messages) == -signal.SIGKILL


def keep_on_a_full_disk(folder: Path, room: int) -> None:
    """Keep a message where the disk takes only so many bytes of it, then another when there is space again."""
    assert _run(_keep_short, folder, room) == 0


def spool(folder: Path) -> Spool:
    return Spool(folder, Seal(SECRET))


def _run(work: Callable[..., None], *arguments: object) -> int:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.dying_ready"])
    process = context.Process(target=work, args=arguments)
    process.start()
    process.join()
    status = process.exitcode
    process.close()
    assert status is not None
    return status


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()


def _answer(database_url: str, step: int, told: Path) -> None:
    store = open_store(database_url, writers=1)
    steps = count(1)

    def next_step(*_seen: object, **_named: object) -> None:
        if next(steps) == step:
            _die()

    finished = threading.Event()

    def announce(slips: Sequence[Slip]) -> None:
        next_step()
        with told.open("a", encoding="utf-8") as file:
            for slip in slips:
                assert slip.answered is not None
                file.write(json.dumps([slip.message.key, slip.answered.reply.text]) + "\n")
                file.flush()
                next_step()
        finished.set()

    _watch_statements(store, next_step)
    desk = Desk(store, talk(), announce)
    for one in batch(step):
        desk.ask_late(one) if one.key.startswith("late") else desk.ask(one)
    desk.open()
    finished.wait()
    desk.close()
    store.close()


def _watch_statements(store: Store, step: Callable[..., None]) -> None:
    """Have `step` called before whatever reaches the database, however it gets there."""

    class Watched(psycopg.Cursor[Any]):
        def execute(self, *words: Any, **named: Any) -> Any:
            step()
            return super().execute(*words, **named)

    def watch(connection: Any, _entry: object) -> None:
        if store.is_sqlite:
            connection.set_trace_callback(step)
        else:
            connection.cursor_factory = Watched

    event.listen(store.engine, "connect", watch)
    event.listen(store.engine, "commit", step)


def _keep(folder: Path, messages: int) -> None:
    keeping = spool(folder)
    for number in range(messages):
        keeping.keep(message("婆婆", QUESTION, f"m{number}"))
    _die()


def _keep_short(folder: Path, room: int) -> None:
    keeping = spool(folder)
    keeping.keep(message("婆婆", QUESTION, "m0"))
    [file] = folder.glob("*.spool")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size + room, hard))
    try:
        keeping.keep(message("婆婆", QUESTION, "m1"))
    except OSError:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        keeping.keep(message("婆婆", QUESTION, "m2"))
        os._exit(0)
    raise AssertionError("the disk was not full")
