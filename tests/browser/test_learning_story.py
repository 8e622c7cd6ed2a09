"""The learning station's whole story, between the back office, the chat and the residents' pages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect
from sqlmodel import col, select

from bot.conversation import Conversation
from bot.rules.activity import rotating
from bot.store import Store, transaction
from bot.store.activity import Activity
from tests.browser.back_office import opened
from tests.browser.conftest import PATIENCE_MS, Window
from tests.support.console import House, take_on
from tests.support.town import CHENGDU, Town
from tests.support.whole_house import Follows, WholeHouse

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CHENGDU)
BEGINS = datetime(2026, 12, 5, 9, 30, tzinfo=CHENGDU)  # the Saturday of the week after
COURSE, PUSH = "剪纸入门", "周六一起学剪纸"
REPLAY = "https://video.example/papercut"
TOOK = "先折后剪，转弯的地方要转纸不转剪刀，回家就教孙女试一试"
ROSTER = (
    ("编号", "姓名", "电话", "支部编号", "支部名称", "类别", "书记", "标签", "在册"),
    ("DY1", "示例甲", "13800000001", "ZB1", "示例第一支部", "社区党员", "是", "", "在册"),
    ("DY2", "示例乙", "13800000002", "ZB1", "示例第一支部", "社区党员", "否", "", "在册"),
    ("DY3", "示例丙", "13800000003", "ZB1", "示例第一支部", "社区党员", "否", "", "在册"),
)


@pytest.fixture
def house(store: Store, talk: Conversation) -> Iterator[House]:
    """On a Monday morning."""
    with transaction(store) as session:
        take_on(session, MONDAY)
    with opened(WholeHouse(Town(store, talk, now=MONDAY), wall=MONDAY.astimezone(UTC))) as house:
        yield house


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """What opens when somebody taps a link."""
    with browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True, is_mobile=True
    ) as window:
        page = window.new_page()
        page.set_default_timeout(PATIENCE_MS)
        yield page


@pytest.mark.timeout(300)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_from_an_offer_to_teach_to_a_certificate(house: WholeHouse, window: Window, phone: Page) -> None:
    page, manager = window("clerk"), window("manager")
    the_year_has(house, manager, 到课=0, 参学党员=0)
    teacher, jia, yi, li = (house.follower(name) for name in ("王阿姨", "示例甲", "示例乙", "李叔"))
    an_offer_becomes_a_course(house, page, teacher)
    the_roster_comes_in(house, window("admin"))
    members_are_known(house, page, jia, yi)
    a_push_goes_out(house, page, manager, phone, jia, yi)
    places_are_taken_and_given_up(house, jia, yi, li)
    house.town.now = BEGINS - timedelta(minutes=10)
    house.goes_round()
    page = window("clerk")
    the_hall_fills(house, page, phone, jia, yi, li)
    the_replay_is_told_and_watched(house, page, phone, (jia, yi), li)
    hours_are_seen_and_certified(house, page, phone, jia, li)
    the_year_has(house, window("manager"), 到课=3, 参学党员=2)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_on_postgresql_an_offer_becomes_a_course_whose_places_are_given_on(house: WholeHouse, window: Window) -> None:
    teacher, jia, yi, li = (house.follower(name) for name in ("王阿姨", "示例甲", "示例乙", "李叔"))
    an_offer_becomes_a_course(house, window("clerk"), teacher)
    places_are_taken_and_given_up(house, jia, yi, li)


def an_offer_becomes_a_course(house: WholeHouse, page: Page, teacher: Follows) -> None:
    teacher.says("我会剪纸想教大家")
    for words in ("热心邻居", "老人", "下周六上午", "1小时", "投影仪", "13800000000"):
        teacher.says(words)
    assert "编号JK261123-" in teacher.says("确认")
    page.get_by_role("link", name="学习").first.click()
    page.get_by_role("link", name="讲师").first.click()
    page.get_by_role("link", name="我会剪纸想教大家").click()
    page.get_by_label("想问什么").fill("要几张桌子？")
    page.get_by_role("button", name="问本人").click()
    expect(page.get_by_role("status")).to_contain_text("已保存")
    house.goes_round()
    assert teacher.heard("要几张桌子？")
    assert "已经转给站里" in teacher.says("补充：四张就够")
    page.get_by_role("link", name="我会剪纸想教大家").click()
    expect(page.locator("#work")).to_contain_text("四张就够")
    for label, typed in (("课程名", COURSE), ("教室", "二楼教室"), ("名额", "2"), ("开始", "09:30"), ("结束", "10:30")):
        page.get_by_label(label).fill(typed)
    page.get_by_label("站点").select_option(index=1)
    page.get_by_role("button", name="先看日期").click()
    expect(page.get_by_role("status")).to_contain_text("教室没有撞上别的安排")
    page.get_by_role("button", name="排课并告诉讲师").click()
    expect(page.locator("h1")).to_contain_text(f"{COURSE} 已发布")
    house.goes_round()
    assert teacher.heard("排上了：剪纸入门，12月5日（周六）9:30–10:30")


def the_roster_comes_in(house: WholeHouse, page: Page) -> None:
    page.goto(f"{house.root}/console/sheets")
    page.locator("#file-party-members").set_input_files(
        {"name": "roster.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(ROSTER)}
    )
    page.locator("form:has(#file-party-members)").get_by_role("button", name="上传检查").click()
    expect(page.locator("#work")).to_contain_text("新增3")
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_role("status")).to_contain_text("3")


def members_are_known(house: WholeHouse, page: Page, jia: Follows, yi: Follows) -> None:
    members = f"{house.root}/console/members"
    page.goto(members)
    page.get_by_role("link", name="DY1").click()
    with page.expect_request("**/console/codes") as asked:
        page.get_by_role("button", name="做一个邀请码").click()
    [scene] = parse_qs(asked.value.post_data)["scene"]
    assert "示**" in jia.does("scan", scene)
    jia.taps("是我")
    yi.says("我是党员")
    yi.says("示例乙 0002")
    for _ in range(2):
        page.goto(members)
        expect(page.locator("#work")).to_contain_text("位等核对")
        page.locator("#work tbody a").first.click()
        page.get_by_role("button", name="是本人").click()
        expect(page.locator("#work")).to_contain_text("已绑定")
    house.goes_round()
    assert jia.heard("核对好了")
    assert yi.heard("核对好了")


def a_push_goes_out(house: WholeHouse, page: Page, manager: Page, phone: Page, jia: Follows, yi: Follows) -> None:
    page.goto(f"{house.root}/console/pushes/new")
    page.get_by_label("标题").fill(PUSH)
    page.get_by_label("正文").fill("自带剪刀。")
    page.get_by_label("哪节课").select_option(label=f"12月5日（周六）9:30 {COURSE}")
    page.get_by_role("button", name="保存并预览").click()
    for told in ("客服消息，现在就到 2", "名册上还没绑定，到不了 1", f"【学习】{PUSH}"):
        expect(page.locator("#work")).to_contain_text(re.compile(told.replace(" ", r"\s*")))
    page.get_by_role("button", name="请同事审批").click()
    expect(page.get_by_role("button", name="看过了，发")).to_have_count(0)
    manager.goto(page.url.split("?")[0])
    manager.get_by_role("button", name="看过了，发").click()
    expect(manager.get_by_role("status")).to_be_visible()
    house.goes_round()
    [told] = jia.heard(PUSH)
    phone.goto(link_in(told))
    expect(phone.locator("h1")).to_have_text(PUSH)
    assert "已经看到了" in yi.says("收到")
    manager.reload()
    for label, count in (("送到了", 2), ("打开过", 1), ("回了“收到”", 1)):
        expect(manager.locator("#progress dl")).to_contain_text(re.compile(rf"{label}\s*{count}"))


def places_are_taken_and_given_up(house: WholeHouse, jia: Follows, yi: Follows, li: Follows) -> None:
    for person in (jia, li):
        assert "请核对：剪纸入门" in person.says("报名剪纸课")
        assert "报好了" in person.says("确认")
    assert "名额满了" in yi.says("报名剪纸课")
    assert "您排第一位" in yi.says("候补")
    li.says("剪纸课我不去了")
    assert "报名取消了" in li.says("确定取消")
    house.goes_round()
    assert yi.heard("有名额了")
    assert "报好了：剪纸入门" in yi.says("要")


def the_hall_fills(house: WholeHouse, page: Page, phone: Page, jia: Follows, yi: Follows, li: Follows) -> None:
    its = lesson(house)
    page.goto(f"{house.root}/console/lessons/{its.id}")
    page.get_by_role("button", name="签到大屏").click()
    expect(page.locator(".scan svg")).to_be_visible()
    digits = page.locator(".digits").inner_text()
    said = jia.says("我的学时")
    assert "提醒：今天9:30剪纸入门" in said
    assert "提醒：明天" not in said  # it is not tomorrow any more
    phone.goto(link_in(said))
    phone.goto(picture(house, its))
    expect(phone.get_by_role("status")).to_contain_text("签到成功：剪纸入门")
    assert "签到成功" in yi.says(f"签到 {digits}")
    assert "名额都报满了" in li.says(f"签到{digits}")
    page.goto(f"{house.root}/console/lessons/{its.id}/roster")
    page.get_by_label("加一个人").fill("示例来宾")
    page.get_by_role("button", name="加入并签到").click()
    expect(page.locator("table")).to_contain_text("示例来宾")
    page.goto(f"{house.root}/console/lessons/{its.id}/screen")
    expect(page.locator(".there")).to_contain_text("3")


def the_replay_is_told_and_watched(
    house: WholeHouse, page: Page, phone: Page, there: tuple[Follows, Follows], li: Follows
) -> None:
    house.town.now = BEGINS + timedelta(minutes=66)
    house.goes_round()
    page.goto(f"{house.root}/console/lessons/{lesson(house).id}")
    page.get_by_label("回放网址").fill(REPLAY)
    page.get_by_role("button", name="保存网址").click()
    expect(page.get_by_role("status")).to_contain_text("已保存")
    for _ in range(2):
        house.goes_round()
    assert [len(one.heard("的回放来了")) for one in (*there, li)] == [1, 1, 0]
    assert "剪纸入门的回放可以看" in there[0].says("上次那堂课有回放吗")
    phone.context.clear_cookies()
    with phone.expect_request(REPLAY):
        phone.evaluate("address => { location.href = address }", link_in(li.says("剪纸课有回放没得")))
    assert "还要看" in li.says("看完了")
    house.town.passes(minutes=59)
    assert "收获" in li.says("看完了")
    assert "1学时" in li.says(TOOK)


def hours_are_seen_and_certified(house: WholeHouse, page: Page, phone: Page, jia: Follows, li: Follows) -> None:
    house.goes_round()
    assert "2026年您学了1学时" in li.says("我的学时")
    assert "2026年您学了1学时，目标56学时" in jia.says("我的学时")
    phone.context.clear_cookies()
    phone.goto(link_in(jia.reply.text))
    expect(phone.locator("main")).to_contain_text(COURSE)
    phone.get_by_role("link", name="开学时证明").click()
    phone.get_by_role("button", name="开证明").click()
    expect(phone.get_by_role("status")).to_have_text("有效")
    expect(phone.get_by_role("link", name="下载证明")).to_be_visible()
    paper = phone.url
    phone.context.clear_cookies()
    phone.goto(paper)  # where the QR code of the paper leads, for anybody
    expect(phone.get_by_role("status")).to_have_text("有效")
    expect(phone.locator("main")).not_to_contain_text("示例甲")
    page.goto(f"{house.root}/console/study")
    expect(page.locator("tbody tr", has_text="DY1")).to_contain_text("56")


def the_year_has(house: WholeHouse, page: Page, **counts: int) -> None:
    """The figures of the group 共享学习."""
    page.goto(f"{house.root}/console/figures")
    for name, count in counts.items():
        one = page.locator("section.figure", has=page.get_by_role("heading", name=name, exact=True))
        expect(one.locator(".value a")).to_have_text(str(count))


def workbook(rows: tuple[tuple[str, ...], ...]) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def lesson(house: House) -> Activity:
    with house.transaction() as session:
        return session.scalars(select(Activity).where(col(Activity.title) == COURSE)).one()


def picture(house: House, its: Activity) -> str:
    """Where the QR code on the hall's screen leads in this minute."""
    with house.transaction() as session:
        return f"{house.root}/h5/check-in/{rotating.token_now(house.office(session), its)}"


def link_in(words: str) -> str:
    """The address in a message."""
    found = re.search(r"http[^\s\"]+", words)
    assert found, words
    return unescape(found[0])
