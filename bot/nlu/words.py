"""Cuts text into the most probable words over a trimmed copy of jieba's dictionary and the community's lexicon."""

from collections.abc import Iterable
from math import log
from pathlib import Path

LEXICON_COUNT = 3_000
_LATIN_END = "\u0250"
_NO_WORD = -1e9  # the beginning of a word that is none itself


class Words:
    """One table for cutting and for counting: the logarithm of every word's share, and the beginnings of words."""

    def __init__(self, dictionary: Path, lexicon: Iterable[str] = ()) -> None:
        """`dictionary`: the sum of all counts, then on each line a count and the words counted so often, rising."""
        total, *lines = dictionary.read_text(encoding="utf-8").splitlines()
        self._shift = log(int(total))
        weight: dict[str, float] = {}
        for line in lines:
            count, *words = line.split(" ")
            weight.update(dict.fromkeys(words, log(int(count)) - self._shift))
        least = log(LEXICON_COUNT) - self._shift
        for word in lexicon:
            weight[word] = max(weight.get(word, least), least)
        for word in list(weight):
            for stop in range(2, len(word)):
                weight.setdefault(word[:stop], _NO_WORD)
        self._weight = weight

    def common(self, word: str, count: int) -> bool:
        """Whether the language uses the word at least so often."""
        return self._weight.get(word, _NO_WORD) >= log(count) - self._shift

    def cut(self, text: str) -> list[str]:
        """Words in order; Latin letters and digits stay together."""
        size = len(text)
        best, end = [0.0] * (size + 1), list(range(1, size + 1))
        weight, unknown = self._weight.get, -self._shift
        for i in range(size - 1, -1, -1):
            first, j = text[i], i + 1
            if first < _LATIN_END and j < size and text[j] < _LATIN_END:
                best[i], end[i] = best[j], end[j]
                continue
            top = weight(first, unknown) + best[j]
            while j < size:
                j += 1
                value = weight(text[i:j])
                if value is None:
                    break
                value += best[j]
                if value > top:
                    top, end[i] = value, j
            best[i] = top
        words, i = [], 0
        while i < size:
            words.append(text[i : end[i]])
            i = end[i]
        return words


def read_lexicon(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split()
