"""The house looked after: accounts that lose rights at once, settings that move clocks, forwards that are stuck."""

import re
from datetime import timedelta

import pytest

from bot.nlu.kinds import Trouble
from bot.rules import quiet, recount, retention, setting
from bot.rules.forwarding import destinations
from bot.rules.forwarding.destinations import Draft
from bot.store import forwarding
from bot.store.forwarding import State, Way
from bot.store.grid import grids
from tests.support.console import Browser, House
from tests.support.staff import Staff

STAFF, SETTINGS = "/console/manage/staff", "/console/manage/settings"
FORWARDING, DESTINATIONS = "/console/manage/forwarding", "/console/manage/destinations"
NOISE = "新村1栋楼上半夜吵得睡不着"
FIRST = "T261122-0001"
GRID_WORKER = {"login": "grid9", "name": "第1网格网格员", "role": "grid_worker", "part": "WG1"}


@pytest.fixture
async def admin(other: Browser) -> Browser:
    await other.signs_in("admin")
    await other.opens("/console/manage")
    return other


async def typed(browser: Browser, at: str, **values: str) -> str:
    """Open a form, change some of its fields, send it."""
    await browser.opens(at)
    inputs = r'<input type="(?:text|number|time)" id="[^"]+" name="(\w+)"[^>]*? value="([^"]*)"'
    fields = dict(re.findall(inputs, browser.page))
    chosen = re.findall(r'<select [^>]*name="(\w+)".*?</select>', browser.page, flags=re.S)
    for name in chosen:
        part = re.search(rf'<select [^>]*name="{name}".*?</select>', browser.page, flags=re.S)
        value = re.search(r'value="([^"]*)" selected', part[0]) if part else None
        fields[name] = value[1] if value else ""
    version = re.search(r'name="_version" value="(\w+)"', browser.page)
    assert version
    return await browser.sends(at, {**fields, "_version": version[1], **values})


async def test_a_new_account_is_told_its_password_once(house: House, admin: Browser, browser: Browser) -> None:
    await admin.opens(f"{STAFF}/new")
    await admin.sends(f"{STAFF}/new", GRID_WORKER)
    password = re.search(r"[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}", admin.words)
    assert password
    account = house.account("grid9")
    assert password[0] not in await admin.opens(f"{STAFF}/{account.id}")
    await browser.signs_in("grid9", password[0])
    assert browser.at == "/console/password"
    assert house.acts("account.") == ["admin account.added grid9"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"login": "grid3"}, "已经有人用了"),
        ({"login": "大王"}, "只用小写字母"),
        ({"part": ""}, "网格员要选网格"),
        ({"part": "XX9"}, "没有这个编号"),
        ({"name": ""}, "请填写"),
        ({"role": "king"}, "请选一项"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field(admin: Browser, values: dict[str, str], reason: str) -> None:
    await admin.opens(f"{STAFF}/new")
    words = await admin.sends(f"{STAFF}/new", {**GRID_WORKER, **values})
    assert reason in words
    assert "有 1 项要改" in words
    assert f'value="{values.get("name", "第1网格网格员")}"' in admin.page


async def test_who_loses_a_role_is_out_at_once(house: House, admin: Browser, browser: Browser) -> None:
    await browser.signs_in("manager")
    assert "工单" in await browser.opens("/console/")
    at = f"{STAFF}/{house.account('manager').id}"
    assert "已保存" in await typed(admin, at, role="auditor")
    await browser.opens("/console/")
    assert browser.at == "/console/sign-in"


@pytest.mark.parametrize("step", ["lock", "drop", "password"])
async def test_who_is_locked_dropped_or_reset_is_out_at_once(
    house: House, admin: Browser, browser: Browser, step: str
) -> None:
    await browser.signs_in("clerk")
    await admin.sends(f"{STAFF}/{house.account('clerk').id}/{step}")
    await browser.opens("/console/")
    assert browser.at == "/console/sign-in"
    await browser.signs_in("clerk")
    assert browser.at == "/console/sign-in"
    assert len(house.acts("account.")) == 1


async def test_unlocked_the_same_password_opens_again(house: House, admin: Browser, browser: Browser) -> None:
    at = f"{STAFF}/{house.account('clerk').id}"
    await admin.sends(f"{at}/lock")
    assert "已解锁" in await admin.sends(f"{at}/unlock")
    await browser.signs_in("clerk")
    assert browser.at == "/console/"


@pytest.mark.parametrize("step", ["lock", "drop"])
async def test_nobody_shuts_themselves_out(house: House, admin: Browser, step: str) -> None:
    words = await admin.sends(f"{STAFF}/{house.account('admin').id}/{step}")
    assert "不能锁定、停用自己" in words
    assert house.account("admin").active


async def test_an_administrator_of_a_part_gives_that_part_only(house: House, admin: Browser, browser: Browser) -> None:
    house.change("manager", role="administrator")
    await browser.signs_in("manager")
    words = await browser.opens(STAFF)
    assert "auditor" not in words
    await browser.opens(f"{STAFF}/{house.account('admin').id}")
    assert browser.status == 404
    await browser.opens(f"{STAFF}/new")
    words = await browser.sends(f"{STAFF}/new", {**GRID_WORKER, "role": "administrator", "part": ""})
    assert "不在您负责的范围里" in words
    await browser.opens(SETTINGS)
    assert browser.status == 404


async def test_the_list_is_searched_and_sorted(admin: Browser) -> None:
    assert "第3网格网格员" in await admin.opens(f"{STAFF}?q=grid")
    assert "没有找到“nobody”" in await admin.opens(f"{STAFF}?q=nobody")
    await admin.opens(f"{STAFF}?sort=login&down=1")
    logins = re.findall(rf'<a href="{STAFF}/[0-9a-f-]{{36}}">(\w+)</a>', admin.page)
    assert logins == sorted(logins, reverse=True)
    assert len(logins) == 5


async def test_new_limits_hold_for_what_runs_already(house: House, admin: Browser) -> None:
    house.town.resident("婆婆").says(NOISE)
    before = Staff(house.town).ticket(FIRST).due_at
    assert before is not None
    words = await typed(admin, f"{SETTINGS}/limits", usual_first="60")
    assert "已保存" in words
    after = Staff(house.town).ticket(FIRST).due_at
    assert after is not None
    assert before - after == timedelta(hours=4)  # three of work and the noon between them
    assert house.acts("setting.") == ["admin setting.changed limits"]


async def test_a_kind_that_is_made_urgent_is_urgent_from_then_on(house: House, admin: Browser) -> None:
    await typed(admin, f"{SETTINGS}/limits", urgent_kinds=Trouble.NOISE.value)
    house.town.resident("婆婆").says(NOISE)
    assert Staff(house.town).ticket(FIRST).urgency == "urgent"


@pytest.mark.parametrize(
    ("subject", "values", "reason"),
    [
        ("limits", {"usual_first": "0"}, "不能小于1"),
        ("limits", {"usual_first": "9000"}, "首次答复不能比办结晚"),
        ("retention", {"inbox": "999"}, "不能大于180"),
        ("retention", {"inbox": "很久"}, "请填数字"),
        ("quiet", {"begins": "半夜"}, "请填时间"),
        ("hand_over", {"idle": "1"}, "不能小于5"),
    ],
)
async def test_what_cannot_be_is_refused_beside_its_field(
    house: House, admin: Browser, subject: str, values: dict[str, str], reason: str
) -> None:
    words = await typed(admin, f"{SETTINGS}/{subject}", **values)
    assert admin.status == 422
    assert reason in words
    assert f'value="{next(iter(values.values()))}"' in admin.page
    assert house.acts("setting.") == []


async def test_who_gets_what_is_set_by_the_house(house: House, admin: Browser) -> None:
    await typed(admin, f"{SETTINGS}/routing", noise="property")
    house.town.resident("婆婆").says(NOISE)
    assert Staff(house.town).ticket(FIRST).holder_role == "property"


async def test_quiet_hours_and_periods_are_kept(house: House, admin: Browser) -> None:
    await typed(admin, f"{SETTINGS}/quiet", begins="22:00", ends="07:30")
    await typed(admin, f"{SETTINGS}/retention", inbox="60")
    with house.transaction() as session:
        assert f"{quiet.hours(session).begins:%H:%M}" == "22:00"
        assert setting.period(session, "inbox", retention.MESSAGES) == timedelta(days=60)
    house.town.resident("婆婆").says("您好")
    house.town.passes(days=61)
    with house.transaction() as session:
        assert retention.forget_old(house.office(session)) >= 1


async def test_of_two_who_change_a_setting_the_slower_sees_both(house: House, admin: Browser) -> None:
    await admin.opens(f"{SETTINGS}/quiet")
    version = re.search(r'name="_version" value="(\w+)"', admin.page)
    assert version
    with house.transaction() as session:
        quiet.change(house.office(session), begins="20:00", ends="08:00")
    form = {"begins": "23:00", "ends": "08:00", "_version": version[1]}
    words = await admin.sends(f"{SETTINGS}/quiet", form)
    assert "有人刚刚改过这里" in words
    assert "20:00" in words
    assert "23:00" in words


def test_nothing_is_counted_anew_where_nothing_was_changed(house: House) -> None:
    with house.transaction() as session:
        assert recount.go_on(house.office(session)) == 0


@pytest.fixture
def stuck(house: House) -> House:
    """A complaint that the city's office does not take."""
    with house.transaction() as session:
        draft = Draft("city", "示例市政后台", Way.OPEN311, "https://city.example.org/open311")
        destinations.add(house.office(session), draft)
    house.town.resident("婆婆").says(NOISE)
    with house.transaction() as session:
        [forward] = forwarding.due(session, house.town.now, 5)
        forward.state, forward.reason, forward.tries = State.FAILED.value, "no answer", 3
        forwarding.tried(session, forward.id, at=house.town.now, step=1, outcome="failed", reason="no answer")
    return house


async def test_what_is_stuck_is_tried_again_or_left_be_with_a_reason(stuck: House, browser: Browser) -> None:
    await browser.signs_in("manager")
    words = await browser.opens(FORWARDING)
    assert FIRST in words
    assert "没转成" in words
    found = re.search(rf'href="({FORWARDING}/[0-9a-f-]{{36}})"', browser.page)
    assert found
    assert "no answer" in await browser.opens(found[1])
    assert "请填写" in await browser.sends(f"{found[1]}/park", {"why": ""})
    assert "先搁下了" in await browser.sends(f"{found[1]}/park", {"why": "打过电话了"})
    assert "打过电话了" in browser.words
    assert "马上再试" in await browser.sends(f"{found[1]}/retry")
    assert [one.split()[1] for one in stuck.acts("forward.")] == ["forward.parked", "forward.retried"]


async def test_another_communitys_forward_is_not_there(stuck: House, browser: Browser) -> None:
    await browser.signs_in("manager")
    await browser.opens(FORWARDING)
    found = re.search(rf'href="({FORWARDING}/[0-9a-f-]{{36}})"', browser.page)
    assert found
    stuck.change("manager", area_id=None, grid_id=None, station_id=None, contact_id=None, role="auditor")
    with stuck.transaction() as session:
        other = next(one.id for one in grids(session) if one.code == "WG1")
    stuck.change("manager", grid_id=other, role="manager")
    assert "没有卡住的" in await browser.opens(FORWARDING)
    await browser.opens(found[1])
    assert browser.status == 404


DRAFT = {"code": "city", "way": "webhook", "title": "示例市政后台", "address": "https://city.example.org/in"}
DRAFT |= {"form": "json"}


async def test_a_destination_is_taken_up_changed_and_dropped(house: House, admin: Browser) -> None:
    await admin.opens(f"{DESTINATIONS}/new")
    words = await admin.sends(f"{DESTINATIONS}/new", {**DRAFT, "secret": "short"})
    assert "密钥至少16位" in words
    words = await admin.sends(f"{DESTINATIONS}/new", {**DRAFT, "address": "http://10.0.0.1/", "secret": "x" * 20})
    assert "https://" in words
    secret = "a-secret-of-some-length"
    await admin.sends(f"{DESTINATIONS}/new", {**DRAFT, "secret": secret, "kinds": "noise"})
    assert admin.at == f"{DESTINATIONS}/city"
    assert secret not in admin.page
    assert "已保存" in await typed(admin, f"{DESTINATIONS}/city", title="示例城管后台", secret="", contact="1")
    with house.transaction() as session:
        row = forwarding.destination(session, "city")
        assert row is not None
        assert (row.title, row.kinds, row.contact_leaves) == ("示例城管后台", [], True)
        assert row.secret is not None
        assert house.office(session).seal.open(row.secret) == secret
    assert "已停用" in await admin.sends(f"{DESTINATIONS}/city/drop")
    assert "还没有转办单位" in admin.words
    assert [one.split()[1] for one in house.acts("destination.")] == [
        "destination.added",
        "destination.changed",
        "destination.dropped",
    ]
