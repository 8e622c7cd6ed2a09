"""A question nobody understood, written into the knowledge base in a real browser, answers the next resident."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.conversation import Conversation
from bot.handlers import all_routers, other_routers
from bot.librarian import Librarian
from bot.nlu import Live, Understander
from bot.nlu.current import Current
from bot.privacy import Seal
from bot.store import Store, transaction
from tests.browser.back_office import opened
from tests.browser.conftest import PATIENCE_MS
from tests.conftest import SECRET
from tests.support.console import PASSWORD, House, take_on
from tests.support.town import CHENGDU, Town

BELL = "晒坝的铜钟哪个时候敲"
SERIOUS = ("serious", "critical")


def learning(house: House) -> Librarian:
    """The assistant learns as a server's does."""
    return Librarian(house.known, desk=house.desk, office=house.office)


@pytest.fixture
def house(store: Store, knowledge: Understander) -> Iterator[House]:
    with transaction(store) as session:
        take_on(session, House.wall)
    talk = Conversation(all_routers(), Current(knowledge.knowing(Live())), Seal(SECRET), CHENGDU, other_routers())
    with opened(House(Town(store, talk)), learning) as house:
        yield house


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    with browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", reduced_motion="reduce"
    ) as window:
        found = window.new_page()
        found.set_default_timeout(8 * PATIENCE_MS)  # indexing and the replay go on meanwhile
        found.goto(f"{house.root}/console/")
        found.get_by_label("账号").fill("manager")
        found.get_by_label("密码").fill(PASSWORD)
        found.get_by_role("button", name="登录").click()
        yield found


@pytest.mark.timeout(300)
def test_a_question_nobody_understood_answers_the_next_resident(house: House, page: Page) -> None:
    granny = house.town.resident("婆婆")
    assert "八点" not in granny.says(BELL)
    page.get_by_role("link", name="知识库").first.click()
    page.get_by_role("button", name="没答上的").click()
    expect(page.locator(".gap").first).to_contain_text(BELL)
    page.get_by_role("button", name="写成一条").first.click()
    expect(page.get_by_label("问题", exact=True)).to_have_value(BELL)
    page.get_by_label("答复").fill("晒坝的铜钟每天早上八点敲（示例）。\n问服务站：{station.phone}")
    page.get_by_label("依据").fill("示例：社区告示")
    page.get_by_role("button", name="看效果").click()
    expect(page.locator(".bubble")).to_contain_text("028-", timeout=4 * PATIENCE_MS)
    expect(page.locator(".side")).to_contain_text("新答得上1条")
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_role("status")).to_contain_text("已发布")
    for _ in range(60):
        if "早上八点敲" in (said := house.town.resident("张姐").says(BELL)):
            break
        page.wait_for_timeout(500)
    assert "早上八点敲" in said
    page.goto(f"{house.root}/console/knowledge/gaps")
    expect(page.locator("#work h2")).to_contain_text("没有没答上的")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_can_be_read_by_everybody_and_fits_the_screen(house: House, page: Page, width: int) -> None:
    house.town.resident("婆婆").says(BELL)
    page.set_viewport_size({"width": width, "height": 844})
    for path in (
        "knowledge",
        "knowledge/gaps",
        "knowledge/new",
        "places",
        "contacts",
        "stations",
        "holidays",
        "sheets",
    ):
        page.goto(f"{house.root}/console/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = Axe().run(page).response["violations"]
        serious = [(one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in SERIOUS]
        assert serious == [], path
