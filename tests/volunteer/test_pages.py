"""The staff keep the rota, the people and the hours; volunteers claim and drop shifts on their page."""

import re
from collections.abc import AsyncIterator

import pytest

from bot.conversation import Conversation
from bot.rules import activity, post, volunteer
from bot.rules.office import Office
from bot.store import Store, outbox, transaction
from bot.store import activity as activities
from bot.store.activity import Kind
from bot.store.staff import Staff, StaffRole
from bot.store.volunteer import VolunteerState, people
from bot.wording import notice
from tests.console.conftest import browser, clerk, file_store, house, other, staffed  # noqa: F401 - fixtures
from tests.h5.conftest import Browser as Phone
from tests.h5.conftest import browser as phone_of
from tests.support.console import Browser, House
from tests.support.town import CHENGDU, SUNDAY_MORNING
from tests.volunteer.scene import at, becomes, shift
from tests.volunteer.test_lectures import offers_to_teach

ROTA = "/console/volunteers"
sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_volunteer_is_looked_at_and_let_in(house: House, clerk: Browser) -> None:  # noqa: F811
    wang = house.town.resident("王阿姨")
    wang.says("我要当志愿者")
    for words in ("王阿姨", "看门口", "周末", "13800000000"):
        wang.says(words)
    wang.says("确认")
    assert "有 1 位居民等着" in await clerk.opens(ROTA)
    assert "看门口" in await clerk.opens(f"{ROTA}/people")
    one = re.search(r'action="(/console/volunteers/people/[0-9a-f-]+/approve)"', clerk.page)
    assert one
    assert "在岗" in await clerk.sends(one[1])
    wang.says("周六上午我来")
    wang.taps("排上")
    assert "差1人" in await clerk.opens(f"{ROTA}?week=2026-11-28")
    assert "王阿姨" in await clerk.opens(_first(clerk, "09:00–12:00"))
    assert "停排" in await clerk.sends(one[1].replace("approve", "pause"))
    assert "排班先停了" in " ".join(house.town.waiting_words())
    assert "没有排上" in wang.says("我的班次")


async def test_the_rail_counts_what_lacks_people_tomorrow(house: House, clerk: Browser) -> None:  # noqa: F811
    async def counted() -> int:
        await clerk.opens(f"{ROTA}?week=9999-12-31")
        assert clerk.status == 200
        found = re.search(r'href="/console/activities"[^>]*>.*?</a>', clerk.page, re.S)
        assert found
        count = re.search(r'class="count">(\d+)', found[0])
        return int(count[1]) if count else 0

    before = await counted()
    house.town.now = house.wall = at(11, 27, 12)
    await clerk.signs_in("clerk")
    assert await counted() == before + 1  # the shift of the afternoon begins later than in 24 hours


async def test_a_weekly_shift_is_added_and_ended(house: House, clerk: Browser) -> None:  # noqa: F811
    await clerk.opens(f"{ROTA}/plans")
    station = re.search(r'<option value="([0-9a-f-]{36})"', clerk.page)
    assert station
    typed = {"title": "便民站值班", "station": station[1], "weekday": "0", "start": "09:00", "end": "11:00"}
    numbers = {"minimum": "2", "maximum": "1", "duties": "", "_version": ""}
    assert "不能比最多人数还多" in await clerk.sends(f"{ROTA}/plans", {**typed, **numbers})
    assert clerk.status == 409
    await clerk.sends(f"{ROTA}/plans", {**typed, **numbers, "maximum": "3"})
    assert "便民站值班" in await clerk.opens(f"{ROTA}?week=2026-11-23")
    await clerk.opens(f"{ROTA}/plans")
    end = re.search(r"便民站值班.*?action=\"(/console/volunteers/plans/[0-9a-f-]+/end)\"", clerk.page, re.S)
    assert end
    await clerk.sends(end[1])
    assert "已取消" in await clerk.opens(f"{ROTA}?week=2026-11-23")


async def test_hours_are_corrected_with_a_reason_and_kept_as_a_workbook(house: House, clerk: Browser) -> None:  # noqa: F811
    wang = house.town.resident("王阿姨")
    becomes(wang)
    wang.says("周六上午我来")
    wang.taps("排上")
    await clerk.opens(f"{ROTA}?week=2026-11-28")
    here = _first(clerk, "09:00–12:00")
    house.town.now = at(11, 28, 12, 10)
    with house.transaction() as session:
        office = house.office(session)
        activity.close_ended(office)
        volunteer.credit(office)
    await clerk.opens(here)
    mine = re.search(r'name="enrolment" value="([0-9a-f-]+)"', clerk.page)
    assert mine
    assert "请写一句原因" in await clerk.sends(f"{here}/hours", {"enrolment": mine[1], "minutes": "90", "reason": " "})
    for minutes in ("一个半小时", "1441", "-5", ""):
        typed = {"enrolment": mine[1], "minutes": minutes, "reason": "忘了签到"}
        assert "整数分钟" in await clerk.sends(f"{here}/hours", typed)
        assert clerk.status == 422
    await clerk.sends(f"{here}/hours", {"enrolment": mine[1], "minutes": "90", "reason": "忘了签到"})
    assert "站里更正：忘了签到" in clerk.words
    assert "1小时30分钟" in await clerk.opens(f"{ROTA}/hours")
    assert "1小时30分钟（站里更正）" in wang.says("我的志愿时长")
    await clerk.opens(f"{ROTA}/hours?as=xlsx")
    assert clerk.status == 200
    house.town.now = house.wall = at(12, 31, 23).replace(year=2027)
    await clerk.signs_in("clerk")
    assert "1小时30分钟" not in await clerk.opens(f"{ROTA}/hours")
    assert "1小时30分钟" in await clerk.opens(f"{ROTA}/hours?year=2026")
    assert "2026年1位志愿者" in clerk.words


@pytest.fixture
async def phone(store: Store, talk: Conversation, tmp_path: object) -> AsyncIterator[Phone]:
    async for one in phone_of.__wrapped__(store, talk, tmp_path):  # type: ignore[attr-defined]
        yield one


@sqlite_only
async def test_a_volunteer_claims_and_drops_on_the_page(phone: Phone) -> None:
    who = phone.person("王阿姨")
    assert "我要当志愿者" in await phone.opens(phone.link("王阿姨", "/h5/volunteers"))
    with transaction(phone.product.store) as session:
        office = Office(session, phone.product.seal, CHENGDU, phone.moment)
        volunteer.set_takes_all(office, True, by=None)
        volunteer.apply(office, {"name": "王阿姨"}, resident_id=who, channel="official_account")
        here = f"/h5/volunteers/{shift(session, at(11, 28, 9)).id}"
    await phone.opens("/h5/volunteers")
    assert "排上了" in await phone.sends(f"{here}/claim")
    assert "✓ 您的班" in phone.text
    with transaction(phone.product.store) as session:
        office = Office(session, phone.product.seal, CHENGDU, phone.moment)
        mine = people.of(session, who)
        assert mine is not None
        mine.state = VolunteerState.PAUSED.value
    await phone.opens("/h5/volunteers")
    assert "先停着" in phone.text
    with transaction(phone.product.store) as session:
        mine = people.of(session, who)
        assert mine is not None
        mine.state = VolunteerState.APPROVED.value
    phone.moment = at(11, 28, 7)
    await phone.opens(phone.link("王阿姨", "/h5/volunteers"))
    assert "说一句原因" in await phone.sends(f"{here}/drop")
    assert phone.status == 409
    await phone.opens("/h5/volunteers")
    assert "退了" in await phone.sends(f"{here}/drop", reason="临时加班")


@sqlite_only
def test_the_station_hears_of_a_shift_that_lacks_people_once_each_time(store: Store, talk: Conversation) -> None:
    with transaction(store) as session:
        office = Office(session, talk.seal, CHENGDU, SUNDAY_MORNING)
        _station_person(office)
    said = []
    for moment in (at(11, 27, 8), at(11, 27, 10), at(11, 27, 11), at(11, 28, 6, 30), at(11, 28, 7)):
        with transaction(store) as session:
            office = Office(session, talk.seal, CHENGDU, moment)
            volunteer.alarm(office)
            rows = outbox.due(session, moment, channel="wecom_app")
            said.append([notice.say(row.kind, talk.seal.open_json(row.facts)) for row in rows])
    morning = [[words for words in each if "上午值班" in words] for each in said]
    assert [len(each) for each in morning] == [0, 1, 1, 2, 2]
    assert "至少要2人" in morning[1][0]
    assert "不到3小时" in morning[3][1]


@sqlite_only
def test_no_shift_is_made_on_a_holiday(store: Store, talk: Conversation) -> None:
    """1 October 2026 is a Thursday."""
    with transaction(store) as session:
        office = Office(session, talk.seal, CHENGDU, at(9, 25, 8))
        here = shift(session, at(11, 28, 9)).station_id
        hours = {"start": at(1, 1, 9).time(), "end": at(1, 1, 12).time(), "minimum": 1, "maximum": 1}
        volunteer.add(office, volunteer.Pattern(here, 3, title="平日班", **hours))  # type: ignore[arg-type]
        volunteer.add(office, volunteer.Pattern(here, 3, title="天天班", on_holidays=True, **hours))  # type: ignore[arg-type]
        made = [
            (one.title, one.starts_at.astimezone(CHENGDU).day) for one in activities.everything(session, Kind.SHIFT)
        ]
    assert [day for title, day in made if title == "平日班"] == [8]
    assert [day for title, day in made if title == "天天班"] == [1, 8]


def _station_person(office: Office) -> None:
    """Somebody at the learning station who reads WeCom."""
    its = shift(office.session, at(11, 28, 9))
    office.session.add(
        Staff(
            login="learning",
            name="示例社区知识共享站",
            role=StaffRole.STATION_STAFF,
            station_id=its.station_id,
            wecom_userid="learning",
            created_at=office.now,
        )
    )
    office.session.flush()
    post.enrol(office)


def _first(who: Browser, words: str) -> str:
    """The address of the first shift of those words."""
    found = re.search(rf'href="({ROTA}/shifts/[0-9a-f-]+)"><b>{words}', who.page)
    assert found, who.words
    return found[1]


async def test_an_offer_to_teach_becomes_a_course_by_a_form(house: House, clerk: Browser) -> None:  # noqa: F811
    wang = house.town.resident("王阿姨")
    offers_to_teach(wang)
    assert "我会剪纸想教大家" in await clerk.opens("/console/offers")
    one = re.search(r'href="(/console/offers/at/[0-9a-f-]+)"', clerk.page)
    assert one
    words = await clerk.opens(one[1])
    assert "是哪天 11月28日（周六）" in words
    assert "13800000000" in words
    assert 'value="2026-11-28"' in clerk.page
    station = re.search(r'<select id="f-station".*?<option value="([0-9a-f-]{36})"', clerk.page, re.S)
    assert station
    typed = {"title": "剪纸入门", "format": "skills", "lecturer_kind": "neighbour", "lecturer": "王阿姨"}
    times = {"first": "2026-11-28", "start": "09:30", "end": "10:30", "repeat": "once", "places": "10", "lessons": "1"}
    filled = {**typed, **times, "station": station[1], "_version": ""}
    assert "教室没有撞上别的安排" in await clerk.sends(f"{one[1]}/accept", {**filled, "look": "1"})
    await clerk.sends(f"{one[1]}/accept", filled)
    assert "剪纸入门" in clerk.words, clerk.words
    assert "排上了：剪纸入门，11月28日（周六）9:30–10:30" in " ".join(house.town.waiting_words())
    assert "剪纸入门" in house.town.resident("李叔").says("11月28号有什么课")
    assert "已经处理过" in await clerk.sends(f"{one[1]}/refuse", {"reason": "满了"})
    assert "还没有人讲过课" in await clerk.opens("/console/offers/lecturers")
