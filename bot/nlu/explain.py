"""Why a message was taken as it was: what each kind of evidence added to each candidate."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.nlu.heard import Understanding
from bot.nlu.index import Reading
from bot.nlu.match import FEATURES, OUTSIDE, Matcher


@dataclass(frozen=True, slots=True)
class Weighed:
    """One candidate with the phrase that found it and what each kind of evidence added."""

    target: str
    score: float
    phrase: str
    added: Mapping[str, float]  # sums up to the candidate's strength, before all are compared


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that led to an understanding, ready to be drawn as a table."""

    understanding: Understanding
    plain: str  # after normalising and dialect
    mended: str  # after homophones and pinyin
    words: tuple[str, ...]
    candidates: tuple[Weighed, ...]
    none: Mapping[str, float]  # what spoke for none of them
    sure: float  # from this score on it is answered
    open: float  # from this score on it is offered


def explain(matcher: Matcher, understanding: Understanding, plain: str, reading: Reading) -> Explanation:
    """`reading`: of the whole message; parts of a longer message are ranked by the same evidence."""
    model = matcher.model
    outside = matcher.evidence(reading).outside
    return Explanation(
        understanding,
        plain,
        reading.text,
        reading.words,
        tuple(
            Weighed(match.entry, match.score, match.phrase, _added(FEATURES, model.weights, match.evidence))
            for match in matcher.rank(reading, 5)
        ),
        _added(OUTSIDE, model.none, outside),
        model.sure,
        model.open,
    )


def _added(names: tuple[str, ...], weights: tuple[float, ...], evidence: tuple[float, ...]) -> dict[str, float]:
    return {name: round(w * value, 3) for name, w, value in zip(names, weights, evidence, strict=True)}
