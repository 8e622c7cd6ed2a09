"""The further devices on the table: the staff's WeCom, the city's books, a cabinet, pages of ours in the phone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.phone import Phone

GARBAGE = "新村2栋楼下垃圾三天没人收"
SLOW_MS = 15000  # the staff and the city hear of it within seconds


@pytest.fixture
def bench(page: Page) -> Locator:
    return page.get_by_role("region", name="桌上的设备")


def opened(page: Page, name: str) -> Locator:
    """One of the devices, beside the phone."""
    page.get_by_role("region", name="桌上的设备").get_by_role("button", name=re.compile(name)).first.click()
    return page.locator(".device")


def test_a_complaint_goes_round_the_table_and_comes_back(phone: Phone) -> None:
    page = phone.page
    number = told(phone)
    chat = page.get_by_role("log", name="和社区工单的聊天")
    card = chat.locator("article").filter(has_text=number)
    expect(card).to_contain_text("新工单", timeout=SLOW_MS)
    expect(page.locator(".member[aria-current]")).to_contain_text("示例新村物业服务中心")
    card.get_by_role("button", name="接单", exact=True).click()
    expect(card).to_contain_text("已由示例新村物业服务中心接单", timeout=SLOW_MS)
    expect(phone.log).to_contain_text(re.compile(f"{number}.*已经接单"), timeout=SLOW_MS)
    city = opened(page, "城市后台")
    row = city.get_by_role("listitem").filter(has_text=number)
    expect(row).to_have_count(1, timeout=SLOW_MS)
    expect(row).to_contain_text("收到 1 次")
    row.get_by_role("button", name="办结").click()
    expect(row).to_contain_text("已办结")
    expect(phone.log).to_contain_text(re.compile(f"{number}.*办好了"), timeout=SLOW_MS)


def told(phone: Phone) -> str:
    """Play the first scene; returns the number of its ticket."""
    before = phone.replies.count()
    phone.page.get_by_role("button", name=re.compile(GARBAGE)).click()
    return number_in(phone.reply(before))


def number_in(reply: Locator) -> str:
    expect(reply).to_contain_text("已经登记")
    found = re.search(r"T\d{6}-\d{4}", reply.inner_text())
    assert found
    return found[0]


def test_what_a_staff_member_types_reaches_the_resident(newcomer: Phone) -> None:
    page = newcomer.page
    number = number_in(newcomer.asks("新村1栋楼上半夜吵得睡不着"))
    opened(page, "企业微信").get_by_role("button", name=re.compile("第3网格网格员")).click()
    card = page.get_by_role("log", name="和社区工单的聊天").locator("article").filter(has_text=number)
    card.get_by_role("button", name="接单", exact=True).click(timeout=SLOW_MS)
    expect(card).to_contain_text("已由", timeout=SLOW_MS)
    box = page.get_by_label("回复居民")
    box.fill(f"{number} 今晚上门劝一劝")
    box.press("Enter")
    expect(box).to_have_value("")
    expect(newcomer.log).to_contain_text("今晚上门劝一劝", timeout=SLOW_MS)


def test_news_for_a_shut_device_is_counted_until_one_looks(newcomer: Phone, bench: Locator) -> None:
    newcomer.asks("新村1栋楼下垃圾三天没人收")
    tile = bench.get_by_role("button", name=re.compile("员工的企业微信"))
    expect(tile).to_contain_text("条新消息", timeout=SLOW_MS)
    tile.click()
    member = newcomer.page.get_by_role("button", name=re.compile("示例新村物业服务中心"))
    expect(member).to_contain_text("条未读")
    member.click()
    expect(member).not_to_contain_text("未读")
    newcomer.page.get_by_role("button", name="收起设备").click()
    expect(tile).to_be_focused()


def test_a_member_without_messages_is_told_how_to_get_one(page: Page) -> None:
    wecom = opened(page, "企业微信")
    wecom.get_by_role("button", name=re.compile("书记")).click()
    expect(wecom).to_contain_text("还没有工单卡片。用左边的手机投诉一件事试试。")


def test_the_city_can_be_switched_to_misbehave(page: Page) -> None:
    city = opened(page, "城市后台")
    lost = city.get_by_role("button", name="丢回执")
    lost.click()
    expect(lost).to_have_attribute("aria-pressed", "true")
    expect(lost).to_be_focused()
    expect(city).to_contain_text("回话却没有到")
    lost.click()
    expect(lost).to_have_attribute("aria-pressed", "false")
    batch = city.get_by_role("button", name="批量")
    batch.click()
    expect(batch).to_have_attribute("aria-pressed", "true")
    city.get_by_role("button", name="实时").click()
    expect(batch).to_have_attribute("aria-pressed", "false")


def test_something_is_put_into_a_cabinet_by_phone_and_code(phone: Phone) -> None:
    page = phone.page
    page.get_by_role("button", name=re.compile("我要存个东西到柜子")).click()
    expect(phone.replies.last).to_contain_text("哪个柜子", timeout=SLOW_MS)
    page.get_by_role("button", name=re.compile("年轻家长的手机扫")).click()
    expect(phone.replies.last).to_contain_text("多大的格子")
    phone.replies.last.get_by_role("link", name=re.compile("小格")).click()
    leaf = page.get_by_role("button", name=re.compile(r"^\d+ 号门，开着"))
    expect(leaf).to_be_visible(timeout=SLOW_MS)
    page.get_by_role("button", name="放进东西").click()
    expect(leaf).to_have_accessible_name(re.compile("里面有东西"))
    page.get_by_role("button", name="关上门").click()
    expect(leaf).to_have_count(0)
    expect(phone.log).to_contain_text(re.compile("存好|放好|取件码"), timeout=SLOW_MS)


def test_a_cabinets_faults_show_where_they_are(page: Page) -> None:
    cabinet = opened(page, "存储柜")
    door = cabinet.get_by_role("button", name="12 号门，关着")
    door.click()
    for name in ("卡门", "断网", "断电"):
        switch = cabinet.get_by_role("button", name=name, exact=True)
        switch.click()
        expect(switch).to_have_attribute("aria-pressed", "true")
        expect(switch).to_be_focused()
    expect(cabinet).to_contain_text("没有电")
    for name in ("断电", "断网", "卡门"):
        cabinet.get_by_role("button", name=name, exact=True).click()
    expect(cabinet).to_contain_text("在线", timeout=SLOW_MS)


def test_the_keys_take_digits_and_a_wrong_code_is_refused(page: Page) -> None:
    cabinet = opened(page, "存储柜")
    keys = cabinet.get_by_role("group", name="柜子的键盘")
    for digit in "12345":
        keys.get_by_role("button", name=digit, exact=True).click()
    page.keyboard.press("6")
    expect(cabinet.get_by_label("已经输入")).to_have_text("123456")
    expect(page.get_by_label("说点什么")).not_to_be_visible()
    keys.get_by_role("button", name="确认").click()
    expect(cabinet).to_contain_text("这个码不对", timeout=SLOW_MS)


def test_a_page_of_ours_opens_in_the_phone_and_is_left_by_escape(page: Page) -> None:
    expect(Phone(page).replies.first).to_be_visible()
    page.evaluate("import('/sandbox/static/browser.js').then((browser) => browser.openPage('/h5/'))")
    sheet = page.get_by_role("dialog", name="微信里的网页")
    expect(sheet.locator("iframe").content_frame.get_by_role("heading").first).to_be_visible()
    expect(sheet.get_by_role("heading").first).not_to_have_text("正在打开…")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_a_link_to_a_page_of_ours_in_a_bubble_opens_in_the_phone(page: Page) -> None:
    expect(Phone(page).replies.first).to_be_visible()
    page.evaluate(
        """async () => {
            const { drawn } = await import('/sandbox/static/bubble.js');
            const link = { kind: 'link', url: `${location.origin}/h5/stations`, text: '看站点' };
            document.getElementById('log').append(drawn({ kind: 'text', parts: [link] }));
        }"""
    )
    link = page.get_by_role("link", name="看站点")
    link.focus()
    link.press("Enter")
    sheet = page.get_by_role("dialog", name="微信里的网页")
    expect(sheet.locator("iframe").content_frame.get_by_text("示例社区生活服务站").first).to_be_visible()
    sheet.get_by_role("button", name="关闭网页").click()
    expect(link).to_be_focused()


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("/h5/stations", True),
        ("/console/", False),
        ("https://example.org/h5/", False),
        ("tel:028-0000-0003", False),
        (None, False),
    ],
)
def test_only_residents_pages_of_this_demo_open_in_the_phone(page: Page, address: str | None, ours: bool) -> None:
    asked = "(address) => import('/sandbox/static/browser.js').then((browser) => browser.isOurs(address))"
    assert page.evaluate(asked, address) is ours


def test_the_look_inside_and_the_devices_share_one_place(page: Page) -> None:
    cabinet = opened(page, "存储柜")
    page.get_by_role("button", name="看门道", exact=True).click()
    expect(cabinet).not_to_be_visible()
    expect(page.get_by_role("complementary", name="看门道")).to_be_visible()
    page.get_by_role("button", name="收起看门道").click()
    expect(page.get_by_role("heading", name="桌上还有")).to_be_visible()


def test_on_a_small_screen_the_devices_are_away(small_page: Page) -> None:
    expect(Phone(small_page).replies.first).to_be_visible()
    expect(small_page.get_by_role("region", name="桌上的设备")).not_to_be_visible()
