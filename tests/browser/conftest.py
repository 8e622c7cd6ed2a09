"""Chromium from the system, the whole product as `weizhan demo` runs it, and a phone of one's own on its page."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright

from bot.conversation import Conversation
from bot.store import open_store, transaction
from tests.browser.back_office import opened as doors_opened
from tests.browser.phone import Phone
from tests.support.console import PASSWORD, House, take_on
from tests.support.town import Town

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "screenshots"
Window = Callable[..., Page]
Keep = Callable[[Page, str], None]
PACKAGES = "chromium and fonts-wqy-microhei (apt-get install chromium fonts-wqy-microhei)"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
)
PATIENCE_MS = 8000


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is. Without one these tests are skipped; in CI they fail."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("CI"):
        pytest.fail(f"the browser tests need {PACKAGES}")
    if found is None:
        pytest.skip(f"the browser tests need {PACKAGES}")
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One for a module and no longer: while it runs, no test of its thread can have an event loop."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="session")
def demo_and_words(
    chromium: str, tmp_path_factory: pytest.TempPathFactory, unused_tcp_port_factory: Callable[[], int]
) -> Iterator[tuple[str, list[str]]]:
    """A running demo: its root, and what it said while it started."""
    with demo_that_says(tmp_path_factory.mktemp("demo"), unused_tcp_port_factory()) as both:
        yield both


@pytest.fixture(scope="session")
def demo(demo_and_words: tuple[str, list[str]]) -> str:
    """The root of a running demo."""
    return demo_and_words[0]


@contextmanager
def running_demo(folder: Path, port: int, *words: str, **changed: str) -> Iterator[str]:
    """`weizhan demo` in a process of its own and without any setting of this machine; yields its root."""
    with demo_that_says(folder, port, *words, **changed) as (root, _said):
        yield root


@contextmanager
def demo_that_says(folder: Path, port: int, *words: str, **changed: str) -> Iterator[tuple[str, list[str]]]:
    """The same, with what it says while it starts; `changed`: settings of its own."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("WEIZHAN_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "demo", "--port", str(port), *words],
        cwd=folder,
        env=settings | {"WEIZHAN_FAQ_DIR": str(ROOT / "faq"), "PYTHONPATH": str(ROOT)} | changed,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    with process.stderr as said:
        lines: list[str] = []
        while not lines or "/sandbox/" not in lines[-1]:
            lines.append(said.readline())
            assert lines[-1], "the demo ended before it served"
        yield f"http://127.0.0.1:{port}", lines
        process.terminate()
        said.read()
        assert process.wait(timeout=10) == 0


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    """A window on a desk."""
    with browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", reduced_motion="reduce"
    ) as window:
        yield window.new_page()


@pytest.fixture(scope="module")
def pocket(browser: Browser) -> Iterator[Page]:
    """A real phone's screen."""
    with browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True, is_mobile=True, reduced_motion="reduce"
    ) as window:
        yield window.new_page()


@pytest.fixture
def page(desk: Page, demo: str) -> Iterator[Page]:
    """The sandbox, opened afresh on a desk."""
    yield from opened(desk, demo)


@pytest.fixture
def small_page(pocket: Page, demo: str) -> Iterator[Page]:
    """The same on a phone."""
    yield from opened(pocket, demo)


@pytest.fixture
def phone(page: Page) -> Phone:
    return Phone(page)


@pytest.fixture
def stranger(page: Page, demo: str) -> Phone:
    """Somebody new in the neighbourhood who does not follow the account yet."""
    asked = {"name": "租客", "role": "刚搬来的租客", "following": False, "suggestions": ["居住证咋个办"]}
    answer = page.request.post(f"{demo}/sandbox/platform/_sim/people", data=asked)
    assert answer.ok
    page.locator(f'[data-person="{answer.json()["id"]}"]').click()
    return Phone(page)


@pytest.fixture
def newcomer(stranger: Phone) -> Phone:
    """The same, following."""
    stranger.press("关注")
    stranger.reply(0)
    return stranger


def opened(page: Page, demo: str) -> Iterator[Page]:
    """Whatever the browser complains of fails the test; no mishap and no memory is left for the next."""
    complaints: list[str] = []

    def heard(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            complaints.append(line.text)

    def failed(error: Error) -> None:
        complaints.append(str(error))

    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", failed)
    page.on("console", heard)
    page.goto(f"{demo}/sandbox/")
    yield page
    page.remove_listener("pageerror", failed)
    page.remove_listener("console", heard)
    page.request.post(f"{demo}/sandbox/platform/_sim/faults", data={"clear": True})
    page.request.post(f"{demo}/sandbox/slow", data={"on": False})
    page.evaluate("sessionStorage.clear()")
    assert complaints == []


@pytest.fixture
def house(template: Path, talk: Conversation, tmp_path: Path) -> Iterator[House]:
    file = tmp_path / "town.db"
    file.write_bytes(template.read_bytes())
    store = open_store(f"sqlite:///{file}")
    with transaction(store) as session:
        take_on(session, House.wall)
    with doors_opened(House(Town(store, talk))) as house:
        yield house
    store.close()


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Keep:
    """Keep a picture for the staff's guide where `--screenshots` asks for them."""

    def kept(page: Page, name: str) -> None:
        if request.config.getoption("--screenshots"):
            PICTURES.mkdir(exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}.png")

    return kept


@pytest.fixture
def window(browser: Browser, house: House) -> Iterator[Window]:
    """Opens a window for somebody who signs in; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def opened(login: str, *, width: int = 1440, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900 if width > 500 else 844},
            locale="zh-CN",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            has_touch=width < 500,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.goto(f"{house.root}/console/")
        page.get_by_label("账号").fill(login)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page).not_to_have_url(f"{house.root}/console/sign-in")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
