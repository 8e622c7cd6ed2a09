"""What the look behind the scenes shows of a turn: what was understood, what was written, and how long it took."""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from threading import local
from time import perf_counter
from typing import Any

from sqlalchemy import event

from bot.conversation import Answered, Answers
from bot.desk import Slip
from bot.messages import Message
from bot.store import Session, Store
from bot.web.sandbox.inside import Inside
from bot.web.sandbox.slow import Slowness

_WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)")


class Watched:
    """A conversation that tells `inside` of each turn once it is durable."""

    def __init__(self, talk: Answers, store: Store, inside: Inside, slowness: Slowness) -> None:
        self._talk = talk
        self._slowness = slowness
        self._inside = inside
        self._turn = local()
        self._written: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
        event.listen(store.engine, "checkout", self._listen)

    def answer(self, session: Session, message: Message, *, in_time: Callable[[], bool]) -> Answered:
        """Answer, and count the rows that were written meanwhile."""
        self._slowness.think()
        self._turn.rows = Counter()
        answered = self._talk.answer(session, message, in_time=in_time)
        self._written.setdefault((message.sender, message.key), Counter()).update(self._turn.rows)
        return answered

    def told(self, slips: Sequence[Slip]) -> None:
        """After the commit, from the desk's thread."""
        for slip in slips:
            rows = self._written.pop((slip.message.sender, slip.message.key), Counter())
            self._inside.put(report(slip, rows))

    def _listen(self, raw: Any, *_rest: Any) -> None:
        """SQLite tells of every statement; the sandbox needs no other database."""
        if isinstance(raw, sqlite3.Connection):
            raw.set_trace_callback(self._note)

    def _note(self, statement: str) -> None:
        found = _WRITES.match(statement)
        rows = getattr(self._turn, "rows", None)
        if found and rows is not None:
            rows[found[1].split()[0].lower(), found[2]] += 1


def report(slip: Slip, rows: Counter[tuple[str, str]]) -> dict[str, object]:
    """One turn as the page reads it; times in milliseconds."""
    message, answered = slip.message, slip.answered
    told: dict[str, object] = {
        "openid": message.sender,
        "key": message.key,
        "at": message.sent_at.isoformat(),
        "kind": message.event or message.kind.value,
        "text": message.text,
        "rows": [{"op": op, "table": table, "count": count} for (op, table), count in rows.items()],
    }
    if answered is None:
        return told | {"outcome": "failed", "ms": {"wait": _ms(slip.waited)}}
    heard = answered.heard
    rest = slip.took - answered.understand_seconds - answered.decide_seconds
    commit = perf_counter() - slip.put_at - slip.waited - slip.took
    return told | {
        "outcome": answered.outcome,
        "target": heard.target,
        "score": round(heard.score, 4),
        "candidates": [{"target": c.target, "title": c.title, "score": round(c.score, 4)} for c in heard.candidates],
        "slots": dict(heard.slots),
        "late": answered.late,
        "reply": answered.reply.text,
        "ms": {
            "wait": _ms(slip.waited),
            "understand": _ms(answered.understand_seconds),
            "decide": _ms(answered.decide_seconds),
            "write": _ms(rest),
            "commit": _ms(commit),
        },
    }


def _ms(seconds: float) -> float:
    return round(max(0.0, seconds) * 1000, 3)
