"""Cabinets in the back office: the fleet, one cabinet with all that is done there, the book, the couriers."""

import re
import time
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.rules.locker import care
from bot.rules.locker.device import DoorReport, DoorState, Heartbeat, Outcome
from bot.store.ids import new_id
from bot.store.locker import Cabinet, Compartment
from bot.store.staff import Staff
from tests.support.box import Box, last_code, stows, verified
from tests.support.console import Browser, House

AT = "/console/lockers/at/G0001"
WHY = "居民到站求助，核对过手机号"
MANY = 10_000


@pytest.fixture
def box(house: House) -> Box:
    """The sample cabinet, which has just spoken."""
    return Box(house.town)


@pytest.fixture
def colleague(house: House) -> House:
    """A second account at the same counter."""
    values = house.account("clerk").model_dump(exclude={"id"})
    with house.transaction() as session:
        session.add(Staff(**{**values, "login": "clerk2", "name": "示例服务站2号值班员"}))
    return house


async def test_the_fleet_says_what_is_offline_and_what_is_taken(box: Box, clerk: Browser) -> None:
    stows(box, box.town.resident("婆婆"))
    words = await clerk.opens("/console/lockers")
    assert "G0001 示例花园2栋1单元门口 在线" in words
    assert "1/12" in words
    assert "没有连过" in words
    assert "没有找到“G0001”" in await clerk.opens("/console/lockers?which=away&q=G0001")
    box.is_away()
    box.town.passes(minutes=30)
    assert "G0001 示例花园2栋1单元门口 离线" in await clerk.opens("/console/lockers?which=away")
    assert "没有找到“G0009”" in await clerk.opens("/console/lockers?q=G0009")


async def test_a_dead_cabinet_leads_to_its_ticket(box: Box, clerk: Browser) -> None:
    box.town.passes(minutes=31)
    with box.office() as office:
        assert care.watch(office) == 1
    words = await clerk.opens(AT)
    assert "已经报修： T261122-0001" in words
    assert "柜子 1" in words
    await clerk.opens("/console/tickets/T261122-0001")
    assert clerk.status == 200


async def test_a_jam_leads_to_its_ticket_and_stands_on_its_door(box: Box, clerk: Browser) -> None:
    door = stows(box, box.town.resident("婆婆"))
    box.jammed.add(door)
    for _ in range(2):
        box.types(last_code(box.town))
        box.works()
    words = await clerk.opens(AT)
    assert f"{door}号门有故障，已经报修： T261122-0001" in words
    assert "停用 · 在柜里" in words


async def test_a_door_is_opened_with_a_reason_and_the_owner_reads_it(box: Box, clerk: Browser) -> None:
    granny = box.town.resident("婆婆")
    door = stows(box, granny)
    assert "存件" in await clerk.opens(f"{AT}?door={door}")
    assert "请写明为什么开门" in await clerk.sends(f"{AT}/open", {"door": str(door), "words": " "})
    assert clerk.status == 409
    assert box.works() == []
    assert "开门指令已发出" in await clerk.sends(f"{AT}/open", {"door": str(door), "words": WHY})
    assert "正在开" in clerk.words
    assert box.works() == [door]
    assert "开着 在柜里" in await clerk.opens(f"{AT}/doors")
    assert WHY in await clerk.opens("/console/lockers/book?q=g0001")
    assert WHY in granny.says("谁开过我的柜子")
    assert box_acts(clerk) == ["locker.viewed", "locker.opened", "locker.viewed", "locker.book"]


async def test_all_doors_take_a_second_person(box: Box, clerk: Browser, other: Browser, colleague: House) -> None:
    await clerk.opens(AT)
    assert "另一位同事" in await clerk.sends(f"{AT}/all", {"words": "清点"})
    found = re.search(r'name="request" value="([^"]+)"', clerk.page)
    assert found is None
    await other.signs_in("clerk2")
    assert "清点" in await other.opens(AT)
    found = re.search(r'name="request" value="([^"]+)"', other.page)
    assert found
    refused = await clerk.sends(f"{AT}/all/agree", {"request": found[1]})
    assert "要两个人" in refused
    assert box.works() == []
    assert "全部开门的指令已发出" in await other.sends(f"{AT}/all/agree", {"request": found[1]})
    assert len(box.works()) == 12
    assert "示例服务站2号值班员" in await clerk.opens("/console/lockers/book?q=G0001")
    assert "已经同意过" in await other.sends(f"{AT}/all/agree", {"request": found[1]})


async def test_what_is_overdue_is_listed_and_taken_to_the_station(box: Box, clerk: Browser) -> None:
    granny = box.town.resident("婆婆")
    verified(box.town, granny, "13800000000")
    door = stows(box, granny)
    assert "没有超时的件" in await clerk.opens("/console/lockers/overdue")
    box.town.passes(hours=50)
    assert "G0001" in await clerk.opens("/console/lockers/overdue")
    assert "13800000000" not in clerk.page
    await clerk.opens(f"{AT}?door={door}")
    parcel = re.search(r'name="parcel" value="([^"]+)"', clerk.page)
    assert parcel
    form = {"parcel": parcel[1], "words": "放了两天多"}
    assert "已记下" in await clerk.sends(f"{AT}/remove", form)
    assert "移到服务站" in clerk.words
    assert box.parcel(door) is None
    await clerk.sends(f"{AT}/remove", form)
    assert clerk.status == 409


async def test_a_telephone_is_masked_wherever_it_is_shown(box: Box, clerk: Browser) -> None:
    courier = box.town.resident("邻居")
    courier.does("scan", "locker-G0001")
    courier.says("帮邻居存个东西，小格")
    courier.says("13912345678")
    [door] = box.works()
    box.shuts(door, occupied=True)
    words = await clerk.opens(AT)
    assert "139****78" in words
    assert "13912345678" not in clerk.page


async def test_a_door_goes_out_of_use_and_back(box: Box, clerk: Browser) -> None:
    await clerk.opens(AT)
    assert "停用 · 空" in await clerk.sends(f"{AT}/order", {"door": "1", "out": "1"})
    assert stows(box, box.town.resident("婆婆")) == 2
    assert "停用 · 空" not in await clerk.sends(f"{AT}/order", {"door": "1", "out": "0"})
    assert "没有这个门号" in await clerk.sends(f"{AT}/order", {"door": "99", "out": "1"})


async def test_a_cabinet_that_takes_no_codes_is_released_with_a_reason(box: Box, clerk: Browser) -> None:
    stows(box, box.town.resident("婆婆"))
    code = last_code(box.town)
    for _ in range(5):
        box.types("000000" if code != "000000" else "111111")
    assert not box.types(code)
    assert "输码停用到" in await clerk.opens(AT)
    assert "停用输码 1" in await clerk.opens("/console/lockers?which=shut")
    assert "可以输码了" in await clerk.sends(f"{AT}/release", {"words": "本人在柜前，核对过"})
    assert "恢复输码" in await clerk.opens("/console/lockers/book?q=G0001")
    assert box.types("222222" if code != "222222" else "333333") is False
    assert box.types(code)
    assert box.row().shut_until is None


async def test_a_clear_code_and_a_key_are_shown_once(box: Box, clerk: Browser, other: Browser) -> None:
    await clerk.opens(AT)
    words = await clerk.sends(f"{AT}/clear-code", {"door": "3", "words": "离线码发错了人"})
    assert re.search(r"3号门的清除码 \d{8} ", words)
    assert not re.search(r"清除码 \d{8}", await clerk.opens(AT))
    await clerk.sends(f"{AT}/key", {})
    assert clerk.status == 403
    await other.signs_in("admin")
    await other.opens(AT)
    words = await other.sends(f"{AT}/key", {"revoke": "1"})
    assert '"key": 2' in words
    assert box.row().key_least == 2
    assert '"line"' not in await other.opens(AT)


@pytest.mark.parametrize(
    ("told", "said", "kept"),
    [
        (DoorState.LOCKED, "正常", ("closed_when_locked", True)),
        (DoorState.OPEN, "极性反了", ("closed_when_open", True)),
        (DoorState.UNKNOWN, "没有信号", ("closed_when_locked", False)),
    ],
)
async def test_the_self_test_finds_which_way_round_the_switches_are(
    box: Box, clerk: Browser, told: DoorState, said: str, kept: tuple[str, bool]
) -> None:
    shut = {door: DoorReport(told) for door in range(1, 13)}
    box.tells(Heartbeat(next(box.seq), box.town.now, shut))
    await clerk.opens(f"{AT}/self-test")
    await clerk.sends(f"{AT}/self-test")
    if told is DoorState.LOCKED:
        assert "正在等柜机回话" in clerk.words
        assert "记到档案" not in clerk.words
        assert box.works() == [1]
        assert "请把它关好" in await clerk.opens(f"{AT}/self-test/state")
        box.shuts(1)
    words = await clerk.opens(f"{AT}/self-test/state")
    assert said in words
    assert "记到档案" in words
    await clerk.sends(f"{AT}/self-test/keep")
    assert (box.row().polarity, box.row().has_feedback) == kept


async def test_the_self_test_needs_an_empty_cabinet_that_answers(box: Box, clerk: Browser) -> None:
    await clerk.opens(f"{AT}/self-test")
    door = stows(box, box.town.resident("婆婆"))
    assert "里还有东西，不能自检" in await clerk.sends(f"{AT}/self-test")
    box.types(last_code(box.town))
    box.works()
    box.shuts(door, occupied=False)
    box.tells(Heartbeat(next(box.seq), box.town.now, {one: DoorReport(DoorState.LOCKED) for one in range(1, 13)}))
    box.is_away()
    assert "离线了" in await clerk.sends(f"{AT}/self-test")
    box.beats()
    box.outcome = Outcome.REFUSED
    await clerk.sends(f"{AT}/self-test")
    box.works()
    assert "没有成功" in await clerk.opens(f"{AT}/self-test")
    await clerk.sends(f"{AT}/self-test/keep")
    assert box.row().has_feedback


async def test_a_courier_is_let_in_with_a_word_shown_once_and_sent_away(box: Box, clerk: Browser) -> None:
    await clerk.opens("/console/lockers/couriers")
    assert "哪家公司" in await clerk.sends("/console/lockers/couriers", {"company": " "})
    words = await clerk.sends("/console/lockers/couriers", {"company": "示例快递"})
    word = re.search(r"投递码 ?([A-Z2-9]{8})", words)
    assert word
    courier = box.town.resident("快递员")
    assert "登记好了" in courier.says(f"投递码{word[1]}")
    words = await clerk.opens("/console/lockers/couriers")
    assert "已登记" in words
    assert word[1] not in words
    found = re.search(r'name="courier" value="([^"]+)"', clerk.page)
    assert found
    await clerk.sends("/console/lockers/couriers/end", {"courier": found[1]})
    assert "登记" in courier.says("投递")
    assert "还没有投递员" in clerk.words


@pytest.mark.parametrize("step", ["", "/doors", "/self-test", "/self-test/state"])
async def test_a_cabinet_of_another_grid_is_not_there(box: Box, worker: Browser, step: str) -> None:
    assert "G0002" in await worker.opens("/console/lockers")
    assert "G0001" not in worker.page
    await worker.opens(f"{AT}{step}")
    assert worker.status == 404


@pytest.mark.parametrize("step", ["open", "order", "remove", "all", "all/agree", "release", "clear-code", "self-test"])
async def test_a_cabinet_of_another_grid_is_not_there_for_a_form(box: Box, worker: Browser, step: str) -> None:
    await worker.opens("/console/lockers/at/G0002")
    await worker.sends(f"{AT}/{step}", {"door": "1", "words": WHY, "out": "1", "parcel": str(new_id())})
    assert worker.status == 404
    assert box.works() == []
    assert box.book() == []


async def test_the_book_of_another_grid_is_not_read(box: Box, worker: Browser, clerk: Browser) -> None:
    stows(box, box.town.resident("婆婆"))
    assert "还没有开门记录" in await worker.opens("/console/lockers/book")
    assert "居民" in await clerk.opens("/console/lockers/book")
    assert "婆婆" not in clerk.page
    await clerk.opens("/console/lockers/book?as=xlsx")
    assert clerk.response is not None
    assert clerk.response.content_type.endswith("sheet")
    assert "clerk list.exported /console/lockers/book" in clerk.house.acts("list.")


async def test_ten_thousand_cabinets_are_searched_and_sorted_at_once(house: House, clerk: Browser) -> None:
    crowd(house)
    took, seen = 0.0, set[str]()
    for sort in ("code", "heard", "taken", "broken", "firmware"):
        for down in ("", "1"):
            started = time.perf_counter()
            await clerk.opens(f"/console/lockers?sort={sort}&down={down}")
            took = max(took, time.perf_counter() - started)
            first = codes_on(clerk)
            follows = re.search(r'href="([^"]+)" rel="next"', clerk.page)
            assert follows
            await clerk.opens(follows[1].replace("&amp;", "&"))
            assert not set(first) & set(codes_on(clerk)), sort
            seen |= set(first)
    assert len(seen) > 100
    assert "X09999" in await clerk.opens("/console/lockers?q=x09999")
    assert took < 1.5


def codes_on(browser: Browser) -> list[str]:
    return re.findall(r"lockers/at/([A-Z]\d+)", browser.page)


def crowd(house: House) -> None:
    """So many cabinets of the sample community, with their doors; some are silent, some have faults."""
    sample = Box(house.town).row()
    with house.transaction() as session:
        values = sample.model_dump(exclude={"id", "code"})
        rows = [
            {
                **values,
                "id": new_id(),
                "code": f"X{number:05d}",
                "firmware": f"1.{number % 7}",
                "heard_at": house.town.now - timedelta(seconds=number) if number % 9 else None,
            }
            for number in range(MANY)
        ]
        session.execute(insert(Cabinet), rows)
        doors = [
            {"id": new_id(), "cabinet_id": row["id"], "door": door, "size": "s", "out_of_order": number % 50 == 0}
            for number, row in enumerate(rows)
            for door in (1, 2, 3)
        ]
        session.execute(insert(Compartment), doors)


def box_acts(browser: Browser) -> list[str]:
    return [one.split()[1] for one in browser.house.acts("locker.")]
