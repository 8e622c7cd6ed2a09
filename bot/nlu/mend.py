"""Puts the corpus's own words back where a homophone or pinyin was typed: 讲诗 -> 讲师, xueshi -> 学时, sfz -> 身份证."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from bot.nlu.sounds import Sounds
from bot.nlu.words import Words

LONGEST = 4
_LATIN = re.compile("[a-z]{2,}")
_COMMONER = 4  # a word of the language is left alone when it is this much commoner than the corpus's homophone


class Mender:
    """Knows the words of one corpus by their sound."""

    def __init__(self, words: Words, sounds: Sounds, texts: Iterable[str]) -> None:
        """`texts`: every phrase of the corpus, plain."""
        self._words, self._sounds = words, sounds
        seen, chars = Counter[str](), Counter[str]()
        for text in texts:
            seen.update(word for word in words.cut(text) if 2 <= len(word) <= LONGEST and "一" <= word[0] <= "鿿")
            chars.update(text)
        self._own = frozenset(seen)
        self._by_sound: dict[str, str] = {}
        for word, _ in reversed(seen.most_common()):
            self._by_sound[sounds.of(word)] = word
        self._char: dict[str, str] = {}
        for char, _ in reversed(chars.most_common()):
            self._char[sounds.of(char)] = char
        by_initials: dict[str, list[str]] = defaultdict(list)
        for word in seen:
            by_initials[sounds.initials(word)].append(word)
        self._by_initials = {letters: max(ways, key=seen.__getitem__) for letters, ways in by_initials.items()}

    def mend(self, text: str) -> str:
        """The text in the corpus's words; pinyin that is no word of the corpus becomes its commonest characters."""
        if _LATIN.search(text):
            text = _LATIN.sub(lambda run: self._typed(run[0]), text)
        sound = self._sounds.of(text)
        cuts = self._words.cut(text)
        if all(word in self._own for word in cuts if len(word) > 1) and all(len(word) > 1 for word in cuts):
            return text
        starts, at = {0: 0}, 0
        for number, word in enumerate(cuts, start=1):
            at += len(word)
            starts[at] = number
        mended, i, size = [], 0, len(text)
        while i < size:
            for j in range(min(size, i + LONGEST), i + 1, -1):
                if j in starts and (word := self._by_sound.get(sound[i:j])) and self._fits(text[i:j], word):
                    mended.append(word)
                    i = j
                    break
            else:
                number = starts[i]
                whole = cuts[number]
                mended.append(self._char.get(whole, whole) if len(whole) == 1 and "\ue000" <= whole <= "\uf8ff" else whole)
                i += len(whole)
        return "".join(mended)

    def _typed(self, letters: str) -> str:
        signs = self._sounds.syllables(letters)
        if signs is not None:
            return "".join(signs)
        return self._by_initials.get(letters, letters) if len(letters) > 2 else letters

    def _fits(self, typed: str, word: str) -> bool:
        if typed in self._own:
            return False
        return self._words.count(typed) <= _COMMONER * self._words.count(word)
