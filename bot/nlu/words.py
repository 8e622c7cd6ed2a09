"""Cuts text into words: jieba's own search over a trimmed copy of its dictionary and the community's lexicon."""

import sys
from collections.abc import Iterable
from pathlib import Path

_ASIDE = "pkg_resources"  # jieba does without it, and it takes 0.2 s and 6 MiB
_known = sys.modules.get(_ASIDE)
sys.modules[_ASIDE] = None  # type: ignore[assignment] # as the import system says "not there"
try:
    import jieba
finally:
    sys.modules.pop(_ASIDE)
    if _known is not None:
        sys.modules[_ASIDE] = _known

LEXICON_COUNT = 3_000


class Words:
    """One table for cutting and counting; jieba reads it in place of its own, writes no cache and guesses no names."""

    def __init__(self, dictionary: Path, lexicon: Iterable[str] = ()) -> None:
        """`dictionary`: the sum of all counts, then on each line a count and the words counted so often, rising."""
        total, *lines = dictionary.read_text(encoding="utf-8").splitlines()
        counts: dict[str, int] = {}
        for line in lines:
            count, *words = line.split(" ")
            counts.update(dict.fromkeys(words, int(count)))
        for word in lexicon:
            counts[word] = max(counts.get(word, 0), LEXICON_COUNT)
        for word in list(counts):
            for stop in range(1, len(word)):
                counts.setdefault(word[:stop], 0)  # the beginning of a word that is none itself
        self._counts = counts
        self._jieba = jieba.Tokenizer()
        self._jieba.FREQ, self._jieba.total, self._jieba.initialized = counts, int(total), True

    def common(self, word: str, count: int) -> bool:
        """Whether the language uses the word at least so often."""
        return self._counts.get(word, 0) >= count

    def cut(self, text: str) -> list[str]:
        """Words in order; Latin letters and digits stay together."""
        words: list[str] = self._jieba.lcut(text, HMM=False)
        return words


def read_lexicon(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split()
