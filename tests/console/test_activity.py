"""The staff draw up activities, keep their rosters, look at neighbours' posts and write notices."""

import re

import pytest
from sqlmodel import col, select

from bot.store.activity import Activity
from bot.store.staff import Staff
from tests.activity.test_aid import posts
from tests.support.console import Browser, House

LIST = "/console/activities"


def typed(browser: Browser, **other: str) -> dict[str, str]:
    """A plan as it is typed, at the first station that may be chosen."""
    station = re.search(r'<select id="f-station".*?<option value="([0-9a-f-]{36})"', browser.page, re.S)
    assert station, browser.words
    version = re.search(r'name="_version" value="([0-9a-f]*)"', browser.page)
    plan = {
        "title": "坝坝电影夜",
        "words": "自带板凳。",
        "station": station[1],
        "spot": "小广场",
        "day": "2026-11-28",
        "start": "19:00",
        "end": "21:00",
        "places": "2",
        "audience": "",
        "organiser_kind": "community",
        "organiser": "示例社区",
        "_version": version[1] if version else "",
    }
    return {**plan, **other}


async def drawn_up(clerk: Browser) -> str:
    """Draw one up and publish it; returns its address."""
    await clerk.opens(f"{LIST}/new")
    words = await clerk.sends(LIST, typed(clerk))
    assert "草稿" in words
    here = clerk.at.partition("?")[0]
    assert "已发布" in await clerk.sends(f"{here}/publish")
    return here


async def test_what_is_published_is_what_residents_read(house: House, clerk: Browser) -> None:
    wang = house.town.resident("王阿姨")
    await clerk.opens(f"{LIST}/new")
    await clerk.sends(LIST, typed(clerk))
    here = clerk.at.partition("?")[0]
    assert "坝坝电影夜" not in wang.says("有什么活动")
    await clerk.sends(f"{here}/publish")
    assert "坝坝电影夜：11月28日（周六）19:00，还有2个名额" in wang.says("有什么活动")
    assert "坝坝电影夜" in await clerk.opens(LIST)
    assert "社区1场" in clerk.words


async def test_a_move_is_told_and_what_somebody_else_saved_is_not_lost(house: House, clerk: Browser) -> None:
    here = await drawn_up(clerk)
    wang = house.town.resident("王阿姨")
    wang.says("我要报名活动坝坝电影夜")
    wang.says("确认")
    await clerk.opens(here)
    form = typed(clerk, start="20:00", end="22:00")
    assert "已保存" in await clerk.sends(here, form)
    assert any("现在11月28日（周六）20:00" in words for words in house.town.waiting_words())
    assert "有人刚刚改过" in await clerk.sends(here, {**form, "start": "18:00"})


async def test_fewer_places_than_people_are_refused_with_what_was_typed(house: House, clerk: Browser) -> None:
    here = await drawn_up(clerk)
    wang = house.town.resident("王阿姨")
    wang.says("我要报名活动坝坝电影夜，两个人")
    wang.says("确认")
    await clerk.opens(here)
    assert "已经报了2人" in await clerk.sends(here, typed(clerk, places="1", spot="大榕树下"))
    assert 'value="大榕树下"' in clerk.page
    assert "要在开始时间之后" in await clerk.sends(here, typed(clerk, end="18:00"))


async def test_the_roster_calls_people_by_number_and_ticks_them_off(house: House, clerk: Browser) -> None:
    here = await drawn_up(clerk)
    wang = house.town.resident("王阿姨")
    wang.says("我要报名活动坝坝电影夜")
    wang.says("确认")
    words = await clerk.opens(here)
    assert "1号 1人 已报名" in words
    code = re.search(r'<p class="t28">(\d{4})</p>', clerk.page)
    assert code
    enrolment = re.search(r'name="enrolment" value="([0-9a-f-]+)"', clerk.page)
    assert enrolment
    assert "已签到" in await clerk.sends(f"{here}/tick", {"enrolment": enrolment[1], "came": "1"})
    assert "1号 1人 已报名" in await clerk.sends(f"{here}/tick", {"enrolment": enrolment[1], "came": "0"})
    await clerk.sends(f"{here}/code")
    assert "不办了。原因：下雨" not in "".join(house.town.waiting_words())
    assert "已取消" in await clerk.sends(f"{here}/cancel", {"reason": "下雨"})
    assert "不办了。原因：下雨" in "".join(house.town.waiting_words())
    assert len(house.acts("activity.")) >= 6


async def test_another_communitys_activity_is_not_there(house: House, clerk: Browser) -> None:
    with house.transaction() as session:
        its = session.scalars(select(Activity).where(col(Activity.code) == "HD01")).one()
        its.station_id, here = None, f"{LIST}/{its.id}"
        staff = session.scalars(select(Staff).where(col(Staff.login) == "clerk")).one()
        assert staff.station_id is not None or staff.area_id is not None
        its.area_id = None
        session.add(its)
    await clerk.opens(here)
    seen = clerk.status
    house.change("clerk", area_id=None, station_id=None, grid_id=house.account("grid3").grid_id)
    await clerk.opens(here)
    assert (seen, clerk.status) == (200, 404)
    assert "汤圆" not in clerk.page


async def test_a_post_is_mended_and_shown(house: House, clerk: Browser) -> None:
    wang, li = house.town.resident("王阿姨"), house.town.resident("李叔")
    posts(wang)
    words = await clerk.opens("/console/aid")
    assert "有没有邻居可以帮我搬个柜子" in words
    assert "13800000001" not in clerk.page
    here = re.search(r'action="(/console/aid/[0-9a-f-]+)/show"', clerk.page)
    assert here
    assert "请先写上" in await clerk.sends(f"{here[1]}/show", {"words": " "})
    assert "已给邻居看" in await clerk.sends(f"{here[1]}/show", {"words": "想请人帮忙搬柜子"})
    assert "想请人帮忙搬柜子" in li.says("邻里互助")
    await clerk.sends(f"{here[1]}/close")
    assert "没有邻居发的" in li.says("邻里互助")


async def test_a_notice_is_written_and_taken_back(house: House, clerk: Browser) -> None:
    await clerk.opens("/console/bulletins/new")
    station = re.search(r'<option value="([0-9a-f-]{36})"', clerk.page)
    assert station
    form = {"title": "冬季取暖提醒", "words": "烤火请开窗（示例）。", "topic": "safety", "station": station[1]}
    form |= {"first": "2026-11-22", "last": "2026-11-30", "published": "1"}
    wrong = await clerk.sends("/console/bulletins", {**form, "last": "2026-11-01"})
    assert "之后" in wrong
    assert "冬季取暖提醒" in await clerk.sends("/console/bulletins", form)
    one = re.search(r'href="(/console/bulletins/[0-9a-f-]+)"><b>冬季', clerk.page)
    assert one
    assert "冬季取暖提醒" in clerk.words
    await clerk.opens(one[1])
    assert "已删掉" in await clerk.sends(f"{one[1]}/drop")
    assert "冬季取暖提醒" not in clerk.words


@pytest.mark.parametrize("path", [LIST, "/console/aid", "/console/bulletins"])
async def test_the_three_hang_together(clerk: Browser, path: str) -> None:
    words = await clerk.opens(path)
    assert clerk.status == 200
    assert all(label in words for label in ("活动", "互助", "通知"))
