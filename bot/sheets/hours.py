"""Opening hours as a row has them: a cell for each weekday and for holidays, such as 9:00-12:00 13:30-18:00."""

import re

from bot.sheets import words
from bot.sheets.row import Row

DAYS = {**{f"day{day}": str(day) for day in range(7)}, "holiday": "holiday"}
COLUMNS = tuple(DAYS)
_SPAN = re.compile(rf"(\d{{1,2}})[:：](\d{{2}})\s*[-–—~～{words.sign('span')}]\s*(\d{{1,2}})[:：](\d{{2}})")
_BETWEEN = re.compile(r"[\s,，、;；]*")
_ALL_DAY = [["00:00", "24:00"]]


def read(row: Row) -> dict[str, list[list[str]]]:
    """The week of a row; a day with an empty cell is closed and left out."""
    week = {day: _day(row, column) for column, day in DAYS.items()}
    return {day: spans for day, spans in week.items() if spans}


def write(week: dict[str, list[list[str]]]) -> dict[str, str]:
    """The cells of a week."""
    return {column: _cell(week.get(day, [])) for column, day in DAYS.items()}


def _day(row: Row, column: str) -> list[list[str]]:
    text = row.text(column, most=120)
    if text == words.sign("all_day"):
        return _ALL_DAY
    if _BETWEEN.sub("", _SPAN.sub("", text)):
        row.wrong(column, "not_hours", text=text)
        return []
    spans = [(int(a), int(b), int(c), int(d)) for a, b, c, d in _SPAN.findall(text)]
    if any(max(b, d) > 59 for _, b, _, d in spans):
        row.wrong(column, "not_hours", text=text)
    elif not _in_order([(a * 60 + b, c * 60 + d) for a, b, c, d in spans]):
        row.wrong(column, "crossed_hours", text=text)
    return [[f"{a:02d}:{b:02d}", f"{c:02d}:{d:02d}"] for a, b, c, d in spans]


def _in_order(spans: list[tuple[int, int]]) -> bool:
    """Each ends after it began, by midnight, and before the next begins."""
    marks = [minute for span in spans for minute in span]
    return all(one < other for one, other in spans) and marks == sorted(marks) and all(m <= 24 * 60 for m in marks)


def _cell(spans: list[list[str]]) -> str:
    if spans == _ALL_DAY:
        return words.sign("all_day")
    return " ".join(f"{start}-{end}" for start, end in spans)
