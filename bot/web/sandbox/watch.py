"""What the look behind the scenes shows of a turn: what was understood, what was written, and how long it took."""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import local
from time import perf_counter
from typing import Any

from sqlalchemy import event

from bot.conversation import Answered, Answers
from bot.desk import Slip
from bot.messages import Message
from bot.nlu import Explanation
from bot.nlu.heard import Outcome
from bot.store import Session, Store
from bot.web.sandbox.inside import Inside
from bot.web.sandbox.slow import Slowness
from bot.wording import why as say

Explain = Callable[[str, datetime], Explanation]
_COMPARED = 3  # candidates whose evidence stands side by side
_WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)")


class Watched:
    """A conversation that tells `inside` of each turn once it is durable."""

    def __init__(self, talk: Answers, store: Store, inside: Inside, slowness: Slowness, explain: Explain) -> None:
        self._talk = talk
        self._explain = explain
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
            self._inside.put(report(slip, rows) | self._explained(slip))

    def _explained(self, slip: Slip) -> dict[str, object]:
        """What led to the understanding, computed anew; nothing where no text was understood."""
        if slip.answered is None or slip.answered.outcome not in set(Outcome):
            return {}
        why = self._explain(slip.message.text, slip.message.sent_at)
        return {"why": say.sentence(why), "explain": evidence(why)}

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


def evidence(why: Explanation) -> list[list[object]]:
    """A table as rows: a kind of evidence each, a column for each of the best candidates."""
    compared = [one for one in why.candidates if one.added][:_COMPARED]
    if not compared:
        return []
    title = {candidate.target: candidate.title for candidate in why.understanding.candidates}
    against = sum(why.none.values())
    return [
        [say.NAME, *(title.get(one.target) or one.phrase for one in compared), say.NONE_OF_THEM],
        *([say.evidence(name), *(one.added[name] for one in compared), ""] for name in compared[0].added),
        *([say.evidence(name), *([""] * len(compared)), value] for name, value in why.none.items()),
        [say.STRENGTH, *(sum(one.added.values()) for one in compared), against],
        [say.SCORE, *(one.score for one in compared), ""],
    ]


def _ms(seconds: float) -> float:
    return round(max(0.0, seconds) * 1000, 3)
