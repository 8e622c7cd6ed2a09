"""Why a message was taken as it was: what each kind of evidence added to each candidate, and what decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.nlu.guard import foreign
from bot.nlu.heard import Outcome, Understanding
from bot.nlu.index import Reading
from bot.nlu.match import FEATURES, OUTSIDE, Match, Matcher
from bot.nlu.model import Model

BEST = 5


class Why(StrEnum):
    """What decided on the outcome."""

    NOTHING = "nothing"  # not one word was said
    ONE_WORD = "one word"  # a courtesy, or a word of the talk itself
    WORD_FOR_WORD = "word for word"  # stands like this in the knowledge base
    SEVERAL = "several needs"
    SURE = "sure"  # the score reaches `sure`
    HELD_BACK = "held back"  # sure by its score, but an action that was not named, or refused, or only asked about
    FOREIGN = "not ours"  # the form of speech of what no community assistant gives
    DOUBT = "doubt"  # between `open` and `sure`
    UNKNOWN = "unknown"  # below `open`


@dataclass(frozen=True, slots=True)
class Weighed:
    """One candidate with the phrase that found it and what each kind of evidence added.

    `score`: as it was decided on; `alone`: before the guard and the parts of the message had their say, None where
    only a part of the message, or nothing but its words, led to the candidate.
    """

    target: str
    score: float
    alone: float | None
    phrase: str
    added: Mapping[str, float]  # sums up to the candidate's strength, before all are compared


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that led to an understanding, ready to be drawn as a table."""

    understanding: Understanding
    why: Why
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
    ranked = {match.entry: match for match in matcher.rank(reading, BEST)} if plain else {}
    scores = {candidate.target: candidate.score for candidate in understanding.candidates}
    weighed = [_weighed(target, scores.get(target), ranked.get(target), model) for target in {**scores, **ranked}]
    return Explanation(
        understanding,
        _why(understanding, ranked, reading.text, model, known=plain in matcher.word_for_word()),
        plain,
        reading.text,
        reading.words,
        tuple(sorted(weighed, key=lambda one: (-one.score, -(one.alone or 0.0)))[:BEST]),
        _added(OUTSIDE, model.none, matcher.evidence(reading).outside),
        model.sure,
        model.open,
    )


def _weighed(target: str, score: float | None, match: Match | None, model: Model) -> Weighed:
    if match is None:
        return Weighed(target, score or 0.0, None, "", {})
    decided = round(match.score, 3) if score is None else score
    return Weighed(
        target, decided, round(match.score, 3), match.phrase, _added(FEATURES, model.weights, match.evidence)
    )


def _why(heard: Understanding, ranked: Mapping[str, Match], text: str, model: Model, *, known: bool) -> Why:
    """Told from the outcome itself, so that it cannot say anything else than what happened."""
    if not heard.candidates and not ranked:
        return Why.NOTHING
    if len(heard.targets) > 1:
        return Why.SEVERAL
    if heard.kind in (Outcome.ANSWER, Outcome.ACTION):
        certain = heard.score == 1.0 and len(heard.candidates) == 1
        return (Why.WORD_FOR_WORD if known else Why.ONE_WORD) if certain else Why.SURE
    if foreign(text):
        return Why.FOREIGN
    if heard.kind is Outcome.FALLBACK:
        return Why.UNKNOWN
    return Why.HELD_BACK if any(match.score >= model.sure for match in ranked.values()) else Why.DOUBT


def _added(names: tuple[str, ...], weights: tuple[float, ...], evidence: tuple[float, ...]) -> dict[str, float]:
    return {name: round(w * value, 3) for name, w, value in zip(names, weights, evidence, strict=True)}
