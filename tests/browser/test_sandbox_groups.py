"""The groups on the table: asked among people, gone on in private, written to from the back office, let go by a tap."""

import re

import pytest
from playwright.sync_api import APIRequestContext, Locator, Page, expect

from tests.browser.conftest import Keep
from tests.browser.phone import Phone

SLOW_MS = 15000  # a post waits for its worker's next look
MEMBERS, STAFF, RESIDENTS = "示例社区党员学习群", "示例社区工作群", "示例新村3栋邻里群"


@pytest.fixture
def groups(page: Page) -> Locator:
    """The groups, opened beside the phone."""
    page.locator(".tile[data-device=assistant]").click()
    return page.locator(".groups")


@pytest.fixture
def console(page: Page, demo_and_words: tuple[str, list[str]]) -> APIRequestContext:
    """The back office, signed in with the password that the demo said."""
    root, said = demo_and_words
    password = re.search(r"password: (\S+)", "".join(said))
    assert password
    form = {"login": "admin", "password": password[1]}
    assert page.request.post(f"{root}/console/sign-in", form=form, headers={"Origin": root}).ok
    return page.request


def room(groups: Locator, name: str) -> Locator:
    """One group, opened; what stands in it."""
    groups.get_by_role("navigation").get_by_role("button", name=re.compile(name)).click()
    expect(groups.get_by_role("heading", level=3)).to_contain_text(name)
    return groups.get_by_role("log", name="群里的话")


def says(groups: Locator, text: str) -> None:
    box = groups.get_by_label("在群里说")
    box.fill(text)
    box.press("Enter")
    expect(box).to_have_value("")


def test_a_member_asks_in_the_group_and_goes_on_in_private_without_saying_it_again(phone: Phone, keep: Keep) -> None:
    page = phone.page
    page.get_by_role("button", name=re.compile("周二有啥课")).click()
    log = page.get_by_role("log", name="群里的话")
    told = log.locator(".by-bot").filter(has_text=re.compile("书记讲党课.*19:00.*名额"))
    expect(told.first).to_be_visible(timeout=SLOW_MS)  # the first posts may come meanwhile
    page.locator(".groups").get_by_role("button", name="党员乙").click()
    says(page.locator(".groups"), "帮我开一下柜门")
    answer = log.locator(".by-bot").last
    expect(answer).to_contain_text("群里不能开柜", timeout=SLOW_MS)
    answer.get_by_role("link").click()
    sheet = page.get_by_role("dialog", name="微信里的网页")
    expect(sheet.locator("iframe").content_frame.locator("#said")).to_have_text("帮我开一下柜门")
    sheet.get_by_role("button", name="识别图中的二维码").click()
    expect(page.locator("[data-person=member]")).to_have_attribute("aria-current", "true")
    expect(phone.replies.last).to_contain_text("接着您在群里说的")
    expect(phone.replies.last).to_contain_text("柜")
    keep(page, "sandbox-groups")


def test_words_without_its_name_are_the_groups_own_and_a_card_is_tapped(groups: Locator) -> None:
    log = room(groups, MEMBERS)
    groups.get_by_role("button", name="@小微", exact=True).click()
    says(groups, "大家晚上都来哈")
    expect(log.locator(".by-person").last).to_contain_text("大家晚上都来哈")
    groups.get_by_role("button", name="@小微", exact=True).click()
    says(groups, "我想开柜")
    expect(log).to_contain_text("@小微 我想开柜")
    card = log.get_by_role("article").last
    card.get_by_role("button", name="打开柜门取件").click(timeout=SLOW_MS)
    expect(card).to_contain_text("已选：打开柜门取件", timeout=SLOW_MS)
    expect(log.locator(".by-bot").last).to_contain_text("群里不能开柜", timeout=SLOW_MS)


def test_the_back_office_writes_to_a_members_group_and_to_a_push_only_one(
    groups: Locator, console: APIRequestContext, demo: str
) -> None:
    for name in (MEMBERS, STAFF):
        log = room(groups, name)
        expect(log).to_contain_text(re.compile("书记讲党课|本周值班"), timeout=SLOW_MS)  # from the start
        before = log.locator(".by-bot").count()
        writes(console, demo, name)
        expect(log.locator(".by-bot")).to_have_count(before + 1, timeout=SLOW_MS)
        expect(log.locator(".by-bot").last).to_contain_text("测试")
    expect(groups).to_contain_text("机器人都听不到")


def writes(console: APIRequestContext, root: str, name: str) -> None:
    """Have a test message written there, as somebody does in the back office."""
    listed = console.get(f"{root}/console/groups").text()
    found = re.search(rf'href="(/console/groups/at/[^"]+)"><b>{name}', listed)
    assert found
    token = re.search(r'name="_token" value="([^"]+)"', console.get(root + found[1]).text())
    assert token
    answer = console.post(f"{root}{found[1]}/test", form={"_token": token[1]}, headers={"Origin": root})
    assert answer.ok


def test_in_a_residents_group_nothing_is_read_before_its_owner_taps(groups: Locator) -> None:
    log = room(groups, RESIDENTS)
    expect(log).to_contain_text("平台不让机器人进来")
    expect(log).not_to_contain_text("停水检修")
    groups.get_by_role("button", name="确认发送").click()
    expect(log.locator(".by-owner").last).to_contain_text("停水检修")
    expect(groups.get_by_role("button", name="确认发送")).to_have_count(0)


def test_the_helpers_answer_leads_to_customer_service_which_knows_the_group(groups: Locator) -> None:
    log = room(groups, RESIDENTS)
    groups.get_by_role("button", name="快递员").click()
    groups.get_by_role("button", name="@小助理 活动").click()
    log.locator(".by-helper").last.get_by_role("link").click()
    expect(groups.get_by_role("heading", level=3)).to_contain_text("微信客服 · 快递员")
    chat = groups.get_by_role("log", name="群里的话")
    expect(chat.locator(".by-bot").first).to_contain_text(RESIDENTS, timeout=SLOW_MS)
    groups.get_by_role("button", name="周二有啥课").click()
    expect(chat.locator(".by-bot").last).to_contain_text("书记讲党课", timeout=SLOW_MS)


def test_a_newcomer_is_welcomed_with_the_text_its_owner_chose(groups: Locator) -> None:
    room(groups, "示例花园业主群")
    groups.get_by_role("button", name="能做的").click()
    groups.get_by_role("button", name=re.compile("选用$")).click()
    expect(groups).to_contain_text("✓ 群主第1网格网格员选用了")
    groups.get_by_role("button", name="扫码进群").click()
    expect(groups.get_by_role("log", name="群里的话").locator(".by-owner").last).to_contain_text("欢迎进群")


def test_a_message_pushed_three_times_is_answered_once(groups: Locator) -> None:
    log = room(groups, MEMBERS)
    switch = groups.get_by_role("button", name="重复推送")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    before = log.locator(".by-bot").count()
    says(groups, "居住证怎么办")
    expect(log.locator(".by-bot")).to_have_count(before + 1, timeout=SLOW_MS)
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(log.locator(".by-bot")).to_have_count(before + 1)


def test_a_line_that_breaks_comes_back(groups: Locator) -> None:
    log = room(groups, MEMBERS)
    heading = groups.get_by_role("heading", level=3)
    groups.get_by_role("button", name="断线").click()
    expect(heading).to_contain_text("小微没有连上")
    expect(heading).to_contain_text("@它才听得到", timeout=SLOW_MS)
    says(groups, "服务站几点开门")
    expect(log.locator(".by-bot").last).to_contain_text("示例社区生活服务站", timeout=SLOW_MS)
