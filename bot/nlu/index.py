"""Finds, among all phrases, the few that share rare syllables with a message, and what its features say of an entry."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import log, sqrt
from operator import add
from typing import Generic, TypeVar

BUDGET = 200  # postings read for a message, those of its most telling syllables first
ENOUGH = 0.25  # share of the best phrase's weight that a candidate has at least
Said = TypeVar("Said", str, tuple[str, ...])  # a phrase as its text or as its words
_BELIEF = 2.0  # phrases' worth of belief that an entry is spoken of like all others


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in the ways it is compared."""

    text: str
    words: tuple[str, ...]
    sound: str
    mode: int = 0

    def between(self, begin: int, end: int, mode: int) -> "Reading":
        """A part of it, of its own mode; only for a text that sounds as long as it is."""
        words, at = [], 0
        for word in self.words:
            if at < end and begin < at + len(word):
                words.append(word[max(begin - at, 0) : end - at])
            at += len(word)
        return Reading(self.text[begin:end], tuple(words), self.sound[begin:end], mode)


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


class Gains(Generic[Said]):
    """How much likelier each feature is of an entry than of all, as a logarithm; what it lacks counts against it."""

    def __init__(
        self, phrases: Sequence[Said], split: Callable[[Said], Iterable[str]], owner: Sequence[int], entries: int
    ) -> None:
        """`split`: the features of a phrase; `owner`: for each phrase the number of its entry."""
        self._split: Callable[[Said], Iterable[str]] = split
        counts = Counter(owner)
        phrases_with = self._counted(phrases)
        size = len(phrases)
        gain = cache(lambda n, of_all: log(1 + n * size / (_BELIEF * of_all)))  # equal gains are one object
        self._same = {name: name for name in phrases_with}  # a look-up by the very same string compares no characters
        self._once: Mapping[str, float] = {name: gain(1, n) for name, n in phrases_with.items()}
        self._lacking = [log(_BELIEF / (counts[entry] + _BELIEF)) for entry in range(entries)]
        self._several: dict[int, dict[str, float]] = {}
        of_entry: dict[int, list[Said]] = defaultdict(list)
        for entry, phrase in zip(owner, phrases, strict=True):
            of_entry[entry].append(phrase)
        for entry, own in of_entry.items():
            if len(own) > 1:
                seen = self._counted(own).items()
                self._several[entry] = {self._same[name]: gain(n, phrases_with[name]) for name, n in seen}

    def _counted(self, phrases: Iterable[Said]) -> Counter[str]:
        """How many of the phrases have each feature; no more than one phrase is split at a time."""
        return Counter(chain.from_iterable(set(self._split(phrase)) for phrase in phrases))

    def known(self, message: Iterable[str]) -> list[str]:
        """The features that any entry has, as the strings they are kept under."""
        return list(filter(None, map(self._same.get, message)))

    def of(self, entry: int, known: Sequence[str], size: int, only: Said) -> float:
        """The gain of a message's features, on a scale that long and short messages share.

        `known`: those of them that any entry has; `size`: how many it has in all; `only`: the phrase, for an entry of
        one phrase.
        """
        if (own := self._several.get(entry)) is not None:
            gain = sum(filter(None, map(own.get, known)))
        else:
            gain = sum(map(self._once.__getitem__, set(self._split(only)).intersection(known)))
        return (gain + len(known) * self._lacking[entry]) / (4 * sqrt(size or 1))


class Index:
    """The candidates of a message over all phrases of a corpus."""

    def __init__(self, readings: Sequence[Reading], owner: Sequence[int]) -> None:
        """`owner`: for each phrase the number of its entry."""
        sounds = [tuple(dict.fromkeys(pairs(reading.sound))) for reading in readings]
        rarity = rarities(sounds, owner, max(owner, default=-1) + 1)
        postings: dict[str, list[int]] = defaultdict(list)
        for number, names in enumerate(sounds):
            for name in names:
                postings[name].append(number)
        self._postings = {name: (rarity[name], tuple(numbers)) for name, numbers in postings.items()}

    def candidates(self, reading: Reading) -> list[tuple[float, int]]:
        """The phrases that share the most weight with the reading, each its weight and number, the best first."""
        sums: dict[int, float] = {}
        so_far, left = sums.get, BUDGET
        for weight, numbers in sorted(filter(None, map(self._postings.get, set(pairs(reading.sound)))), reverse=True):
            left -= len(numbers)
            if left < 0 and sums:
                break
            for number in numbers:
                sums[number] = so_far(number, 0.0) + weight
        if not sums:
            return []
        least = ENOUGH * max(sums.values())
        best = [(weight, number) for number, weight in sums.items() if weight >= least]
        best.sort(reverse=True)
        return best
