"""Cuts text into words with jieba's dictionary, without its cache file and without its rare words."""

from collections.abc import Iterable
from math import log
from pathlib import Path

import jieba

RAREST = 8  # words that the dictionary counted less often stay out, unless the lexicon or the corpus has them
LEXICON_COUNT = 3_000


class Words:
    """The most probable cut over a trimmed dictionary; the weights are taken once, not at every message."""

    def __init__(self, lexicon: Iterable[str] = ()) -> None:
        counts, total = _dictionary()
        self._counts = counts
        for word in lexicon:
            counts[word] = max(counts.get(word, 0), LEXICON_COUNT)
        shift = log(total)
        self._weight = {word: log(count) - shift for word, count in counts.items()}
        self._unknown = -shift
        self._longest = _longest_by_first(counts)

    def knows(self, word: str) -> bool:
        return word in self._weight

    def count(self, word: str) -> int:
        """How often the language uses it, 0 for no word at all."""
        return self._counts.get(word, 0)

    def cut(self, text: str) -> list[str]:
        """Words in order; Latin letters and digits stay together."""
        size = len(text)
        best = [0.0] * (size + 1)
        end = [0] * size
        weight, longest, unknown = self._weight, self._longest, self._unknown
        for i in range(size - 1, -1, -1):
            first = text[i]
            if first < "\u0250" and i + 1 < size and text[i + 1] < "\u0250":
                best[i], end[i] = best[i + 1], end[i + 1]
                continue
            top, stop = weight.get(first, unknown) + best[i + 1], i + 1
            for j in range(i + 2, min(size, i + longest.get(first, 1)) + 1):
                value = weight.get(text[i:j])
                if value is not None and value + best[j] > top:
                    top, stop = value + best[j], j
            best[i], end[i] = top, stop
        words, i = [], 0
        while i < size:
            words.append(text[i : end[i]])
            i = end[i]
        return words


def read_lexicon(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split()


def _dictionary() -> tuple[dict[str, int], int]:
    """jieba's words that are counted often enough, and the sum of all counts."""
    counts, total = {}, 0
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, _ = line.decode("utf-8").split(" ", 2)
            number = int(count)
            total += number
            if number >= RAREST:
                counts[word] = number
    return counts, total


def _longest_by_first(words: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for word in words:
        if len(word) > longest.get(word[0], 1):
            longest[word[0]] = min(len(word), 6)
    return longest
