"""Finds, among all phrases, the few that share rare words, characters or syllables with a message."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from math import log
from operator import add

BUDGET = 350  # postings read for a message, those of its most telling features first
ENOUGH = 0.25  # share of the best phrase's weight that a candidate has at least
_ZEROS = repeat(0.0)
_SMOOTHING = 2.0  # phrases' worth of belief that an entry is spoken of like all others


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


class Channel:
    """One way of comparing: how much each feature says, and how much it says for each entry."""

    def __init__(self, features: Sequence[Sequence[str]], owner: Sequence[int], entries: int) -> None:
        """`features`: those of each phrase; `owner`: for each phrase the number of its entry."""
        phrases_with: Counter[str] = Counter()
        owners: dict[str, set[int]] = defaultdict(set)
        for entry, names in zip(owner, features, strict=True):
            phrases_with.update(set(names))
            for name in names:
                owners[name].add(entry)
        size = len(features)
        self.unseen = log(2 * (entries + 1)) ** 2
        self.rarity: Mapping[str, float] = {
            name: (log((entries + 1) / (len(has) + 0.5)) + 0.05) ** 2 for name, has in owners.items()
        }
        self.once: Mapping[str, float] = {
            name: log(1 + size / (_SMOOTHING * count)) for name, count in phrases_with.items()
        }
        self._gain = self._gains(features, owner, {name: count / size for name, count in phrases_with.items()})

    @staticmethod
    def _gains(
        features: Sequence[Sequence[str]], owner: Sequence[int], share: Mapping[str, float]
    ) -> Mapping[int, Mapping[str, float]]:
        """For each entry of several phrases, how much likelier each of its features is there than elsewhere."""
        several = {entry for entry, count in Counter(owner).items() if count > 1}
        counted: dict[int, Counter[str]] = {entry: Counter() for entry in several}
        for entry, names in zip(owner, features, strict=True):
            if entry in several:
                counted[entry].update(set(names))
        return {
            entry: {name: log(1 + count / (_SMOOTHING * share[name])) for name, count in seen.items()}
            for entry, seen in counted.items()
        }

    def weigh(self, features: Iterable[str]) -> dict[str, float]:
        """Each different feature of a message with its rarity."""
        rarity, unseen = self.rarity, self.unseen
        return {feature: rarity.get(feature, unseen) for feature in features}

    def gain(self, entry: int, message: Iterable[str], phrase: Iterable[str]) -> float:
        """The logarithm of how much likelier the message is of this entry, as far as its features were seen there.

        `phrase`: the features of the phrase compared with, which of an entry of one phrase are all there are.
        """
        if (own := self._gain.get(entry)) is not None:
            return sum(map(own.get, message, _ZEROS))
        return sum(map(self.once.__getitem__, filter(frozenset(message).__contains__, phrase)))


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

    def __init__(self, readings: Sequence[Reading], words: Channel, sounds: Channel) -> None:
        self._words = self._weighed(Postings(r.words for r in readings), words)
        self._sounds = self._weighed(Postings(pairs(r.sound) for r in readings), sounds)

    @staticmethod
    def _weighed(postings: Postings, channel: Channel) -> Mapping[str, tuple[float, tuple[int, ...]]]:
        return {name: (channel.rarity[name], numbers) for name, numbers in postings.of.items()}

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
