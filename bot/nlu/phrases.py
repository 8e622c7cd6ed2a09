"""Every phrase that leads to a target: the knowledge base's own, the actions' examples, and what else residents say."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from bot.nlu.actions import ActionCard
from bot.nlu.faq import Entry

_MORE = Path(__file__).parent / "phrases.toml"


def ways_to_ask(entries: Sequence[Entry], cards: Sequence[ActionCard]) -> dict[str, tuple[str, ...]]:
    """The phrases of each target; courtesies are told by their words alone and have none."""
    ways = {f"faq:{entry.id}": (entry.question, *entry.ask) for entry in entries}
    ways |= {f"action:{card.name}": card.examples for card in cards if card.matched}
    more: dict[str, list[str]] = tomllib.loads(_MORE.read_text(encoding="utf-8"))
    return {target: tuple(dict.fromkeys((*own, *more.get(target, ())))) for target, own in ways.items()}
