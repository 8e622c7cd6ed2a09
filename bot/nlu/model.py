"""The fitted numbers: what each kind of evidence is worth, and when an answer is sure enough to be given."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Model:
    """A conditional logit with an outside option: every candidate competes with the others and with "none of them"."""

    weights: tuple[float, ...]  # of a candidate's evidence
    none: tuple[float, ...]  # of what speaks for none of them
    sure: float = 0.5  # from this score on it is the answer
    open: float = 0.2  # from this score on it is offered
    half: float = 0.9  # from this score on an action may start that was named by half of what its card demands


def load(path: Path) -> Model:
    table = json.loads(path.read_text(encoding="utf-8"))
    weights, none = (tuple(map(float, table[part].values())) for part in ("weights", "none"))
    return Model(weights, none, float(table["sure"]), float(table["open"]), float(table["half"]))
