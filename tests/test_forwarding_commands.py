"""`weizhan destination` and `weizhan api-key` as an operator types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store import forwarding, open_store, transaction
from tests.support.commands import Said, nobody, weizhan

CITY = ("destination", "add", "city", "open311", "https://city.example/open311", "--title", "示例市政后台")


@pytest.fixture
def folder(tmp_path: Path, template: Path) -> Path:
    (tmp_path / "town.db").write_bytes(template.read_bytes())
    return tmp_path


def typed(folder: Path, *words: str) -> Said:
    return weizhan(*words, folder=folder, settings={"database_url": "sqlite:///town.db"})


def test_a_destination_is_added_listed_and_dropped(folder: Path) -> None:
    assert typed(folder, *CITY, "--within", "S01", "--kind", "lamp", "--service", "lamp=0412", "--updates").status == 0
    listed = typed(folder, "destination", "list").out
    assert "city  open311  https://city.example/open311  示例市政后台  lamp" in listed
    store = open_store(f"sqlite:///{folder / 'town.db'}")
    with transaction(store) as session:
        found = forwarding.destination(session, "city")
        assert found is not None
        assert (found.services, found.talks) == ({"lamp": "0412"}, True)
    store.close()
    assert typed(folder, "destination", "drop", "city").status == 0
    assert "city" not in typed(folder, "destination", "list").out


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (("--within", "nowhere"), "no community or station"),
        (("--service", "lamp"), "KIND=CODE"),
    ],
)
def test_what_cannot_be_right_is_one_line(folder: Path, more: tuple[str, ...], complaint: str) -> None:
    said = typed(folder, *CITY, *more)
    assert said.status == 1
    assert complaint in said.complaint


def test_the_same_code_is_not_taken_twice(folder: Path) -> None:
    typed(folder, *CITY)
    assert "already" in typed(folder, *CITY).complaint


def test_a_trial_says_what_came_back(folder: Path, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    typed(folder, "destination", "add", "files", "csv", str(drop), "--title", "示例文件")
    said = typed(folder, "destination", "test", "files")
    assert said.status == 0, said.err
    [file] = drop.glob("*.csv")
    assert "这是一条测试" in file.read_text("utf-8-sig")
    typed(folder, "destination", "add", "nobody", "open311", f"http://127.0.0.1:{nobody()}/x", "--title", "没人")
    assert "cannot be reached" in typed(folder, "destination", "test", "nobody").complaint
    assert "no destination" in typed(folder, "destination", "test", "other").complaint


def test_a_key_is_printed_once(folder: Path) -> None:
    typed(folder, *CITY)
    key = typed(folder, "api-key", "add", "city", "--within", "SQ01", "--destination", "city", "--may-post").out.strip()
    assert len(key) > 30
    listed = typed(folder, "api-key", "list").out
    assert listed == "city  reads and posts  of destination city\n"
    assert typed(folder, "api-key", "drop", "city").status == 0
    assert typed(folder, "api-key", "list").out == ""
    assert "no key" in typed(folder, "api-key", "drop", "city").complaint
    assert "no destination" in typed(folder, "api-key", "add", "x", "--destination", "other").complaint
