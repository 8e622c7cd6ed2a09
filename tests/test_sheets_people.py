"""People as workbooks and accounts by the command: residents masked, accounts without passwords, all rows or none."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

from bot.privacy import Seal
from bot.rules import staff as rules
from bot.sheets import table as tables
from bot.store import open_store, staff, transaction
from bot.store.audit import Audit
from bot.store.profile import Profile
from tests.conftest import SECRET
from tests.support.office import Desk, Table, commanded, exported, rows, save

RESIDENTS: Table = [
    {"电话": "13800000000", "小区编号": "XQ01", "楼栋": "3栋", "单元": "2", "房号": "501"},
    {"电话": "13900000000", "小区编号": "XQ02", "楼栋": "1", "单元": "", "房号": ""},
    {"电话": "028-0000-0099", "小区编号": "", "楼栋": "", "单元": "", "房号": ""},
]
STAFF: Table = [
    {
        "登录名": "admin",
        "名称": "示例社区管理员",
        "角色": "管理员",
        "负责范围": "",
        "范围编号": "",
        "岗位编号": "",
        "企业微信账号": "",
        "状态": "启用",
    },
    {
        "登录名": "grid3",
        "名称": "第3网格网格员",
        "角色": "网格员",
        "负责范围": "网格",
        "范围编号": "WG3",
        "岗位编号": "WGY3",
        "企业微信账号": "wg3",
        "状态": "启用",
    },
]


@pytest.fixture
def desk(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """The command on the sample community's database, of each kind."""
    monkeypatch.setenv("WEIZHAN_DATABASE_URL", database_url)
    monkeypatch.setenv("WEIZHAN_SECRET_KEY", SECRET)
    return commanded(capsys)


@pytest.fixture
def quick(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """As `desk`, on SQLite alone, in `town.db`."""
    (tmp_path / "town.db").write_bytes(template.read_bytes())
    monkeypatch.setenv("WEIZHAN_DATABASE_URL", f"sqlite:///{tmp_path / 'town.db'}")
    monkeypatch.setenv("WEIZHAN_SECRET_KEY", SECRET)
    return commanded(capsys)


def taken_in(desk: Desk, folder: Path, kind: str, table: Table) -> tuple[int, str, str]:
    return desk("import", kind, save(folder / f"{kind}.csv", table))


def full(desk: Desk, folder: Path) -> Table:
    file = folder / "full.csv"
    assert desk("export", "residents", file, "--full", "--reason", "换系统")[0] == 0
    return rows(file)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_residents_go_in_and_come_out_as_they_were(desk: Desk, tmp_path: Path, form: str) -> None:
    assert taken_in(desk, tmp_path, "residents", RESIDENTS)[0] == 0
    before = full(desk, tmp_path)
    assert {row["电话"] for row in before} == {row["电话"] for row in RESIDENTS}
    file = tmp_path / f"again.{form}"
    desk("export", "residents", file, "--full", "--reason", "核对")
    status, said, _ = desk("import", "residents", file)
    assert (status, "3 rows imported, 0 different from before" in said) == (0, True)
    assert full(desk, tmp_path) == before


def test_residents_come_out_masked_and_masked_ones_do_not_go_in(quick: Desk, tmp_path: Path) -> None:
    taken_in(quick, tmp_path, "residents", RESIDENTS)
    masked = exported(quick, "residents", tmp_path)
    assert sorted(row["电话"] for row in masked) == ["028****99", "138****00", "139****00"]
    assert "501" not in str(masked)
    status, said, _ = taken_in(quick, tmp_path, "residents", masked)
    assert status == 1
    assert "不是电话号码" in said


def test_a_full_export_needs_a_reason_which_is_kept(quick: Desk, tmp_path: Path) -> None:
    assert quick("export", "residents", tmp_path / "all.csv", "--full")[0] == 1
    assert not (tmp_path / "all.csv").exists()
    full(quick, tmp_path)
    with closing(open_store(f"sqlite:///{tmp_path / 'town.db'}")) as store, transaction(store) as session:
        [row] = session.scalars(select(Audit)).all()
        assert (row.what, row.subject) == ("sheet.exported_full", "residents")
        assert row.details is not None
        assert Seal(SECRET).open_json(row.details)["reason"] == "换系统"


@pytest.mark.parametrize(
    ("heading", "text", "reason"),
    [
        ("电话", "", "不能空着"),
        ("电话", "打社区", "“打社区”不是电话号码"),
        ("电话", "13900000000", "“13900000000”和第3行重复了"),
        ("楼栋", "99", "没有编号为“XQ01-99”的，请先登记"),
        ("楼栋", "", "没有编号为“XQ01-”的"),
        ("小区编号", "XQ99", "没有编号为“XQ99-3”的"),
        ("单元", "7", "XQ01-3只有2个单元"),
        ("房号", "东边那间", "“东边那间”不是房号"),
    ],
)
def test_what_is_wrong_with_a_resident_is_said_in_words(
    quick: Desk, tmp_path: Path, heading: str, text: str, reason: str
) -> None:
    wrong = [RESIDENTS[2], RESIDENTS[1], {**RESIDENTS[0], heading: text}]
    status, said, errors = taken_in(quick, tmp_path, "residents", wrong)
    assert status == 1
    assert reason in said
    assert "nothing was imported" in errors
    assert full(quick, tmp_path) == []


@pytest.mark.parametrize(("secret", "complaint"), [("", "SECRET_KEY is empty"), ("x" * 40, "not the one")])
def test_nobody_is_sealed_with_another_secret(
    quick: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str, complaint: str
) -> None:
    taken_in(quick, tmp_path, "residents", RESIDENTS[:1])
    monkeypatch.setenv("WEIZHAN_SECRET_KEY", secret)
    commands = (
        ("import", "residents", tmp_path / "residents.csv"),
        ("export", "residents", tmp_path / "out.csv"),
        ("staff", "add", "boss", "--role", "administrator"),
        ("destination", "add", "city", "open311", "https://city.example/open311", "--title", "示例"),
        ("api-key", "add", "city"),
    )
    for words in commands:
        status, _, errors = quick(*words)
        assert status == 1, words
        assert complaint in errors, words


def test_a_dry_run_keeps_nobody(quick: Desk, tmp_path: Path) -> None:
    status, said, _ = quick("import", "residents", save(tmp_path / "r.csv", RESIDENTS), "--dry-run")
    assert (status, "checked, nothing kept" in said) == (0, True)
    assert full(quick, tmp_path) == []


def test_what_a_spreadsheet_would_run_stays_a_text(quick: Desk, tmp_path: Path) -> None:
    danger = [dict(STAFF[0], 名称='=HYPERLINK("http://example.com")')]
    assert taken_in(quick, tmp_path, "staff", danger)[0] == 0
    quick("export", "staff", tmp_path / "out.csv")
    assert "'=HYPERLINK" in (tmp_path / "out.csv").read_text("utf-8-sig")
    assert exported(quick, "staff", tmp_path)[0]["名称"].endswith('=HYPERLINK("http://example.com")')


@pytest.mark.parametrize("kind", ["residents", "staff"])
def test_a_template_takes_rows(quick: Desk, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "template.xlsx"
    assert quick("export", kind, file, "--template")[0] == 0
    headings = list((RESIDENTS if kind == "residents" else STAFF)[0])
    assert list(tables.read(file)[0].cells) == headings


def test_accounts_go_in_and_come_out_and_have_no_password(desk: Desk, tmp_path: Path, database_url: str) -> None:
    assert taken_in(desk, tmp_path, "staff", STAFF)[0] == 0
    assert exported(desk, "staff", tmp_path) == STAFF
    status, said, _ = taken_in(desk, tmp_path, "staff", STAFF)
    assert (status, "2 rows imported, 0 different" in said) == (0, True)
    with closing(open_store(database_url)) as store, transaction(store) as session:
        assert [one.password for one in staff.everybody(session)] == ["", ""]
        assert rules.check(session, "grid3", "") is None


@pytest.mark.parametrize(
    ("heading", "text", "reason"),
    [
        ("登录名", "网格员", "不能作登录名"),
        ("登录名", "admin", "和第2行重复了"),
        ("角色", "片长", "“片长”不对，只能填：站点人员、网格员"),
        ("范围编号", "WG9", "没有编号为“WG9”的网格"),
        ("负责范围", "楼栋", "只能填：社区、站点、网格"),
        ("岗位编号", "WGY9", "没有编号为“WGY9”的岗位编号"),
        ("状态", "休假", "只能填：启用、停用"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_in_words(
    quick: Desk, tmp_path: Path, heading: str, text: str, reason: str
) -> None:
    status, said, _ = taken_in(quick, tmp_path, "staff", [STAFF[0], dict(STAFF[1], **{heading: text})])
    assert status == 1
    assert reason in said
    assert exported(quick, "staff", tmp_path) == []


def test_a_grid_worker_needs_a_grid_and_somebody_stays_administrator(quick: Desk, tmp_path: Path) -> None:
    nowhere = dict(STAFF[1], 负责范围="", 范围编号="", 岗位编号="")
    assert "网格员要填网格或岗位" in taken_in(quick, tmp_path, "staff", [STAFF[0], nowhere])[1]
    taken_in(quick, tmp_path, "staff", STAFF)
    assert "最后一个管理员" in taken_in(quick, tmp_path, "staff", [dict(STAFF[0], 状态="停用")])[1]
    assert "已经绑在别的登录名上" in taken_in(quick, tmp_path, "staff", [dict(STAFF[0], 企业微信账号="wg3")])[1]


def test_an_account_is_made_and_its_first_password_opens_once(desk: Desk, database_url: str) -> None:
    status, said, _ = desk("staff", "add", "Grid3", "--role", "grid_worker", "--grid", "WG3", "--post", "WGY3")
    assert status == 0
    password = said.rstrip().rpartition(" ")[2]
    with closing(open_store(database_url)) as store, transaction(store) as session:
        account = rules.check(session, "GRID3", password)
        assert account is not None
        assert account.must_change
        assert account.password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert password not in account.password
        assert rules.check(session, "grid3", password + "x") is None
        assert rules.check(session, "nobody", password) is None
    assert "grid3\tgrid_worker\tWG3\tactive" in desk("staff", "list")[1]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("网格员", "--role", "auditor"), "登录名要2到32位"),
        (("taken", "--role", "auditor"), "已经有人用了"),
        (("grid", "--role", "grid_worker"), "网格员要选网格"),
        (("desk", "--role", "station_staff", "--station", "S99"), "--station S99: there is none of that code"),
        (("desk", "--role", "manager", "--station", "S01", "--community", "SQ01"), "choose one of"),
    ],
)
def test_an_account_that_cannot_be_is_refused_in_one_line(quick: Desk, words: tuple[str, ...], reason: str) -> None:
    quick("staff", "add", "taken", "--role", "administrator")
    status, said, errors = quick("staff", "add", *words)
    assert (status, said, errors.count("\n")) == (1, "", 1)
    assert reason in errors


def test_a_dropped_account_opens_nothing_and_can_be_let_in_again(quick: Desk, tmp_path: Path) -> None:
    quick("staff", "add", "boss", "--role", "administrator")
    first = quick("staff", "add", "helper", "--role", "administrator")[1].rstrip().rpartition(" ")[2]
    assert quick("staff", "drop", "helper")[0] == 0
    with closing(open_store(f"sqlite:///{tmp_path / 'town.db'}")) as store, transaction(store) as session:
        assert rules.check(session, "helper", first) is None
    assert "最后一个管理员" in quick("staff", "drop", "boss")[2]
    second = quick("staff", "password", "helper")[1].rstrip().rpartition(" ")[2]
    with closing(open_store(f"sqlite:///{tmp_path / 'town.db'}")) as store, transaction(store) as session:
        assert rules.check(session, "helper", second) is not None
    assert "没有这个登录名" in quick("staff", "drop", "nobody")[2]


def test_first_passwords_differ_and_are_easily_read(quick: Desk) -> None:
    made = {rules.first_password() for _ in range(200)}
    assert len(made) == 200
    assert not set("".join(made)) & set("il10oO")


def test_staff_put_down_are_found_by_their_phone(quick: Desk, tmp_path: Path) -> None:
    taken_in(quick, tmp_path, "residents", RESIDENTS)
    with closing(open_store(f"sqlite:///{tmp_path / 'town.db'}")) as store, transaction(store) as session:
        found = session.scalars(select(Profile)).all()
        assert len({one.verified_hash for one in found}) == 3
