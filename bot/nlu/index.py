"""Finds, among all phrases, the few that share rare words, characters or syllables with a message."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from math import log, sqrt
from operator import add

BUDGET = 200  # postings read for a message, those of its most telling features first
ENOUGH = 0.25  # share of the best phrase's weight that a candidate has at least
_ZEROS = repeat(0.0)
_BELIEF = 2.0  # phrases' worth of belief that an entry is spoken of like all others


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in the ways it is compared."""

    text: str
    words: tuple[str, ...]
    sound: str
    mode: int = 0


def pairs(text: str) -> Iterator[str]:
    """Its neighbouring characters, two by two."""
    return map(add, text, text[1:])


def grams(text: str) -> Iterator[str]:
    """Its characters and its pairs."""
    return chain(text, pairs(text))


def rarities(features: Iterable[Iterable[str]], owner: Sequence[int], entries: int) -> dict[str, float]:
    """How much each feature says: the fewer entries have it, the more.

    `features`: those of each phrase; `owner`: for each phrase the number of its entry.
    """
    owners: dict[str, set[int]] = defaultdict(set)
    for entry, names in zip(owner, features, strict=True):
        for name in names:
            owners[name].add(entry)
    return {name: (log((entries + 1) / (len(has) + 0.5)) + 0.05) ** 2 for name, has in owners.items()}


def rarest(entries: int) -> float:
    """What a feature says that no entry has."""
    return log(2 * (entries + 1)) ** 2


class Gains:
    """How much likelier each feature is of an entry than of all, as a logarithm; what it lacks counts against it."""

    def __init__(self, features: Sequence[Sequence[str]], owner: Sequence[int], entries: int) -> None:
        """`features`: those of each phrase; `owner`: for each phrase the number of its entry."""
        counts = Counter(owner)
        phrases_with = Counter(name for names in features for name in set(names))
        size = len(features)
        self.once: Mapping[str, float] = {name: log(1 + size / (_BELIEF * n)) for name, n in phrases_with.items()}
        self._lacking = [log(_BELIEF / (counts[entry] + _BELIEF)) for entry in range(entries)]
        seen = {entry: Counter[str]() for entry, count in counts.items() if count > 1}
        for entry, names in zip(owner, features, strict=True):
            if entry in seen:
                seen[entry].update(set(names))
        gain = cache(lambda n, of_all: log(1 + n * size / (_BELIEF * of_all)))  # equal gains are one object
        self._several = {
            entry: {name: gain(n, phrases_with[name]) for name, n in own.items()} for entry, own in seen.items()
        }

    def known(self, message: Iterable[str]) -> list[str]:
        """The features that any entry has."""
        return list(filter(self.once.__contains__, message))

    def of(self, entry: int, known: Collection[str], size: int, only: Iterable[str]) -> float:
        """The gain of a message's features, on a scale that long and short messages share.

        `known`: those of them that any entry has; `size`: how many it has in all; `only`: the features of the phrase,
        for an entry of one phrase.
        """
        if (own := self._several.get(entry)) is not None:
            gain = sum(map(own.get, known, _ZEROS))
        else:
            gain = sum(map(self.once.__getitem__, set(only).intersection(known)))
        return (gain + len(known) * self._lacking[entry]) / (4 * sqrt(size or 1))


class Postings:
    """Which phrases hold a feature."""

    def __init__(self, features: Iterable[Iterable[str]]) -> None:
        found: dict[str, list[int]] = defaultdict(list)
        for number, names in enumerate(features):
            for name in set(names):
                found[name].append(number)
        self.of: Mapping[str, tuple[int, ...]] = {name: tuple(numbers) for name, numbers in found.items()}


class Index:
    """The candidates of a message over all phrases of a corpus."""

    def __init__(self, readings: Sequence[Reading], owner: Sequence[int], words: Mapping[str, float]) -> None:
        """`owner`: for each phrase the number of its entry; `words`: their rarities."""
        sounds = rarities((pairs(r.sound) for r in readings), owner, max(owner, default=-1) + 1)
        self._words = self._weighed(Postings(r.words for r in readings), words)
        self._sounds = self._weighed(Postings(pairs(r.sound) for r in readings), sounds)

    @staticmethod
    def _weighed(postings: Postings, rarity: Mapping[str, float]) -> Mapping[str, tuple[float, tuple[int, ...]]]:
        return {name: (rarity[name], numbers) for name, numbers in postings.of.items()}

    def candidates(self, reading: Reading) -> list[int]:
        """Numbers of the phrases that share the most weight with the reading, the best first."""
        sums: dict[int, float] = defaultdict(float)
        left = BUDGET
        for weight, numbers in self._lists(reading):
            for number in numbers:
                sums[number] += weight
            left -= len(numbers)
            if left < 0:
                break
        if not sums:
            return []
        least = ENOUGH * max(sums.values())
        best = [(weight, number) for number, weight in sums.items() if weight >= least]
        best.sort(reverse=True)
        return [number for _, number in best]

    def _lists(self, reading: Reading) -> list[tuple[float, tuple[int, ...]]]:
        """The postings of what the message says, the most telling first."""
        found = [*map(self._words.get, set(reading.words)), *map(self._sounds.get, set(pairs(reading.sound)))]
        return sorted(filter(None, found), reverse=True)
