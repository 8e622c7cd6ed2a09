"""`weizhan holiday`: the staff's word on a day, and that clocks are counted anew for it."""

from datetime import date
from pathlib import Path

import pytest

from bot.rules.setting import Subject
from bot.store import holiday, open_store, setting, transaction
from bot.store.holiday import DayKind
from tests.support.commands import Said, weizhan

NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def folder(tmp_path: Path, template: Path) -> Path:
    (tmp_path / "town.db").write_bytes(template.read_bytes())
    return tmp_path


def run(folder: Path, *words: str) -> Said:
    return weizhan("holiday", *words, folder=folder, settings={"database_url": "sqlite:///town.db"})


def test_a_day_is_decided_listed_and_left_to_the_calendar(folder: Path) -> None:
    assert run(folder, "add", "2027-01-01", "holiday", "元旦").status == 0
    assert run(folder, "list").out == "2027-01-01 (Fri)  holiday  元旦\n"
    store = open_store(f"sqlite:///{folder}/town.db")
    with transaction(store) as session:
        assert holiday.special_days(session, NEW_YEAR, 1)[NEW_YEAR].kind is DayKind.HOLIDAY
        assert setting.row(session, Subject.RECOUNT.value) is not None
    store.close()
    assert run(folder, "drop", "2027-01-01").status == 0
    assert run(folder, "list").out == ""
    assert "left to the calendar already" in run(folder, "drop", "2027-01-01").complaint


def test_a_day_without_a_reason_is_refused(folder: Path) -> None:
    refused = run(folder, "add", "2027-01-01", "workday", "  ")
    assert refused.status == 1
    assert "请写明" in refused.complaint
    assert run(folder, "add", "1 January", "holiday", "元旦").status == 2
