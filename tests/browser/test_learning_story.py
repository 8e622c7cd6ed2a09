"""The learning station's whole story, between the back office, the chat and the residents' pages."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from bot.conversation import Conversation
from bot.rules.activity import rotating
from bot.store import Store, transaction
from bot.store import activity as activities
from bot.store.activity import Activity
from bot.store.course import Course
from tests.browser.back_office import opened
from tests.browser.conftest import PATIENCE_MS, Window
from tests.support.console import House, take_on
from tests.support.town import CHENGDU, Town
from tests.support.whole_house import Follows, WholeHouse

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CHENGDU)
COURSE = "剪纸入门"
REPLAY = "https://video.example/papercut"
TOOK = "先折后剪，弧线要转纸不转剪刀，回家教孙女"
ROSTER = (
    ("编号", "姓名", "电话", "支部编号", "支部名称", "类别", "书记", "标签", "在册"),
    ("DY1", "示例甲", "13800000001", "ZB1", "示例第一支部", "社区党员", "是", "", "在册"),
    ("DY2", "示例乙", "13800000002", "ZB1", "示例第一支部", "社区党员", "否", "", "在册"),
    ("DY3", "示例丙", "13800000003", "ZB1", "示例第一支部", "社区党员", "否", "", "在册"),
)


@pytest.fixture
def house(store: Store, talk: Conversation) -> Iterator[House]:
    with transaction(store) as session:
        take_on(session, House.wall)
    with opened(WholeHouse(Town(store, talk, now=MONDAY))) as house:
        yield house


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """What opens when a link of the chat is tapped."""
    with browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True, is_mobile=True
    ) as window:
        page = window.new_page()
        page.set_default_timeout(PATIENCE_MS)
        yield page


def look(page: Page, name: str) -> None:
    if os.environ.get("LOOK"):
        page.screenshot(path=f"/tmp/h/ls/{name}.png", full_page=True)


@pytest.mark.timeout(300)
def test_from_an_offer_to_teach_to_a_certificate(house: WholeHouse, window: Window, phone: Page) -> None:
    story = Story(house, window, phone)
    story.a_resident_offers_and_it_becomes_a_course()
    story.members_are_known()
    story.a_push_goes_out()
    story.places_are_taken_and_given_up()
    story.the_lesson()
    story.the_replay()
    story.hours_and_the_certificate()


class Story:
    def __init__(self, house: WholeHouse, window: Window, phone: Page) -> None:
        self.house, self.phone, self.window = house, phone, window
        self.clerk = window("clerk")
        pass
        self.teacher = house.follower("王阿姨")
        self.jia, self.yi, self.li = (house.follower(name) for name in ("甲", "乙", "李叔"))

    def a_resident_offers_and_it_becomes_a_course(self) -> None:
        teacher, page = self.teacher, self.clerk
        teacher.says("我会剪纸想教大家")
        for words in ("热心邻居", "老人", "下周六上午", "1小时", "投影仪", "13800000000"):
            teacher.says(words)
        assert "编号JK261123-" in teacher.says("确认")
        page.get_by_role("link", name="学习").first.click()
        look(page, "01-courses")
        page.get_by_role("link", name="讲师").first.click()
        look(page, "02-offers")
        page.get_by_role("link", name="我会剪纸想教大家").click()
        page.get_by_label("想问什么").fill("要几张桌子？")
        page.get_by_role("button", name="问本人").click()
        expect(page.get_by_role("status")).to_contain_text("已保存")
        self.house.goes_round()
        assert teacher.heard("要几张桌子？")
        assert "已经转给站里" in teacher.says("补充：四张就够")
        page.get_by_role("link", name="我会剪纸想教大家").click()
        expect(page.locator("#work")).to_contain_text("四张就够")
        page.get_by_label("课程名").fill(COURSE)
        page.get_by_label("讲师", exact=False).nth(1).fill("王阿姨")
        page.get_by_label("教室").fill("二楼教室")
        page.get_by_label("名额").fill("2")
        page.get_by_label("站点").select_option(index=1)
        page.get_by_label("开始").fill("09:30")
        page.get_by_label("结束").fill("10:30")
        look(page, "03-offer")
        page.get_by_role("button", name="排课并告诉讲师").click()
        look(page, "04-course")
        expect(page.locator("h1")).to_contain_text(COURSE)
        self.house.goes_round()
        assert teacher.heard("排上了：剪纸入门，12月5日（周六）9:30–10:30")

    def members_are_known(self) -> None:
        house = self.house
        admin = self.window("admin")
        admin.goto(f"{house.root}/console/sheets")
        admin.locator("#file-party-members").set_input_files(
            {"name": "roster.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(ROSTER)}
        )
        admin.locator("form:has(#file-party-members)").get_by_role("button", name="上传检查").click()
        look(admin, "05-roster-checked")
        admin.get_by_role("button", name="确认导入").click()
        look(admin, "06-roster-imported")
        page = self.clerk
        page.goto(f"{house.root}/console/members")
        look(page, "07-members")
        page.get_by_role("link", name="DY1").click()
        page.get_by_role("button", name="做一个邀请码").click()
        look(page, "08-invitation")
        scene = page.locator("p.code").inner_text()
        assert "示**" in self.jia.does("scan", scene)
        print(self.jia.taps("是我"))
        self.yi.says("我是党员")
        print(self.yi.says("示例乙 0002"))
        page.goto(f"{house.root}/console/members")
        expect(page.locator("#work")).to_contain_text("有 2 位等核对")
        for _ in range(2):
            page.goto(f"{house.root}/console/members")
            page.locator("#work tbody a").first.click()
            look(page, "09-claim")
            page.get_by_role("button", name="是本人").click()
        house.goes_round()
        assert self.jia.heard("核对好了")
        assert self.yi.heard("核对好了")

    def a_push_goes_out(self) -> None:
        page = self.clerk
        page.goto(f"{self.house.root}/console/pushes")
        look(page, "10-pushes")
        page.get_by_role("button", name="写一条推送").first.click()
        look(page, "11-push-new")
        page.get_by_label("标题").fill("周六一起学剪纸")
        page.get_by_label("正文").fill("自带剪刀。")
        page.get_by_label("社区").select_option(index=1) if page.get_by_label("社区").input_value() == "" else None
        page.get_by_label("哪节课").select_option(label=f"12月5日（周六）9:30 {COURSE}")
        page.get_by_role("button", name="保存并预览").click()
        look(page, "12-push-preview")
        work = page.locator("#work")
        expect(work).to_contain_text("客服消息，现在就到")
        page.get_by_role("button", name="请同事审批").click()
        manager = self.window("manager")
        manager.goto(page.url.split("?")[0])
        manager.get_by_role("button", name="看过了，发").click()
        look(manager, "13-push-approved")
        self.house.goes_round()
        manager.reload()
        look(manager, "14-push-sent")
        [told] = self.jia.heard("周六一起学剪纸")
        print(told)
        link = re.search(r"http\S+", told)
        assert link
        self.phone.goto(link[0])
        look(self.phone, "15-push-page")
        print(self.yi.says("收到"))
        manager.reload()
        look(manager, "16-push-opened")

    def places_are_taken_and_given_up(self) -> None:
        jia, yi, li = self.jia, self.yi, self.li
        print(jia.says("报名剪纸课"))
        print(jia.says("确认"))
        print(li.says("我要报剪纸入门"))
        print(li.says("确认"))
        print(yi.says("报名剪纸课"))
        print(yi.reply.choices)
        print(yi.says("候补"))
        print(yi.says("确认"))
        print(li.says("剪纸课我不去了"))
        print(li.says("确定取消"))
        self.house.goes_round()
        print(yi.heard("剪纸"))
        print(yi.says("要"))
        print(yi.says("我的课程"))

    def the_lesson(self) -> None:
        house, page = self.house, self.clerk
        its = lesson(house)
        house.town.now = its.starts_at.astimezone(CHENGDU) - timedelta(days=1, minutes=-5)
        house.goes_round()
        print("reminders", self.jia.heard("明天"), self.teacher.heard("明天"))
        house.town.now = its.starts_at.astimezone(CHENGDU) - timedelta(minutes=10)
        house.goes_round()
        page.goto(f"{house.root}/console/courses")
        page.goto(f"{house.root}/console/courses/{its_course(house)}")
        page.get_by_role("link", name="第1节").click()
        look(page, "20-lesson")
        page.get_by_role("button", name="签到大屏").click()
        look(page, "21-hall")
        digits = page.locator(".digits").inner_text().replace(" ", "")
        print(self.jia.says("我的学时"))
        link = re.search(r"http\S+", self.jia.reply.text)
        assert link
        self.phone.goto(link[0])
        look(self.phone, "22-learning-before")
        with house.transaction() as session:
            token = rotating.token_now(house.office(session), its)
        self.phone.goto(f"{house.root}/h5/check-in/{token}")
        look(self.phone, "23-checked-in")
        print(self.yi.says(f"签到 {digits}"))
        print(self.li.says(f"签到{digits}"))
        page.goto(f"{house.root}/console/lessons/{its.id}/roster")
        page.get_by_label("加一个人").fill("示例来宾")
        page.get_by_role("button", name="加入并签到").click()
        look(page, "24-roster")
        page.goto(f"{house.root}/console/lessons/{its.id}/screen")
        look(page, "25-hall")

    def the_replay(self) -> None:
        house, page = self.house, self.clerk
        its = lesson(house)
        house.town.now = its.ends_at.astimezone(CHENGDU) + timedelta(minutes=6)
        house.goes_round()
        print("thanks", self.teacher.heard("邻居来听"))
        print(self.li.says("剪纸课有回放没得"))
        page.goto(f"{house.root}/console/lessons/{its.id}")
        page.get_by_label("回放网址").fill(REPLAY)
        page.get_by_role("button", name="保存网址").click()
        look(page, "30-lesson-replay")
        house.goes_round()
        house.goes_round()
        print("replay", [one.heard("回放来了") for one in (self.jia, self.yi, self.li)])
        print(self.li.says("上次那堂课有回放吗"))
        print(self.li.says("剪纸课的回放"))
        link = re.search(r"http\S+", self.li.reply.text)
        assert link
        self.phone.context.clear_cookies()
        self.phone.context.route("https://video.example/**", lambda route: route.fulfill(body="示例回放"))
        self.phone.goto(link[0])
        print(self.phone.url)
        house.town.passes(hours=1)
        print(self.li.says("看完了"))
        print(self.li.says(TOOK))
        print(self.li.says("我的学时"))

    def hours_and_the_certificate(self) -> None:
        house, page = self.house, self.clerk
        house.goes_round()
        for one in (self.jia, self.yi):
            print(one.says("我的学时"))
        link = re.search(r"http\S+", self.jia.reply.text)
        assert link
        self.phone.context.clear_cookies()
        self.phone.goto(link[0])
        look(self.phone, "40-learning")
        self.phone.get_by_role("link", name="开学时证明").click()
        look(self.phone, "41-certificate-new")
        self.phone.get_by_role("button", name="开证明").click()
        look(self.phone, "42-certificate")
        page.goto(f"{house.root}/console/study")
        look(page, "43-study")
        page.goto(f"{house.root}/console/figures")
        look(page, "44-figures")


def workbook(rows: tuple[tuple[str, ...], ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def lesson(house: House) -> Activity:
    with house.transaction() as session:
        from sqlmodel import select, col
        return session.scalars(select(Activity).where(col(Activity.title) == COURSE)).one()


def its_course(house: House) -> str:
    with house.transaction() as session:
        from sqlmodel import select, col
        return str(session.scalars(select(Course).where(col(Course.title) == COURSE)).one().id)
