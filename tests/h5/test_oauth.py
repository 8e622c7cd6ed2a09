"""Coming in without a link of the chat: the platform says who it is, and a code is good once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientResponse, CookieJar
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Product
from bot.channels.official_account.menu import menu
from bot.conversation import Conversation
from bot.settings import Settings, unsafe
from bot.simulator import Platform
from bot.store import Store, resident, transaction
from tests.conftest import SECRET

APP_ID, APP_SECRET = "wx5a5a5a5a5a5a5a5a", "a" * 32


@dataclass
class Phone:
    """A browser inside WeChat, whose holder is the first who follows."""

    client: TestClient  # type: ignore[type-arg]
    product: Product
    platform: Platform

    async def opens(self, path: str) -> ClientResponse:
        """Without going on by itself."""
        return await self.client.get(path, allow_redirects=False)

    async def away(self, path: str) -> str:
        """Where the platform sends the browser back to, below our own root."""
        async with await self.opens(path) as answer:
            assert answer.status == 302, await answer.text()
            return await self.agrees(answer.headers["Location"])

    async def agrees(self, address: str) -> str:
        async with self.client.session.get(address.partition("#")[0], allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            return urlsplit(answer.headers["Location"])._replace(scheme="", netloc="").geturl()


@pytest.fixture
async def phone(store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Phone]:
    platform = await Platform.start(
        webhook_url="http://127.0.0.1:1/wechat", token="token", app_id=APP_ID, app_secret=APP_SECRET
    )
    async with platform:
        settings = Settings(
            secret_key=SECRET,
            wechat_token="token",
            wechat_app_id=APP_ID,
            wechat_app_secret=APP_SECRET,
            wechat_api_base=platform.api_base,
            wechat_oauth=True,
            wechat_open_base=platform.api_base,
            public_url="http://weizhan.example",
        )
        product = Product(settings, store, talk, folder=tmp_path, now=platform.clock.now)
        async with TestClient(TestServer(product.application()), cookie_jar=CookieJar(unsafe=True)) as client:
            yield Phone(client, product, platform)


async def test_a_page_of_ones_own_opens_by_itself(phone: Phone) -> None:
    back = await phone.away("/h5/bookings")
    async with await phone.opens(back) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/h5/bookings")
    async with await phone.opens("/h5/bookings") as answer:
        assert answer.status == 200
        assert "我的预约" in await answer.text()
    holder = next(person for person in phone.platform.people if person.following)
    with transaction(phone.product.store) as session:
        assert resident.person(session, channel="official_account", sender=holder.openid)


async def test_it_asks_as_the_platform_wants_to_be_asked(phone: Phone) -> None:
    async with await phone.opens("/h5/bookings?x=1") as answer:
        address = answer.headers["Location"]
    assert address.endswith("#wechat_redirect")
    query = parse_qs(urlsplit(address).query)
    assert list(query) == ["appid", "redirect_uri", "response_type", "scope", "state"]
    assert query["scope"] == ["snsapi_base"]
    assert query["redirect_uri"] == ["http://weizhan.example/h5/oauth?to=%2Fh5%2Fbookings%3Fx%3D1"]
    assert query["state"][0].isalnum()
    assert len(query["state"][0]) <= 128


async def test_a_scanned_screen_asks_who_it_is_though_strangers_may_read_it(phone: Phone) -> None:
    back = await phone.away("/h5/check-in/token")
    async with await phone.opens(back) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/h5/check-in/token")
    async with await phone.opens("/h5/check-in/token") as answer:
        assert "认不出来" in await answer.text()


async def test_pages_for_all_ask_nobody_who_they_are(phone: Phone) -> None:
    for path in ("/h5/", "/h5/book", "/h5/stations"):
        async with await phone.opens(path) as answer:
            assert answer.status == 200
            assert "请从公众号的消息里" not in await answer.text()


async def test_a_page_loaded_again_leads_on_and_asks_nothing(phone: Phone) -> None:
    back = await phone.away("/h5/bookings")
    for _ in range(2):
        async with await phone.opens(back) as answer:
            assert answer.headers["Location"] == "/h5/bookings"


@pytest.mark.parametrize("change", ["code", "state", "cookie", "late"])
async def test_what_does_not_fit_asks_once_more_and_then_says_so(phone: Phone, change: str) -> None:
    back = await phone.away("/h5/bookings")
    if change == "code":
        back = back.replace("code=0", "code=1")
    elif change == "state":
        back = back.replace("state=", "state=0")
    elif change == "cookie":
        phone.client.session.cookie_jar.clear()
    else:
        phone.platform.clock.advance(11 * 60)
    async with await phone.opens(back) as answer:
        assert answer.status == 302
        again = await phone.agrees(answer.headers["Location"])
    assert "again=1" in again
    async with await phone.opens(again.replace("code=0", "code=1")) as answer:
        assert answer.status == 403
        assert "请退回公众号" in await answer.text()
    assert "again=1" in again


async def test_a_code_is_good_once_and_for_five_minutes(phone: Phone) -> None:
    taken = parse_qs(urlsplit(await phone.away("/h5/bookings")).query)["code"][0]
    client = phone.product.client
    assert (await client.opened_by(taken)).ok
    assert (await client.opened_by(taken)).errcode.code == 40163
    assert (await client.opened_by("made up")).errcode.code == 40029
    late = parse_qs(urlsplit(await phone.away("/h5/bookings")).query)["code"][0]
    phone.platform.clock.advance(5 * 60 + 1)
    assert (await client.opened_by(late)).errcode.code == 40029


async def test_an_account_without_the_right_gets_the_platforms_own_page(phone: Phone) -> None:
    async with await phone.opens("/h5/bookings") as answer:
        address = answer.headers["Location"].partition("#")[0]
    phone.platform.configure(verified=False)
    async with phone.client.session.get(address, allow_redirects=False) as answer:
        assert "10005" in await answer.text()
    async with phone.client.session.get(address.replace("wx5a", "wx00"), allow_redirects=False) as answer:
        assert "AppID" in await answer.text()


async def test_who_wrote_last_holds_the_phone(phone: Phone) -> None:
    second = [person for person in phone.platform.people if person.following][1]
    second.last_contact = phone.platform.clock.now()
    await phone.opens(await phone.away("/h5/bookings"))
    with transaction(phone.product.store) as session:
        assert resident.person(session, channel="official_account", sender=second.openid)


def test_the_menu_has_the_pages_only_where_they_open_by_themselves() -> None:
    with_pages = [item for top in menu("https://weizhan.example/")["button"] for item in top["sub_button"]]
    assert {"type": "view", "name": "预约和我的记录", "url": "https://weizhan.example/h5/"} in with_pages
    assert all(1 <= len(top["sub_button"]) <= 5 for top in menu("https://weizhan.example")["button"])
    assert all(item["type"] != "view" for top in menu()["button"] for item in top["sub_button"])


def test_it_needs_an_address_to_come_back_to() -> None:
    missing = Settings(secret_key=SECRET, wechat_oauth=True)
    assert any("WEIZHAN_PUBLIC_URL" in reason for reason in unsafe(missing))
