"""The knowledge base learns: what was missed is gathered, and a change is tried on the past before it is published."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli import run
from bot.nlu.gaps import gather
from bot.store import Store, missed, transaction
from tests.conftest import ROOT, SECRET
from tests.support.town import Town

NEW_ENTRY = """
[charging-stall]
question = "小区充电桩坏了谁来修？"
ask = ["充电桩坏了找谁修", "充电桩坏了哪个来修"]
answer = "请找充电桩上写的运营公司。"
source = "示例"
reviewed = 2026-11-22
"""


def test_ways_of_asking_the_same_are_gathered() -> None:
    found = gather(["健身器材坏了谁修", "流感疫苗多少钱一针", "健身器材坏了哪个修", "健身器材坏了谁来修"])
    assert [gap.size for gap in found] == [3, 1]
    assert set(found[0].texts) == {0, 2, 3}


def test_a_taken_guess_is_remembered_as_what_was_meant(town: Town) -> None:
    resident = town.resident("婆婆")
    read = resident.says(clarified(town))
    assert "以上都不是" in read
    first = next(iter(resident.reply.choices))
    target = resident.reply.choices[first]
    assert "哪一个" not in resident.says("1")
    with transaction(town.store) as session:
        assert [row.taken for row in missed.since(session, town.now - timedelta(hours=1))] == [target]


def test_refusing_all_guesses_is_remembered_and_leads_to_a_person(town: Town) -> None:
    resident = town.resident("婆婆")
    resident.says(clarified(town))
    assert "028-0000-0001" in resident.says("以上都不是")
    with transaction(town.store) as session:
        assert [row.taken for row in missed.since(session, town.now - timedelta(hours=1))] == [missed.NONE_OF_THEM]


def test_gaps_and_replay_from_the_command_line(
    store: Store,
    database_url: str,
    talk: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from datetime import UTC, datetime

    town = Town(store, talk, now=datetime.now(UTC))  # type: ignore[arg-type]
    for name in ("婆婆", "家长"):
        town.resident(name).says("小区充电桩坏了谁来修")
    monkeypatch.setenv("WEIZHAN_DATABASE_URL", database_url)
    monkeypatch.setenv("WEIZHAN_SECRET_KEY", SECRET)
    monkeypatch.setenv("WEIZHAN_FAQ_DIR", str(ROOT / "faq"))
    assert run(["faq", "gaps"]) == 0
    assert "messages in" in capsys.readouterr().out
    changed = tmp_path / "changed"
    shutil.copytree(ROOT / "faq", changed)
    (changed / "new.toml").write_text(NEW_ENTRY, "utf-8")
    assert run(["faq", "replay", str(changed)]) == 0
    said = capsys.readouterr()
    assert said.out.count("faq:charging-stall") == 2
    assert "2 messages, 2 would be answered differently" in said.err


def clarified(town: Town) -> str:
    """Some message that leads to a clarification, whatever the understanding has learned meanwhile."""
    for text in ("报名", "预约", "时间", "多少钱", "在哪里", "怎么办理", "证件", "老年", "补贴", "站点", "取消"):
        if town.talk.knowledge.understand(text, town.now).kind == "clarify":
            return text
    raise AssertionError("nothing in the list is ambiguous any more")
