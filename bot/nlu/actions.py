"""Reads how people ask for each action, and in which clear words an action must be named before it may start."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Needs(StrEnum):
    """Which of an action's own words a message must hold."""

    EITHER = "either"
    VERB = "verb"
    OBJECT = "object"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class ActionCard:
    """One thing the assistant can do."""

    name: str
    title: str  # what a resident reads when it is offered to tap
    examples: tuple[str, ...]
    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    needs: Needs
    unless: tuple[str, ...]  # words that tell of its failing: then it is not what is asked for
    noun: str  # the file's name without .toml
    matched: bool = True  # False for courtesies, which are told by their words alone


def load(folder: Path) -> tuple[ActionCard, ...]:
    cards = []
    for path in sorted(folder.glob("*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            cards.append(
                ActionCard(
                    name=name,
                    title=table["title"],
                    examples=tuple(table["ask"]),
                    verbs=tuple(table.get("verbs", ())),
                    objects=tuple(table.get("objects", ())),
                    needs=Needs(table.get("needs", "either")),
                    unless=tuple(table.get("unless", ())),
                    noun=path.stem,
                    matched=table.get("matched", True),
                )
            )
    return tuple(cards)
