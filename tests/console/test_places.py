"""Grids and posts for the staff: what is to be mended, leave with a stand-in, and the tickets of who leaves."""

from __future__ import annotations

import re

import pytest

from bot.store.contact import Contact, contacts
from bot.store.place import Area, Level
from bot.store.staff import StaffRole
from tests.support.console import Browser, House, new_browser

PLACES, CONTACTS = "/console/places", "/console/contacts"
NOISE = "新村1栋楼上半夜吵得睡不着"
WEEK = {f"day{day}": "9:00-12:00 13:30-18:00" for day in range(5)} | {"day5": "", "day6": "", "holiday": ""}


def post(house: House, code: str) -> Contact:
    with house.transaction() as session:
        return next(one for one in contacts(session) if one.code == code)


def at(house: House, code: str) -> str:
    return f"{CONTACTS}/{post(house, code).id}"


async def changes(browser: Browser, path: str, **typed: str) -> str:
    """Open the post and save it with these fields changed."""
    await browser.opens(path)
    return await browser.sends(path, {**filled(browser.page), **typed})


def filled(page: str) -> dict[str, str]:
    """The form as it stands."""
    found = dict(re.findall(r'<input type="\w+" id="f-(?P<name>\w+)".*? value="([^"]*)">', page))
    found |= dict(re.findall(r'<select id="f-(\w+)".*?<option value="([^"]*)" selected', page))
    version = re.search(r'name="_version" value="(\w+)"', page)
    return {**found, "_version": version[1] if version else ""}


async def test_the_tree_names_posts_and_buildings(house: House, clerk: Browser) -> None:
    words = await clerk.opens(PLACES)
    for said in ("第3网格", "第3网格网格员", "新村", "1栋"):
        assert said in words


async def test_what_is_to_be_mended_stands_on_top_and_leads_there(house: House, clerk: Browser) -> None:
    await changes(clerk, at(house, "WGY3"), phone="")
    words = await clerk.opens(PLACES)
    assert "要处理的" in words
    assert "第3网格网格员空缺" in words
    assert f'href="{at(house, "WGY3")}"' in clerk.page


async def test_who_is_on_leave_is_stood_in_for_and_residents_hear_so(house: House, clerk: Browser) -> None:
    stand_in = str(post(house, "WGY1").id)
    leave = {"leave_from": "2026-11-22", "leave_until": "2026-11-25", "stand_in": stand_in}
    assert "已保存" in await changes(clerk, at(house, "WGY3"), **leave)
    assert "第1网格网格员代班" in await clerk.opens(PLACES)
    assert "第1网格网格员" in house.town.resident("婆婆").says("新村1栋的网格员是哪个")
    assert house.acts("contact.changed") == ["clerk contact.changed WGY3"]


async def test_open_tickets_of_who_leaves_go_to_who_is_responsible(house: House, clerk: Browser) -> None:
    house.town.resident("婆婆").says(NOISE)
    address = at(house, "WGY3")
    assert "没办完的有 1 件" in await clerk.opens(address)
    stand_in = str(post(house, "WGY1").id)
    words = await changes(clerk, address, leave_from="2026-11-22", stand_in=stand_in)
    assert "把这1件转给现在负责的人" in words
    assert "已转给现在负责的人" in await clerk.sends(f"{address}/move")
    assert "没有没办完的" in clerk.words
    assert "没办完的有 1 件" in await clerk.opens(at(house, "WGY1"))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"day0": "9点到12点"}, "不是时间段"),
        ({"day0": "9:00-12:00 11:00-18:00"}, "时间段重叠"),
        ({"phone": "打给老王"}, "不是电话号码"),
        ({"leave_from": "2026-11-22", "leave_until": "2026-11-20"}, "结束早于开始"),
        ({"leave_until": "2026-11-20"}, "请填从哪天开始"),
        ({"stand_in": "somebody"}, "请从列表里选"),
        ({"title": ""}, "请填写"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field(
    house: House, clerk: Browser, typed: dict[str, str], reason: str
) -> None:
    assert reason in await changes(clerk, at(house, "WGY3"), **typed)
    assert clerk.status == 422
    assert post(house, "WGY3").title == "第3网格网格员"


async def test_of_two_who_edit_a_post_the_slower_sees_both(house: House, clerk: Browser, worker: Browser) -> None:
    address = at(house, "WGY3")
    await clerk.opens(address)
    form = filled(clerk.page)
    assert "已保存" in await changes(worker, address, day5="10:00-11:00")
    words = await clerk.sends(address, {**form, "day5": "全天"})
    assert clerk.status == 409
    assert "10:00-11:00" in words
    assert "全天" in words


async def test_a_grid_worker_sees_their_grid_and_changes_their_own_post(house: House, worker: Browser) -> None:
    words = await worker.opens(PLACES)
    assert "第3网格" in words
    assert "第1网格网格员" not in words
    assert "第1网格网格员" not in await worker.opens(CONTACTS)
    await worker.opens(at(house, "WGY1"))
    assert worker.status == 404
    await worker.sends(at(house, "WGY1"), {"title": "我"})
    assert worker.status == 404


async def test_another_community_is_not_there(house: House, clerk: Browser) -> None:
    with house.transaction() as session:
        other = Area(code="SQ99", level=Level.COMMUNITY.value, name="别的社区")
        session.add(other)
        session.flush()
        far = Contact(code="FAR", role="police", title="别处的民警", phone="028-0000-0099", hours={}, area_id=other.id)
        session.add(far)
        session.flush()
        address = f"{CONTACTS}/{far.id}"
    assert "别处的民警" not in await clerk.opens(CONTACTS)
    assert "别的社区" not in await clerk.opens(PLACES)
    for path in (address, f"{PLACES}?area=SQ99"):
        await clerk.opens(path)
        assert clerk.status == 404
    for path in (address, f"{address}/move"):
        await clerk.sends(path, {"title": "我"})
        assert clerk.status == 404
    admin = new_browser(house)
    await admin.signs_in("admin")
    assert "别处的民警" in await admin.opens(f"{PLACES}?area=SQ99")
    assert "别处的民警" in await admin.opens(f"{CONTACTS}?q=别处")
    await admin.http.close()


async def test_the_auditor_reads_a_post_and_has_nothing_to_press(house: House, browser: Browser) -> None:
    assert house.account("auditor").role == StaffRole.AUDITOR
    await browser.signs_in("auditor")
    assert "028-" in await browser.opens(at(house, "WGY3"))
    assert "保存" not in browser.words
