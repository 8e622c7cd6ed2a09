"""The table the bench prints, and the notes below it."""

from dataclasses import dataclass, field

Row = tuple[str, str, str, str, str]
HEAD = ("figure", "own", "baseline", "ratio", "goal")


def row(figure: str, own: str, baseline: str = "", ratio: str = "", goal: str = "") -> Row:
    """What was measured, of us and of the baseline, their ratio, and what is wanted."""
    return figure, own, baseline, ratio, goal


@dataclass(slots=True)
class Report:
    """What a part found: rows, and notes that explain them."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, other: "Report") -> None:
        self.rows += other.rows
        self.notes += other.notes

    def drawn(self, head: Row = HEAD) -> str:
        """The table, the notes below it."""
        rows = [head, *self.rows]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        lines.insert(1, "  ".join("-" * width for width in widths))
        return "\n".join([*lines, "", *(f"· {note}" for note in self.notes)])
