"""Finds the two or three needs that one message can hold, in the order they were said."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.nlu.match import Match

LONGEST = 70  # characters; a longer message is a story about one need
SHORT = 40  # characters; in so short a message two clear parts are two needs, whatever the whole looks like
SHORTEST = 2
CLEAR, PLAIN = 0.75, 0.85  # score of a part's need, in a longer and in a short message
TOGETHER = 0.5  # score that all needs have together in the whole message
FAINT = 0.02  # score that each of them has there at least
MOST = 3

_JOINT = re.compile(
    r"(?:顺便|另外|还有就是|还有(?=[\u4e00-\u9fff]{3})|然后|并且|以及|再(?=帮我|给我|约|查|看|问|报)|同时|^先)"
)


def parts(clauses: Iterable[str]) -> list[str]:
    """The clauses, divided where a second need is joined without a sign."""
    return [part for clause in clauses for part in _JOINT.split(clause) if len(part) >= SHORTEST]


def several(ranked: Sequence[Sequence[Match]], whole: Mapping[str, float], length: int) -> list[str]:
    """The targets of a message with more than one need, in order; empty when it has but one.

    `ranked`: the ranking of each part; `whole`: each target's score for the whole message; `length`: its characters.
    """
    if length <= SHORT and len(plain := _clear(ranked, PLAIN)) > 1 and len(ranked) <= MOST:
        return plain
    targets = _clear(ranked, CLEAR)
    if len(targets) < 2 or sum(whole.get(target, 0.0) for target in targets) < TOGETHER:
        return []
    return targets[:MOST] if all(whole.get(target, 0.0) > FAINT for target in targets) else []


def _clear(ranked: Sequence[Sequence[Match]], least: float) -> list[str]:
    """The first choice of each part that is clear enough, each once."""
    best = [ranking[0] for ranking in ranked if ranking]
    return list(dict.fromkeys(match.entry for match in best if match.score >= least))
