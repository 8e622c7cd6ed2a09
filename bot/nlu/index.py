"""Finds, among all phrases, the few that share rare words, characters or syllables with a message."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, filterfalse
from math import log
from operator import add

BUDGET = 700  # postings read for a message, those of its rarest features first


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in the ways it is compared."""

    text: str
    words: tuple[str, ...]
    sound: str
    mode: int = 0


def pairs(text: str) -> Iterable[str]:
    """Its neighbouring characters, two by two."""
    return map(add, text, text[1:])


class Rarity:
    """How much each feature of one channel says: the fewer entries have it, the more."""

    def __init__(self, features: Iterable[tuple[int, Iterable[str]]], entries: int) -> None:
        """`features`: the entry's number and the features of each phrase."""
        owners: dict[str, set[int]] = defaultdict(set)
        for entry, names in features:
            for name in names:
                owners[name].add(entry)
        self.unseen = log(2 * (entries + 1)) ** 2
        self.of: Mapping[str, float] = {name: (log((entries + 1) / (len(has) + 0.5)) + 0.05) ** 2 for name, has in owners.items()}

    def sum(self, features: Iterable[str]) -> float:
        weight, unseen = self.of, self.unseen
        return sum(weight.get(feature, unseen) for feature in features)


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

    def __init__(self, readings: Sequence[Reading], owner: Sequence[int]) -> None:
        """`owner`: for each phrase the number of its entry, counted from 0 without a gap."""
        entries = max(owner, default=-1) + 1
        self.words = Rarity(zip(owner, (r.words for r in readings), strict=True), entries)
        self.chars = Rarity(zip(owner, (chain(r.text, pairs(r.text)) for r in readings), strict=True), entries)
        self.sounds = Rarity(zip(owner, (chain(r.sound, pairs(r.sound)) for r in readings), strict=True), entries)
        self._by_word = Postings(r.words for r in readings)
        self._by_pair = Postings(pairs(r.text) for r in readings)
        self._by_sound = Postings(pairs(r.sound) for r in readings)

    def candidates(self, reading: Reading, limit: int) -> list[int]:
        """Numbers of the phrases that share the most weight with the reading, at most `limit`."""
        sums: dict[int, float] = defaultdict(float)
        left = BUDGET
        for weight, numbers in self._lists(reading):
            for number in numbers:
                sums[number] += weight
            left -= len(numbers)
            if left < 0 and len(sums) >= limit:
                break
        if len(sums) <= limit:
            return list(sums)
        return nlargest(limit, sums, key=sums.__getitem__)

    def _lists(self, reading: Reading) -> list[tuple[float, tuple[int, ...]]]:
        found: list[tuple[float, tuple[int, ...]]] = []
        for features, postings, rarity in (
            (reading.words, self._by_word.of, self.words.of),
            (pairs(reading.text), self._by_pair.of, self.chars.of),
            (pairs(reading.sound), self._by_sound.of, self.sounds.of),
        ):
            for feature in set(features):
                if (numbers := postings.get(feature)) is not None:
                    found.append((rarity[feature], numbers))
        found.sort(key=lambda pair: len(pair[1]))
        return found


def unmatched(words: Iterable[str], among: Iterable[str]) -> Iterable[str]:
    return filterfalse(frozenset(among).__contains__, words)
