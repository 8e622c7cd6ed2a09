"""The simulator from outside: its control API and its independence."""

from __future__ import annotations

import ast
import asyncio
import base64
import json
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import bot.simulator
from bot.simulator import Platform
from bot.simulator.echo import Echo
from tests.simulator.client import APP_ID, SECRET, TOKEN


async def post(http: aiohttp.ClientSession, path: str, body: dict[str, Any], status: int = 200) -> dict[str, Any]:
    async with http.post(f"/_sim/{path}", json=body) as response:
        assert response.status == status
        return dict(await response.json())


async def get(http: aiohttp.ClientSession, path: str) -> dict[str, Any]:
    async with http.get(f"/_sim/{path}") as response:
        assert response.status == 200
        return dict(await response.json())


async def events(
    http: aiohttp.ClientSession, count: int, query: str = "", headers: dict[str, str] | None = None
) -> list[tuple[int, str, dict[str, Any]]]:
    """The first `count` events of a stream."""
    found: list[tuple[int, str, dict[str, Any]]] = []
    number, name = 0, ""
    async with asyncio.timeout(5), http.get(f"/_sim/events{query}", headers=headers or {}) as response:
        assert response.content_type == "text/event-stream"
        async for line in response.content:
            field, _, value = line.decode().strip().partition(": ")
            if field == "id":
                number = int(value)
            elif field == "event":
                name = value
            elif field == "data":
                found.append((number, name, json.loads(value)))
                if len(found) == count:
                    break
    return found


async def test_every_act_can_be_asked_for(http: aiohttp.ClientSession, platform: Platform, echo: Echo) -> None:
    granny = "people/granny"
    said = await post(http, f"{granny}/say", {"text": "居住证咋个办"})
    assert (said["exchange"]["text"], said["exchange"]["outcome"]) == ("居住证咋个办", "replied")
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
    await post(http, f"{granny}/picture", {"data": png})
    await post(http, f"{granny}/voice", {})
    await post(http, f"{granny}/location", {"lat": 30.6, "lon": 104.1})
    await post(http, f"{granny}/scan", {"scene": "bind-1"})
    await post(http, f"{granny}/unfollow", {})
    await post(http, f"{granny}/follow", {})
    await post(http, f"{granny}/consent", {"template_id": "t"})
    await post(http, f"{granny}/event", {"event": "LOCATION", "fields": {"Latitude": "30.6"}})
    kinds = [heard["Event"] or heard["MsgType"] for heard in echo.heard]
    assert kinds[:4] == ["text", "image", "voice", "location"]
    assert kinds[4:] == ["SCAN", "unsubscribe", "subscribe", "subscribe_msg_popup_event", "LOCATION"]
    picture = (await get(http, f"{granny}/bubbles"))["bubbles"][2]
    async with http.get(picture["detail"]["src"]) as response:
        assert response.content_type == "image/png"
    assert len((await get(http, f"{granny}/exchanges"))["exchanges"]) == len(kinds)


async def test_menu_and_taps_over_http(http: aiohttp.ClientSession, platform: Platform, echo: Echo) -> None:
    async with http.get(f"/cgi-bin/token?grant_type=client_credential&appid={APP_ID}&secret={SECRET}") as response:
        token = (await response.json(content_type=None))["access_token"]
    menu = {"button": [{"type": "view", "name": "site", "url": "https://example.org/"}]}
    async with http.post(f"/cgi-bin/menu/create?access_token={token}", json=menu) as response:
        assert (await response.json(content_type=None))["errcode"] == 0
    assert (await post(http, "people/member/click", {"button": "site"}))["open"] == "https://example.org/"
    link = '<a href="weixin://bizmsgmenu?msgmenucontent=yes&msgmenuid=1">yes</a>'
    await post(http, "people/member/say", {"text": link})
    bubble = (await get(http, "people/member/bubbles"))["bubbles"][-1]
    assert bubble["parts"] == [{"kind": "send", "text": "yes", "content": "yes", "id": "1"}]
    await post(http, "people/member/tap", {"id": "1", "bubble": bubble["id"]})
    assert echo.heard[-1]["bizmsgmenuid"] == "1"
    state = await get(http, "state")
    assert state["menu"]["buttons"] == menu["button"]
    assert [call["path"] for call in state["api_calls"]] == ["/cgi-bin/token", "/cgi-bin/menu/create"]
    assert SECRET not in json.dumps(state)
    assert token not in json.dumps(state)


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("people/nobody/say", {"text": "x"}, 404, "unknown_person"),
        ("people/granny/say", {}, 400, "bad_request"),
        ("people/granny/say", {"text": 7}, 400, "bad_request"),
        ("people/granny/picture", {"data": "#"}, 400, "bad_request"),
        ("people/granny/tap", {"id": "x"}, 409, "no_such_link"),
        ("people/granny/click", {"button": "x", "wait": False}, 409, "no_such_button"),
        ("people/granny/scan", {"ticket": "x"}, 409, "code_expired"),
        ("clock", {"advance_seconds": -1}, 400, "bad_request"),
        ("faults", {"name": "earthquake", "on": True}, 400, "bad_request"),
        ("faults", {"name": "drop", "on": True, "options": {"what": "all"}}, 400, "bad_request"),
        ("account", {"aes_key": "short"}, 400, "bad_request"),
        ("people", {"name": "x", "id": "granny"}, 400, "bad_request"),
    ],
)
async def test_what_cannot_be_done_is_said(
    http: aiohttp.ClientSession, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    assert (await post(http, path, body, status))["error"] == code


async def test_a_form_of_another_site_is_not_taken(http: aiohttp.ClientSession) -> None:
    async with http.post("/_sim/reset", data={"a": "b"}) as response:
        assert response.status == 400


async def test_the_stream_resumes_where_it_broke(http: aiohttp.ClientSession, platform: Platform) -> None:
    start = (await get(http, "state"))["last_event_id"]
    await post(http, "people/granny/say", {"text": "one"})
    first = await events(http, 2, f"?after={start}")
    assert [(name, data.get("from")) for _, name, data in first] == [("bubble", "person"), ("person", None)]
    await post(http, "clock", {"advance_seconds": 3600})
    rest = await events(http, 3, headers={"Last-Event-ID": str(first[-1][0])})
    assert [name for _, name, _ in rest] == ["bubble", "exchange", "clock"]
    assert [number for number, _, _ in (*first, *rest)] == list(range(start + 1, start + 6))


async def test_a_stream_that_cannot_resume_begins_with_a_reset(http: aiohttp.ClientSession, platform: Platform) -> None:
    platform.faults.on("quota")
    [(number, name, _)] = await events(http, 1, headers={"Last-Event-ID": "9999999"})
    assert (number, name) == (platform.world.events.last, "reset")


async def test_a_new_stream_tells_what_comes(http: aiohttp.ClientSession, platform: Platform) -> None:
    listening = asyncio.create_task(events(http, 2))
    while not listening.done():
        await post(http, "faults", {"name": "slow", "on": True, "times": 2, "options": {"after": 0}})
    assert {name for _, name, _ in await listening} == {"fault"}
    assert listening.result()[0][2]["label"] == "慢"


async def test_a_failure_is_a_system_event(http: aiohttp.ClientSession, platform: Platform, echo: Echo) -> None:
    await echo.stop()
    await post(http, "people/granny/say", {"text": "x"})
    names = [name for _, name, _ in await events(http, 4, "?after=0")]
    assert names == ["bubble", "person", "system", "exchange"]


async def test_an_act_without_waiting_arrives_as_events(http: aiohttp.ClientSession, platform: Platform) -> None:
    assert await post(http, "people/courier/say", {"text": "柜门", "wait": False}, 202) == {"accepted": True}
    bubble = await platform.wait_for_bubble(platform.person("courier"), "柜门", timeout=5)
    assert bubble.text == "柜门"
    with pytest.raises(TimeoutError, match="the phone shows"):
        await platform.wait_for_bubble(platform.person("courier"), "别的", timeout=0.01)


async def test_clock_people_account_faults_and_reset(http: aiohttp.ClientSession, platform: Platform) -> None:
    assert (await post(http, "clock", {"advance_seconds": 48 * 3600}))["offset_seconds"] == 48 * 3600
    added = await post(http, "people", {"name": "租客", "following": False}, 201)
    assert (len(added["openid"]), added["following"]) == (28, False)
    assert (await post(http, "account", {"aes_key": "k" * 43, "mode": "compat"}))["mode"] == "compat"
    await post(http, "account", {"mode": "plain"})
    assert (await post(http, "verify", {}))["ok"] is True
    await post(http, "faults", {"name": "dead_token", "on": True})
    await post(http, "people/granny/say", {"text": "x"})
    await post(http, "reset", {})
    state = await get(http, "state")
    assert added["id"] not in [person["id"] for person in state["people"]]
    assert not any(fault["on"] for fault in state["faults"])
    assert state["clock"]["offset_seconds"] == 48 * 3600
    assert (await get(http, "people/granny/bubbles"))["bubbles"] == []


async def test_it_runs_as_a_process_of_its_own(echo: Echo) -> None:
    url = await echo.start()
    credentials = ("--token", TOKEN, "--app-id", APP_ID, "--app-secret", SECRET)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.simulator", "--port", "0", "--webhook", url, *credentials),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        base = (await process.stdout.readline()).decode().split()[0]
        async with aiohttp.ClientSession(base) as http:
            assert (await post(http, "verify", {}))["ok"] is True
    finally:
        process.terminate()
    assert await process.wait() == 0


def test_it_knows_nothing_of_the_product() -> None:
    for path in Path(bot.simulator.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            own = [name for name in names if name.split(".")[0] == "bot"]
            assert all(name.startswith("bot.simulator") for name in own), path
            assert not any(name.startswith("wechatpy") for name in names), path
