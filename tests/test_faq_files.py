"""The knowledge base of this repository is in order, and the lint sees what is not."""

from datetime import date
from pathlib import Path

import pytest

from bot.nlu import faq

FOLDER = Path(__file__).parent.parent / "faq"
TODAY = date(2026, 11, 22)
ENTRY = """
[{id}]
question = "{question}"
ask = ["{ask}"]
answer = "{answer}"
source = "{source}"
{more}
"""
GOOD = {
    "id": "first", "question": "问题甲怎么办？", "ask": "甲咋个弄", "answer": "这样办。", "source": "公开资料",
    "more": "reviewed = 2026-11-01",
}  # fmt: skip


def written(folder: Path, name: str = "topic.toml", **changes: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(ENTRY.format(**GOOD | changes))


def complaints(folder: Path) -> str:
    return "\n".join(f"{found.level} {found.id} {found.sentence}" for found in faq.check(folder, TODAY))


def test_our_own_knowledge_base_has_no_errors() -> None:
    assert [found for found in faq.check(FOLDER, TODAY) if found.level is faq.Level.ERROR] == []


def test_a_good_entry_has_nothing_to_mend(tmp_path: Path) -> None:
    written(tmp_path)
    assert complaints(tmp_path) == ""


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"source": ""}, "has no source"),
        ({"more": ""}, "has no review date"),
        ({"more": "reviewed = 2026-11-01\nexpires = 2026-11-21"}, "expired on 2026-11-21"),
        ({"more": "reviewed = 2026-11-01\nexpires = 2026-12-01"}, "warning first expires soon"),
        ({"more": 'reviewed = 2026-11-01\nrelated = ["nowhere"]'}, "nowhere"),
        ({"more": 'reviewed = 2026-11-01\nactions = ["fly"]'}, "fly"),
        ({"answer": "电话：{station.fax}"}, "{station.fax}"),
        ({"answer": "长" * 600}, "1800 bytes"),
        ({"ask": "转人工"}, "action human"),
        ({"more": "reviewed = '昨天'"}, "reviewed must be a day"),
        ({"more": "reviewed = 2026-11-01\ncolour = 1"}, "unknown field 'colour'"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, changes: dict[str, str], told: str) -> None:
    written(tmp_path, **changes)
    assert told in complaints(tmp_path)


def test_an_id_in_two_files_and_a_phrase_claimed_twice_are_named(tmp_path: Path) -> None:
    written(tmp_path, "a.toml")
    written(tmp_path, "b.toml")
    written(tmp_path, "c.toml", id="second")
    assert "the id stands in a.toml too" in complaints(tmp_path)
    assert "second “甲咋个弄” is asked of first too" in complaints(tmp_path)


def test_an_unreadable_file_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[open\n", encoding="utf-8")
    with pytest.raises(faq.FaqError, match=r"^broken\.toml: [^\n]+$"):
        faq.load(tmp_path)


def test_a_missing_folder_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(faq.FaqError, match="WEIZHAN_FAQ_DIR"):
        faq.load(tmp_path / "none")
