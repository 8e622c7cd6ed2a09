"""Times as residents say them, and what only looks like a time, in the tables beside this file."""

import csv
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.nlu import times
from bot.nlu.times import Moment, Opening, Precision

ZONE = ZoneInfo("Asia/Shanghai")
ASKED = "2026-11-25T10:00"  # a Wednesday
TABLES = ("times.tsv", "times_later.tsv")


def rows() -> Iterator[dict[str, str]]:
    for table in TABLES:
        with (Path(__file__).parent / table).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                if not row["text"].startswith("#"):
                    yield {name: value or "" for name, value in row.items()}


def clock(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def opening(text: str) -> Opening | None:
    if not text:
        return None
    opens, closes = (time.fromisoformat(hour) for hour in text.split("-"))
    return Opening(((opens, closes),))


def shown(moment: Moment | None) -> str:
    """The moment in the form of the tables."""
    if moment is None:
        return "none"
    form = "%Y-%m-%d" if moment.precision is Precision.DAY else "%Y-%m-%dT%H:%M"
    between = "~" if moment.precision is Precision.PART else "/"
    return between.join(end.strftime(form) for end in (moment.start, moment.end) if end)


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: f"{row['text']} {row['asked']}{row['opening']}".strip())
def test_a_time_is_read_as_it_is_meant(row: dict[str, str]) -> None:
    found = times.find(row["text"], clock(row["asked"] or ASKED), opening(row["opening"]))
    assert shown(found) == row["expected"]


def test_a_third_of_the_table_are_traps() -> None:
    expected = [row["expected"] for row in rows()]
    assert len(expected) >= 300
    assert expected.count("none") >= len(expected) / 3


@pytest.mark.parametrize(("asked", "hour"), [("一点半", 13), ("八点", 8), ("十二点", 12), ("五点", 17)])
def test_an_hour_in_the_break_at_noon_is_still_that_hour(asked: str, hour: int) -> None:
    halves = Opening(((time(8), time(12)), (time(14), time(18))))
    found = times.find(f"明天{asked}", clock(ASKED), halves)
    assert found is not None
    assert found.start.hour == hour


def test_the_span_covers_the_words_and_nothing_else() -> None:
    text = "麻烦后天上午十点来一趟"
    found = times.find(text, clock(ASKED))
    assert found is not None
    assert text[slice(*found.span)] == "后天上午十点"


def test_the_moment_is_in_the_zone_of_the_clock() -> None:
    found = times.find("明天下午三点", clock(ASKED))
    assert found is not None
    assert found.start.isoformat() == "2026-11-26T15:00:00+08:00"
