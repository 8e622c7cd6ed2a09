"""`weizhan ask --explain`: an understanding as tables that stay aligned where characters are two columns wide."""

from collections.abc import Collection, Sequence
from unicodedata import east_asian_width

from bot.nlu import Explanation
from bot.nlu.explain import Weighed
from bot.wording import why as say

NONE = "(none of them)"
UNKNOWN = "-"


def drawn(why: Explanation) -> str:
    """What was read, what spoke for each candidate and for none, what was decided and why."""
    return "\n\n".join(filter(None, [aligned(_read(why)), _candidates(why), aligned(_decided(why))]))


def _read(why: Explanation) -> list[list[str]]:
    slots = [f"{name}={value}" for name, value in why.understanding.slots.items()]
    told = {"plain": why.plain, "mended": why.mended, "words": " ".join(why.words), "slots": " ".join(slots)}
    return [[name, value] for name, value in told.items() if value]


def _candidates(why: Explanation) -> str:
    """A row for each candidate: what each kind of evidence added, and their sum before all are compared."""
    if not why.candidates:
        return ""
    names = list(next((one.added for one in why.candidates if one.added), {}))
    rows = [["candidate", "score", "alone", *names, "sum", "nearest phrase"]]
    rows += [_row(one, names) for one in why.candidates]
    others = [[NONE, *why.none, "sum"], ["", *_numbers(why.none.values())]]
    return "\n\n".join([aligned(rows), aligned(others)])


def _row(one: Weighed, names: Sequence[str]) -> list[str]:
    alone = UNKNOWN if one.alone is None else f"{one.alone:.3f}"
    added = _numbers(one.added.values()) if one.added else [UNKNOWN] * (len(names) + 1)
    return [one.target, f"{one.score:.3f}", alone, *added, one.phrase or UNKNOWN]


def _numbers(values: Collection[float]) -> list[str]:
    return [f"{value:+.2f}" for value in (*values, sum(values))]


def _decided(why: Explanation) -> list[list[str]]:
    heard = why.understanding
    taken = " ".join([heard.kind.value, *heard.targets])
    return [
        ["thresholds", f"answered from {why.sure:.2f}, offered from {why.open:.2f}"],
        ["decided by", f"{why.why.value} → {taken}"],
        ["why", say.sentence(why)],
    ]


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of as many cells each, every column as wide as its widest cell."""
    widths = [max(map(_columns, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (width - _columns(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
