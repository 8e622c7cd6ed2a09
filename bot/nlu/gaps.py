"""Questions nobody could answer, gathered into the few things they were really about."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

ALIKE = 62.0  # of 100; two ways of saying the same short question are seldom less alike


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that was asked in several ways: the numbers of the texts, the most typical first."""

    texts: tuple[int, ...]

    @property
    def size(self) -> int:
        return len(self.texts)


def gather(texts: Sequence[str]) -> list[Gap]:
    """Texts that are alike, together; the largest group first, equal ones in the order they were asked."""
    leaders: list[str] = []
    groups: list[list[int]] = []
    for number, text in enumerate(texts):
        found = process.extractOne(text, leaders, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if found is None:
            leaders.append(text)
            groups.append([number])
        else:
            groups[found[2]].append(number)
    return sorted((Gap(_typical_first(group, texts)) for group in groups), key=lambda gap: -gap.size)


def _typical_first(group: list[int], texts: Sequence[str]) -> tuple[int, ...]:
    """The text most like all others of its group comes first; a large group is judged by its first thirty."""
    judges = group[:30]
    likeness = {number: sum(fuzz.ratio(texts[number], texts[other]) for other in judges) for number in judges}
    best = max(judges, key=lambda number: likeness[number])
    return (best, *(number for number in group if number != best))
