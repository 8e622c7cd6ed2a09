"""The calendar, the orders and the waiting lists of a station, as its people and its merchants work with them."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from bot.rules import booking
from bot.rules.booking import provider as rules
from bot.store import Session, station
from bot.store import booking as bookings
from bot.store import service as services
from bot.store.booking import State
from bot.store.staff import Staff, StaffRole
from tests.booking.scene import SAID, at, booked, office_of
from tests.booking.scene import provider as who_does
from tests.support.console import Browser, House

CALENDAR = "/console/bookings"
FIRST = "B261122-0001"
TOMORROW = "2026-11-23"


def slot(page: str, name: str, clock: str) -> str:
    """The address behind a free half hour of somebody."""
    found = re.search(rf'href="([^"]+)" aria-label="[^"]* {clock} {name} 还空', page)
    assert found, (name, clock)
    return found[1].replace("&amp;", "&")


def state_of(house: House, number: str = FIRST) -> str:
    with house.transaction() as session:
        row = bookings.numbered(session, number)
        assert row is not None
        return row.state


@pytest.fixture
def visit(house: House) -> str:
    """A resident has booked a cleaning for tomorrow at three; returns the code that only they have."""
    said = booked(house.town.resident("王阿姨"), f"帮我约明天下午三点的保洁，{SAID}")
    found = re.search(r"到访码：(\d{4})", said)
    assert found
    return found[1]


@pytest.fixture
def merchant(house: House) -> House:
    """The cleaning team has an account of its own."""
    values = house.account("clerk").model_dump(exclude={"id"})
    with house.transaction() as session:
        account = Staff(**{**values, "login": "merchant", "role": StaffRole.PROVIDER.value})
        session.add(account)
        session.flush()
        who_does(session, "cleaning").staff_id = account.id
    return house


async def test_a_day_shows_what_is_free_taken_and_shut_in_words(house: House, clerk: Browser, visit: str) -> None:
    words = await clerk.opens(f"{CALENDAR}?day={TOMORROW}&station=S01")
    assert "示例保洁队" in words
    assert "保洁 已约 0001" in words
    assert "不营业" in words
    assert "空 1" in words
    assert "空 2" in words


async def test_whoever_telephones_is_booked_for_in_a_free_time(house: House, clerk: Browser) -> None:
    await clerk.opens(f"{CALENDAR}?day={TOMORROW}")
    await clerk.opens(slot(clerk.page, "示例水电师傅", "9:00"))
    resource, start = re.findall(r'name="(?:resource|start)" value="([^"]+)"', clerk.page)
    form = {"resource": resource, "start": start, "thing": "plumbing_electrical", "who": "028-0000-0003"}
    refused = await clerk.sends(f"{CALENDAR}/new", form)
    assert clerk.status == 409
    assert "要写地址" in refused
    assert 'value="028-0000-0003"' in clerk.page
    made = await clerk.sends(f"{CALENDAR}/new", form | {"address": "示例花园3栋2单元501", "name": "李婆婆"})
    assert clerk.at == f"{CALENDAR}/{FIRST}"
    assert "约好了" in made
    assert "李婆婆" in made
    code = re.search(r"请把到访码念给他： (\d{4})", made)
    assert code
    assert house.acts("booking.made") == [f"clerk booking.made {FIRST}"]
    assert "已约 0001" in await clerk.opens(f"{CALENDAR}?day={TOMORROW}")


async def test_a_wrong_form_loses_nothing(house: House, clerk: Browser) -> None:
    await clerk.opens(f"{CALENDAR}?day={TOMORROW}")
    await clerk.opens(slot(clerk.page, "示例理发店", "9:00"))
    resource, start = re.findall(r'name="(?:resource|start)" value="([^"]+)"', clerk.page)
    words = await clerk.sends(f"{CALENDAR}/new", {"resource": resource, "start": start, "name": "张叔", "thing": "x"})
    assert clerk.status in (404, 422)
    words = await clerk.sends(f"{CALENDAR}/new", {"resource": resource, "start": start, "name": "张叔"})
    assert clerk.status == 422
    assert "请填写" in words
    assert 'value="张叔"' in clerk.page


async def test_a_resident_in_a_channel_hears_what_the_station_does(house: House, clerk: Browser, visit: str) -> None:
    await clerk.opens(f"{CALENDAR}?day={TOMORROW}")
    await clerk.opens(slot(clerk.page, "示例理发店", "10:00"))
    resource, start = re.findall(r'name="(?:resource|start)" value="([^"]+)"', clerk.page)
    await clerk.sends(f"{CALENDAR}/new", {"resource": resource, "start": start, "thing": "haircut", "who": FIRST})
    assert clerk.at == f"{CALENDAR}/B261122-0002"
    assert "站里给您约好了：理发" in house.town.waiting_words()[-1]


async def test_moving_is_two_taps_and_the_number_stays(house: House, clerk: Browser, visit: str) -> None:
    await clerk.opens(f"{CALENDAR}/{FIRST}")
    words = await clerk.opens(f"{CALENDAR}?move={FIRST}")
    assert "改时间：点一个空的时段" in words
    assert "示例理发店" not in words
    await clerk.opens(slot(clerk.page, "示例保洁队", "9:00"))
    assert "改到 明天 11月23日 周一 9:00" in clerk.words
    to, who = (re.search(rf'name="{name}" value="([^"]+)"', clerk.page) for name in ("to", "who"))
    assert to
    assert who
    words = await clerk.sends(f"{CALENDAR}/{FIRST}/move", {"to": to[1], "who": who[1], "step": "1"})
    assert "时间改好了" in words
    assert "11月23日 周一 9:00–11:00" in words
    assert "改到了11月23日（周一）9:00" in house.town.waiting_words()[-1]


async def test_of_two_who_change_an_order_the_slower_one_is_shown_what_happened(
    house: House, clerk: Browser, visit: str
) -> None:
    house.town.resident("王阿姨").says("改预约")
    await clerk.opens(f"{CALENDAR}/{FIRST}")
    with office_of(house.town) as office:
        row = bookings.numbered(office.session, FIRST)
        assert row is not None
        booking.reschedule(office, row.id, at(23, 9))
    words = await clerk.sends(f"{CALENDAR}/{FIRST}/cancel", {"step": "1", "reason": "师傅病了"})
    assert clerk.status == 409
    assert "有了变化" in words
    assert "师傅病了" in words
    assert state_of(house) == State.BOOKED


async def test_a_cancellation_needs_a_reason_that_the_resident_reads(house: House, clerk: Browser, visit: str) -> None:
    await clerk.opens(f"{CALENDAR}/{FIRST}")
    assert "请写取消的原因" in await clerk.sends(f"{CALENDAR}/{FIRST}/cancel", {"step": "1", "reason": " "})
    await clerk.sends(f"{CALENDAR}/{FIRST}/cancel", {"step": "1", "reason": "师傅临时来不了"})
    assert state_of(house) == State.CANCELLED
    assert "取消了：师傅临时来不了" in house.town.waiting_words()[-1]
    assert f"clerk booking.cancelled {FIRST}" in house.acts()


async def test_the_station_proves_a_visit_by_telephone_when_the_code_is_lost(
    house: House, clerk: Browser, visit: str
) -> None:
    house.town.now = at(23, 15)
    await clerk.opens(f"{CALENDAR}/{FIRST}")
    wrong = "0000" if visit != "0000" else "1111"
    assert "到访码不对" in await clerk.sends(f"{CALENDAR}/{FIRST}/arrive", {"step": "1", "code": wrong})
    words = await clerk.sends(f"{CALENDAR}/{FIRST}/arrive", {"step": "2", "asked": "1"})
    assert "没用到访码，已打电话向居民核实" in words
    await clerk.sends(f"{CALENDAR}/{FIRST}/finish", {"step": "3"})
    assert state_of(house) == State.DONE


async def test_nobody_was_there(house: House, clerk: Browser, visit: str) -> None:
    await clerk.opens(f"{CALENDAR}/{FIRST}")
    assert "还没到约好的时间" in await clerk.sends(f"{CALENDAR}/{FIRST}/no-show", {"step": "1"})
    house.town.now = at(23, 15, 20)
    await clerk.sends(f"{CALENDAR}/{FIRST}/no-show", {"step": "1"})
    assert state_of(house) == State.NO_SHOW
    assert "记为没在" in house.town.waiting_words()[-1]


async def test_what_a_merchant_left_behind_stands_on_top_until_it_is_given_away(
    house: House, clerk: Browser, visit: str
) -> None:
    with office_of(house.town) as office:
        gone = who_does(office.session, "cleaning")
        rules.remove(office, gone.id)
        other = who_does(office.session, "haircut")
        services.serve(office.session, other.id, ["haircut", "cleaning"])
        name, other_id = other.name, other.id
    assert "等着派人" in await clerk.opens(CALENDAR)
    words = await clerk.opens(f"{CALENDAR}/waiting")
    assert words.index("待派人") < words.index("没有人候补")
    assert name in words
    await clerk.sends(f"{CALENDAR}/{FIRST}/assign", {"provider": str(other_id)})
    assert state_of(house) == State.BOOKED
    assert "等着派人" not in await clerk.opens(CALENDAR)


async def test_the_list_is_searched_filtered_and_taken_along(house: House, clerk: Browser, visit: str) -> None:
    words = await clerk.opens(f"{CALENDAR}/orders")
    assert FIRST in words
    assert "13800000000" not in words
    assert FIRST in await clerk.opens(f"{CALENDAR}/orders?which=open&q=保洁")
    assert FIRST not in await clerk.opens(f"{CALENDAR}/orders?which=done")
    assert "没有找到" in await clerk.opens(f"{CALENDAR}/orders?q=搬家")
    await clerk.opens(f"{CALENDAR}/orders?as=xlsx")
    assert clerk.response is not None
    assert "spreadsheetml" in clerk.response.content_type
    assert "clerk list.exported /console/bookings/orders" in house.acts()


async def test_many_orders_are_paged(house: House, clerk: Browser, visit: str) -> None:
    with house.transaction() as session:
        row = bookings.numbered(session, FIRST)
        assert row is not None
        values = row.model_dump(exclude={"id", "number"})
        for number in range(2, 61):
            start = row.starts_at + timedelta(days=number)
            later = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
            session.add(bookings.Booking(number=f"B261122-{number:04d}", **{**values, **later}))
    first = await clerk.opens(f"{CALENDAR}/orders")
    assert "B261122-0060" in first
    assert FIRST not in first
    following = re.search(r'href="([^"]+)" rel="next"', clerk.page)
    assert following
    assert FIRST in await clerk.opens(following[1].replace("&amp;", "&"))


async def test_a_full_day_has_its_waiting_list_with_every_step(house: House, clerk: Browser) -> None:
    for number in range(9, 18, 2):
        for name in "ab":
            booked(house.town.resident(f"{name}{number}"), f"帮我约明天{number}点的保洁，{SAID}")
    late = house.town.resident("张叔")
    late.says(f"帮我约明天下午三点的保洁，{SAID}")
    late.says("候补明天（周一）")
    late.says("确认")
    words = await clerk.opens(f"{CALENDAR}/waiting")
    assert "保洁" in words
    assert "排着" in words
    assert "排上候补" in words


@pytest.mark.parametrize("path", ["", "/photo"])
async def test_another_stations_order_is_not_there(house: House, clerk: Browser, visit: str, path: str) -> None:
    with house.transaction() as session:
        row = bookings.numbered(session, FIRST)
        assert row is not None
        row.station_id = next(one.station_id for one in services.venues(session, everywhere(session)))
    await clerk.opens(f"{CALENDAR}/{FIRST}{path}")
    assert clerk.status == 404
    assert FIRST not in await clerk.opens(f"{CALENDAR}/orders")
    await clerk.sends(f"{CALENDAR}/{FIRST}/cancel", {"step": "1", "reason": "x"})
    assert clerk.status == 404


async def test_a_merchant_sees_their_own_orders_and_the_address_on_its_day(
    merchant: House, other: Browser, visit: str
) -> None:
    booked(merchant.town.resident("李叔"), "约明天上午十点理发，电话13800000001")
    await other.signs_in("merchant")
    words = await other.opens(CALENDAR)
    assert other.at == f"{CALENDAR}/mine"
    assert "保洁" in words
    assert "理发" not in words
    words = await other.opens(f"{CALENDAR}/mine/{FIRST}")
    assert "当天才显示" in words
    assert "501" not in words
    merchant.town.now = at(23, 14)
    words = await other.opens(f"{CALENDAR}/mine/{FIRST}")
    assert "示例花园3栋2单元501" in words
    assert merchant.acts("order.viewed") == [f"merchant order.viewed {FIRST}"] * 2
    for path in (f"mine/{FIRST[:-1]}2", FIRST, "orders", "orders?as=xlsx", "waiting"):
        assert "13800000001" not in await other.opens(f"{CALENDAR}/{path}")
        assert other.status in (403, 404), path
    for step in ("arrive", "finish", "no-show"):
        await other.sends(f"{CALENDAR}/mine/{FIRST[:-1]}2/{step}", {"code": visit})
        assert other.status == 404, step


async def test_a_merchant_proves_the_visit_and_finishes_it(merchant: House, other: Browser, visit: str) -> None:
    await other.signs_in("merchant")
    merchant.town.now = at(23, 15)
    own = f"{CALENDAR}/mine/{FIRST}"
    await other.opens(own)
    wrong = "0000" if visit != "0000" else "1111"
    assert "到访码不对" in await other.sends(f"{own}/arrive", {"code": wrong})
    assert "已经错了1次" in await other.opens(own)
    assert "已记到访" in await other.sends(f"{own}/arrive", {"code": visit})
    assert "已完成" in await other.sends(f"{own}/finish")
    assert "不再显示" in await other.opens(own)
    assert "满意吗" in merchant.town.waiting_words()[-1]


def everywhere(session: Session) -> list[UUID]:
    return [one.id for one in station.everywhere(session)]
