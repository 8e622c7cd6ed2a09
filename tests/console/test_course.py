"""The staff draw up courses, look at their days first, move and cancel lessons, and put links and papers to them."""

import re
from datetime import date

from bot.store import holiday
from bot.store.holiday import DayKind
from tests.support.console import Browser, House

LIST = "/console/courses"


def version(browser: Browser, action: str) -> str:
    found = re.search(rf'action="{action}"[^>]*>.*?name="_version" value="([0-9a-f]*)"', browser.page, re.S)
    return found[1] if found else ""


def typed(browser: Browser, **other: str) -> dict[str, str]:
    """A course on two Thursdays in the classroom, as it is typed."""
    named = re.findall(r'<option value="([0-9a-f-]{36})"[^>]*>([^<]+)<', browser.page)
    ids = {name: value for value, name in named}
    plan = {
        **{"title": "剪纸班", "format": "skills", "lecturer_kind": "neighbour", "lecturer": "示例剪纸能手"},
        **{"station": ids["示例社区知识共享站"], "spot": "二楼教室", "places": "2", "words": "剪刀站里备。"},
        **{"first": "2026-11-26", "start": "09:30", "end": "11:00", "repeat": "weekly", "lessons": "2"},
    }
    return {**plan, **other}


async def drawn_up(clerk: Browser, **other: str) -> str:
    """Draw one up and publish it; returns its address."""
    await clerk.opens(f"{LIST}/new")
    await clerk.sends(LIST, typed(clerk, **other))
    here = clerk.at.partition("?")[0]
    assert "已发布" in await clerk.sends(f"{here}/publish"), clerk.words
    return here


def lesson(browser: Browser, number: int) -> str:
    found = re.search(rf'href="(/console/lessons/[0-9a-f-]+)"><b>第{number}节', browser.page)
    assert found, browser.words
    return found[1]


def enrols(house: House, name: str, words: str) -> str:
    who = house.town.resident(name)
    assert "请核对" in who.says(words), who.reply.text
    return who.says("确认")


async def test_its_days_are_looked_at_before_anything_is_kept(house: House, clerk: Browser) -> None:
    await clerk.opens(f"{LIST}/new")
    words = await clerk.sends(LIST, typed(clerk, first="2026-11-25", start="15:00", end="16:30", look="1"))
    assert "一共 2 节" in words
    assert "11月25日 周三" in words
    assert "同一间教室撞了：" in words
    assert "书法入门（示例），11月25日 周三 14:30" in words
    assert "剪纸班" not in await clerk.opens(f"{LIST}/list")
    with house.transaction() as session:
        holiday.put(session, date(2026, 12, 3), DayKind.HOLIDAY, "社区邻里节")
    await clerk.opens(f"{LIST}/new")
    form = typed(clerk, but_holidays="1", tue="1", thu="1", lessons="3", look="1")
    assert "一共 3 节： 11月26日 周四 12月1日 周二 12月8日 周二" in await clerk.sends(LIST, form)
    assert "一节课也排不下" in await clerk.sends(LIST, {**form, "until": "2026-11-25"})


async def test_what_is_published_is_what_residents_read(house: House, clerk: Browser) -> None:
    wang = house.town.resident("王阿姨")
    await clerk.opens(f"{LIST}/new")
    await clerk.sends(LIST, typed(clerk))
    here = clerk.at.partition("?")[0]
    assert "草稿" in clerk.words
    assert "剪纸" not in wang.says("有什么课")
    await clerk.sends(f"{here}/publish")
    assert "剪纸班：11月26日（周四）9:30，还有2个名额" in wang.says("周四有什么课")
    assert "剪纸班" in await clerk.opens(f"{LIST}?day=2026-12-03")
    assert "剪纸班" not in await clerk.opens(f"{LIST}?day=2026-12-03&format=theory")
    assert "剪纸班" in await clerk.opens(f"{LIST}/list?q=剪纸")
    assert "已经发布" in await clerk.sends(f"{here}/publish")


async def test_lessons_that_follow_move_along_and_everybody_hears_once(house: House, clerk: Browser) -> None:
    here = await drawn_up(clerk, whole="1")
    enrols(house, "王阿姨", "报名剪纸班")
    await clerk.opens(here)
    first = lesson(clerk, 1)
    assert "会通知1位居民" in await clerk.opens(first)
    form = typed(clerk, day="2026-11-27", start="10:00", end="11:30", following="1", words="")
    form["_version"] = version(clerk, first)
    assert "已保存" in await clerk.sends(first, form), clerk.words
    told = [words for words in house.town.waiting_words() if "剪纸班" in words]
    assert len(told) == 1
    assert "11月26日（周四）9:30那节，改到11月27日（周五）10:00" in told[0]
    assert "12月3日（周四）9:30那节，改到12月4日（周五）10:00" in told[0]
    assert "有人刚刚改过" in await clerk.sends(first, {**form, "start": "08:00"})


async def test_a_lesson_or_all_of_it_is_cancelled_with_the_reason(house: House, clerk: Browser) -> None:
    here = await drawn_up(clerk, whole="1")
    enrols(house, "王阿姨", "报名剪纸班")
    await clerk.opens(here)
    first = lesson(clerk, 1)
    await clerk.opens(first)
    assert "不上了" in await clerk.sends(f"{first}/cancel", {"reason": "教室漏水"})
    assert any("原因：教室漏水" in words for words in house.town.waiting_words())
    await clerk.opens(here)
    assert "会通知1位居民" in clerk.words
    assert "已取消" in await clerk.sends(f"{here}/cancel", {"reason": "老师生病"})
    told = [words for words in house.town.waiting_words() if "老师生病" in words]
    assert told == [
        "抱歉，剪纸班后面的课不上了（12月3日（周四））。原因：老师生病。您不用过来了，其他课可以问“有什么课”。"
    ]
    assert "剪纸" not in house.town.resident("李叔").says("有什么课")
    assert "不能再改" in await clerk.sends(f"{here}/cancel", {"reason": "再来"})


async def test_more_lessons_another_room_and_fewer_places(house: House, clerk: Browser) -> None:
    here = await drawn_up(clerk)
    enrols(house, "王阿姨", "报名11月26号的剪纸班，两个人")
    await clerk.opens(here)
    more = {"first": "2026-12-12", "start": "09:30", "end": "11:00", "repeat": "once", "lessons": "1"}
    assert "第3节" in await clerk.sends(f"{here}/lessons", more)
    await clerk.opens(here)
    form = typed(clerk, spot="一楼分享厅", _version=version(clerk, here))
    assert "已保存" in await clerk.sends(here, form), clerk.words
    assert any("11月26日（周四）9:30这节换了地方" in words for words in house.town.waiting_words())
    few = {**form, "places": "1", "_version": version(clerk, here)}
    assert "已经报了2人" in await clerk.sends(here, few)


async def test_papers_and_links_are_put_to_it(house: House, clerk: Browser) -> None:
    here = await drawn_up(clerk)
    wrong = await clerk.sends(f"{here}/materials", {"name": "剪纸图样", "url": "http://example.org/a.pdf"})
    assert "https://" in wrong
    good = {"name": "剪纸图样大全", "url": "https://example.org/a.pdf", "about": "二十种窗花。"}
    assert "剪纸图样大全" in await clerk.sends(f"{here}/materials", good)
    assert "已经有" in await clerk.sends(f"{here}/materials", good)
    await clerk.opens(here)
    first = lesson(clerk, 1)
    await clerk.opens(first)
    links = {"live_url": "https://example.org/live", "replay_until": "2027-01-31"}
    links["_version"] = version(clerk, f"{first}/links")
    assert "已保存" in await clerk.sends(f"{first}/links", links), clerk.words
    assert 'value="2027-01-31"' in clerk.page
    await clerk.opens(here)
    drop = re.search(r'action="([^"]+/drop)"', clerk.page)
    assert drop
    await clerk.sends(drop[1])
    assert "剪纸图样大全" not in clerk.words


async def test_another_communitys_course_is_not_there(house: House, clerk: Browser) -> None:
    here = await drawn_up(clerk)
    first = lesson(clerk, 1)
    grid = house.account("grid3").grid_id
    house.change("clerk", area_id=None, station_id=None, grid_id=grid)
    await clerk.opens(here)
    assert clerk.status == 404
    await clerk.opens(first)
    assert clerk.status == 404
