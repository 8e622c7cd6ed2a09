"""Answers of the knowledge base, with live facts filled in and what to tap next."""

import re
from datetime import datetime

from bot.messages import Reply
from bot.nlu.heard import Outcome
from bot.router import Router, Turn
from bot.rules import station
from bot.store import Session
from bot.store.station import Counter
from bot.wording import station as say_station

router = Router()
NEXT = "faq.next"
_FACT = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")


@router.outcome(Outcome.ANSWER)
def answer(turn: Turn) -> Reply:
    """The entry's text; below it the actions and neighbours the entry names."""
    entry = turn.knowledge.entry((turn.heard.target or "").removeprefix("faq:"))
    text = entry.answer.strip()
    if "{" in text:
        text = filled(turn.session, text, turn.now.astimezone(turn.zone))
    choices = {turn.knowledge.action(name).title: f"action:{name}" for name in entry.actions}
    choices |= {turn.knowledge.entry(name).question: f"faq:{name}" for name in entry.related[:2]}
    return Reply(text, asks=NEXT if choices else None, choices=dict(list(choices.items())[:4]))


@router.answer_to(NEXT, offer=True)
def next_step(_turn: Turn) -> Reply | None:
    """What is offered leads to its target by itself; anything else is read afresh."""
    return None


def filled(session: Session, text: str, now: datetime) -> str:
    """An answer with the facts of this moment, which is local."""
    stations = station.serving(session)

    def standing(counter: Counter) -> str:
        return say_station.standing(station.opening(session, counter, now), now)

    return _FACT.sub(lambda found: say_station.fact(stations, found[1], standing), text)
