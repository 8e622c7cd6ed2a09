"""The staff's workbooks through the command: all rows or none, each wrong one named, the same out as in."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.sheets import KINDS as ALL_KINDS
from bot.sheets import table as tables
from bot.store import open_store, schema
from tests.support.office import Desk, commanded, exported, rows, save

KINDS = ("stations", "grids", "contacts")
FORMS = ("csv", "xlsx")
CHRISTMAS = datetime(2026, 12, 25)  # noqa: DTZ001 - a workbook knows no zones


@pytest.fixture
def desk(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """The command on the sample community's database, of each kind: status, output, errors."""
    monkeypatch.setenv("WEIZHAN_DATABASE_URL", database_url)
    return commanded(capsys)


@pytest.fixture
def quick(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """As `desk`, on SQLite alone."""
    file = tmp_path / "town.db"
    file.write_bytes(template.read_bytes())
    monkeypatch.setenv("WEIZHAN_DATABASE_URL", f"sqlite:///{file}")
    return commanded(capsys)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_in_unchanged(desk: Desk, tmp_path: Path, kind: str, form: str) -> None:
    file, before = tmp_path / f"{kind}.{form}", exported(desk, kind, tmp_path)
    desk("export", kind, file)
    status, said, _ = desk("import", kind, file)
    assert status == 0
    assert f"{kind}: {len(before)} rows imported, 0 different from before" in said
    assert exported(desk, kind, tmp_path) == before


def test_a_whole_community_goes_into_an_empty_database(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {kind: exported(desk, kind, tmp_path) for kind in KINDS}
    for kind in KINDS:
        desk("export", kind, tmp_path / f"{kind}.xlsx")
    monkeypatch.setenv("WEIZHAN_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    with closing(open_store(f"sqlite:///{tmp_path / 'new.db'}")) as fresh:
        schema.create(fresh)
    for kind in ("grids", "contacts", "stations"):
        status, _, errors = desk("import", kind, tmp_path / f"{kind}.xlsx")
        assert (status, errors) == (0, "")
    assert {kind: exported(desk, kind, tmp_path) for kind in KINDS} == before


def test_a_change_is_taken_in_and_counted(quick: Desk, tmp_path: Path) -> None:
    table = exported(quick, "stations", tmp_path)
    table[0]["电话"] = "028-0000-0099"
    table[0]["周六"] = "9:00-12:00、13:00—15:30"
    table[0]["法定节假日"] = "全天"
    table[0]["临时关门"] = "2026-12-01 09:00到2026-12-03 18:00 电路检修；2026-12-24到2026-12-25"
    status, said, _ = quick("import", "stations", save(tmp_path / "new.csv", table))
    assert status == 0
    assert "3 rows imported, 1 different" in said
    now = exported(quick, "stations", tmp_path)[0]
    assert now["电话"] == "028-0000-0099"
    assert now["周六"] == "09:00-12:00 13:00-15:30"
    assert now["法定节假日"] == "全天"
    assert now["临时关门"] == "2026-12-01 09:00到2026-12-03 18:00 电路检修；2026-12-24 00:00到2026-12-25 00:00"


def test_a_dry_run_checks_and_keeps_nothing(quick: Desk, tmp_path: Path) -> None:
    before = exported(quick, "contacts", tmp_path)
    table = [{**row, "电话": ""} if row["职务"] in ("网格员", "微网格员") else row for row in before]
    status, said, _ = quick("import", "contacts", save(tmp_path / "new.csv", table), "--dry-run")
    assert status == 0
    assert "示例花园3栋没有网格员也没有楼栋长" in said
    assert "覆盖检查：有" in said
    assert "checked, nothing kept" in said
    assert exported(quick, "contacts", tmp_path) == before


def test_all_rows_or_none_and_every_wrong_cell_is_named(quick: Desk, tmp_path: Path) -> None:
    before = exported(quick, "contacts", tmp_path)
    table = [dict(row) for row in before]
    table[0]["电话"] = "028-0000-0077"
    table[1]["职务"] = "片长"
    table[2]["范围编号"] = "WG9"
    table[3]["请假从"] = "下周一"
    table[4]["代班人编号"] = table[4]["编号"]
    status, said, errors = quick("import", "contacts", save(tmp_path / "new.csv", table))
    assert status == 1
    assert errors.count("\n") == 1
    assert "4 cells are wrong, nothing was imported" in errors
    assert "第3行“职务”：“片长”不对，只能填：网格员、微网格员、社区民警" in said
    assert "第4行“范围编号”：没有编号为“WG9”的网格" in said
    assert "第5行“请假从”：“下周一”不是日期，请写成2026-12-01" in said
    assert "第6行“代班人编号”：不能由自己代班" in said
    assert exported(quick, "contacts", tmp_path) == before


@pytest.mark.parametrize(
    ("kind", "heading", "text", "reason"),
    [
        ("stations", "名称", "", "不能空着"),
        ("stations", "名称", "站" * 81, "太长了，最多80个字"),
        ("stations", "编号", "L01", "“L01”和第"),
        ("stations", "类型", "茶馆", "“茶馆”不对，只能填：生活服务站、知识共享站、党群服务中心"),
        ("stations", "社区编号", "SQ99", "没有编号为“SQ99”的社区"),
        ("stations", "电话", "打社区", "“打社区”不是电话号码"),
        ("stations", "便民设施", "歇脚、唱歌", "“唱歌”不对"),
        ("stations", "周一", "早上", "“早上”不是时间段"),
        ("stations", "周一", "9:70-12:00", "不是时间段"),
        ("stations", "周一", "12:00-9:00", "时间段重叠，或者结束早于开始"),
        ("stations", "周一", "9:00-12:00 11:00-13:00", "时间段重叠"),
        ("stations", "周一", "18:00-25:00", "时间段重叠"),
        ("stations", "纬度", "104.1", "104.1超出范围，应在3到54之间"),
        ("stations", "纬度", "", "要么都填，要么都不填"),
        ("stations", "纬度", "北纬30度", "不是数字"),
        ("stations", "临时关门", "明天不开", "看不懂"),
        ("stations", "临时关门", "2026-12-03到2026-12-01", "结束早于开始"),
        ("contacts", "称呼", "", "不能空着"),
        ("contacts", "负责范围", "楼层", "只能填：网格、楼栋、小区、社区"),
        ("contacts", "代班人编号", "谁", "没有编号为“谁”"),
        ("contacts", "请假到", "2020-01-01", "不能空着"),
        ("grids", "社区编号", "", "不能空着"),
        ("grids", "街道", "", "不能空着"),
        ("grids", "小区", "别的名字", "写的不一样"),
        ("grids", "小区编号", "", "“小区”填了，这里就不能空着"),
        ("grids", "楼栋", "", "“单元数”填了，这里就不能空着"),
        ("grids", "单元数", "很多", "不是数字"),
        ("grids", "网格编号", "", "“网格”填了，这里就不能空着"),
        ("grids", "网格", "", "“网格编号”填了，这里就不能空着"),
        ("grids", "网格类型", "大网格", "只能填：总网格、一般网格、微网格、专属网格"),
        ("grids", "一般网格编号", "WG1-1", "写的不一样"),
    ],
)
def test_what_is_wrong_is_said_in_words(
    quick: Desk, tmp_path: Path, kind: str, heading: str, text: str, reason: str
) -> None:
    table = exported(quick, kind, tmp_path)
    table[1 if kind == "grids" else 0][heading] = text
    status, said, errors = quick("import", kind, save(tmp_path / "new.csv", table))
    assert status == 1, said
    assert "nothing was imported" in errors
    assert reason in said


def test_degrees_that_were_swapped_are_told_as_such(quick: Desk, tmp_path: Path) -> None:
    table = exported(quick, "stations", tmp_path)
    table[0]["纬度"], table[0]["经度"] = table[0]["经度"], table[0]["纬度"]
    assert "第2行“纬度”：纬度和经度可能写反了" in quick("import", "stations", save(tmp_path / "new.csv", table))[1]


def test_the_same_door_twice_is_wrong(quick: Desk, tmp_path: Path) -> None:
    table = exported(quick, "grids", tmp_path)
    status, said, _ = quick("import", "grids", save(tmp_path / "new.csv", [*table, table[2]]))
    assert status == 1
    assert "“3”和第4行重复了" in said


def test_a_grid_may_take_over_a_building_and_units_may_be_divided(quick: Desk, tmp_path: Path) -> None:
    table = exported(quick, "grids", tmp_path)
    one = table[4]
    other = {**one, "网格编号": "WG1-1", "网格": "第1网格1号微网格", "一般网格编号": "WG1", "一般网格": "第1网格"}
    table[4:5] = [{**one, "单元": "1"}, {**one, "单元": "2"}, {**other, "单元": "3"}]
    status, said, _ = quick("import", "grids", save(tmp_path / "new.csv", table))
    assert status == 0
    assert "示例花园5栋4单元不属于任何网格" in said
    assert [row["单元"] for row in exported(quick, "grids", tmp_path) if row["楼栋"] == "5"] == ["1", "2", "3"]


def test_buildings_are_known_however_they_are_written(quick: Desk, tmp_path: Path) -> None:
    table = exported(quick, "grids", tmp_path)
    for row in table:
        row["楼栋"] = f"{row['楼栋']}栋" if row["楼栋"] else ""
    assert "0 different" in quick("import", "grids", save(tmp_path / "new.csv", table))[1]
    people = exported(quick, "contacts", tmp_path)
    people[0] |= {"负责范围": "楼栋", "范围编号": "XQ01-3栋"}
    assert quick("import", "contacts", save(tmp_path / "people.csv", people))[0] == 0
    assert exported(quick, "contacts", tmp_path)[0]["范围编号"] == "XQ01-3"


@pytest.mark.parametrize(
    ("headings", "reason"),
    [
        (["编号", "名字"], "第1行“名字”：不认识这一列"),
        (["编号", "编号"], "第1行“编号”：这一列出现了两次"),
        (["编号"], "第1行“电话”：缺少这一列"),
    ],
)
def test_wrong_headings_are_named(quick: Desk, tmp_path: Path, headings: list[str], reason: str) -> None:
    file = tmp_path / "new.csv"
    file.write_text(",".join(headings) + "\n1,2\n", "utf-8")
    assert reason in quick("import", "contacts", file)[1]


@pytest.mark.parametrize("text", ["", "编号\n"])
def test_an_empty_table_is_named(quick: Desk, tmp_path: Path, text: str) -> None:
    file = tmp_path / "new.csv"
    file.write_text(text, "utf-8")
    assert quick("import", "stations", file)[0] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_has_the_headings_and_no_rows(quick: Desk, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "template.xlsx"
    assert quick("export", kind, file, "--template")[0] == 0
    with closing(load_workbook(file)) as book:
        filled = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert filled == [list(exported(quick, kind, tmp_path)[0])]
    assert "表里没有数据行" in quick("import", kind, file)[1]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("new.txt", b"", "is neither .xlsx nor .csv"),
        ("new.xlsx", b"not a workbook", "is no readable table"),
        ("away.csv", None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(
    quick: Desk, tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    status, _, errors = quick("import", "stations", tmp_path / name)
    assert status == 1
    assert reason in errors
    assert errors.count("\n") == 1


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_kind_can_be_named(quick: Desk, tmp_path: Path, kind: str) -> None:
    assert quick("export", kind, tmp_path / f"{kind}.csv", "--template") == (
        0,
        f"written: {tmp_path / kind}.csv (headings of {kind})\n",
        "",
    )


def test_an_unknown_kind_is_wrong_usage(quick: Desk, tmp_path: Path) -> None:
    assert quick("import", "moons", tmp_path / "a.csv")[0] == 2


def test_a_table_saved_by_a_chinese_excel_is_read(quick: Desk, tmp_path: Path) -> None:
    file = save(tmp_path / "new.csv", exported(quick, "stations", tmp_path))
    file.write_bytes(file.read_text("utf-8-sig").encode("gb18030"))
    assert "0 different" in quick("import", "stations", file)[1]


def test_numbers_and_dates_as_excel_keeps_them_are_read(quick: Desk, tmp_path: Path) -> None:
    file = tmp_path / "contacts.xlsx"
    quick("export", "contacts", file)
    with closing(load_workbook(file)) as book:
        sheet = book.active
        headings = {cell.value: cell.column for cell in sheet[1]}
        sheet.cell(2, headings["电话"]).value = 12345
        sheet.cell(2, headings["请假从"]).value = CHRISTMAS
        sheet.cell(2, headings["请假到"]).value = CHRISTMAS
        book.save(file)
    assert quick("import", "contacts", file)[0] == 0
    now = exported(quick, "contacts", tmp_path)[0]
    assert (now["电话"], now["请假从"], now["请假到"]) == ("12345", "2026-12-25", "2026-12-25")


def test_a_formula_in_a_cell_is_refused(quick: Desk, tmp_path: Path) -> None:
    file = tmp_path / "stations.xlsx"
    quick("export", "stations", file)
    with closing(load_workbook(file)) as book:
        book.active.cell(2, 3).value = "=1+1"
        book.save(file)
    assert "第2行“名称”：不能用公式" in quick("import", "stations", file)[1]


@pytest.mark.parametrize("evil", ["=HYPERLINK(1)", "+8613800000000", "-2+3", "@SUM(1)", "＝1+1", "'=1", "'"])
@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_goes_out_is_run_by_a_spreadsheet(tmp_path: Path, evil: str, form: str) -> None:
    file = tmp_path / f"evil.{form}"
    tables.write(file, ["编号"], [[evil]])
    assert tables.read(file)[1] == tables.Line(2, (evil,))
    if form == "csv":
        assert not rows(file)[0]["编号"].startswith(("=", "+", "-", "@", "＝"))
        return
    with closing(load_workbook(file)) as book:
        assert book.active["A2"].data_type == "s"
        assert book.active["A2"].value.startswith("'")
