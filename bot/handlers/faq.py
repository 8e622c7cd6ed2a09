"""Answers of the knowledge base, with live facts filled in and what to tap next."""

import re

from bot.messages import Reply
from bot.nlu.heard import Outcome
from bot.router import Router, Turn
from bot.rules import station
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
        text = _filled(turn, text)
    choices = {turn.knowledge.action(name).title: f"action:{name}" for name in entry.actions}
    choices |= {turn.knowledge.entry(name).question: f"faq:{name}" for name in entry.related[:2]}
    return Reply(text, asks=NEXT if choices else None, choices=dict(list(choices.items())[:4]))


@router.answer_to(NEXT)
def next_step(_turn: Turn) -> Reply | None:
    """What is offered leads to its target by itself; anything else is read afresh."""
    return None


def _filled(turn: Turn, text: str) -> str:
    stations = station.serving(turn.session)
    now = turn.now.astimezone(turn.zone)

    def standing(counter: Counter) -> str:
        return say_station.standing(station.opening(turn.session, counter, now), now)

    return _FACT.sub(lambda found: say_station.fact(stations, found[1], standing), text)
