"""Mishaps on the way to the webhook and on the API side."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.simulator import Faults, Limits, Outcome, Platform, Refused
from bot.simulator.echo import Echo
from tests.simulator.client import Api
from tests.simulator.conftest import NOON


async def test_a_lost_reply_is_delivered_again(platform: Platform, echo: Echo) -> None:
    platform.world.limits = Limits(seconds=0.3)
    platform.faults.on("drop", what="reply", times=1)
    exchange = await platform.says(platform.person("granny"), "交物业费")
    assert [attempt.outcome for attempt in exchange.attempts] == [Outcome.TIMEOUT, Outcome.REPLIED]
    assert len(echo.heard) == 2
    assert not platform.faults["drop"].on


async def test_a_lost_request_is_never_heard(platform: Platform, echo: Echo) -> None:
    platform.world.limits = Limits(seconds=0.3)
    platform.faults.on("drop", what="request", times=1)
    exchange = await platform.says(platform.person("granny"), "交物业费")
    assert (len(exchange.attempts), len(echo.heard)) == (2, 1)


async def test_a_slow_way_still_arrives_and_a_slower_one_does_not(platform: Platform, echo: Echo) -> None:
    platform.world.limits = Limits(seconds=0.3)
    granny = platform.person("granny")
    platform.faults.on("slow", before=0.01, after=0.01)
    assert (await platform.says(granny, "慢")).outcome is Outcome.REPLIED
    platform.faults.on("slow", before=0.0, after=5.0, times=1)
    assert [one.outcome.value for one in (await platform.says(granny, "更慢")).attempts] == [
        "timeout",
        "replied",
    ]


async def test_the_same_message_several_times_at_once(platform: Platform, echo: Echo) -> None:
    platform.faults.on("resend", copies=20, times=1)
    exchange = await platform.says(platform.person("granny"), "一条")
    assert len(exchange.attempts) == len(echo.heard) == 20
    assert len({heard["MsgId"] for heard in echo.heard}) == 1
    assert len(exchange.bubbles) == 1


@pytest.mark.parametrize(("fault", "status"), [("junk", 400), ("bad_signature", 403)])
async def test_what_a_webhook_must_refuse(platform: Platform, echo: Echo, fault: str, status: int) -> None:
    platform.faults.on(fault)
    exchange = await platform.says(platform.person("granny"), "在不在")
    assert {attempt.status for attempt in exchange.attempts} == {status}
    assert echo.heard == []


async def test_a_stale_timestamp_is_properly_signed(platform: Platform, echo: Echo) -> None:
    platform.faults.on("stale", seconds=7200)
    exchange = await platform.says(platform.person("granny"), "在不在")
    assert exchange.outcome is Outcome.REPLIED
    assert int(exchange.query["timestamp"]) == int(NOON.timestamp()) - 7200


async def test_different_people_may_share_a_message_id(platform: Platform, echo: Echo) -> None:
    platform.faults.on("same_ids")
    granny, parent = platform.person("granny"), platform.person("parent")
    one, two = await asyncio.gather(platform.says(granny, "一"), platform.says(parent, "二"))
    three = await platform.says(granny, "三")
    assert one.msg_id == two.msg_id != three.msg_id


def test_a_fault_nobody_knows_is_refused() -> None:
    faults = Faults()
    with pytest.raises(Refused):
        faults.on("earthquake")
    with pytest.raises(Refused):
        faults.on("slow", sideways=1)
    with pytest.raises(Refused):
        faults.on("drop", what="everything")


@pytest.mark.parametrize(
    ("fault", "options", "code"),
    [("dead_token", {}, 40001), ("quota", {}, 45009), ("errcode", {"code": -1, "path": "/cgi-bin/message"}, -1)],
)
async def test_mishaps_of_the_api(
    platform: Platform, api: Api, fault: str, options: dict[str, int | str], code: int
) -> None:
    granny = platform.person("granny")
    await platform.says(granny, "在吗")
    platform.faults.on(fault, times=2, **options)
    assert [await api.text(granny.openid) for _ in range(3)] == [code, code, 0]


async def test_the_api_down_and_slow(platform: Platform, api: Api) -> None:
    url = f"{api.base}/cgi-bin/getcallbackip?access_token={api.token}"
    platform.faults.on("api_down", how="close", times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await api.post("/cgi-bin/clear_quota", {})
    platform.faults.on("api_down", how="503", times=1)
    async with api.session.get(url) as response:
        assert response.status == 503
    platform.faults.on("api_down", how="hang", times=1)
    with pytest.raises(TimeoutError):
        await api.session.get(url, timeout=aiohttp.ClientTimeout(total=0.05))
    granny = platform.person("granny")
    await platform.says(granny, "你好")
    platform.faults.on("api_down", how="lost", times=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await api.text(granny.openid, "到了，只是没有回音")
    assert "到了，只是没有回音" in [bubble.text for bubble in platform.bubbles(granny)]
    platform.faults.on("api_slow", seconds=0.01, times=1)
    assert "ip_list" in await api.get("/cgi-bin/getcallbackip")
