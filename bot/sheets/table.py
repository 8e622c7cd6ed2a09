"""Tables in files: .xlsx and .csv in and out, every cell plain text, nothing that a spreadsheet would run."""

import csv
import io
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from bot.errors import OperatorError

MOST_BYTES = 20_000_000
MOST_ROWS = 100_000
MOST_UNPACKED = 200_000_000  # bytes; a workbook is packed, and a small one may hold more than any machine
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_WIDEST = 40
_AS_TEXT = "@"


class Why(StrEnum):
    """Why a file is no table that can be taken in."""

    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    NOT_READABLE = "not_readable"
    OTHER_FORM = "other_form"


class NoTable(OperatorError):
    """A file that cannot be taken in, and why."""

    def __init__(self, why: Why, sentence: str) -> None:
        super().__init__(sentence)
        self.why = why


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table. `number` is the spreadsheet's own; `formulas` are the columns that hold one."""

    number: int
    cells: tuple[str, ...]
    formulas: tuple[int, ...] = ()


def read(file: Path) -> list[Line]:
    """Every line that is not empty, the headings first. Raises NoTable when the file cannot be read."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise NoTable(Why.TOO_LARGE, f"{file} is larger than {MOST_BYTES // 1_000_000} MB; split it")
        lines = list(_reader(file))
    except OSError as error:
        raise NoTable(Why.NOT_READABLE, f"{file} cannot be read: {error.strerror}") from error
    except (BadZipFile, KeyError, ValueError, SyntaxError, zlib.error, csv.Error) as error:  # XML's are SyntaxErrors
        raise NoTable(Why.NOT_READABLE, f"{file} is no readable table: {error}") from error
    return lines


def write(file: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table; half a file never bears the name. Raises OperatorError when it cannot be written."""
    half = file.with_name(file.name + ".part")
    try:
        if _form(file) == ".csv":
            half.write_bytes(_csv([headings, *rows]))
        else:
            _write_workbook(half, headings, rows)
        os.replace(half, file)  # noqa: PTH105 - the atomic one
    except OSError as error:
        raise OperatorError(f"{file} cannot be written: {error.strerror}") from error


def _form(file: Path) -> str:
    form = file.suffix.lower()
    if form not in (".csv", ".xlsx"):
        raise NoTable(Why.OTHER_FORM, f"{file} is neither .xlsx nor .csv; name it so")
    return form


def _reader(file: Path) -> Iterator[Line]:
    rows = _csv_lines(file) if _form(file) == ".csv" else _workbook_lines(file)
    for line in rows:
        if line.number > MOST_ROWS:
            raise NoTable(Why.TOO_MANY_ROWS, f"{file} has more than {MOST_ROWS} rows; split it")
        if any(line.cells) or line.formulas:
            yield line


def _csv_lines(file: Path) -> Iterator[Line]:
    """UTF-8 as we write it, else GB 18030 as a Chinese Excel does."""
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    for number, row in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
        yield Line(number, tuple(_disarmed(cell.strip()) for cell in row))


def _workbook_lines(file: Path) -> Iterator[Line]:
    """The first sheet; what Excel keeps as numbers and dates becomes the text that people see."""
    from openpyxl import load_workbook  # takes a while to load, and few commands need it

    with ZipFile(file) as packed:  # what is read of a part is never more than it says of itself
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise NoTable(Why.TOO_LARGE, f"{file} unpacks to more than {MOST_UNPACKED // 1_000_000} MB; split it")
    with closing(load_workbook(file, read_only=True)) as book:
        for number, row in enumerate(book.worksheets[0].iter_rows(), 1):
            formulas = tuple(at for at, cell in enumerate(row) if cell.data_type == "f")
            yield Line(number, tuple(_text(cell.value) for cell in row), formulas)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return _disarmed(str(value).strip())


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    """With a byte order mark, without which Excel takes it for GBK."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_armed(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _write_workbook(file: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    widths: dict[int, int] = {}
    for at, row in enumerate([headings, *rows], 1):
        for column, text in enumerate(row, 1):
            widths[column] = max(widths.get(column, 0), len(text))
            cell = sheet.cell(at, column, _armed(text))
            cell.data_type, cell.number_format = "s", _AS_TEXT
            if at == 1:
                cell.font = Font(bold=True)
    for column, width in widths.items():
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width, dimension.number_format = min(2 * width + 4, _WIDEST), _AS_TEXT
    sheet.freeze_panes = "A2"
    book.save(file)


def _armed(text: str) -> str:
    """A text that a spreadsheet would run gets an apostrophe before it, which `_disarmed` takes away."""
    return f"'{text}" if text.startswith((*_DANGEROUS, "'")) else text


def _disarmed(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith((*_DANGEROUS, "'")) else text
