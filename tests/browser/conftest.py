"""Chromium from the system, the whole product as `weizhan demo` runs it, and a phone of one's own on its page."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from tests.browser.phone import Phone

ROOT = Path(__file__).parents[2]
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
def demo(
    chromium: str, tmp_path_factory: pytest.TempPathFactory, unused_tcp_port_factory: Callable[[], int]
) -> Iterator[str]:
    """The root of a running demo."""
    with running_demo(tmp_path_factory.mktemp("demo"), unused_tcp_port_factory()) as root:
        yield root


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
