"""Chooses from which score on to answer and to offer, by what the whole assistant makes of labelled messages."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.nlu.heard import Understanding
from bot.nlu.model import Model
from bot.nlu.understand import Understander

NOW = datetime.fromisoformat("2026-01-05T09:00:00+08:00")
SURE = [n / 100 for n in range(40, 86, 2)]
HALF = [n / 100 for n in range(50, 100, 5)]
WRONG = 0.015  # share of all messages that may be answered wrongly, those that mean nothing here among them
OFFERS = 1 / 3  # of the messages that are not answered, down to which share the right target is offered
LEAST_OFFERED = 0.12
FOLDS = 5


class Verdict(StrEnum):
    """How a labelled message was taken."""

    RIGHT = "right"
    OPEN = "open"  # not answered
    WRONG = "wrong"
    FALSE = "false"  # answered although it means nothing here


@dataclass(frozen=True, slots=True)
class Told:
    """A labelled message; no `meant`: nothing may be answered."""

    text: str
    meant: tuple[str, ...]


def read(lines: Iterable[str]) -> list[Told]:
    """Lines of text, expected and style after one of headings; only the first of two needs is kept."""
    rows = [line.split("\t")[:2] for line in list(lines)[1:]]
    return [Told(text, _meant(expected)) for text, expected in rows]


def _meant(expected: str) -> tuple[str, ...]:
    return () if expected == "none" else tuple(expected.split("&")[0].split("|"))


def thresholds(fitted: Model, told: Sequence[Told], build: Callable[[Model], Understander]) -> Model:
    """The model with `sure`, `half` and `open` at which the most is answered rightly within WRONG.

    What holds on the messages of all folds but one must hold on that one; what comes out of it is printed.
    """
    sure = {value: _verdicts(build(replace(fitted, sure=value, half=0.9)), told) for value in SURE}
    fitted = replace(fitted, sure=_best(sure, range(len(told))))
    half = {value: _verdicts(build(replace(fitted, half=value)), told) for value in HALF}
    fitted = replace(fitted, half=_best(half, range(len(told))))
    print(f"sure {fitted.sure}, half {fitted.half}; on folds left out: {_left_out(half)}")  # noqa: T201
    return replace(fitted, open=_open(build(fitted), told))


def _verdicts(assistant: Understander, told: Sequence[Told]) -> list[Verdict]:
    return [_verdict(assistant.understand(one.text, NOW), one) for one in told]


def _verdict(heard: Understanding, one: Told) -> Verdict:
    if heard.target is None:
        return Verdict.OPEN
    if heard.target in one.meant:
        return Verdict.RIGHT
    return Verdict.WRONG if one.meant else Verdict.FALSE


def _best(table: dict[float, list[Verdict]], places: Iterable[int]) -> float:
    """The value with the most right answers of those within bounds, the most careful one when none is."""
    chosen = list(places)
    within = [value for value, verdicts in table.items() if _bounded([verdicts[place] for place in chosen])]
    right = {value: sum(table[value][place] is Verdict.RIGHT for place in chosen) for value in within}
    return max(within, key=lambda value: (right[value], value), default=max(table))


def _bounded(verdicts: Sequence[Verdict]) -> bool:
    bad = verdicts.count(Verdict.WRONG) + verdicts.count(Verdict.FALSE)
    return bad <= WRONG * len(verdicts)


def _left_out(table: dict[float, list[Verdict]]) -> str:
    """The verdicts on each fold with the value that all other folds chose."""
    size = len(next(iter(table.values())))
    seen: list[Verdict] = []
    for fold in range(FOLDS):
        value = _best(table, (place for place in range(size) if place % FOLDS != fold))
        seen += table[value][fold::FOLDS]
    return ", ".join(f"{verdict.value} {seen.count(verdict) / size:.3f}" for verdict in Verdict)


def _open(assistant: Understander, told: Sequence[Told]) -> float:
    """The lowest score down to which every third offer holds what was meant."""
    heard = [(assistant.understand(one.text, NOW), one) for one in told]
    unsure = [(one.candidates, told.meant) for one, told in heard if one.target is None and one.candidates]
    unsure.sort(key=lambda pair: -pair[0][0].score)
    near, lowest = 0, LEAST_OFFERED
    for count, (candidates, meant) in enumerate(unsure, start=1):
        near += any(candidate.target in meant for candidate in candidates[:3])
        if near >= OFFERS * count:
            lowest = candidates[0].score
    return round(max(lowest, LEAST_OFFERED), 2)
