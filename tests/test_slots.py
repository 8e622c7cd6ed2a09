"""What a message says beside its need, in the table beside this file."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.nlu import slots

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Wednesday
TABLES = ("slots.tsv", "slots_later.tsv")
ADDRESS = ("building", "unit", "room")


def rows() -> Iterator[tuple[str, str]]:
    for table in TABLES:
        with (Path(__file__).parent / table).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                if not row["text"].startswith("#"):
                    yield row["text"], row["slots"] or ""


def expected(cell: str) -> dict[str, object]:
    """`building=3 start=2026-11-26T15:00` in the shape of `weizhan ask --json`."""
    said = dict(pair.split("=") for pair in cell.split())
    address = {name: said.pop(name) for name in ADDRESS if name in said}
    whole: dict[str, object] = {
        name: f"{value}:00+08:00" if is_hour(name, value) else value for name, value in said.items()
    }
    return whole | ({"address": address} if address else {})


def is_hour(name: str, value: str) -> bool:
    return name in ("start", "end") and "T" in value


@pytest.mark.parametrize(("text", "cell"), list(rows()), ids=[text for text, _ in rows()])
def test_a_message_gives_its_slots(text: str, cell: str) -> None:
    assert slots.extract(text, NOW).slots == expected(cell)
