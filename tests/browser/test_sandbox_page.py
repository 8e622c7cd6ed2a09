"""The sandbox as a newcomer uses it: real browser, real product, simulated WeChat between them."""

import re

from playwright.sync_api import Page, expect

from tests.browser.phone import Phone

SLOW_MS = 9000
AMBIGUOUS = (
    "柜子",
    "登记",
    "几点开门",
    "报名",
    "活动",
    "证",
)  # which of them is unclear is the understanding's business


def test_at_first_sight_one_is_welcome_and_one_click_asks(phone: Phone) -> None:
    expect(phone.replies.first).to_contain_text("欢迎关注")
    before = phone.replies.count()
    phone.press("今天服务站几点关门")
    expect(phone.own.last).to_contain_text("今天服务站几点关门")
    expect(phone.reply(before)).to_contain_text("18:00")


def test_who_does_not_follow_follows_is_welcomed_and_can_leave(stranger: Phone) -> None:
    expect(stranger.log).to_contain_text("关注后才能说话")
    expect(stranger.page.get_by_role("button", name="切换到键盘")).not_to_be_visible()
    stranger.press("关注")
    expect(stranger.reply(0)).to_contain_text("欢迎关注")
    stranger.press("公众号资料")
    stranger.press("取消关注")
    expect(stranger.log).to_contain_text("关注后才能说话")


def test_three_questions_in_ones_own_words(newcomer: Phone) -> None:
    expect(newcomer.asks("居住证咋个办")).to_contain_text("居住登记")
    expect(newcomer.asks("党费怎么交")).to_contain_text("支部")
    expect(newcomer.asks("今天服务站几点关门")).to_contain_text("示例社区生活服务站")


def test_a_clarification_is_tapped_and_answered(newcomer: Phone) -> None:
    assert any("哪一个" in newcomer.asks(word).inner_text() for word in AMBIGUOUS)
    offered = newcomer.replies.last.get_by_role("link")
    label = offered.first.inner_text()
    before = newcomer.replies.count()
    offered.first.click()
    expect(newcomer.own.last).to_contain_text(label)
    expect(newcomer.reply(before)).not_to_contain_text("哪一个")


def test_on_a_slow_line_the_answer_comes_late_and_does_come(newcomer: Phone) -> None:
    switch = newcomer.page.get_by_role("button", name="慢", exact=True)
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    before = newcomer.replies.count()
    newcomer.types("居住证咋个办")
    expect(newcomer.own.last).to_contain_text("居住证咋个办")
    expect(newcomer.replies).to_have_count(before)
    expect(newcomer.replies).to_have_count(before + 1, timeout=SLOW_MS)
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")


def test_a_desk_that_thinks_too_long_answers_by_a_customer_message(newcomer: Phone) -> None:
    switch = newcomer.page.get_by_role("button", name="小助手慢", exact=True)
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    before = newcomer.replies.count()
    newcomer.types("居住证咋个办")
    expect(newcomer.replies).to_have_count(before + 1, timeout=SLOW_MS)
    expect(newcomer.replies.last).to_have_attribute("data-via", "customer")
    expect(newcomer.replies.last).to_contain_text("居住登记")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")


def test_when_the_answer_cannot_come_the_grey_line_stands_there(newcomer: Phone) -> None:
    newcomer.press("更多")
    sheet = newcomer.page.get_by_role("dialog", name="时间和状况")
    sheet.get_by_role("button", name="乱码").click()
    expect(sheet.get_by_role("button", name="乱码")).to_have_attribute("aria-pressed", "true")
    newcomer.page.keyboard.press("Escape")
    newcomer.types("居住证咋个办")
    expect(newcomer.log.get_by_text("服务出现故障")).to_be_visible()


def test_a_place_picked_on_the_map_finds_the_nearest_counter(newcomer: Phone) -> None:
    newcomer.press("切换到键盘")
    newcomer.page.locator("#composer").get_by_role("button", name="更多").click()
    newcomer.press("位置")
    newcomer.press("公园里的长椅")
    newcomer.press("发送位置")
    expect(newcomer.own.last).to_contain_text("公园里的长椅")
    expect(newcomer.reply(1)).to_contain_text("示例社区知识共享站")


def test_a_spot_tapped_on_the_map_is_where_the_pin_goes(newcomer: Phone) -> None:
    newcomer.press("切换到键盘")
    newcomer.page.locator("#composer").get_by_role("button", name="更多").click()
    newcomer.press("位置")
    chart = newcomer.page.get_by_role("group", name="小区地图")
    chart.click(position={"x": 5, "y": 5})
    pin = chart.locator(".pin")
    corner = pin.get_attribute("transform")
    chart.press("ArrowRight")
    expect(pin).not_to_have_attribute("transform", corner or "")


def test_a_picture_a_voice_and_a_scan_are_answered(newcomer: Phone) -> None:
    newcomer.press("切换到键盘")
    newcomer.page.locator("#composer").get_by_role("button", name="更多").click()
    newcomer.press("图片")
    newcomer.press("垃圾没人收")
    newcomer.reply(1)
    expect(newcomer.own.last.get_by_role("img", name="图片")).to_be_visible()
    newcomer.press("切换到语音")
    newcomer.page.get_by_role("button", name="按住 说话").press("Enter")
    newcomer.reply(2)
    expect(newcomer.own.last).to_contain_text("3″")
    newcomer.page.locator("#composer").get_by_role("button", name="更多").click()
    newcomer.press("扫一扫")
    newcomer.page.get_by_role("button", name="存储柜的屏幕上").click()
    newcomer.reply(3)


def test_the_accounts_menu_asks_too(newcomer: Phone) -> None:
    menu = newcomer.page.get_by_role("group", name="公众号菜单")
    menu.get_by_role("button").first.click()
    newcomer.page.locator(".popup button").first.click()
    newcomer.reply(1)


def test_the_clock_jumps_and_new_messages_carry_the_new_day(newcomer: Phone) -> None:
    clock = newcomer.page.get_by_role("banner").get_by_role("time")
    today = clock.get_attribute("datetime") or ""
    newcomer.press("+3 天")
    expect(clock).not_to_have_attribute("datetime", re.compile(f"^{today[:10]}"))
    newcomer.asks("居住证咋个办")
    stamps = newcomer.log.get_by_role("time")
    first, last = stamps.first.get_attribute("datetime") or "", stamps.last.get_attribute("datetime") or ""
    assert last[:10] > first[:10]


def test_behind_the_scenes_each_message_is_a_row_with_its_steps(newcomer: Phone) -> None:
    newcomer.press("看门道")
    drawer = newcomer.page.get_by_role("complementary", name="看门道")
    newcomer.asks("居住证咋个办")
    row = drawer.get_by_role("listitem").filter(has_text="居住证咋个办").first
    for step in ("收到", "听懂", "决定", "写下", "答复"):
        expect(row.get_by_text(step, exact=True)).to_be_visible()
    expect(row).to_contain_text("faq:residence-permit")
    expect(row).to_contain_text("新增 inbox")
    expect(row).to_contain_text(re.compile(r"\d ms"))
    row.get_by_text("原文").click()
    expect(row.get_by_role("figure", name="平台发来的")).to_contain_text("<Encrypt>")
    expect(row.get_by_role("figure", name="解密以后")).to_contain_text("居住证咋个办")
    newcomer.page.keyboard.press("Escape")
    expect(row).not_to_be_visible()


def test_news_for_another_person_shows_as_a_dot_until_one_looks(newcomer: Phone, demo: str) -> None:
    courier = newcomer.page.locator('[data-person="courier"]')
    said = newcomer.page.request.post(f"{demo}/sandbox/platform/_sim/people/courier/say", data={"text": "存储柜怎么用"})
    assert said.ok
    expect(courier).to_contain_text("2条未读")
    courier.click()
    expect(newcomer.own.last).to_contain_text("存储柜怎么用")
    expect(courier).not_to_contain_text("未读")


def test_what_was_said_is_still_there_after_a_reload(newcomer: Phone) -> None:
    newcomer.asks("居住证咋个办")
    newcomer.page.reload()
    expect(newcomer.own.last).to_contain_text("居住证咋个办")
    expect(newcomer.replies).to_have_count(2)


def test_a_key_pressed_anywhere_begins_a_message(newcomer: Phone) -> None:
    newcomer.page.keyboard.press("a")
    field = newcomer.page.get_by_label("说点什么")
    expect(field).to_be_focused()
    expect(field).to_have_value("a")


def test_a_sheet_is_left_by_escape_and_hands_the_focus_back(newcomer: Phone) -> None:
    opener = newcomer.page.get_by_role("button", name="公众号资料")
    opener.focus()
    opener.press("Enter")
    expect(newcomer.page.get_by_role("dialog", name="公众号资料")).to_be_focused()
    newcomer.page.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_on_a_small_screen_there_is_only_the_phone(small_page: Page) -> None:
    phone = Phone(small_page)
    expect(phone.replies.first).to_contain_text("欢迎关注")
    expect(small_page.get_by_role("banner")).not_to_be_visible()
    assert small_page.evaluate("document.documentElement.scrollWidth") == 390
    small_page.get_by_role("button", name=re.compile("换一个人")).tap()
    small_page.get_by_role("dialog", name="扮演谁").get_by_role("button", name=re.compile("^年轻家长")).tap()
    before = phone.replies.count()
    phone.log.get_by_role("button", name="居住证咋个办").tap()
    expect(phone.reply(before)).to_contain_text("居住登记")
    small_page.get_by_role("button", name="时间和状况").tap()
    switch = small_page.get_by_role("dialog", name="时间和状况").get_by_role("button", name=re.compile("^慢"))
    switch.tap()
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.tap()
    expect(switch).to_have_attribute("aria-pressed", "false")


def test_on_a_small_screen_everything_is_large_enough_for_a_thumb(small_page: Page) -> None:
    expect(Phone(small_page).replies.first).to_be_visible()
    small = small_page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], textarea")].filter((one) => one.checkVisibility())
            .map((one) => [one.textContent, one.getBoundingClientRect()])
            .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)"""
    )
    assert small == []
