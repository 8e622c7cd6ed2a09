"""Fits the weights and thresholds: `python -m bot.nlu.fit FAQ_DIR LABELLED` writes `data/model.json`.

The phrases of the knowledge base and of the actions are asked of an engine that was built without them, clean and
spoiled; beside them stand labelled messages, messages that mean nothing here, and small corpora with one question an
entry. The thresholds come from what the whole assistant then makes of the labelled messages.
"""

import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import exp, sqrt
from operator import mul
from pathlib import Path
from random import Random

from bot.nlu import actions, calibrate, faq
from bot.nlu.calibrate import Told
from bot.nlu.marks import marked, marks
from bot.nlu.match import FEATURES, OUTSIDE, Matcher
from bot.nlu.model import Model
from bot.nlu.noise import Noise
from bot.nlu.phrases import asked_elsewhere, is_ours, ways_to_ask
from bot.nlu.read import Reader, load_reader
from bot.nlu.understand import Understander

HERE = Path(__file__).parent
TRAINING = HERE / "training"
FOLDS = 6
EPOCHS, BATCH, STEP, SHRINK = 30, 64, 0.02, 0.004
POSITIVE = frozenset(("words", "gain_words", "gain_chars", "likeness"))
START = Model((0.5,) * len(FEATURES), (0.0,) * len(OUTSIDE))

Row = tuple[float, ...]
Phrases = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled message: the rows of each candidate entry, which of them are right, and its weight."""

    entries: tuple[tuple[Row, ...], ...]
    right: frozenset[int]  # places in `entries`; their number stands for none of them
    outside: Row
    weight: float


def sample(matcher: Matcher, text: str, meant: Collection[str], weight: float) -> Sample:
    """`meant`: the targets any of which is right; empty for a message that means nothing here."""
    seen = matcher.evidence(matcher.hear(text, marks(text)))
    rows: dict[str, list[Row]] = {}
    for number, row in seen.rows:
        rows.setdefault(matcher.names[matcher.phrases[number].entry], []).append(row)
    right = {place for place, name in enumerate(rows) if name in meant or not (is_ours(name) or meant)}
    if not right or not meant:
        right.add(len(rows))
    return Sample(tuple(map(tuple, rows.values())), frozenset(right), seen.outside, weight)


class Samples:
    """Gathers the samples; everything random comes from one seed."""

    def __init__(self, reader: Reader, phrases: Phrases, told: Sequence[Told]) -> None:
        self._reader, self._phrases, self._told = reader, phrases, told
        self._noise = Noise(HERE / "data" / "sounds.txt", HERE / "data" / "simplified.txt")
        self._random = Random(3)  # noqa: S311  (nothing secret)
        self._none = [way for target, ways in phrases.items() if not is_ours(target) for way in ways]

    def all(self) -> Iterator[Sample]:
        yield from self._left_out_phrases()
        yield from self._left_out_entries()
        yield from self._messages()
        yield from self._questions_alone()
        yield from self._general()
        yield from self._letters()

    def _matcher(self, phrases: Phrases) -> Matcher:
        return Matcher(self._reader, phrases, START, partial(marked, self._reader))

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
                    meant, weight = _only(target), 1.0 if is_ours(target) else 0.5
                    yield sample(matcher, way, meant, weight)
                    yield sample(matcher, self._noise.spoil(way), meant, 0.7 * weight)

    def _left_out_entries(self) -> Iterator[Sample]:
        targets = [target for target in self._phrases if is_ours(target)]
        self._random.shuffle(targets)
        for part in range(8):
            out = set(targets[part::8])
            matcher = self._matcher({target: ways for target, ways in self._phrases.items() if target not in out})
            for target in targets[part::8]:
                for way in self._random.sample(list(self._phrases[target]), min(4, len(self._phrases[target]))):
                    yield sample(matcher, way, (), 0.3)

    def _messages(self) -> Iterator[Sample]:
        matcher = self._matcher(self._phrases)
        for target, text in (line.split("\t") for line in _lines("messages.tsv")):
            yield sample(matcher, text, _only(target), 3.0)
            yield sample(matcher, self._noise.spoil(text), _only(target), 1.5)
        for one in self._told:
            yield sample(matcher, one.text, one.meant, 1.0)

    def _questions_alone(self) -> Iterator[Sample]:
        ours = {target: ways for target, ways in self._phrases.items() if is_ours(target)}
        matcher = self._matcher({target: ways[:1] for target, ways in ours.items()})
        for target, ways in ours.items():
            for way in self._random.sample(list(ways[1:]), min(3, len(ways) - 1)):
                yield sample(matcher, way, (target,), 0.6)

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
                yield sample(whole, text, (f"a{n}",), 6.0)
            if f"a{n}" in gone:
                for text in (question, paraphrase, spoil(paraphrase)):
                    yield sample(holed, text, (), 10.0)
        for text in self._none[::2]:
            yield sample(holed, text, (), 3.2)

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
                yield sample(whole, text, (f"t{n}",), 4.5)
            if f"t{n}" in gone:
                yield sample(holed, body, (), 3.0)
        for text in self._none[::4]:
            yield sample(holed, text, (), 0.9)


def _only(target: str) -> tuple[str, ...]:
    """The target as all that is meant; nothing for a subject that is none of ours."""
    return (target,) if is_ours(target) and target != "none" else ()


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
        meant = sum(odds[place] for place in one.right)
        for place, chance in enumerate(odds):
            error = (chance / total - (place in one.right) * chance / meant) * one.weight / len(batch)
            if place < len(rows):
                for i, value in enumerate(rows[place]):
                    slope[i] += error * value
            else:
                for i, value in enumerate(one.outside, start=size):
                    slope[i] += error * value
    return slope


def main(faq_dir: Path, labelled: Path) -> None:
    reader, entries, cards = load_reader(), faq.load(faq_dir), actions.load(HERE / "actions")
    told = calibrate.read(labelled.read_text(encoding="utf-8").splitlines())
    phrases = ways_to_ask(entries, cards, learned=False) | asked_elsewhere()
    fitted = fit(Samples(reader, phrases, told).all())
    fitted = calibrate.thresholds(
        fitted, told, lambda model: Understander(reader, entries, cards, model, learned=False)
    )
    table = {
        "weights": dict(zip(FEATURES, fitted.weights, strict=True)),
        "none": dict(zip(OUTSIDE, fitted.none, strict=True)),
        "sure": fitted.sure,
        "half": fitted.half,
        "open": fitted.open,
    }
    (HERE / "data" / "model.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
