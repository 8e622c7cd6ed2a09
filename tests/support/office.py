"""The staff's desk: the command run as they would, and the tables it reads and writes."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import run

Table = list[dict[str, str]]
Desk = Callable[..., tuple[int, str, str]]


def commanded(capsys: pytest.CaptureFixture[str]) -> Desk:
    def weizhan(*words: object) -> tuple[int, str, str]:
        status = run([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return weizhan


def rows(file: Path) -> Table:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


def save(file: Path, table: Table) -> Path:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, table[0].keys())
    writer.writeheader()
    writer.writerows(table)
    file.write_bytes(out.getvalue().encode("utf-8-sig"))
    return file


def exported(desk: Desk, kind: str, folder: Path) -> Table:
    file = folder / f"{kind}-now.csv"
    assert desk("export", kind, file)[0] == 0
    return rows(file)
