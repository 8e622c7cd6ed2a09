"""The fitted numbers: what each kind of evidence is worth, and when an answer is sure enough to be given."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Model:
    """A conditional logit with an outside option: every candidate competes with the others and with "none of them"."""

    weights: tuple[float, ...]  # of a candidate's evidence
    none: tuple[float, ...]  # of what speaks for none of them

    def outside(self, evidence: Sequence[float]) -> float:
        return sum(map(float.__mul__, self.none, evidence))


def load(path: Path) -> Model:
    table = json.loads(path.read_text(encoding="utf-8"))
    return Model(tuple(map(float, table["weights"].values())), tuple(map(float, table["none"].values())))
