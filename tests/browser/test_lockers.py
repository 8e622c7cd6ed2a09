"""A parcel's whole way in the browser: courier, consent, code, a jam, the second try, the open door, all seen live."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, demo_that_says
from tests.browser.phone import Phone
from tests.support import postgres
from tests.support.cabinets import broker

PATIENCE_MS = 30_000
PICTURES = ROOT / "docs" / "screenshots"
PEOPLE = {"婆婆": "granny", "快递员": "courier"}
AT = "/console/lockers/at/G0001"


@dataclass
class Street:
    """The running demo, the phones before its cabinet, the cabinet itself, and a clerk who looks on."""

    root: str
    phone: Phone
    desk: Page

    def asks(self, name: str, words: str, answer: str) -> None:
        """Somebody says it and reads that answer, or a notice with it, as the newest bubble that has it."""
        self._takes(name)
        self.phone.types(words)
        expect(self.phone.own.last).to_contain_text(words)
        self.reads(name, answer)

    def reads(self, name: str, words: str) -> str:
        self._takes(name)
        found = self.phone.replies.filter(has_text=words).last
        expect(found).to_be_visible(timeout=PATIENCE_MS)
        return found.inner_text()

    def cabinet(self) -> dict[str, Any]:
        found: dict[str, Any] = self.desk.request.get(f"{self.root}/sandbox/platform/_sim/cabinets/G0001").json()
        return found

    def does(self, door: int, what: str) -> None:
        self._post(f"doors/{door}", {"do": what})

    def jams(self, door: int, *, on: bool) -> None:
        self._post("mishaps", {"name": "jammed", "door": door, "on": on})

    def sees(self, door: int, words: str) -> None:
        """The clerk's page shows it by itself."""
        named = re.compile(f"^{door}号门，.*{words}")
        expect(self.desk.get_by_role("link", name=named)).to_be_visible(timeout=PATIENCE_MS)

    def _takes(self, name: str) -> None:
        """That person's phone."""
        one = self.phone.page.locator(f'[data-person="{PEOPLE[name]}"]')
        if one.get_attribute("aria-current") != "true":
            one.click()
            expect(one).to_have_attribute("aria-current", "true")

    def _post(self, path: str, body: dict[str, object]) -> None:
        answer = self.desk.request.post(f"{self.root}/sandbox/platform/_sim/cabinets/G0001/{path}", data=body)
        assert answer.ok, answer.text()


@contextmanager
def street(browser: Browser, root: str, said: list[str]) -> Iterator[Street]:
    password = next(found[1] for line in said if (found := re.search(r"password: (\S+)", line)))
    with (
        browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce") as phones,
        browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN") as office,
    ):
        table, desk = phones.new_page(), office.new_page()
        for page in (table, desk):
            page.set_default_timeout(PATIENCE_MS)
        table.goto(f"{root}/sandbox/")
        desk.goto(f"{root}{AT}")
        desk.get_by_label("账号").fill("clerk")
        desk.get_by_label("密码").fill(password)
        desk.get_by_role("button", name="登录").click()
        if "password" in desk.url:  # a first password has to be changed
            desk.get_by_label("现在的密码").fill(password)
            desk.get_by_label("新密码", exact=True).fill("a-long-watchword")
            desk.get_by_label("再输一次新密码").fill("a-long-watchword")
            desk.get_by_role("button").last.click()
        desk.goto(f"{root}{AT}")
        yield Street(root, Phone(table), desk)


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keep a picture for the staff's guide where `--screenshots` asks for them."""

    def kept(page: Page, name: str) -> None:
        if request.config.getoption("--screenshots"):
            PICTURES.mkdir(exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    return kept


@pytest.fixture(params=["http-sqlite", "mqtt-postgresql"])
def story(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path, unused_tcp_port_factory: Callable[[], int]
) -> Iterator[Street]:
    """Both carriers and both databases."""
    port = unused_tcp_port_factory()
    if request.param == "http-sqlite":
        with demo_that_says(tmp_path, port) as (root, said), street(browser, root, said) as found:
            yield found
        return
    server: postgres.Server = request.getfixturevalue("postgresql")
    url = server.create("lockers", template="template0")
    folder = tmp_path / "broker"
    folder.mkdir()
    with broker(folder, "fleet") as own:
        words = ("--database-url", url, "--cabinets", own.url("fleet"))
        demo = demo_that_says(tmp_path, port, *words, WEIZHAN_MQTT_URL=own.url())
        with demo as (root, said), street(browser, root, said) as found:
            yield found
    server.drop("lockers")


@pytest.mark.timeout(300)
def test_a_parcel_from_the_courier_to_the_open_door(story: Street, keep: Callable[[Page, str], None]) -> None:
    story.sees(2, "在柜里")
    story.asks("婆婆", "我的快递", "柜子里有您2件")
    story.asks("快递员", "投递", "哪个柜子")
    story.asks("快递员", "G0001", "要多大的格子")
    story.asks("快递员", "小格", "收件人是谁")
    story.asks("快递员", "13800000000", "已经问收件人")
    story.reads("婆婆", "您同意吗")
    story.asks("婆婆", "同意放柜", "已告诉投递的人")
    story.reads("快递员", "收件人同意了")
    story.asks("快递员", "开门存件", "1号门已开")
    story.sees(1, "开着")
    keep(story.desk, "locker")
    story.does(1, "put")
    story.does(1, "shut")
    code = re.search(r"\d{6}", story.reads("婆婆", "取件码："))
    assert code
    story.reads("快递员", "取件码已经发给收件人")
    story.sees(1, "在柜里")

    story.jams(1, on=True)
    story.asks("婆婆", "取件", "想开哪个门")
    story.asks("婆婆", "3", "请确认您就在柜子跟前")
    story.asks("婆婆", str(story.cabinet()["shown"]), "发了开门指令")
    story.reads("婆婆", "取件码没有用掉")
    assert story.cabinet()["doors"][0]["open"] is False
    story.asks("婆婆", "没有开", "再说“开柜”试一次")
    story.sees(1, "在柜里")

    story.jams(1, on=False)
    story.asks("婆婆", f"取件码{code[0]}", "请拿好东西")
    story.sees(1, "开着")
    assert story.cabinet()["doors"][0]["pulses"] == 3
    story.does(1, "take")
    story.does(1, "shut")
    story.sees(1, "关着，空")
    book = story.desk.locator("ol.line")
    expect(book).to_contain_text("1号门 门关上了")
    expect(book).to_contain_text("1号门 门没开")
    assert code[0] not in story.desk.content()
    assert "13800000000" not in story.desk.content()
    for width in (1440, 390):
        story.desk.set_viewport_size({"width": width, "height": 900})
        assert story.desk.evaluate("document.documentElement.scrollWidth") <= width
        keep(story.desk, f"locker-{width}")
