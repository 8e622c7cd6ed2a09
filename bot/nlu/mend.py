"""Puts the corpus's own words back where others were typed: 讲诗 is 讲师, xueshi is 学时, sfz is 身份证."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import accumulate

from bot.nlu.index import pairs
from bot.nlu.sounds import Sounds
from bot.nlu.words import Words

LONGEST = 4
REAL = 30  # a word that the dictionary counts as often was meant as it was typed
_LATIN = re.compile("[a-z]{2,}")
_SIGN = re.compile("[\ue000-\uf8ff]")
_FUNCTION = frozenset(
    "不没有是我你他她它们的了么什个在到能要可这那一二两三四五六七八九十几多少"
    "给来去好上下里会就还都也再才吗呢吧把被让叫和跟与为对从"
)


class Mender:
    """Knows the words of one corpus by their sound and by their shape."""

    def __init__(self, words: Words, sounds: Sounds, phrases: Iterable[tuple[str, Iterable[str]]]) -> None:
        """`phrases`: every phrase of the corpus, plain, and its words."""
        self._words, self._sounds = words, sounds
        seen, chars = Counter[str](), Counter[str]()
        self._pairs = {""}
        for text, cuts in phrases:
            self._pairs.update(pairs(text))
            seen.update(word for word in cuts if 2 <= len(word) <= LONGEST and "一" <= word[0] <= "鿿")
            chars.update(text)
        rising = [word for word, _ in reversed(seen.most_common())]
        content = [word for word in rising if _FUNCTION.isdisjoint(word)]
        self._own = frozenset(seen)
        self._pinyin = {sounds.of(word): word for word in rising}
        self._homophone = {sounds.of(word): word for word in content}
        self._syllable = {sounds.pinyin(char): char for char, _ in reversed(chars.most_common())}
        self._char = {sounds.of(char): char for char, _ in reversed(chars.most_common())}
        self._shape = {shape: word for word in content if len(word) > 2 for shape in _shapes(word)}
        by_initials: dict[str, list[str]] = defaultdict(list)
        for word in content:
            by_initials[sounds.initials(word)].append(word)
        self._by_initials = {letters: ways[-1] for letters, ways in by_initials.items()}

    def mend(self, text: str) -> tuple[str, list[str]]:
        """The text in the corpus's words, and its words.

        Pinyin that is no word of the corpus becomes its commonest characters.
        """
        typed: list[str] = []  # the syllables of the signs, in order
        if _LATIN.search(text):
            text = _LATIN.sub(lambda run: self._typed(run[0], typed), text)
        cuts = self._words.cut(text)
        suspects = self._suspects(text, cuts)
        if not suspects:
            return text, cuts
        meant = self._meant(text, cuts, suspects)
        if not meant and not typed:
            return text, cuts
        mended = self._mended(text, cuts, meant, typed)
        return mended, self._words.cut(mended)

    def _suspects(self, text: str, cuts: list[str]) -> set[int]:
        """Where a mistyped word may begin: before a single character that nobody here writes after the one before."""
        suspects, at, last = set(), 0, len(cuts) - 1
        for number, word in enumerate(cuts):
            size = len(word)
            lone = size == 1 or (number < last and len(cuts[number + 1]) == 1)
            if (lone and text[at + size - 1 : at + size + 1] not in self._pairs) or (
                size > 2 and word not in self._own and not self._words.common(word, REAL)
            ):
                suspects.add(at)
            at += size
        return suspects

    def _meant(self, text: str, cuts: list[str], suspects: set[int]) -> dict[int, tuple[str, int]]:
        """The corpus's words that were meant: for the place where each begins, the word and where it ends."""
        sound, last = self._sounds.of(text), 0
        ends = list(accumulate(map(len, cuts)))
        meant: dict[int, tuple[str, int]] = {}
        for number, begin in enumerate((0, *ends[:-1])):
            if begin not in suspects or begin < last:
                continue
            for end in reversed(ends[number : number + LONGEST]):
                if 1 < end - begin <= LONGEST and (word := self._word(text[begin:end], sound[begin:end])):
                    meant[begin], last = (word, end), end
                    break
        return meant

    def _mended(self, text: str, cuts: list[str], meant: dict[int, tuple[str, int]], typed: list[str]) -> str:
        """The text with what was meant; pinyin that stands alone becomes the commonest character of its syllable."""
        syllables = dict(zip((spot.start() for spot in _SIGN.finditer(text)), typed, strict=False))
        mended, begin, done = [], 0, 0
        for whole in cuts:
            if begin in meant:
                word, done = meant[begin]
                mended.append(word)
            elif begin >= done:
                syllable = syllables.get(begin)
                mended.append(self._syllable.get(syllable) or self._char.get(whole, whole) if syllable else whole)
            begin += len(whole)
        return "".join(mended)

    def _word(self, typed: str, sound: str) -> str | None:
        """The corpus's word that was meant, None when the typed one stands."""
        if typed in self._own:
            return None
        if _SIGN.search(typed):
            return self._pinyin.get(sound)
        word = self._alike(typed, sound)
        return None if word is None or self._words.common(typed, REAL) else word

    def _alike(self, typed: str, sound: str) -> str | None:
        alike, shape = self._homophone.get(sound), self._shape.get(typed)
        if alike is not None and (shape is None or not set(alike).isdisjoint(typed)):
            return alike
        if shape is not None or len(typed) != LONGEST:
            return shape
        return next(filter(None, map(self._shape.get, _blanked(typed))), None)

    def _typed(self, letters: str, typed: list[str]) -> str:
        """The signs of pinyin, whose syllables are added to `typed`; the word of initials; else the letters."""
        syllables = self._sounds.syllables(letters)
        if syllables is None:
            return self._by_initials.get(letters, letters) if len(letters) > 2 else letters
        typed += syllables
        return "".join(map(self._sounds.sign, syllables))


def _blanked(word: str) -> list[str]:
    return [f"{word[:i]}?{word[i + 1 :]}" for i in range(len(word))]


def _shapes(word: str) -> list[str]:
    """How a word looks with an inner character gone, and, when it is long, with one character wrong."""
    gone = [word[:i] + word[i + 1 :] for i in range(1, len(word) - 1)]
    return gone + _blanked(word) if len(word) == LONGEST else gone
