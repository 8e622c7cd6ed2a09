"""What the sandbox page does with a simulated cabinet: the control API and its stream of events."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.demo import start_platform
from tests.support.cabinets import Estate, until
from tests.support.served import Line


async def test_the_page_stands_before_a_cabinet(estate: Estate, server: Line) -> None:
    keys = estate.add("T0001")
    code = estate.parcel("T0001", 2)
    async with await start_platform(f"{server.base}/wechat") as platform:
        cabinet = platform.park.add(keys, doors=6, url=server.base, name="T")
        seen: list[dict[str, Any]] = []
        stream = asyncio.create_task(_watch(f"{platform.api_base}/_sim/events", seen))
        root = f"{platform.api_base}/_sim/cabinets"
        await until(lambda: cabinet.connected and not cabinet.memory.queue)
        assert [one["serial"] for one in (await _get(server, root))["cabinets"]] == ["T0001"]
        assert (await _post(server, f"{root}/T0001/keypad", {"code": code}))["display"] == "checking"
        await until(lambda: cabinet.doors[2].open)
        assert not (await _post(server, f"{root}/T0001/doors/2", {"do": "take"}))["doors"][1]["occupied"]
        assert not (await _post(server, f"{root}/T0001/doors/2", {"do": "shut"}))["doors"][1]["open"]
        await until(lambda: estate.commands("T0001") == ["closed"])
        await _post(server, f"{root}/T0001/mishaps", {"name": "offline"})
        off = await _post(server, f"{root}/T0001/power", {"on": False})
        assert (off["mishaps"], off["display"], off["connected"]) == (["offline"], "dark", False)
        assert (await _post(server, f"{root}/T0001/power", {"on": True}))["display"] == "idle"
        await until(lambda: any(one["doors"][1]["open"] for one in seen))
        stream.cancel()


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("T0009/keypad", {"code": "123456"}, 404, "unknown_cabinet"),
        ("T0001/keypad", {"code": "12ab"}, 409, "bad_code"),
        ("T0001/keypad", {}, 400, "bad_request"),
        ("T0001/doors/9", {"do": "shut"}, 409, "no_such_door"),
        ("T0001/doors/x", {"do": "shut"}, 400, "bad_request"),
        ("T0001/doors/1", {"do": "dance"}, 400, "bad_request"),
        ("T0001/doors/1", {"do": "put"}, 409, "door_shut"),
        ("T0001/mishaps", {"name": "rain"}, 400, "bad_request"),
    ],
)
async def test_what_cannot_be_done_is_said(
    estate: Estate, server: Line, path: str, body: dict[str, Any], status: int, error: str
) -> None:
    async with await start_platform(f"{server.base}/wechat") as platform:
        platform.park.add(estate.add("T0001"), doors=6, url=server.base)
        async with server.session.post(f"{platform.api_base}/_sim/cabinets/{path}", json=body) as answer:
            assert (answer.status, (await answer.json())["error"]) == (status, error)


async def _get(line: Line, url: str) -> dict[str, Any]:
    async with line.session.get(url) as answer:
        assert answer.status == 200
        return dict(await answer.json())


async def _post(line: Line, url: str, body: dict[str, Any]) -> dict[str, Any]:
    async with line.session.post(url, json=body) as answer:
        assert answer.status == 200, await answer.text()
        return dict(await answer.json())


async def _watch(url: str, seen: list[dict[str, Any]]) -> None:
    """Gather what the stream says of cabinets."""
    name = ""
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        async for line in response.content:
            field, _, value = line.decode().strip().partition(": ")
            name = value if field == "event" else name
            if field == "data" and name == "cabinet":
                seen.append(json.loads(value))
