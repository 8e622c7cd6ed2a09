"""Ranks the entries of a corpus for a message: candidates, evidence, one calibrated score for every entry."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, filterfalse
from math import exp, inf, sqrt
from operator import mul

from rapidfuzz.distance.LCSseq import similarity as lcs

from bot.nlu.index import Gains, Index, Reading, grams, rarest, rarities
from bot.nlu.mend import Mender
from bot.nlu.model import Model
from bot.nlu.modes import Habits, mode
from bot.nlu.read import Reader

ENTRIES, SECOND = 8, 0.4  # entries looked at closely; share of its best phrase's weight for the second of an entry
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
        read: Callable[[str], Reading] | None = None,
        also: Iterable[str] = (),
    ) -> None:
        """Index every phrase of every entry.

        `read`: how a phrase is read, if not as it stands; `also`: more phrases whose words may be typed as pinyin.
        """
        self.names = tuple(phrases)
        self.model = model
        self._reader = reader
        told = [(number, way) for number, ways in enumerate(phrases.values()) for way in ways]
        owner = self._owner = [number for number, _ in told]
        self.texts = [way for _, way in told]
        readings = list(map(read or reader.reading, self.texts))
        size = len(self.names)
        self._rarity = rarities((r.words for r in readings), owner, size)
        self._rarest = rarest(size)
        self._word_gains = Gains([r.words for r in readings], iter, owner, size)
        self._char_gains = Gains([r.text for r in readings], grams, owner, size)
        self.phrases = [self._phrase(entry, reading) for entry, reading in zip(owner, readings, strict=True)]
        self._index = Index(readings, owner)
        named = ((text, reader.words.cut(text)) for text in also)
        self._mender = Mender(reader.words, reader.sounds, chain(((r.text, r.words) for r in readings), named))
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
        words = tuple(sorted(self._word_gains.known(reading.words), key=self._rarity.__getitem__, reverse=True))
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

    def parts(self, text: str, whole: Reading, parts: Sequence[str], *, asks: bool = False) -> list[Reading]:
        """The readings of parts of a plain text, taken out of its own wherever mending kept all characters in place."""
        if not len(text) == len(whole.text) == len(whole.sound):
            return [self.read(part, asks=asks) for part in parts]
        found, end = [], 0
        for part in parts:
            begin = text.index(part, end)
            end = begin + len(part)
            found.append(whole.between(begin, end, mode(whole.text[begin:end], asks=asks)))
        return found

    def rank(self, reading: Reading, limit: int = 10, certain: Match | None = None) -> list[Match]:
        """At most `limit` entries, best first; the scores of all entries and of none of them add up to 1.

        `certain`: what the reading is part of means without doubt; where this part points there too, that is all.
        """
        candidates = self._index.candidates(reading)
        if certain and candidates and self.names[self._owner[candidates[0][1]]] == certain.entry:
            return [certain]
        seen = self._evidence(reading, candidates)
        weights, owner = self.model.weights, self._owner
        best: dict[int, tuple[float, int, tuple[float, ...]]] = {}
        for number, row in seen.rows:
            value = sum(map(mul, weights, row))
            entry = owner[number]
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
        return self._evidence(reading, self._index.candidates(reading))

    def _evidence(self, reading: Reading, candidates: Iterable[tuple[float, int]]) -> Evidence:
        words, chars = dict.fromkeys(reading.words), dict.fromkeys(grams(reading.text))
        known, known_chars = self._word_gains.known(words), self._char_gains.known(chars)
        said = dict(zip(known, map(self._rarity.__getitem__, known), strict=True))
        told, lacks, sound = said.get, said.__contains__, reading.sound
        gains: dict[int, tuple[float, float, float]] = {}
        rows = []
        for number in self._shortlist(candidates):
            phrase = self.phrases[number]
            if (gained := gains.get(phrase.entry)) is None:
                gained = gains[phrase.entry] = (
                    self._word_gains.of(phrase.entry, known, len(words), phrase.words),
                    self._char_gains.of(phrase.entry, known_chars, len(chars), phrase.text),
                    self._habits.gain(phrase.entry, reading.mode),
                )
            shared = sum(filter(None, map(told, phrase.words))) / phrase.weight
            lacking = next(filterfalse(lacks, phrase.words), None)
            missing = self._rarity[lacking] / self._rarest if lacking else 0.0
            likeness = lcs(sound, phrase.sound) / (len(phrase.sound) or 1)
            rows.append((number, (shared, gained[0], gained[1], likeness, missing, gained[2])))
        return Evidence(rows, self._outside(reading, said, len(words) - len(known), gains))

    def _shortlist(self, candidates: Iterable[tuple[float, int]]) -> list[int]:
        """The best phrase of each of the best entries, and the second where it comes near."""
        owner, least, short = self._owner, dict[int, float](), list[int]()
        for weight, number in candidates:
            entry = owner[number]
            if entry not in least:
                if len(least) == ENTRIES:
                    continue
                least[entry] = weight * SECOND
            elif weight < least[entry]:
                continue
            else:
                least[entry] = inf
            short.append(number)
        return short

    def _outside(
        self, reading: Reading, said: Mapping[str, float], strangers: int, found: Collection[int]
    ) -> tuple[float, ...]:
        """What speaks for none of them: words nobody here ever said, and how long and telling the message is."""
        strange = self._rarest * strangers
        total = sum(said.values()) + strange or 1.0
        richness = sum(map(self._rich.__getitem__, found)) / (len(found) or 1)
        return (1.0, strange / total, sqrt(len(reading.text)) / 10, total / self._rarest / 10, richness)
