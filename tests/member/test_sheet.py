"""The roster as a workbook: all rows or none, masked unless for a reason, and no more than is needed."""

from pathlib import Path

import pytest
from sqlmodel import select

from bot.store import open_store, transaction
from bot.store.member import PartyMember
from tests.conftest import SECRET
from tests.support.office import Desk, Table, commanded, exported, rows, save

ROSTER: Table = [
    {
        "编号": "DY1",
        "姓名": "示例甲",
        "电话": "13800000001",
        "支部编号": "ZB1",
        "支部名称": "示例第一支部",
        "类别": "社区党员",
        "书记": "是",
        "标签": "流动、骨干",
        "在册": "在册",
    },
    {
        "编号": "DY2",
        "姓名": "示例乙",
        "电话": "",
        "支部编号": "ZB1",
        "支部名称": "示例第一支部",
        "类别": "双报到",
        "书记": "否",
        "标签": "",
        "在册": "已转出",
    },
]


@pytest.fixture
def desk(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """The command on the sample community's database, in `town.db`."""
    (tmp_path / "town.db").write_bytes(template.read_bytes())
    monkeypatch.setenv("WEIZHAN_DATABASE_URL", f"sqlite:///{tmp_path / 'town.db'}")
    monkeypatch.setenv("WEIZHAN_SECRET_KEY", SECRET)
    return commanded(capsys)


def test_the_roster_goes_in_and_comes_out_as_it_was(desk: Desk, tmp_path: Path) -> None:
    file = save(tmp_path / "roster.csv", ROSTER)
    assert "2 rows imported, 2 different" in desk("import", "party-members", file)[1]
    assert "0 different" in desk("import", "party-members", file)[1]
    out = tmp_path / "out.csv"
    desk("export", "party-members", out, "--full", "--reason", "换届前核对")
    assert rows(out) == ROSTER
    assert "示例甲".encode() not in (tmp_path / "town.db").read_bytes()


def test_it_comes_out_masked_and_masked_rows_do_not_go_in(desk: Desk, tmp_path: Path) -> None:
    desk("import", "party-members", save(tmp_path / "roster.csv", ROSTER))
    out = tmp_path / "masked.csv"
    desk("export", "party-members", out)
    assert [(row["姓名"], row["电话"]) for row in rows(out)] == [("示**", "138****01"), ("示**", "")]
    told = desk("import", "party-members", out)
    assert told[0] != 0
    assert "遮住" in told[1]


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("编号", "DY1", "重复"),
        ("姓名", "", "不能空着"),
        ("支部名称", "示例第二支部", "不一样"),
        ("类别", "预备", "只能填"),
        ("电话", "不知道", "不是电话"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_is_kept(
    desk: Desk, tmp_path: Path, column: str, text: str, reason: str
) -> None:
    wrong = [ROSTER[0], {**ROSTER[1], column: text}]
    told = desk("import", "party-members", save(tmp_path / "roster.csv", wrong))
    assert "第3行" in told[1]
    assert reason in told[1]
    store = open_store(f"sqlite:///{tmp_path / 'town.db'}")
    with transaction(store) as session:
        assert session.scalars(select(PartyMember)).all() == []
    store.close()


def test_a_dry_run_keeps_nobody(desk: Desk, tmp_path: Path) -> None:
    assert "nothing kept" in desk("import", "party-members", save(tmp_path / "r.csv", ROSTER), "--dry-run")[1]
    assert exported(desk, "party-members", tmp_path) == []
