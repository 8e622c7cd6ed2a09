"""Residents read of courses on a page, enrol in a lesson or in all of them, and find what there is to read."""

import pytest

from tests.h5.conftest import Browser

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs by database

LIST = "/h5/courses"


async def at_one(browser: Browser, who: str, title: str) -> str:
    """Somebody comes from the chat and opens a lesson; returns its address."""
    await browser.opens(browser.link(who, LIST))
    await browser.taps(title)
    return browser.at


async def test_the_next_days_are_listed_and_a_lesson_is_enrolled_in(browser: Browser) -> None:
    words = await browser.opens(browser.link("王阿姨", LIST))
    assert "后天 11月24日 周二" in words
    assert "川剧脸谱绘画" not in words  # in two weeks
    assert "川剧脸谱绘画" in await browser.opens(f"{LIST}?all=1")
    here = await at_one(browser, "王阿姨", "书法入门")
    assert "示例书画社会员（身边榜样）" in browser.text
    assert "书法临帖讲义" in browser.text
    assert "12月2日 周三" in browser.text  # the next lesson of the course
    assert "报好了" in await browser.sends(here, persons="2")
    assert "2人，报名号1" in browser.text
    assert "我报的" in await browser.opens(LIST)
    await browser.opens(here)
    assert "让给邻居" in await browser.sends(f"{here}/give-up")


async def test_a_whole_course_is_enrolled_in_by_one_tap(browser: Browser) -> None:
    here = await at_one(browser, "王阿姨", "手机摄影入门")
    assert "报整门课" in browser.text
    assert "报好了" in await browser.sends(here, persons="1")
    assert (await browser.opens(LIST)).count("1人，报名号1") == 3


async def test_a_course_for_members_is_not_offered_to_others(browser: Browser) -> None:
    closed = await at_one(browser, "王阿姨", "书记讲党课")
    assert "只限登记过的党员" in browser.text
    assert "<button" not in browser.html
    await at_one(browser, "王阿姨", "书法入门")  # whose form is sent to the other lesson
    assert "登记过的党员才能报" in await browser.sends(closed, persons="1")
    assert browser.status == 409
