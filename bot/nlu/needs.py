"""Finds the two or three needs that one message can hold, in the order they were said."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.nlu.match import Match

LONGEST = 70  # characters; a longer message is a story about one need
SHORTEST = 2
CLEAR = 0.5  # score of a part's need
TOGETHER = 0.4  # score that all needs have together in the whole message

_JOINT = re.compile(r"(?:顺便|另外|还有就是|还有(?=[\u4e00-\u9fff]{3})|然后|并且|以及|再(?=帮我|给我|约|查|看|问|报)|同时)")


def parts(clauses: Iterable[str]) -> list[str]:
    """The clauses, divided where a second need is joined without a sign."""
    return [part for clause in clauses for part in _JOINT.split(clause) if len(part) >= SHORTEST]


def several(ranked: Sequence[Sequence[Match]], whole: Mapping[str, float]) -> list[str]:
    """The targets of a message with more than one need, in order; empty when it has but one.

    `ranked`: the ranking of each part; `whole`: the score of each target for the whole message.
    """
    targets: list[str] = []
    for ranking in ranked:
        if ranking and ranking[0].score >= CLEAR and ranking[0].entry not in targets:
            targets.append(ranking[0].entry)
    if len(targets) < 2 or sum(whole.get(target, 0.0) for target in targets) < TOGETHER:
        return []
    return targets[:3] if all(whole.get(target, 0.0) > 0.02 for target in targets) else []
