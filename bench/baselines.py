"""What everybody tries first: three plain ways to find the nearest phrase, without learning anything."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from logging import WARNING
from math import log
from operator import itemgetter
from typing import TypeAlias

import jieba
from rapidfuzz import fuzz, process

from bench.labelled import Heard, Labelled, is_wrong

Phrases: TypeAlias = Mapping[str, Iterable[str]]
Ranked: TypeAlias = list[tuple[str, float]]  # targets with the score of their nearest phrase, best first
MOST = 50  # phrases looked at for the best three targets
K1, B = 1.5, 0.75

jieba.setLogLevel(WARNING)


@dataclass(frozen=True, slots=True)
class Told:
    """Every phrase and the target it leads to."""

    texts: Sequence[str]
    owners: Sequence[str]

    @classmethod
    def of(cls, phrases: Phrases) -> "Told":
        pairs = [(way, target) for target, ways in phrases.items() for way in ways]
        return cls([way for way, _ in pairs], [target for _, target in pairs])

    def ranked(self, found: Iterable[tuple[int, float]]) -> Ranked:
        """`found`: the number and the score of a phrase each, best first."""
        best: dict[str, float] = {}
        for number, score in found:
            best.setdefault(self.owners[number], score)
        return list(best.items())


def ratio(phrases: Phrases) -> Callable[[str], Ranked]:
    """By rapidfuzz's ratio of the characters."""
    told = Told.of(phrases)
    return lambda text: told.ranked(
        (number, score) for _, score, number in process.extract(text, told.texts, scorer=fuzz.ratio, limit=MOST)
    )


def token_set(phrases: Phrases) -> Callable[[str], Ranked]:
    """By rapidfuzz's token_set_ratio of jieba's words."""
    told = Told.of(phrases)
    texts = [" ".join(words(text)) for text in told.texts]
    return lambda text: told.ranked(
        (number, score)
        for _, score, number in process.extract(" ".join(words(text)), texts, scorer=fuzz.token_set_ratio, limit=MOST)
    )


def bm25(phrases: Phrases) -> Callable[[str], Ranked]:
    """Okapi BM25 over jieba's words, a phrase being a document."""
    told = Told.of(phrases)
    documents = [Counter(words(text)) for text in told.texts]
    sizes = [document.total() for document in documents]
    usual, many = sum(sizes) / len(sizes), len(documents)
    holding: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        for word in document:
            holding[word].append(number)

    def rank(text: str) -> Ranked:
        scores: dict[int, float] = defaultdict(float)
        for word in words(text):
            rarity = log(1 + (many - len(holding[word]) + 0.5) / (len(holding[word]) + 0.5)) if word in holding else 0.0
            for number in holding.get(word, ()):
                times = documents[number][word]
                scores[number] += rarity * times * (K1 + 1) / (times + K1 * (1 - B + B * sizes[number] / usual))
        return told.ranked(sorted(scores.items(), key=lambda pair: -pair[1])[:MOST])

    return rank


def words(text: str) -> list[str]:
    return [word for word in jieba.lcut(text.lower()) if word.strip()]


BASELINES: Mapping[str, Callable[[Phrases], Callable[[str], Ranked]]] = {
    "rapidfuzz ratio": ratio,
    "token_set_ratio, jieba words": token_set,
    "BM25, jieba words": bm25,
}


def always(ranked: Iterable[tuple[Labelled, Ranked]]) -> list[tuple[Labelled, Heard]]:
    """Answered whatever the score."""
    return cut(ranked, float("-inf"))


def cut(ranked: Iterable[tuple[Labelled, Ranked]], sure: float) -> list[tuple[Labelled, Heard]]:
    """Answered from this score on, offered below it."""
    return [
        (one, Heard((best[0][0],) if best and best[0][1] >= sure else (), tuple(target for target, _ in best)))
        for one, best in ranked
    ]


def as_careful_as(
    ranked: Sequence[tuple[Labelled, Ranked]], wrong: float
) -> tuple[float, list[tuple[Labelled, Heard]]]:
    """The lowest threshold with at most this share of wrong answers: the best accuracy that can be had for it."""
    tops = sorted(((best[0][1], is_wrong(one, Heard((best[0][0],), ()))) for one, best in ranked if best), reverse=True)
    left, sure = wrong * len(ranked), float("inf")
    for score, together in groupby(tops, key=itemgetter(0)):
        left -= sum(is_bad for _, is_bad in together)
        if left < 0:
            break
        sure = score
    return sure, cut(ranked, sure)
