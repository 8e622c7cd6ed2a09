"""Writes text as it sounds, so that homophones, near-homophones and typed pinyin meet.

Every syllable is one private-use character: a text and its sound have the same length, and anything that works on
strings works on sounds. Pairs that people here do not tell apart are one syllable:
zh z, ch c, sh s, n l, ing in, eng en, f hu.
"""

from pathlib import Path

_PRIVATE = 0xE000
_LONGEST_RUN = 40  # letters; nobody types more pinyin without a blank
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINALS = (("ing", "in"), ("eng", "en"))
_F_OR_H = {"hu": "fu", "hua": "fa", "huan": "fan", "huang": "fang", "hui": "fei", "hun": "fen", "hong": "fen"}


def near(syllable: str) -> str:
    """The syllable that stands for all it may be mistaken for: zheng -> zen, nv -> lv, hui -> fei."""
    for long, short in _INITIALS:
        if syllable.startswith(long) and len(syllable) > len(long):
            syllable = short + syllable[len(long) :]
            break
    for long, short in _FINALS:
        if syllable.endswith(long):
            syllable = syllable[: -len(long)] + short
    return _F_OR_H.get(syllable, syllable)


class Sounds:
    """The syllables of characters, and the syllables in runs of Latin letters."""

    def __init__(self, table: Path) -> None:
        """`table`: on each line a syllable, a tab, its characters."""
        signs: dict[str, str] = {}
        self._of_char: dict[int, str] = {}
        self._of_pinyin: dict[str, str] = {}
        self._syllable: dict[str, str] = {}
        for line in table.read_text(encoding="utf-8").splitlines():
            syllable, chars = line.split("\t")
            sign = signs.setdefault(near(syllable), chr(_PRIVATE + len(signs)))
            self._of_pinyin[syllable] = sign
            for char in chars:
                self._of_char[ord(char)] = sign
                self._syllable[char] = syllable

    def of(self, text: str) -> str:
        """The text with every known character as its syllable's sign."""
        return text.translate(self._of_char)

    def pinyin(self, char: str) -> str:
        return self._syllable.get(char, char)

    def initials(self, word: str) -> str:
        """The letters typed by those who type only each syllable's first: 身份证 -> sfz."""
        return "".join(self._syllable.get(char, char)[0] for char in word)

    def sign(self, syllable: str) -> str:
        return self._of_pinyin[syllable]

    def syllables(self, letters: str) -> list[str] | None:
        """The syllables of a run of pinyin, None when the letters are not pinyin through and through."""
        if len(letters) > _LONGEST_RUN:
            return None
        return self._split(letters, 0)

    def _split(self, letters: str, start: int) -> list[str] | None:
        if start == len(letters):
            return []
        for stop in range(min(start + 6, len(letters)), start, -1):
            if letters[start:stop] in self._of_pinyin and (rest := self._split(letters, stop)) is not None:
                return [letters[start:stop], *rest]
        return None
