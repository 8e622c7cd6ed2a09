"""The table the bench prints, and the notes below it."""

from dataclasses import astuple, dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: what was measured, of us and of the baseline, their ratio, and what is wanted."""

    figure: str
    own: str
    baseline: str = ""
    ratio: str = ""
    goal: str = ""


@dataclass(slots=True)
class Report:
    """What a part found: rows, and notes that explain them."""

    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, other: "Report") -> None:
        self.figures += other.figures
        self.notes += other.notes

    def drawn(self) -> str:
        """The table, the notes below it."""
        head = Figure("figure", "own", "baseline", "ratio", "goal")
        rows = [astuple(row) for row in (head, *self.figures)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        lines.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join([*lines, "", *(f"· {note}" for note in self.notes)])
