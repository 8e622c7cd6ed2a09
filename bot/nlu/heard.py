"""What the understanding hands to everybody above it: plain values, no text processing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """The four ways a message can be taken."""

    ANSWER = "answer"  # an entry of the knowledge base
    ACTION = "action"  # a capability starts or completes
    CLARIFY = "clarify"  # two or three candidates are offered
    FALLBACK = "fallback"  # not understood; a person is offered


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible target, `faq:ID` or `action:NAME`, with its calibrated score from 0 to 1."""

    target: str
    score: float
    title: str = ""  # what a resident reads when it is offered to tap


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a message means.

    `targets` holds every need in order; `slots` is in the shape of `weizhan ask --json`
    (see docs/understanding.md); `candidates` holds at most the five best, best first.
    """

    text: str
    kind: Outcome
    target: str | None = None
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    targets: tuple[str, ...] = ()
    slots: Mapping[str, object] = field(default_factory=dict)
