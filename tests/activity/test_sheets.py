"""Services and activities go out as workbooks and come in again; each wrong row says why, and then nothing is kept."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from bot import sheets
from bot.privacy import Seal
from bot.rules.office import Office
from bot.sheets import WrongRows
from bot.store import Store, transaction
from bot.store import service as services
from tests.activity.scene import BOOKS, DUMPLINGS, at, enrol, sample
from tests.booking.scene import Desk
from tests.conftest import SECRET
from tests.support.town import CHENGDU

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs by database

NOW = at(11, 22, 10)


def written(store: Store, kind: str, file: Path) -> list[dict[str, str]]:
    with transaction(store) as session:
        sheets.give_out(office(session), kind, file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def read(store: Store, kind: str, file: Path, rows: list[dict[str, str]]) -> sheets.Taken:
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.DictWriter(opened, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    with transaction(store) as session:
        return sheets.take_in(office(session), kind, file)


def office(session: object, now: datetime = NOW) -> Office:
    return Office(session, Seal(SECRET), CHENGDU, now)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["services", "activities"])
def test_what_went_out_comes_in_and_changes_nothing(store: Store, tmp_path: Path, kind: str) -> None:
    rows = written(store, kind, tmp_path / "out.csv")
    assert len(rows) > 2
    assert read(store, kind, tmp_path / "in.csv", rows).changed == 0
    assert written(store, kind, tmp_path / "again.csv") == rows


def test_services_rows_of_every_sort_are_taken(store: Store, tmp_path: Path) -> None:
    rows = written(store, "services", tmp_path / "out.csv")
    empty = dict.fromkeys(rows[0], "")
    rows += [
        {**empty, "这一行是": "服务项目", "编号": "tailoring", "名称": "缝补", "在哪做": "到店", "每次分钟": "30"},
        {**empty, "这一行是": "本站规定", "编号": "tailoring@S01", "服务站编号": "S01", "价格": "每件5元（示例）"},
        {
            **{**empty, "这一行是": "服务人员", "编号": "P11", "名称": "示例裁缝", "服务站编号": "S01"},
            **{"做哪些服务": "tailoring", "同时几单或座位": "1", "周一": "9:00-12:00"},
        },
        {**empty, "这一行是": "场地", "编号": "V09", "名称": "棋牌室", "服务站编号": "L01", "同时几单或座位": "8"},
    ]
    assert read(store, "services", tmp_path / "in.csv", rows).changed == 4
    with transaction(store) as session:
        who = services.provider_coded(session, "P11")
        assert who is not None
        assert who.hours == {"0": [["09:00", "12:00"]]}
        own = services.own_word(session, who.station_id, "tailoring")
        assert own is not None
        assert own.price == "每件5元（示例）"
        room = services.venue_coded(session, "V09")
        assert room is not None
        assert room.seats == 8


@pytest.mark.parametrize(
    ("kind", "wrong", "told"),
    [
        ("services", {"这一行是": "别的"}, "只能填：服务项目"),
        ("services", {"在哪做": "网上"}, "只能填：上门"),
        ("services", {"每次分钟": "一小时"}, "不是数字"),
        ("activities", {"服务站编号": "S99"}, "没有编号为“S99”的服务站"),
        ("activities", {"结束": "2026-11-01 09:00"}, "结束早于开始"),
        ("activities", {"开始": "下周六"}, "不是时间"),
        ("activities", {"主办类别": "企业"}, "只能填：社区"),
        ("activities", {"名额": "-1"}, "超出范围"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_kept(
    store: Store, tmp_path: Path, kind: str, wrong: dict[str, str], told: str
) -> None:
    rows = written(store, kind, tmp_path / "out.csv")
    changed = [{**rows[0], **wrong}, {**rows[1], "名称": "改了的名字"}, *rows[2:]]
    with pytest.raises(WrongRows) as refused:
        read(store, kind, tmp_path / "in.csv", changed)
    assert any(told in str(problem) and "第2行" in str(problem) for problem in refused.value.problems)
    assert written(store, kind, tmp_path / "again.csv") == rows


def test_an_activity_is_drawn_up_published_and_moved_by_the_sheet(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, Seal(SECRET))
    who = desk.resident("王阿姨", NOW)
    with desk.at(NOW) as working:
        enrol(working, DUMPLINGS, who, 2)
    rows = written(store, "activities", tmp_path / "out.csv")
    new = {**rows[0], "编号": "HD09", "名称": "冬至饺子会", "活动状态": "发布", "开始": "2026-12-21 14:00"}
    moved = [{**row, "结束": "2026-11-28 17:30"} if row["编号"] == DUMPLINGS else row for row in rows]
    moved.append({**new, "结束": "2026-12-21 16:00"})
    assert read(store, "activities", tmp_path / "in.csv", moved).changed == 2
    with transaction(store) as session:
        its = sample(session, "HD09")
        assert its.is_published
        assert its.check_in is not None
    few = [{**row, "名额": "1"} if row["编号"] == DUMPLINGS else row for row in moved]
    with pytest.raises(WrongRows) as refused:
        read(store, "activities", tmp_path / "few.csv", few)
    assert "已经报了2人" in str(refused.value.problems[0])
    past = [{**row, "开始": "2026-11-21 14:30"} if row["编号"] == DUMPLINGS else row for row in moved]
    with pytest.raises(WrongRows) as refused:
        read(store, "activities", tmp_path / "past.csv", past)
    assert refused.value.problems
    by_hand = [{**row, "活动状态": "已取消"} if row["编号"] == BOOKS else row for row in moved]
    with pytest.raises(WrongRows):
        read(store, "activities", tmp_path / "hand.csv", by_hand)
