"""Ranks the entries of a corpus for a message: candidates, evidence, one calibrated score for every entry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import exp, sqrt

from rapidfuzz import fuzz

from bot.nlu.index import Index, Reading, pairs
from bot.nlu.mend import Mender
from bot.nlu.model import Model
from bot.nlu.modes import Habits
from bot.nlu.read import Reader

CANDIDATES = 20
FEATURES = (
    "words_of_phrase", "words_of_message", "words",
    "chars_of_phrase", "chars_of_message", "chars",
    "sounds_of_phrase", "sounds_of_message", "sounds",
    "likeness", "likeness_heard", "rarest_missing", "rarest_extra", "known_to_entry", "mode", "same",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """One entry that a message may mean, with the evidence for it."""

    entry: str
    score: float
    phrase: str
    evidence: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Phrase:
    entry: int
    reading: Reading
    words: float  # sums of rarity
    chars: float
    sounds: float


class Matcher:
    """Ranks entries, each with one or more phrases."""

    def __init__(self, reader: Reader, phrases: Mapping[str, Iterable[str]], model: Model) -> None:
        self.names = tuple(phrases)
        self.model = model
        owner, self.texts = [], []
        for number, ways in enumerate(phrases.values()):
            for way in ways:
                owner.append(number)
                self.texts.append(way)
        self._reader = reader
        readings = [reader.reading(text) for text in self.texts]
        self._mender = Mender(reader.words, reader.sounds, (r.text for r in readings))
        self.index = Index(readings, owner)
        index = self.index
        self.phrases = [
            _Phrase(
                number,
                r,
                index.words.sum(r.words),
                index.chars.sum(chain(r.text, pairs(r.text))),
                index.sounds.sum(chain(r.sound, pairs(r.sound))),
            )
            for number, r in zip(owner, readings, strict=True)
        ]
        self._habits = Habits(zip(owner, (r.mode for r in readings), strict=True), len(self.names))
        known: list[set[str]] = [set() for _ in self.names]
        for number, r in zip(owner, readings, strict=True):
            known[number].update(r.words)
        self._known = [frozenset(words) for words in known]

    def hear(self, raw: str) -> Reading:
        """A message as it is compared, with its homophones and pinyin mended."""
        plain = self._reader.plain(raw)
        return self._reader.read(self._mender.mend(plain.text), asks=plain.asks)

    def rank(self, reading: Reading, limit: int = 10, *, without: int | None = None) -> list[Match]:
        """At most `limit` entries, best first; `without`: a phrase that must not be used (for fitting)."""
        rows = self.evidence(reading, without=without)
        weights = self.model.weights
        best: dict[int, tuple[float, int, tuple[float, ...]]] = {}
        for number, row in rows:
            value = sum(map(float.__mul__, weights, row))
            entry = self.phrases[number].entry
            if entry not in best or best[entry][0] < value:
                best[entry] = (value, number, row)
        found = sorted(best.items(), key=lambda item: -item[1][0])
        outside = exp(min(self.model.outside(self.outside(reading)), 50.0))
        total = outside + sum(exp(value) for _, (value, _, _) in found)
        return [
            Match(self.names[entry], exp(value) / total, self.texts[number], row)
            for entry, (value, number, row) in found[:limit]
        ]

    def outside(self, reading: Reading) -> tuple[float, ...]:
        """What speaks for none of the entries: length, and the share of the message that nobody here ever said."""
        rarity = self.index.words
        total = rarity.sum(reading.words) or 1.0
        strange = sum(rarity.unseen for word in reading.words if word not in rarity.of)
        return (1.0, strange / total, sqrt(len(reading.text)) / 10)

    def evidence(self, reading: Reading, *, without: int | None = None) -> list[tuple[int, tuple[float, ...]]]:
        """For each candidate phrase its number and the evidence, in the order of FEATURES."""
        index = self.index
        words, chars, sounds = index.words, index.chars, index.sounds
        of_word = {word: words.of.get(word, words.unseen) for word in reading.words}
        of_char = {f: chars.of.get(f, chars.unseen) for f in chain(reading.text, pairs(reading.text))}
        of_sound = {f: sounds.of.get(f, sounds.unseen) for f in chain(reading.sound, pairs(reading.sound))}
        all_words, all_chars, all_sounds = sum(of_word.values()), sum(of_char.values()), sum(of_sound.values())
        scale = words.unseen
        rows = []
        for number in index.candidates(reading, CANDIDATES):
            if number == without:
                continue
            phrase = self.phrases[number]
            other = phrase.reading
            w = sum(map(of_word.__getitem__, filter(of_word.__contains__, other.words)))
            c = sum(map(of_char.__getitem__, filter(of_char.__contains__, chain(other.text, pairs(other.text)))))
            s = sum(map(of_sound.__getitem__, filter(of_sound.__contains__, chain(other.sound, pairs(other.sound)))))
            known = self._known[phrase.entry]
            missing = [words.of[word] for word in other.words if word not in of_word]
            extra = [of_word[word] for word in reading.words if word not in other.words]
            rows.append((number, (
                w / (phrase.words or 1), min(w / (all_words or 1), 1), w / sqrt(phrase.words * all_words or 1),
                c / (phrase.chars or 1), min(c / (all_chars or 1), 1), c / sqrt(phrase.chars * all_chars or 1),
                s / (phrase.sounds or 1), min(s / (all_sounds or 1), 1), s / sqrt(phrase.sounds * all_sounds or 1),
                fuzz.ratio(reading.text, other.text) / 100,
                fuzz.ratio(reading.sound, other.sound) / 100,
                max(missing, default=0.0) / scale,
                max(extra, default=0.0) / scale,
                sum(weight for word, weight in of_word.items() if word in known) / (all_words or 1),
                self._habits.gain(phrase.entry, reading.mode),
                float(reading.sound == other.sound),
            )))  # fmt: skip
        return rows
