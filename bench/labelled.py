"""The labelled messages of the repository, and what a system made of each."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.people import ROOT

TESTS = ROOT / "tests"
SETS: Mapping[str, Path] = {
    "messages": TESTS / "data" / "messages.tsv",
    "held out": TESTS / "messages.tsv",
    "second person": TESTS / "data" / "second_person.tsv",
}
NONE = "none"
OFFERED = 3  # candidates that a resident sees


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and what it means: its needs in order, any target of each being right; none of nobody's business."""

    text: str
    needs: tuple[frozenset[str], ...]
    style: str
    source: str

    @property
    def in_scope(self) -> bool:
        return bool(self.needs)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a system made of a message: the targets it answered, else the best it would offer."""

    answered: tuple[str, ...]
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over many messages."""

    messages: int
    known: int
    right: int
    helped: int  # right, or offered among the first three
    wrong: int  # answered, and something in it is wrong
    strange: int  # of nobody's business
    answered_strange: int

    def shares(self) -> list[str]:
        """Right, right or offered, wrong of all, answered of the strange ones."""
        pairs = (
            (self.right, self.known),
            (self.helped, self.known),
            (self.wrong, self.messages),
            (self.answered_strange, self.strange),
        )
        return [f"{100 * part / whole:.1f} %" if whole else "" for part, whole in pairs]


def read() -> list[Labelled]:
    """Every message of every set, in their order."""
    return [one for name, path in SETS.items() for one in _read(name, path)]


def is_right(one: Labelled, heard: Heard) -> bool:
    """Every need is answered, in order, and nothing else."""
    return len(heard.answered) == len(one.needs) > 0 and all(
        target in need for target, need in zip(heard.answered, one.needs, strict=True)
    )


def is_wrong(one: Labelled, heard: Heard) -> bool:
    """Something is answered that was not meant."""
    return not set(heard.answered) <= frozenset[str]().union(*one.needs)


def figures(heard: Iterable[tuple[Labelled, Heard]]) -> Figures:
    """What it comes to."""
    pairs = list(heard)
    known = [(one, what) for one, what in pairs if one.in_scope]
    strange = [what for one, what in pairs if not one.in_scope]
    return Figures(
        messages=len(pairs),
        known=len(known),
        right=sum(is_right(one, what) for one, what in known),
        helped=sum(_is_helped(one, what) for one, what in known),
        wrong=sum(is_wrong(one, what) for one, what in pairs),
        strange=len(strange),
        answered_strange=sum(bool(what.answered) for what in strange),
    )


def _is_helped(one: Labelled, heard: Heard) -> bool:
    seen: Sequence[str] = heard.answered or heard.offered[:OFFERED]
    return is_right(one, heard) or (not heard.answered and all(not need.isdisjoint(seen) for need in one.needs))


def _read(name: str, path: Path) -> Iterable[Labelled]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            expected = row["expected"]
            needs = () if expected == NONE else tuple(frozenset(need.split("|")) for need in expected.split("&"))
            yield Labelled(row["text"], needs, row.get("style") or "-", name)
