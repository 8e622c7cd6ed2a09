"""Ranks the entries of a corpus for a message: candidates, evidence, one calibrated score for every entry."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import exp, log, sqrt
from operator import mul

from rapidfuzz.distance import LCSseq

from bot.nlu.index import Channel, Index, Reading, grams
from bot.nlu.mend import Mender
from bot.nlu.model import Model
from bot.nlu.modes import Habits
from bot.nlu.read import Reader

ENTRIES, PHRASES = 8, 2  # entries looked at closely, and phrases of each
_ZEROS = repeat(0.0)
FEATURES = ("words", "chars", "sounds", "gain_words", "gain_chars", "gain_sounds", "likeness", "missing", "mode")
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
    """One way to ask for an entry: its features, and the sums of their rarity."""

    entry: int
    words: tuple[str, ...]  # the rarest first
    chars: tuple[str, ...]
    sounds: tuple[str, ...]
    sound: str
    words_sum: float
    chars_sum: float
    sounds_sum: float


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
        """`also`: phrases whose words may be typed as pinyin too; `marks`: words that stand for what a phrase says beside its need, such as a day or an address."""
        self.names = tuple(phrases)
        self.model = model
        self._reader = reader
        told = [(number, way) for number, ways in enumerate(phrases.values()) for way in ways]
        owner = [number for number, _ in told]
        self.texts = [way for _, way in told]
        readings = [reader.reading(text, marks(text)) for text in self.texts]
        one: dict[str, str] = {}  # equal features are the same object
        chars = [tuple(one.setdefault(gram, gram) for gram in grams(reading.text)) for reading in readings]
        sounds = [tuple(one.setdefault(gram, gram) for gram in grams(reading.sound)) for reading in readings]
        size = len(self.names)
        self.words = Channel([r.words for r in readings], owner, size)
        self.chars = Channel(chars, owner, size)
        self.sounds = Channel(sounds, owner, size)
        self.phrases = [
            self._phrase(*parts) for parts in zip(owner, readings, chars, sounds, strict=True)
        ]
        self._index = Index(readings, self.words, self.sounds)
        self._mender = Mender(reader.words, reader.sounds, (*(r.text for r in readings), *also))
        self._habits = Habits(zip(owner, (r.mode for r in readings), strict=True), size)
        counts = Counter(owner)
        self._unlike = [log(2 / (counts[entry] + 2)) for entry in range(size)]
        self._rich = [(counts[entry] - 1) / (counts[entry] + 3) for entry in range(size)]

    def _phrase(self, entry: int, reading: Reading, chars: tuple[str, ...], sounds: tuple[str, ...]) -> Phrase:
        return Phrase(
            entry,
            tuple(sorted(reading.words, key=self.words.rarity.__getitem__, reverse=True)),
            chars,
            sounds,
            reading.sound,
            sum(map(self.words.rarity.__getitem__, reading.words)) or 1.0,
            sum(map(self.chars.rarity.__getitem__, chars)) or 1.0,
            sum(map(self.sounds.rarity.__getitem__, sounds)) or 1.0,
        )

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
        words = self.words.weigh(reading.words)
        chars = self.chars.weigh(grams(reading.text))
        sounds = self.sounds.weigh(grams(reading.sound))
        known_words, word_scale = _known(self.words, words)
        known_chars, char_scale = _known(self.chars, chars)
        known_sounds, sound_scale = _known(self.sounds, sounds)
        gains: dict[int, tuple[float, float, float]] = {}
        rows = []
        for number in self._shortlist(self._index.candidates(reading)):
            phrase = self.phrases[number]
            entry = phrase.entry
            if (gain := gains.get(entry)) is None:
                unlike = self._unlike[entry]
                gain = gains[entry] = (
                    (self.words.gain(entry, words, phrase.words) + known_words * unlike) * word_scale,
                    (self.chars.gain(entry, chars, phrase.chars) + known_chars * unlike) * char_scale,
                    (self.sounds.gain(entry, sounds, phrase.sounds) + known_sounds * unlike) * sound_scale,
                )
            rows.append((number, (
                sum(map(words.get, phrase.words, _ZEROS)) / phrase.words_sum,
                sum(map(chars.get, phrase.chars, _ZEROS)) / phrase.chars_sum,
                sum(map(sounds.get, phrase.sounds, _ZEROS)) / phrase.sounds_sum,
                *gain,
                LCSseq.similarity(reading.sound, phrase.sound) / (len(phrase.sound) or 1),
                self._missing(phrase, words),
                self._habits.gain(entry, reading.mode),
            )))  # fmt: skip
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
                return self.words.rarity[word] / self.words.unseen
        return 0.0

    def _outside(self, reading: Reading, words: Mapping[str, float], found: Iterable[int]) -> tuple[float, ...]:
        """What speaks for none of them: words nobody here ever said, and how long and telling the message is."""
        total, unseen = sum(words.values()) or 1.0, self.words.unseen
        strange = sum(unseen for word in words if word not in self.words.rarity)
        rich = [self._rich[entry] for entry in found]
        richness = sum(rich) / len(rich) if rich else 0.0
        return (1.0, strange / total, sqrt(len(reading.text)) / 10, total / unseen / 10, richness)


def _known(channel: Channel, said: Mapping[str, float]) -> tuple[int, float]:
    """How much of what was said is known in a channel, and the scale of its gains."""
    return sum(map(channel.rarity.__contains__, said)), 0.25 / sqrt(len(said) or 1)
