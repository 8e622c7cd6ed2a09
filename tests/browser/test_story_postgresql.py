"""The newcomer's story once more with PostgreSQL behind the product."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import opened, running_demo
from tests.browser.phone import Phone
from tests.support import postgres

SLOW_MS = 9000


def test_follow_ask_tap_and_a_late_answer(
    desk: Page, postgresql: postgres.Server, tmp_path: Path, unused_tcp_port_factory: Callable[[], int]
) -> None:
    url = postgresql.create("demo", template="template0")
    with running_demo(tmp_path, unused_tcp_port_factory(), "--database-url", url) as root:
        for page in opened(desk, root):
            asked = {"name": "租客", "role": "刚搬来的租客", "following": False}
            stranger = page.request.post(f"{root}/sandbox/platform/_sim/people", data=asked).json()["id"]
            page.locator(f'[data-person="{stranger}"]').click()
            tell_the_story(Phone(page))
    postgresql.drop("demo")


def tell_the_story(newcomer: Phone) -> None:
    newcomer.press("关注")
    expect(newcomer.reply(0)).to_contain_text("欢迎关注")
    expect(newcomer.asks("居住证咋个办")).to_contain_text("居住登记")
    expect(newcomer.asks("党费怎么交")).to_contain_text("支部")
    expect(newcomer.asks("今天服务站几点关门")).to_contain_text("示例社区生活服务站")
    before = newcomer.replies.count()
    newcomer.replies.last.get_by_role("link").first.click()
    newcomer.reply(before)
    newcomer.press("小助手慢")
    newcomer.types("社保卡在哪里办")
    expect(newcomer.replies).to_have_count(before + 2, timeout=SLOW_MS)
    expect(newcomer.replies.last).to_have_attribute("data-via", "customer")
