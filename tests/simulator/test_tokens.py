"""Tokens, credentials, quotas, and calls that are not well formed."""

from __future__ import annotations

import pytest

from bot.simulator import Platform
from tests.simulator.client import APP_ID, HOUR, SECRET, Api


async def test_the_stable_token_stays_the_same_until_shortly_before_its_end(platform: Platform, api: Api) -> None:
    first = await api.sign_in()
    old = first["access_token"]
    platform.clock.advance(6800)
    assert await api.sign_in() == {**first, "expires_in": 400}
    platform.clock.advance(150)
    renewed = await api.sign_in()
    assert (renewed["access_token"] != old, renewed["expires_in"]) == (True, 7200)
    api.token = old
    assert (await api.get("/cgi-bin/getcallbackip"))["ip_list"] == ["127.0.0.1"]
    platform.clock.advance(300)
    assert (await api.get("/cgi-bin/getcallbackip"))["errcode"] == 42001


async def test_a_forced_refresh_kills_the_old_token_at_once(platform: Platform, api: Api) -> None:
    old = api.token
    await api.sign_in(force_refresh=True)
    assert "ip_list" in await api.get("/cgi-bin/getcallbackip")
    api.token = old
    assert (await api.get("/cgi-bin/getcallbackip"))["errcode"] == 40001
    assert (await api.sign_in(force_refresh=True))["errcode"] == 45011
    for _ in range(19):
        platform.clock.advance(30)
        await api.sign_in(force_refresh=True)
    platform.clock.advance(30)
    assert (await api.sign_in(force_refresh=True))["errcode"] == 45009


async def test_each_ordinary_token_kills_the_one_before(platform: Platform, api: Api) -> None:
    query = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}
    stable = api.token
    first = (await api.get("/cgi-bin/token", **query))["access_token"]
    second = (await api.get("/cgi-bin/token", **query))["access_token"]
    api.token = first
    assert "ip_list" in await api.get("/cgi-bin/getcallbackip")
    platform.clock.advance(300)
    assert (await api.get("/cgi-bin/getcallbackip"))["errcode"] == 42001
    for api.token in (second, stable):
        assert "ip_list" in await api.get("/cgi-bin/getcallbackip")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"grant_type": "x"}, 40002),
        ({"appid": ""}, 41002),
        ({"appid": "wx1"}, 40013),
        ({"secret": ""}, 41004),
        ({"secret": "x"}, 40125),
    ],
)
async def test_credentials_are_checked(api: Api, change: dict[str, str], code: int) -> None:
    body = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET, **change}
    assert await api.code("/cgi-bin/stable_token", body) == code


async def test_calls_that_are_not_well_formed(api: Api) -> None:
    send = "/cgi-bin/message/custom/send"
    assert await api.code(send, b"") == 44002
    assert await api.code(send, b"{") == 47001
    assert await api.code(send, b'{"touser": "\\u4f60"}') == 40033
    assert await api.code(send, {"touser": "o-nobody", "msgtype": "text", "text": {"content": "x"}}) == 40003
    assert (await api.get(send))["errcode"] == 43002
    answer = await api.get("/cgi-bin/no/such")
    assert answer["errmsg"].startswith("invalid url rid: ")
    api.token = "85_made_up"
    assert await api.code(send, {}) == 40001
    api.token = ""
    assert await api.code(send, {}) == 41001


async def test_an_account_without_verification_has_no_rights(platform: Platform, api: Api) -> None:
    platform.configure(verified=False)
    assert await api.text(platform.person("granny").openid) == 48001


async def test_quotas_come_back_at_midnight_in_china(platform: Platform, api: Api) -> None:
    platform.world.quotas.limits["menu_get"] = 1
    codes = [(await api.get("/cgi-bin/menu/get"))["errcode"] for _ in range(2)]
    assert codes == [46003, 45009]
    assert [await api.code("/cgi-bin/clear_quota", {"appid": APP_ID}) for _ in range(11)] == [0] * 10 + [48006]
    assert (await api.get("/cgi-bin/menu/get"))["errcode"] == 46003
    platform.clock.advance(12 * HOUR)
    await api.sign_in()
    assert (await api.get("/cgi-bin/menu/get"))["errcode"] == 46003
