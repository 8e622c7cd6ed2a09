"""Workbooks through the back office: seen before they are kept, all rows or none, and no file that hurts the house."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from bot.store.contact import contacts
from bot.store.staff import StaffRole
from tests.support.console import Browser, House

SHEETS = "/console/sheets"


@pytest.fixture
async def admin(browser: Browser) -> Browser:
    await browser.signs_in("admin")
    await browser.opens(SHEETS)
    return browser


async def rows(browser: Browser, kind: str, query: str = "") -> list[list[str]]:
    """What the export of that kind holds."""
    book = load_workbook(io.BytesIO(await browser.fetches(f"{SHEETS}/{kind}/table{query}")))
    return [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].values]


def packed(table: list[list[str]]) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in table:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def titles(house: House) -> dict[str, str]:
    with house.transaction() as session:
        return {one.code: one.title for one in contacts(session)}


async def confirms(browser: Browser, kind: str = "contacts") -> str:
    carried, outcome = (re.search(rf'name="{name}" value="([^"]*)"', browser.page) for name in ("carried", "outcome"))
    assert carried
    assert outcome
    return await browser.uploads(f"{SHEETS}/{kind}/import", "", b"", {"carried": carried[1], "outcome": outcome[1]})


async def changed(admin: Browser) -> list[list[str]]:
    """The contacts with another title for the third grid's worker."""
    table = await rows(admin, "contacts")
    next(row for row in table if row[0] == "WGY3")[2] = "第3网格新网格员"
    return table


async def test_what_would_change_is_shown_then_kept(house: House, admin: Browser) -> None:
    words = await admin.uploads(f"{SHEETS}/contacts/check", "通讯录.xlsx", packed(await changed(admin)))
    assert "改动1" in words
    assert "WGY3 称呼 第3网格网格员 → 第3网格新网格员" in words
    assert titles(house)["WGY3"] == "第3网格网格员"
    assert "已导入" in await confirms(admin)
    assert titles(house)["WGY3"] == "第3网格新网格员"
    assert house.acts("sheet.imported") == ["admin sheet.imported contacts"]


@pytest.mark.timeout(300)
async def test_one_bad_cell_of_five_thousand_rows_keeps_all_of_them_out(house: House, admin: Browser) -> None:
    table = await rows(admin, "contacts")
    pattern = table[1]
    table += [[f"N{number}", *pattern[1:]] for number in range(5000)]
    table[4000][3] = "不是电话"
    words = await admin.uploads(f"{SHEETS}/contacts/check", "大表.xlsx", packed(table))
    assert admin.status == 422
    assert "有1处不对" in words
    assert "第4001行“电话”：“不是电话”不是电话号码" in words
    assert "N0" not in titles(house)
    table[4000][3] = pattern[3]
    assert "新增5000" in await admin.uploads(f"{SHEETS}/contacts/check", "大表.xlsx", packed(table))
    assert "已导入" in await confirms(admin)
    assert "N4999" in titles(house)


async def test_what_changed_since_it_was_checked_is_shown_again(house: House, admin: Browser) -> None:
    await admin.uploads(f"{SHEETS}/contacts/check", "通讯录.xlsx", packed(await changed(admin)))
    with house.transaction() as session:
        post = next(one for one in contacts(session) if one.code == "WGY2")
        post.title = "别人刚改的"
        session.add(post)
    words = await confirms(admin)
    assert admin.status == 409
    assert "别人刚改的 →" in words
    assert titles(house)["WGY3"] == "第3网格网格员"
    assert "已导入" in await confirms(admin)


@pytest.mark.parametrize("kind", ["stations", "grids", "contacts", "lockers", "residents", "staff"])
async def test_what_goes_out_comes_in_without_a_change(admin: Browser, kind: str) -> None:
    table = await rows(admin, kind)
    assert table[0] == (await rows(admin, kind, "?template=1"))[0]
    if len(table) > 1:
        assert "不用导入" in await admin.uploads(f"{SHEETS}/{kind}/check", "t.xlsx", packed(table))


def bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(210):
            part.write(b" " * 1_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("bomb.xlsx", bomb(), "文件太大了"),
        ("broken.xlsx", b"PK\x03\x04 nothing", "打不开"),
        ("table.exe", b"MZ", "只能用"),
        ("empty.csv", b"", "请先选一个文件"),
        ("rows.csv", b"a\n" * 30_000, "最多20000行"),
    ],
)
async def test_a_file_that_is_no_table_is_named_and_hurts_nobody(
    admin: Browser, name: str, body: bytes, reason: str
) -> None:
    assert reason in await admin.uploads(f"{SHEETS}/contacts/check", name, body)
    assert admin.status == 422


async def test_a_file_that_is_too_large_is_not_read_to_its_end(admin: Browser) -> None:
    assert "文件太大了" in await admin.uploads(f"{SHEETS}/contacts/check", "t.csv", b"x" * 5_100_000)
    assert admin.status == 413


@pytest.mark.parametrize("carried", ["", "!!!", "bm90aGluZw=="])
async def test_what_was_not_checked_here_is_not_taken(admin: Browser, carried: str) -> None:
    words = await admin.uploads(f"{SHEETS}/contacts/import", "", b"", {"carried": carried, "outcome": "x"})
    assert "请重新上传" in words


async def test_the_sheet_of_one_kind_is_not_taken_as_another(admin: Browser) -> None:
    await admin.uploads(f"{SHEETS}/contacts/check", "t.xlsx", packed(await changed(admin)))
    assert "请重新上传" in await confirms(admin, "stations")


async def test_people_go_out_whole_only_for_a_reason(house: House, admin: Browser) -> None:
    assert "要写明原因" in await admin.sends(f"{SHEETS}/residents/full", {"reason": " "})
    await admin.sends(f"{SHEETS}/residents/full", {"reason": "停水通知"})
    assert admin.status == 200
    assert house.acts("exported_full") == ["admin sheet.exported_full residents"]


async def test_who_sees_a_part_of_the_city_takes_no_sheet_of_all_of_it(house: House, browser: Browser) -> None:
    grid = house.account("grid3").grid_id
    house.change("manager", area_id=None, grid_id=grid, role=StaffRole.MANAGER.value)
    await browser.signs_in("manager")
    await browser.opens(SHEETS)
    await browser.fetches(f"{SHEETS}/contacts/table")
    assert browser.status == 409
    assert "只管其中一部分" in await browser.uploads(f"{SHEETS}/contacts/check", "t.csv", b"x")
    await browser.opens(f"{SHEETS}/staff/table")
    assert browser.status == 404
