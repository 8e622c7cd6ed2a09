"""Fits the weights on our own labelled phrases: `python -m bot.nlu.fit FAQ_DIR` writes `data/model.json`.

The phrases of the knowledge base and of the actions are asked of an engine that was built without them, clean and
spoiled; beside them stand told messages, messages that mean nothing here, and small corpora with one question an entry.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from operator import mul
from pathlib import Path
from random import Random

from bot.nlu import actions, faq
from bot.nlu.marks import marks
from bot.nlu.match import FEATURES, OUTSIDE, Matcher
from bot.nlu.model import Model
from bot.nlu.noise import Noise
from bot.nlu.phrases import ways_to_ask
from bot.nlu.read import Reader, load_reader

HERE = Path(__file__).parent
TRAINING = HERE / "training"
FOLDS = 6
EPOCHS, BATCH, STEP, SHRINK = 30, 64, 0.02, 0.004
PRECISION, LEAST_SURE = 0.985, 0.5  # an answer must be likelier than not, whatever the data say
OFFERS, LEAST_OFFERED = 1 / 3, 0.15
STRANGERS = 0.12  # of all messages mean nothing here
POSITIVE = frozenset(("words", "gain_words", "gain_chars", "likeness"))
START = Model((0.5,) * len(FEATURES), (0.0,) * len(OUTSIDE))

Row = tuple[float, ...]
Phrases = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled message: the rows of each candidate entry, which of them is meant, and its weight."""

    entries: tuple[tuple[Row, ...], ...]
    meant: int | None
    outside: Row
    weight: float


def sample(matcher: Matcher, text: str, meant: str | None, weight: float) -> Sample:
    seen = matcher.evidence(matcher.hear(text, marks(text)))
    rows: dict[str, list[Row]] = {}
    for number, row in seen.rows:
        rows.setdefault(matcher.names[matcher.phrases[number].entry], []).append(row)
    place = list(rows).index(meant) if meant in rows else None
    return Sample(tuple(map(tuple, rows.values())), place, seen.outside, weight)


class Collection:
    """Gathers the samples; everything random comes from one seed."""

    def __init__(self, reader: Reader, phrases: Phrases) -> None:
        self._reader, self._phrases = reader, phrases
        self._noise = Noise(HERE / "data" / "sounds.txt", HERE / "data" / "simplified.txt")
        self._random = Random(3)  # noqa: S311  (nothing secret)
        self._none = _lines("none.txt")

    def all(self) -> Iterator[Sample]:
        yield from self._left_out_phrases()
        yield from self._left_out_entries()
        yield from self.messages()
        yield from self._questions_alone()
        yield from self._general()
        yield from self._letters()

    def _matcher(self, phrases: Phrases) -> Matcher:
        return Matcher(self._reader, phrases, START, marks)

    def _left_out_phrases(self) -> Iterator[Sample]:
        told = [(target, way) for target, ways in self._phrases.items() for way in ways]
        fold = [self._random.randrange(FOLDS) for _ in told]
        for out in range(FOLDS):
            kept: dict[str, list[str]] = {target: [] for target in self._phrases}
            for (target, way), one in zip(told, fold, strict=True):
                if one != out:
                    kept[target].append(way)
            matcher = self._matcher(kept)
            for (target, way), one in zip(told, fold, strict=True):
                if one == out:
                    yield sample(matcher, way, target, 1.0)
                    yield sample(matcher, self._noise.spoil(way), target, 0.7)

    def _left_out_entries(self) -> Iterator[Sample]:
        targets = list(self._phrases)
        self._random.shuffle(targets)
        for part in range(8):
            out = set(targets[part::8])
            matcher = self._matcher({target: ways for target, ways in self._phrases.items() if target not in out})
            for target in targets[part::8]:
                for way in self._random.sample(list(self._phrases[target]), min(4, len(self._phrases[target]))):
                    yield sample(matcher, way, None, 0.3)

    def messages(self) -> Iterator[Sample]:
        matcher = self._matcher(self._phrases)
        for target, text in (line.split("\t") for line in _lines("messages.tsv")):
            meant = None if target == "none" else target
            yield sample(matcher, text, meant, 3.0)
            yield sample(matcher, self._noise.spoil(text), meant, 1.5)
        for text in self._none:
            yield sample(matcher, text, None, 1.5)
            yield sample(matcher, self._noise.polite(text), None, 0.5)
            yield sample(matcher, self._noise.homophone(text), None, 0.5)

    def _questions_alone(self) -> Iterator[Sample]:
        matcher = self._matcher({target: ways[:1] for target, ways in self._phrases.items()})
        for target, ways in self._phrases.items():
            for way in self._random.sample(list(ways[1:]), min(3, len(ways) - 1)):
                yield sample(matcher, way, target, 0.6)

    def _general(self) -> Iterator[Sample]:
        """Everyday questions, a paraphrase of each, and a near twin that means something else."""
        groups = [line.split("\t") for line in _lines("general.tsv")]
        corpus = {f"a{n}": (group[0],) for n, group in enumerate(groups)}
        corpus |= {f"z{n}": (group[2],) for n, group in enumerate(groups)}
        gone = {f"a{n}" for n in range(0, len(groups), 2)}
        whole, holed = self._matcher(corpus), self._matcher({k: v for k, v in corpus.items() if k not in gone})
        spoil = self._noise.spoil
        for n, (question, paraphrase, _) in enumerate(groups):
            for text in (paraphrase, spoil(paraphrase), spoil(question), self._noise.told(paraphrase)):
                yield sample(whole, text, f"a{n}", 1.5)
            if f"a{n}" in gone:
                for text in (question, paraphrase, spoil(paraphrase)):
                    yield sample(holed, text, None, 2.5)
        for text in self._none[::2]:
            yield sample(holed, text, None, 1.7)

    def _letters(self) -> Iterator[Sample]:
        """Long letters to the city under short titles."""
        letters = [line.split("\t") for line in _lines("letters.tsv")]
        others = [line.split("\t")[0] for line in _lines("general.tsv")]
        corpus = {f"t{n}": (title,) for n, (title, _) in enumerate(letters)} | {text: (text,) for text in others}
        gone = {f"t{n}" for n in range(0, len(letters), 2)}
        whole, holed = self._matcher(corpus), self._matcher({k: v for k, v in corpus.items() if k not in gone})
        for n, (_, body) in enumerate(letters):
            parts = body.split("，")
            half = len(parts) // 2
            for text in (body, "，".join(parts[: half + 1]), "，".join(parts[half:])):
                yield sample(whole, text, f"t{n}", 1.5)
            if f"t{n}" in gone:
                yield sample(holed, body, None, 1.0)
        for text in self._none[::4]:
            yield sample(holed, text, None, 0.5)


def _lines(name: str) -> list[str]:
    return (TRAINING / name).read_text(encoding="utf-8").splitlines()


def fit(samples: Iterable[Sample]) -> Model:
    """Minimise the weighted log loss by Adam in small batches; the last third of the steps is averaged."""
    order, random = list(samples), Random(1)  # noqa: S311  (nothing secret)
    size = len(FEATURES)
    values = [0.5] * size + [0.0] * len(OUTSIDE)
    speed, spread, mean = [0.0] * len(values), [0.0] * len(values), [0.0] * len(values)
    steps = averaged = 0
    for epoch in range(EPOCHS):
        random.shuffle(order)
        for start in range(0, len(order), BATCH):
            slope = _slope(order[start : start + BATCH], values)
            steps += 1
            for i, one in enumerate(slope):
                one += SHRINK * values[i] * (1.0 if i < size else 0.1)
                speed[i] = 0.9 * speed[i] + 0.1 * one
                spread[i] = 0.999 * spread[i] + 0.001 * one * one
                move = speed[i] / (1 - 0.9**steps) / (sqrt(spread[i] / (1 - 0.999**steps)) + 1e-8)
                values[i] -= STEP * (0.3 if epoch > EPOCHS // 2 else 1.0) * move
                if i < size and FEATURES[i] in POSITIVE:
                    values[i] = max(values[i], 0.0)
            if epoch >= EPOCHS * 2 // 3:
                averaged += 1
                mean = [total + value for total, value in zip(mean, values, strict=True)]
    fitted = [round(total / averaged, 3) for total in mean]
    return Model(tuple(fitted[:size]), tuple(fitted[size:]))


def _slope(batch: Sequence[Sample], values: Sequence[float]) -> list[float]:
    """The gradient of the mean weighted log loss."""
    size = len(FEATURES)
    slope = [0.0] * len(values)
    for one in batch:
        rows = [max(ways, key=lambda row: sum(map(mul, values, row))) for ways in one.entries]
        scores = [sum(map(mul, values, row)) for row in rows]
        scores.append(sum(map(mul, values[size:], one.outside)))
        top = max(scores)
        odds = [exp(score - top) for score in scores]
        total = sum(odds)
        meant = len(rows) if one.meant is None else one.meant
        for place, chance in enumerate(odds):
            error = (chance / total - (place == meant)) * one.weight / len(batch)
            if place < len(rows):
                for i, value in enumerate(rows[place]):
                    slope[i] += error * value
            else:
                for i, value in enumerate(one.outside, start=size):
                    slope[i] += error * value
    return slope


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a fitted model takes one labelled message."""

    score: float  # of the best candidate
    right: bool  # it is the one meant
    near: bool  # the one meant is among the first three
    weight: float


def thresholds(fitted: Model, messages: Iterable[Sample]) -> tuple[float, float]:
    """From which score on to answer, and from which on to offer.

    Answer: from where on PRECISION of the answers are right. Offer: from where on every third offer holds what was
    meant. Messages that mean nothing here count as STRANGERS of all.
    """
    known, strange = _parted(messages)
    worth = STRANGERS / (1 - STRANGERS) * len(known) / len(strange)
    verdicts = [_verdict(fitted, one, 1.0) for one in known] + [_verdict(fitted, one, worth) for one in strange]
    verdicts.sort(key=lambda verdict: -verdict.score)
    sure = _lowest(verdicts, lambda verdict: verdict.right, PRECISION)
    unsure = [verdict for verdict in verdicts if verdict.score < sure]
    offered = _lowest(unsure, lambda verdict: verdict.near, OFFERS)
    return round(max(sure, LEAST_SURE), 2), round(max(offered, LEAST_OFFERED), 2)


def _parted(messages: Iterable[Sample]) -> tuple[list[Sample], list[Sample]]:
    known: list[Sample] = []
    strange: list[Sample] = []
    for one in messages:
        (strange if one.meant is None else known).append(one)
    return known, strange


def _lowest(verdicts: Sequence[Verdict], good: Callable[[Verdict], bool], share: float) -> float:
    """The lowest score down to which the share of good verdicts is kept; `verdicts`: the best score first."""
    total = right = 0.0
    lowest = 1.0
    for verdict in verdicts:
        total += verdict.weight
        right += verdict.weight * good(verdict)
        if right >= share * total:
            lowest = verdict.score
    return lowest


def _verdict(fitted: Model, one: Sample, weight: float) -> Verdict:
    scores = [max(sum(map(mul, fitted.weights, row)) for row in rows) for rows in one.entries]
    if not scores:
        return Verdict(0.0, False, False, weight)
    total = sum(map(exp, scores)) + exp(sum(map(mul, fitted.none, one.outside)))
    order = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
    return Verdict(exp(scores[order[0]]) / total, order[0] == one.meant, one.meant in order[:3], weight)


def main(faq_dir: Path) -> None:
    collection = Collection(load_reader(), ways_to_ask(faq.load(faq_dir), actions.load(HERE / "actions")))
    fitted = fit(collection.all())
    sure, offered = thresholds(fitted, collection.messages())
    table = {
        "weights": dict(zip(FEATURES, fitted.weights, strict=True)),
        "none": dict(zip(OUTSIDE, fitted.none, strict=True)),
        "sure": sure,
        "open": offered,
    }
    (HERE / "data" / "model.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
