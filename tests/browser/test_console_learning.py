"""Learning, voices and volunteers in a real browser: nothing is hidden at either size; pictures for the guide."""

import re
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from bot.samples import members
from bot.store import Session
from bot.store.activity import Activity, Kind
from tests.browser.back_office import opened
from tests.browser.conftest import Keep, Window
from tests.support.console import House
from tests.volunteer.scene import becomes

SERIOUS = ("serious", "critical")
PLACES = {
    "learning-week": "courses?day=2026-11-23",
    "members": "members",
    "study": "study",
    "offers": "offers",
    "pushes": "pushes/plans",
    "suggestion": "suggestions/J261122-0001",
    "rota": "volunteers?week=2026-11-28",
    "circle": "circle",
}
FOR_THE_GUIDE = ("learning-week", "members", "study", "suggestion", "rota")


@dataclass
class Addressed(House):
    """A house that knows where it stands, so that its pictures lead there."""

    def is_at(self, root: str) -> None:
        self.public_url = root


def furnished(house: House) -> None:
    """A roster of members, somebody's suggestion, a place in a course, a volunteer with a shift."""
    with house.transaction() as session:
        members.fill(house.office(session))
    resident = house.town.resident("王阿姨")
    resident.says("我建议在花园小区门口加几把长椅，老人买菜回来好歇脚")
    volunteer = house.town.resident("李叔")
    becomes(volunteer)
    volunteer.says("周六上午我来")
    volunteer.taps("排上")
    resident.says("报名红色故事会")
    resident.says("确认")


def roster(house: House) -> str:
    """The address of the nearest lesson's roster."""
    with house.transaction() as session:
        return f"lessons/{nearest(session).id}/roster"


def nearest(session: Session) -> Activity:
    """The sample lesson that comes first."""
    kind = col(Activity.kind) == Kind.LESSON.value
    return session.scalars(select(Activity).where(kind).order_by(col(Activity.starts_at))).all()[0]


def seen(page: Page, width: int) -> None:
    """Nothing stands beside the screen, and nobody is shut out."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in SERIOUS] == [], page.url


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)], ids=["1440-light", "390-dark"])
def test_nothing_is_hidden_where_people_learn(house: House, window: Window, keep: Keep, width: int, dark: bool) -> None:
    furnished(house)
    page = window("manager", width=width, dark=dark)
    places = {**PLACES, "roster": roster(house)}
    for name in places if width < 500 else FOR_THE_GUIDE:
        page.goto(f"{house.root}/console/{places[name]}")
        seen(page, width)
        expect(page.locator(".rail .place[aria-current]")).to_have_text(re.compile("学习|活动|网格"))
        if width > 500:
            keep(page, name)


def test_the_days_of_a_course_are_seen_before_it_is_kept(house: House, window: Window, keep: Keep) -> None:
    page = window("manager", width=390)
    page.goto(f"{house.root}/console/courses/new")
    page.get_by_label("课程名").fill("剪纸入门")
    page.get_by_label("站点").select_option(index=1)
    page.get_by_label("第一节日期").fill("2026-12-01")
    page.get_by_label("开始").fill("14:00")
    page.get_by_label("结束").fill("15:30")
    page.get_by_label("重复").select_option(label="每周")
    page.get_by_label("一共几节").fill("4")
    page.get_by_role("button", name="先看日期").click()
    expect(page.get_by_role("status")).to_contain_text("一共 4 节")
    expect(page.get_by_role("status")).to_contain_text("12月22日")
    expect(page.get_by_label("课程名")).to_have_value("剪纸入门")
    seen(page, 390)
    keep(page, "course-days-phone")


def test_who_a_push_would_reach_is_seen_before_a_second_person_agrees(house: House, window: Window, keep: Keep) -> None:
    furnished(house)
    page = window("manager")
    page.goto(f"{house.root}/console/pushes/new")
    page.get_by_label("标题").fill("本周的课")
    page.get_by_label("正文").fill("欢迎来听，位置不多。")
    page.get_by_label("哪节课").select_option(index=1)
    page.get_by_role("button", name="保存并预览").click()
    expect(page.get_by_role("heading", name="读起来是这样")).to_be_visible()
    seen(page, 1440)
    keep(page, "push")
    page.get_by_role("button", name="请同事审批").click()
    expect(page.get_by_text("您写的，要另一位同事来审批")).to_be_visible()


def test_the_hall_reads_the_digits_from_the_last_row(house: House, window: Window, keep: Keep) -> None:
    with house.transaction() as session:
        lesson = nearest(session)
        number, start = lesson.id, lesson.starts_at
    house.passes(seconds=(start - house.town.now).total_seconds() - 600)
    page = window("manager")
    with opened(Addressed(house.town, wall=house.wall)) as there:
        page.goto(f"{there.root}/console/lessons/{number}/screen")
        expect(page.get_by_text("微信扫一扫签到")).to_be_visible()
        expect(page.locator(".digits")).to_have_text(re.compile(r"\d{3} \d{3}"))
        assert page.locator(".digits").evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 160
        for picture in (page.locator(".qr"), page.locator(".digits"), page.get_by_text("到场")):
            expect(picture).to_be_in_viewport(ratio=1)
        seen(page, 1440)
        keep(page, "hall")
