"""Turns a raw text into the reading that is compared: plain words, characters, sounds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.nlu import dialect
from bot.nlu.index import Reading
from bot.nlu.modes import mode
from bot.nlu.normalize import Normalizer, Plain
from bot.nlu.sounds import Sounds
from bot.nlu.words import Words, read_lexicon

_HERE = Path(__file__).parent
_LATIN = re.compile("[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Reader:
    """The tables a text is read with."""

    normalizer: Normalizer
    words: Words
    sounds: Sounds

    def plain(self, raw: str) -> Plain:
        return self.normalizer.read(raw)

    def reading(self, raw: str, marks: tuple[str, ...] = ()) -> Reading:
        plain = self.plain(raw)
        return self.read(plain.text, self.words.cut(plain.text), marks, asks=plain.asks)

    def read(self, text: str, words: Iterable[str], marks: tuple[str, ...] = (), *, asks: bool = False) -> Reading:
        """The reading of a plain text and its words; `marks`: more words; `asks`: a question mark was written."""
        return Reading(text, (*words, *marks), self.sound(text), mode(text, asks=asks))

    def sound(self, text: str) -> str:
        if text.isascii() or _LATIN.search(text):
            text = _LATIN.sub(self._heard, text)
        return self.sounds.of(text)

    def _heard(self, run: re.Match[str]) -> str:
        syllables = self.sounds.syllables(run[0])
        return "".join(map(self.sounds.sign, syllables)) if syllables else run[0]


@cache
def load_reader() -> Reader:
    """Reads the tables that stand beside this module, once in a process; about a quarter of a second."""
    return Reader(
        Normalizer(_HERE / "data" / "simplified.txt", dialect.load(_HERE / "dialect.toml")),
        Words(_HERE / "data" / "words.txt", read_lexicon(_HERE / "lexicon.txt")),
        Sounds(_HERE / "data" / "sounds.txt"),
    )
