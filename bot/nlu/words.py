"""Cuts text into words with jieba's dictionary, without its cache file and without its rare words."""

from collections.abc import Iterable
from math import log
from pathlib import Path

import jieba

RAREST = 8  # words that the dictionary counted less often stay out, unless the lexicon or the corpus has them
LEXICON_COUNT = 3_000
_LATIN_END = "\u0250"
_NO_WORD = -1e9  # the beginning of a word that is none itself


class Words:
    """The most probable cut over a trimmed dictionary; the weights are taken once, not at every message."""

    def __init__(self, lexicon: Iterable[str] = ()) -> None:
        self._counts, total = _dictionary()
        for word in lexicon:
            self._counts[word] = max(self._counts.get(word, 0), LEXICON_COUNT)
        shift = log(total)
        self._unknown = -shift
        self._weight = {word: log(count) - shift for word, count in self._counts.items()}
        for word in self._counts:
            for stop in range(1, len(word)):
                self._weight.setdefault(word[:stop], _NO_WORD)

    def count(self, word: str) -> int:
        """How often the language uses it, 0 for no word at all."""
        return self._counts.get(word, 0)

    def cut(self, text: str) -> list[str]:
        """Words in order; Latin letters and digits stay together."""
        size = len(text)
        best, end = [0.0] * (size + 1), list(range(1, size + 1))
        weight, unknown = self._weight.get, self._unknown
        for i in range(size - 1, -1, -1):
            first, after = text[i], i + 1
            if first < _LATIN_END and after < size and text[after] < _LATIN_END:
                best[i], end[i] = best[after], end[after]
                continue
            top, stop = max(weight(first, unknown), unknown) + best[after], after
            for j in range(i + 2, size + 1):
                value = weight(text[i:j])
                if value is None:
                    break
                if value + best[j] > top:
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
    """Those of jieba's words that are counted often enough, and the sum of all counts."""
    counts, total = {}, 0
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, _ = line.decode("utf-8").split(" ", 2)
            number = int(count)
            total += number
            if number >= RAREST:
                counts[word] = number
    return counts, total
