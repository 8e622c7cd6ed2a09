"""Every phrase that leads to a target: the knowledge base's own, the actions' examples, and what else is typed."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from bot.nlu.actions import ActionCard
from bot.nlu.faq import Entry

_HERE = Path(__file__).parent
_ELSEWHERE = "none:"  # begins the name of a subject that others answer


def ways_to_ask(
    entries: Sequence[Entry],
    cards: Sequence[ActionCard],
    *,
    learned: bool = True,
    more: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> dict[str, tuple[str, ...]]:
    """The phrases of each target; courtesies are told by their words alone and have none.

    `learned`: with those that missed messages taught; `more`: phrases of today's own, by target.
    """
    ways = {f"faq:{entry.id}": (entry.question, *entry.ask) for entry in entries}
    ways |= {f"action:{card.name}": card.examples for card in cards if card.matched}
    written = (_read(name) for name in ("phrases.toml", *(("learned.toml",) if learned else ())))
    for table in (*written, more):
        ways = {target: tuple(dict.fromkeys((*own, *table.get(target, ())))) for target, own in ways.items()}
    return ways


def asked_elsewhere() -> dict[str, tuple[str, ...]]:
    """What is asked and said of each subject that is none of ours; it competes with our own targets."""
    return {f"{_ELSEWHERE}{subject}": tuple(said) for subject, said in _read("elsewhere.toml").items()}


def is_ours(target: str) -> bool:
    """Whether it is a target, and not a subject that nobody here answers."""
    return not target.startswith(_ELSEWHERE)


def _read(name: str) -> dict[str, list[str]]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
