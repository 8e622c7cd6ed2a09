"""The simulated WeCom keeps the platform's rules: tokens end, codes are used once, cards fit, callbacks come again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.simulator import Refused, SimClock
from bot.simulator.wecom import Corp, Limits, Mishap, Outcome, WeCom

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SECRET = "s" * 43
KEY = "abcdefghij" * 4 + "klm"
CARD = {
    "card_type": "button_interaction",
    "main_title": {"title": "新工单", "desc": "T1"},
    "task_id": "T1-1",
    "button_list": [{"text": "接单", "style": 1, "key": "take"}],
}


@dataclass
class App:
    """An app behind the callback, and its calls to the API."""

    wecom: WeCom
    http: aiohttp.ClientSession
    heard: list[bytes] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)  # of the next answers; 200 with nothing when there are none
    token: str = ""

    async def hear(self, request: web.Request) -> web.Response:
        self.heard.append(await request.read())
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def sign_in(self, secret: str = SECRET) -> dict[str, Any]:
        query = {"corpid": self.wecom.corp.corp_id, "corpsecret": secret}
        async with self.http.get(f"{self.wecom.api_base}/cgi-bin/gettoken", params=query) as response:
            said: dict[str, Any] = await response.json()
        self.token = said.get("access_token", self.token)
        return said

    async def call(self, name: str, **body: object) -> dict[str, Any]:
        data = json.dumps({"agentid": self.wecom.corp.agent_id, **body})
        url = f"{self.wecom.api_base}/cgi-bin/message/{name}"
        async with self.http.post(url, params={"access_token": self.token}, data=data) as response:
            assert response.status == 200
            said: dict[str, Any] = await response.json()
            return said

    async def text(self, userid: str = "worker", content: str = "在吗") -> int:
        said = await self.call("send", touser=userid, msgtype="text", text={"content": content})
        return int(said["errcode"])

    async def card(self, **other: object) -> dict[str, Any]:
        return await self.call("send", touser="worker", msgtype="template_card", template_card={**CARD, **other})

    async def change(self, code: str, **other: object) -> int:
        card = {**CARD, **other}
        said = await self.call("update_template_card", userids=["worker"], response_code=code, template_card=card)
        return int(said["errcode"])


@pytest.fixture
async def app() -> AsyncIterator[App]:
    corp = Corp("http://127.0.0.1:1/", "ww1", 1000002, SECRET, "token", KEY)
    async with await WeCom.start(corp, clock=SimClock(NOON)) as wecom, aiohttp.ClientSession() as http:
        made = App(wecom, http)
        server = web.Application()
        server.router.add_post("/", made.hear)
        runner = web.AppRunner(server, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        wecom.calls_at(f"http://127.0.0.1:{runner.addresses[0][1]}/")
        wecom.join("worker", "第3网格网格员")
        await made.sign_in()
        yield made
        await runner.cleanup()


async def test_a_token_is_the_same_until_its_end(app: App) -> None:
    first = app.token
    assert (await app.sign_in())["access_token"] == first
    app.wecom.clock.advance(7200)
    assert await app.text() == 42001
    assert (await app.sign_in())["access_token"] != first
    assert await app.text() == 0


async def test_who_is_not_the_app_gets_no_token(app: App) -> None:
    assert (await app.sign_in("wrong"))["errcode"] == 40001
    app.token = "made up"
    assert await app.text() == 40014
    app.token = ""
    assert await app.text() == 41001


async def test_a_code_changes_its_card_once(app: App) -> None:
    code = (await app.card())["response_code"]
    assert await app.change(code, replace_text="已接单") == 0
    assert app.wecom.cards("worker")[0].is_grey
    assert await app.change(code) == 40058


async def test_a_code_ends_after_three_days(app: App) -> None:
    code = (await app.card())["response_code"]
    app.wecom.clock.advance(72 * 3600)
    await app.sign_in()
    assert await app.change(code) == 40058


async def test_a_tap_brings_a_fresh_code(app: App) -> None:
    await app.card()
    exchange = await app.wecom.taps("worker", "接单")
    assert exchange.outcome is Outcome.EMPTY
    assert len(app.heard) == 1


async def test_a_grey_card_cannot_be_tapped(app: App) -> None:
    code = (await app.card())["response_code"]
    await app.change(code, replace_text="已接单")
    with pytest.raises(Refused):
        await app.wecom.taps("worker", "接单")


async def test_an_id_is_used_once(app: App) -> None:
    assert (await app.card())["errcode"] == 0
    assert (await app.card())["errcode"] == 40058


@pytest.mark.parametrize(
    "wrong",
    [
        {"task_id": "T1:1"},
        {"task_id": "x" * 129},
        {"main_title": {"title": "长" * 37}},
        {"sub_title_text": "长" * 161},
        {"horizontal_content_list": [{"keyname": "六个字的名字", "value": "x"}]},
        {"horizontal_content_list": [{"keyname": "地点", "value": "x"}] * 7},
        {"button_list": [{"text": "接单", "key": str(n)} for n in range(7)]},
        {"button_list": []},
        {"card_type": "odd"},
    ],
)
async def test_a_card_beyond_the_limits_is_refused(app: App, wrong: dict[str, object]) -> None:
    assert (await app.card(**wrong))["errcode"] == 40058
    assert app.wecom.cards("worker") == []


async def test_thirty_a_minute_to_one_member(app: App) -> None:
    assert {await app.text() for _ in range(30)} == {0}
    assert await app.text() == 45009
    app.wecom.clock.advance(61)
    assert await app.text() == 0


async def test_who_is_not_there_cannot_be_reached(app: App) -> None:
    assert await app.text("nobody") == 81013
    app.wecom.leave("worker")
    assert await app.text() == 81013


async def test_who_has_no_licence_reads_nothing(app: App) -> None:
    app.wecom.world.member("worker").licensed = False
    said = await app.call("send", touser="worker", msgtype="text", text={"content": "x"})
    assert (said["errcode"], said["unlicenseduser"]) == (0, "worker")
    assert app.wecom.bubbles("worker") == []


async def test_a_long_text_is_cut(app: App) -> None:
    await app.text(content="长" * 1000)
    assert len(app.wecom.bubbles("worker")[0].text.encode()) <= 2048


async def test_an_unanswered_callback_comes_three_times_more(app: App) -> None:
    app.statuses = [500] * 3
    exchange = await app.wecom.says("worker", "在吗")
    assert [one.outcome for one in exchange.attempts] == [Outcome.HTTP_ERROR] * 3 + [Outcome.EMPTY]


async def test_a_lost_answer_comes_again(app: App) -> None:
    app.wecom.mishaps.on(Mishap.DROP, times=1)
    exchange = await app.wecom.says("worker", "在吗")
    assert [one.outcome for one in exchange.attempts] == [Outcome.TIMEOUT, Outcome.EMPTY]


async def test_a_clear_answer_is_malformed(app: App) -> None:
    async def plain(_request: web.Request) -> web.Response:
        return web.Response(text="<xml><Content>x</Content></xml>")

    server = web.Application()
    server.router.add_post("/", plain)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    app.wecom.calls_at(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    assert (await app.wecom.says("worker", "在吗")).outcome is Outcome.MALFORMED
    await runner.cleanup()


async def test_nobody_at_the_callback(app: App) -> None:
    app.wecom.calls_at("http://127.0.0.1:1/")
    app.wecom.world.limits = Limits(deliveries=2)
    exchange = await app.wecom.says("worker", "在吗")
    assert [one.outcome for one in exchange.attempts] == [Outcome.UNREACHABLE] * 2


@pytest.mark.parametrize(
    ("mishap", "code"),
    [(Mishap.RATE, 45009), (Mishap.DEAD_TOKEN, 40014), (Mishap.STRANGE_ADDRESS, 60020)],
)
async def test_mishaps_strike_as_often_as_they_are_told(app: App, mishap: Mishap, code: int) -> None:
    app.wecom.mishaps.on(mishap, times=1)
    assert await app.text() == code
    await app.sign_in()
    assert await app.text() == 0


async def test_the_control_api_lets_a_page_type_and_tap(app: App) -> None:
    base, http = f"{app.wecom.api_base}/_sim", app.http
    async with http.post(f"{base}/members", json={"userid": "duty", "name": "示例社区值班员"}) as made:
        assert made.status == 201
    await app.card()
    async with http.post(f"{base}/members/worker/say", json={"text": "在吗"}) as said:
        assert (await said.json())["exchange"]["outcome"] == "empty"
    async with http.post(f"{base}/members/worker/tap", json={"button": "接单"}) as tapped:
        assert tapped.status == 200
    async with http.post(f"{base}/members/worker/tap", json={"button": "没有"}) as refused:
        assert refused.status == 409
    async with http.post(f"{base}/members/nobody/say", json={"text": "x"}) as unknown:
        assert unknown.status == 404
    async with http.get(f"{base}/members/worker/bubbles") as shown:
        assert [one["kind"] for one in (await shown.json())["bubbles"]] == ["card", "text"]
    async with http.post(f"{base}/mishaps", json={"name": "rate", "on": True}) as on:
        assert [one["name"] for one in (await on.json())["mishaps"] if one["on"]] == ["rate"]
    async with http.post(f"{base}/mishaps", json={"clear": True}) as off:
        assert not [one for one in (await off.json())["mishaps"] if one["on"]]
    async with http.get(f"{base}/state") as state:
        members = (await state.json())["members"]
        assert [one["userid"] for one in members] == ["worker", "duty"]


async def test_the_stream_tells_what_appears(app: App) -> None:
    async with app.http.get(f"{app.wecom.api_base}/_sim/events") as stream:
        await app.text(content="新的来了")
        async with asyncio.timeout(2):
            async for line in stream.content:
                if line.startswith(b"data:") and "新的来了" in line.decode():
                    return
    raise AssertionError("the stream ended")
