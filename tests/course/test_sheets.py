"""Courses go out as a timetable and come in again; each wrong row says why, and then nothing is kept."""

from pathlib import Path

import pytest

from bot.privacy import Seal
from bot.rules import activity
from bot.sheets import WrongRows
from bot.store import Store, outbox, transaction
from bot.store import course as courses
from tests.activity.scene import at, sample
from tests.activity.test_sheets import read, written
from tests.booking.scene import Desk
from tests.conftest import SECRET

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs by database

Rows = list[dict[str, str]]
NEW = {
    **{"课程名": "太极班", "活动状态": "发布", "服务站编号": "L01", "具体地点": "门前小广场", "名额": "20"},
    **{"类别": "技能兴趣", "讲师类别": "身边榜样", "讲师": "示例太极队", "限党员": "否", "整门报": "否"},
}


def with_new(rows: Rows, *cells: dict[str, str]) -> Rows:
    empty = dict.fromkeys(rows[0], "")
    return [*rows, *({**empty, **NEW, **one} for one in cells)]


FIRST = {"编号": "TJ01-1", "开始": "2026-11-30 07:30", "结束": "2026-11-30 08:30"}
SECOND = {"编号": "TJ01-2", "开始": "2026-12-07 07:30", "结束": "2026-12-07 08:30"}


def test_what_went_out_comes_in_and_changes_nothing(store: Store, tmp_path: Path) -> None:
    rows = written(store, "courses", tmp_path / "out.csv")
    assert len(rows) > 10
    assert read(store, "courses", tmp_path / "in.csv", rows).changed == 0
    assert written(store, "courses", tmp_path / "again.csv") == rows


def test_a_timetable_makes_a_course_that_residents_see(store: Store, tmp_path: Path) -> None:
    rows = with_new(written(store, "courses", tmp_path / "out.csv"), FIRST, SECOND)
    assert read(store, "courses", tmp_path / "in.csv", rows).changed == 2
    with transaction(store) as session:
        its = courses.coded(session, "TJ01")
        assert its is not None
        assert [held.is_published for _, held in courses.lessons_of(session, its.id)] == [True, True]
    later = [{**row, "开始": "2026-12-07 08:00"} if row["编号"] == "TJ01-2" else row for row in rows]
    renamed = [{**row, "讲师": "示例太极协会"} if row["编号"].startswith("TJ01") else row for row in later]
    assert read(store, "courses", tmp_path / "later.csv", renamed).changed == 2


def test_whoever_is_enrolled_hears_of_a_lesson_moved_by_the_sheet(store: Store, tmp_path: Path) -> None:
    desk = Desk(store, Seal(SECRET))
    rows = written(store, "courses", tmp_path / "out.csv")
    now = at(11, 22, 10)
    who = desk.resident("王阿姨", now)
    with desk.at(now) as office:
        activity.enrol(office, sample(office.session, "KC01-1").id, resident_id=who, channel="official_account")
    moved = [{**row, "开始": "2026-11-25 15:00"} if row["编号"] == "KC01-1" else row for row in rows]
    assert read(store, "courses", tmp_path / "in.csv", moved).changed == 1
    with desk.at(now) as office:
        assert [row.kind for row in outbox.due(office.session, now)] == ["activity_moved"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"编号": "太极"}, "请写成课程编号-第几节"),
        ({"编号": "TJ02-1", "讲师类别": "老师"}, "只能填：专业导师"),
        ({"编号": "TJ02-1", "类别": "党课"}, "只能填：理论宣讲"),
        ({"编号": "TJ02-1", "限党员": "可以"}, "只能填：是"),
        ({"结束": "2026-12-07 07:00"}, "结束早于开始"),
        ({"开始": "2026-11-20 07:30", "结束": "2026-11-20 08:30"}, "已经过了"),
        ({"课程名": "八段锦班"}, "写的不一样"),
        ({"服务站编号": "X9"}, "没有编号为“X9”的服务站"),
        ({"编号": "TJ01-1"}, "重复"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_kept(
    store: Store, tmp_path: Path, wrong: dict[str, str], told: str
) -> None:
    rows = written(store, "courses", tmp_path / "out.csv")
    with pytest.raises(WrongRows) as refused:
        read(store, "courses", tmp_path / "in.csv", with_new(rows, FIRST, {**SECOND, **wrong}))
    line = f"第{len(rows) + 3}行"
    assert any(told in str(problem) and line in str(problem) for problem in refused.value.problems), [
        str(problem) for problem in refused.value.problems
    ]
    assert written(store, "courses", tmp_path / "again.csv") == rows
