"""`weizhan station clone` as an operator types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store import open_store, station, transaction
from tests.support.commands import Said, weizhan


@pytest.fixture
def folder(tmp_path: Path, template: Path) -> Path:
    (tmp_path / "town.db").write_bytes(template.read_bytes())
    return tmp_path


def typed(folder: Path, *words: str) -> Said:
    return weizhan("station", "clone", *words, folder=folder, settings={"database_url": "sqlite:///town.db"})


def test_a_new_station_opens_as_the_other_does(folder: Path) -> None:
    assert typed(folder, "S01", "S02", "--name", "示例二站", "--phone", "028-0000-0202").status == 0
    store = open_store(f"sqlite:///{folder / 'town.db'}")
    with transaction(store) as session:
        old, new = station.row_of(session, "S01"), station.row_of(session, "S02")
        assert old is not None
        assert new is not None
        assert (new.name, new.phone, new.address) == ("示例二站", "028-0000-0202", old.address)
        assert new.hours == old.hours
        assert new.lat is None
    store.close()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [(("S01", "S01"), "编号S01已经有了"), (("S99", "S02"), "没有编号为S99"), (("S01", "二 站"), "编号只用字母")],
)
def test_what_cannot_be_is_one_line(folder: Path, words: tuple[str, str], complaint: str) -> None:
    said = typed(folder, *words)
    assert said.status == 1
    assert complaint in said.complaint
