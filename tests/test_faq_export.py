"""What the staff wrote goes into the files of the knowledge base, and what nobody touched stays as it stands."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.nlu import Entry
from bot.nlu.faq import FaqError, load
from bot.nlu.faq.writing import write
from bot.rules.knowledge import as_entry
from bot.store import open_store, transaction
from bot.store.knowledge import KnowledgeEntry
from tests.conftest import ROOT
from tests.support.commands import weizhan

FILE = '''# 一份示例文件，注释要留着。

[first]  # 第一条
question = "第一个问题？"
ask = ["怎么说一", "怎么说二"]  # 两种
answer = "第一个答复。"
source = "示例"
reviewed = 2026-11-01

# 第二条前面的话
[second]
question = '第二个问题？'
answer = """
第二个
答复。"""
source = "示例"
reviewed = 2026-11-01
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "topic.toml").write_text(FILE, "utf-8")
    return tmp_path


def row(id: str, **values: object) -> Entry:
    told: dict[str, object] = {"question": "新问题？", "answer": '一行\n两行“引号”"和\\斜线', "source": "示例"}
    told |= {"ask": ["甲", "乙"], "reviewed": date(2026, 11, 20), "topic": "topic", **values}
    return as_entry(KnowledgeEntry(id=id, changed_at=datetime.now(UTC), **told))  # type: ignore[arg-type]


def read(folder: Path) -> dict[str, Entry]:
    return {entry.id: entry for entry in load(folder)}


def test_a_new_entry_is_added_below_and_the_rest_stays(folder: Path) -> None:
    new = row("own-12345678")
    assert write(folder, [new]) == [new]
    assert (folder / "topic.toml").read_text("utf-8").startswith(FILE)
    assert read(folder)["own-12345678"] == new


def test_a_changed_entry_changes_its_lines_only(folder: Path) -> None:
    first = read(folder)["first"]
    changed = row("first", question=first.question, ask=list(first.ask), answer="改过的答复。", reviewed=first.reviewed)
    write(folder, [changed])
    assert (folder / "topic.toml").read_text("utf-8") == FILE.replace("第一个答复", "改过的答复")


def test_what_was_emptied_goes_and_what_is_there_already_is_not_written(folder: Path) -> None:
    second = row("second", ask=[], expires=None)
    assert write(folder, [second]) == [second]
    assert read(folder)["second"] == second
    before = (folder / "topic.toml").read_text("utf-8")
    assert write(folder, [second]) == []
    assert (folder / "topic.toml").read_text("utf-8") == before


def test_an_entry_of_no_topic_has_a_file_of_its_own(folder: Path) -> None:
    write(folder, [row("own-1", topic=""), row("own-2", topic="")])
    assert {entry.id for entry in load(folder) if entry.topic == "console"} == {"own-1", "own-2"}
    assert (folder / "topic.toml").read_text("utf-8") == FILE


def test_what_could_not_be_read_again_is_not_written(folder: Path) -> None:
    with pytest.raises(FaqError):
        write(folder, [row("Not An Id")])
    assert (folder / "topic.toml").read_text("utf-8") == FILE
    assert [path.name for path in folder.iterdir()] == ["topic.toml"]


def test_every_entry_of_the_repository_survives_a_change(tmp_path: Path) -> None:
    copy = tmp_path / "faq"
    shutil.copytree(ROOT / "faq", copy)
    before = read(copy)
    changed = [row(id, answer="改过。", topic=entry.topic) for id, entry in before.items()]
    assert len(write(copy, changed)) == len(before)
    assert read(copy) == {entry.id: entry for entry in changed}
    write(copy, before.values())
    assert read(copy) == before


def test_the_command_writes_what_the_back_office_has(folder: Path, template: Path) -> None:
    (folder / "town.db").write_bytes(template.read_bytes())
    store = open_store(f"sqlite:///{folder / 'town.db'}")
    with transaction(store) as session:
        for id, hidden in (("own-1", False), ("own-2", True)):
            told = {"question": "新问题？", "answer": "新答复。", "source": "示例", "hidden": hidden, "topic": "topic"}
            session.add(KnowledgeEntry(id=id, changed_at=datetime.now(UTC), **told))  # type: ignore[arg-type]
    store.close()
    said = weizhan("faq", "export", folder=folder, settings={"database_url": "sqlite:///town.db", "faq_dir": "."})
    assert said.out.splitlines()[-1] == "1 entries written, 0 already there, 1 hidden"
    assert "own-1" in read(folder)
    assert "own-2" not in read(folder)
