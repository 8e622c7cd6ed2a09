"""Ranks the entries of a corpus for a message: candidates, evidence, one calibrated score for every entry."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import exp, sqrt
from operator import mul

from rapidfuzz.distance import LCSseq

from bot.nlu.index import Gains, Index, Reading, grams, rarest, rarities
from bot.nlu.mend import Mender
from bot.nlu.model import Model
from bot.nlu.modes import Habits
from bot.nlu.read import Reader

ENTRIES, PHRASES = 8, 2  # entries looked at closely, and phrases of each
_ZEROS = repeat(0.0)
FEATURES = ("words", "gain_words", "gain_chars", "likeness", "missing", "mode")
OUTSIDE = ("bias", "strange", "length", "weight", "richness")


@dataclass(frozen=True, slots=True)
class Match:
    """One entry that a message may mean, with the evidence for it in the order of FEATURES."""

    entry: str
    score: float
    phrase: str
    evidence: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to ask for an entry."""

    entry: int
    text: str
    sound: str
    words: tuple[str, ...]  # the rarest first
    weight: float  # the sum of the words' rarity


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each candidate phrase, and for none of them."""

    rows: Sequence[tuple[int, tuple[float, ...]]]  # the phrase's number; in the order of FEATURES
    outside: tuple[float, ...]  # in the order of OUTSIDE


class Matcher:
    """Ranks entries, each with one or more phrases."""

    def __init__(
        self,
        reader: Reader,
        phrases: Mapping[str, Iterable[str]],
        model: Model,
        marks: Callable[[str], tuple[str, ...]] = lambda _: (),
        also: Iterable[str] = (),
    ) -> None:
        """Index every phrase of every entry.

        `marks`: words that stand for what a phrase says beside its need, such as a day or an address;
        `also`: more phrases whose words may be typed as pinyin.
        """
        self.names = tuple(phrases)
        self.model = model
        self._reader = reader
        told = [(number, way) for number, ways in enumerate(phrases.values()) for way in ways]
        owner = [number for number, _ in told]
        self.texts = [way for _, way in told]
        readings = [reader.reading(text, marks(text)) for text in self.texts]
        size = len(self.names)
        self._rarity = rarities((r.words for r in readings), owner, size)
        self._rarest = rarest(size)
        self._word_gains = Gains([r.words for r in readings], owner, size)
        self._char_gains = Gains([tuple(grams(r.text)) for r in readings], owner, size)
        self.phrases = [self._phrase(entry, reading) for entry, reading in zip(owner, readings, strict=True)]
        self._index = Index(readings, owner, self._rarity)
        self._mender = Mender(reader.words, reader.sounds, (*(r.text for r in readings), *also))
        self._habits = Habits(zip(owner, (r.mode for r in readings), strict=True), size)
        counts = Counter(owner)
        self._rich = [(counts[entry] - 1) / (counts[entry] + 3) for entry in range(size)]

    def word_for_word(self) -> dict[str, str]:
        """The entry of each text that is a way to ask for it and for no other."""
        owners: dict[str, set[int]] = defaultdict(set)
        for phrase in self.phrases:
            owners[phrase.text].add(phrase.entry)
        return {text: self.names[min(found)] for text, found in owners.items() if len(found) == 1}

    def _phrase(self, entry: int, reading: Reading) -> Phrase:
        words = tuple(sorted(reading.words, key=self._rarity.__getitem__, reverse=True))
        return Phrase(entry, reading.text, reading.sound, words, sum(map(self._rarity.__getitem__, words)) or 1.0)

    def hear(self, raw: str, marks: tuple[str, ...] = ()) -> Reading:
        """A message as it is compared, with its homophones and pinyin mended."""
        plain = self._reader.plain(raw)
        return self.read(plain.text, marks, asks=plain.asks)

    def mend(self, text: str) -> str:
        return self._mender.mend(text)[0]

    def read(self, text: str, marks: tuple[str, ...] = (), *, asks: bool = False) -> Reading:
        """The same for a plain text or a part of one."""
        mended, words = self._mender.mend(text)
        return self._reader.read(mended, words, marks, asks=asks)

    def rank(self, reading: Reading, limit: int = 10) -> list[Match]:
        """At most `limit` entries, best first; the scores of all entries and of none of them add up to 1."""
        seen = self.evidence(reading)
        weights = self.model.weights
        best: dict[int, tuple[float, int, tuple[float, ...]]] = {}
        for number, row in seen.rows:
            value = sum(map(mul, weights, row))
            entry = self.phrases[number].entry
            if entry not in best or best[entry][0] < value:
                best[entry] = (value, number, row)
        found = sorted(best.items(), key=lambda item: -item[1][0])[:limit]
        outside = sum(map(mul, self.model.none, seen.outside))
        top = max(outside, found[0][1][0]) if found else outside
        total = exp(outside - top) + sum(exp(value - top) for value, _, _ in best.values())
        return [
            Match(self.names[entry], exp(value - top) / total, self.texts[number], row)
            for entry, (value, number, row) in found
        ]

    def evidence(self, reading: Reading) -> Evidence:
        """The evidence for the best phrases of each of the likeliest entries."""
        words = {word: self._rarity.get(word, self._rarest) for word in reading.words}
        chars = dict.fromkeys(grams(reading.text))
        known_words, known_chars = self._word_gains.known(words), self._char_gains.known(chars)
        gains: dict[int, tuple[float, float]] = {}
        rows = []
        for number in self._shortlist(self._index.candidates(reading)):
            phrase = self.phrases[number]
            entry = phrase.entry
            if entry not in gains:
                gains[entry] = (
                    self._word_gains.of(entry, known_words, len(words), phrase.words),
                    self._char_gains.of(entry, known_chars, len(chars), grams(phrase.text)),
                )
            shared = sum(map(words.get, phrase.words, _ZEROS)) / phrase.weight
            likeness = LCSseq.similarity(reading.sound, phrase.sound) / (len(phrase.sound) or 1)
            missing = self._missing(phrase, words)
            habit = self._habits.gain(entry, reading.mode)
            rows.append((number, (shared, *gains[entry], likeness, missing, habit)))
        return Evidence(rows, self._outside(reading, words, gains))

    def _shortlist(self, candidates: Sequence[int]) -> list[int]:
        """The best phrases of the best entries."""
        taken: dict[int, int] = {}
        short = []
        for number in candidates:
            entry = self.phrases[number].entry
            count = taken.get(entry, 0)
            if count < PHRASES and (count or len(taken) < ENTRIES):
                taken[entry] = count + 1
                short.append(number)
        return short

    def _missing(self, phrase: Phrase, said: Mapping[str, float]) -> float:
        """The rarest word of the phrase that the message lacks, from 0 to 1."""
        for word in phrase.words:
            if word not in said:
                return self._rarity[word] / self._rarest
        return 0.0

    def _outside(self, reading: Reading, words: Mapping[str, float], found: Collection[int]) -> tuple[float, ...]:
        """What speaks for none of them: words nobody here ever said, and how long and telling the message is."""
        total = sum(words.values()) or 1.0
        strange = self._rarest * (len(words) - len(self._word_gains.known(words)))
        richness = sum(map(self._rich.__getitem__, found)) / (len(found) or 1)
        return (1.0, strange / total, sqrt(len(reading.text)) / 10, total / self._rarest / 10, richness)
