"""How residents come in: by a link of the chat that is theirs, for a day, and nobody else's."""

from __future__ import annotations

import pytest

from bot.web.h5 import routes
from bot.web.h5.page import Verb
from tests.h5.conftest import Browser

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs by database


async def test_a_link_of_the_chat_leads_to_its_page_and_lets_one_in(browser: Browser) -> None:
    await browser.opens(browser.link("婆婆", "/h5/stations"))
    assert (browser.status, browser.at) == (200, "/h5/stations")
    assert "示例社区生活服务站" in browser.text
    await browser.opens("/h5/")
    assert "请从公众号" not in browser.text


async def test_a_stranger_reads_what_is_for_all_and_where_to_come_in(browser: Browser) -> None:
    assert "请从公众号" in await browser.opens("/h5/")
    assert "示例社区生活服务站" in await browser.opens("/h5/stations")


async def test_a_link_ends_after_a_day_but_not_for_a_browser_that_is_known(browser: Browser) -> None:
    link = browser.link("婆婆", "/h5/stations")
    browser.passes(hours=23)
    await browser.opens(link)
    browser.passes(hours=2)
    await browser.opens(link)
    assert browser.at == "/h5/stations"
    browser.passes(hours=12)
    assert "点新的链接" in await browser.opens(link)
    assert browser.status == 403


@pytest.mark.parametrize(
    "change", [lambda s: s[:-1], lambda s: s + "A", lambda s: s[:10] + "x" + s[11:], lambda _: "x"]
)
async def test_a_forged_link_opens_nothing(browser: Browser, change: object) -> None:
    path, _, query = browser.link("婆婆").partition("?")
    forged = f"/h5/in/{change(path.removeprefix('/h5/in/'))}?{query}"  # type: ignore[operator]
    assert "链接" in await browser.opens(forged)
    assert browser.status == 403


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/h5/", "/console/", "/h5/\\evil", "javascript:1"]
)
async def test_a_link_leads_nowhere_else(browser: Browser, to: str) -> None:
    await browser.opens(browser.link("婆婆", to))
    assert browser.at == "/h5/"


async def test_large_letters_are_remembered(browser: Browser) -> None:
    await browser.opens("/h5/stations")
    assert 'class="large"' not in browser.html
    await browser.taps("大字")
    assert browser.at == "/h5/stations"
    assert 'class="large"' in browser.html
    await browser.taps("标准字")
    assert 'class="large"' not in browser.html


async def test_every_page_of_ones_own_is_shut_to_strangers(browser: Browser) -> None:
    for route in routes():
        path = route.path.replace("{", "").replace("}", "")
        async with browser.client.request(route.verb.value, path, allow_redirects=False) as answer:
            if not route.for_all:
                assert answer.status == 403, path
            else:
                assert answer.status in (200, 404, 409), path  # a link that is none of ours is refused in words
        assert route.verb is Verb.GET or not route.for_all


async def test_pages_are_small_and_let_nothing_in_from_outside(browser: Browser) -> None:
    for path in ("/h5/", "/h5/stations", "/h5/stations/S01"):
        async with browser.client.get(path) as answer:
            body = await answer.text()
            assert len(body.encode()) < 20_000
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
            assert "<script>" not in body
    async with browser.client.get(body.partition('stylesheet" href="')[2].partition('"')[0]) as answer:
        assert (answer.status, answer.content_type) == (200, "text/css")
        assert len(await answer.read()) < 20_000
    async with browser.client.get("/h5/static/..%2fpage.py") as answer:
        assert answer.status == 404


async def test_the_map_is_drawn_here(browser: Browser) -> None:
    async with browser.client.get("/h5/stations/map.svg") as answer:
        assert answer.content_type == "image/svg+xml"
        assert (await answer.text()).count("<circle") == 3
