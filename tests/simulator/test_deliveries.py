"""Deliveries of a push: again, at last in vain, or shown."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from bot.simulator import Limits, Outcome, Platform, Sender, Via, wire
from bot.simulator.echo import Echo, Heard
from tests.simulator.client import APP_ID, GREY_LINE, OTHER_KEY, TOKEN


async def test_late_answers_are_delivered_three_times_and_then_fail(platform: Platform, echo: Echo) -> None:
    async def late(heard: Heard) -> str:
        await asyncio.sleep(1)
        return "success"

    echo.script = late
    platform.world.limits = Limits(seconds=0.02)
    granny = platform.person("granny")
    exchange = await platform.says(granny, "在不在")
    assert [attempt.outcome for attempt in exchange.attempts] == [Outcome.TIMEOUT] * 3
    assert len({heard["MsgId"] for heard in echo.heard}) == 1
    assert len({heard.query["nonce"] for heard in echo.heard}) == 3
    last = platform.bubbles(granny)[-1]
    assert (last.sender, last.text) == (Sender.SYSTEM, GREY_LINE)


async def test_the_second_delivery_may_still_answer(platform: Platform, echo: Echo) -> None:
    async def at_second_try(heard: Heard) -> str | web.Response:
        return web.Response(status=500) if len(echo.heard) == 1 else echo.text(heard, "来了")

    echo.script = at_second_try
    exchange = await platform.says(platform.person("granny"), "在不在")
    assert [attempt.outcome for attempt in exchange.attempts] == [Outcome.HTTP_ERROR, Outcome.REPLIED]
    assert exchange.text == "来了"


@pytest.mark.parametrize(("body", "outcome"), [(b"success", Outcome.SUCCESS), (b"", Outcome.EMPTY)])
async def test_success_and_nothing_end_it_quietly(
    platform: Platform, echo: Echo, body: bytes, outcome: Outcome
) -> None:
    async def quiet(_: Heard) -> bytes:
        return body

    echo.script = quiet
    granny = platform.person("granny")
    exchange = await platform.says(granny, "嗯")
    assert (exchange.outcome, len(exchange.attempts), len(platform.bubbles(granny))) == (outcome, 1, 1)


def bad_answers(echo: Echo, heard: Heard) -> dict[str, tuple[str | bytes, Outcome]]:
    good = echo.text(heard, "好")
    short_key = Echo(TOKEN, APP_ID, OTHER_KEY).text(heard, "好")
    to_other: dict[str, wire.XmlValue] = {"ToUserName": "o-else", "FromUserName": heard["ToUserName"], "CreateTime": 1}
    return {
        "json": (b'{"reply": "x"}', Outcome.MALFORMED),
        "clear": ("<xml><ToUserName>x</ToUserName></xml>", Outcome.MALFORMED),
        "cut": (good[:-9], Outcome.MALFORMED),
        "bomb": ('<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>', Outcome.MALFORMED),
        "latin": ("<xml>é</xml>".encode("latin-1"), Outcome.MALFORMED),
        "signature": (good.replace("<MsgSignature><![CDATA[", "<MsgSignature><![CDATA[0"), Outcome.BAD_SIGNATURE),
        "key": (short_key, Outcome.UNDECRYPTABLE),
        "address": (echo.sealed(wire.write({**to_other, "MsgType": "text", "Content": "x"})), Outcome.WRONG_ADDRESS),
        "empty": (echo.text(heard, ""), Outcome.MALFORMED),
        "long": (echo.text(heard, "好" * 683), Outcome.TOO_LONG),
        "kind": (echo.reply(heard, {"MsgType": "hologram"}), Outcome.MALFORMED),
        "count": (echo.reply(heard, {"MsgType": "news", "ArticleCount": 2, "Articles": {}}), Outcome.MALFORMED),
    }


@pytest.mark.parametrize(
    "which",
    ["json", "clear", "cut", "bomb", "latin", "signature", "key", "address", "empty", "long", "kind", "count"],
)
async def test_a_bad_answer_shows_the_grey_line_at_once(platform: Platform, echo: Echo, which: str) -> None:
    expected: list[Outcome] = []

    async def bad(heard: Heard) -> str | bytes:
        body, outcome = bad_answers(echo, heard)[which]
        expected.append(outcome)
        return body

    echo.script = bad
    granny = platform.person("granny")
    exchange = await platform.says(granny, "在不在")
    assert [attempt.outcome for attempt in exchange.attempts] == expected
    assert platform.bubbles(granny)[-1].text == GREY_LINE


async def test_other_kinds_of_reply(platform: Platform, echo: Echo) -> None:
    articles = {
        "item": [{"Title": f"第{n}课", "Description": "", "PicUrl": "", "Url": "https://e.org"} for n in (1, 2)]
    }
    replies: dict[str, dict[str, object]] = {
        "text": {"MsgType": "news", "ArticleCount": 2, "Articles": articles},
        "event": {"MsgType": "news", "ArticleCount": 2, "Articles": articles},
        "image": {"MsgType": "image", "Image": {"MediaId": "m1"}},
        "location": {"MsgType": "transfer_customer_service"},
    }

    async def answer(heard: Heard) -> str:
        return echo.reply(heard, replies[heard["MsgType"]])  # type: ignore[arg-type] # test data as plain dicts

    echo.script = answer
    granny = platform.person("granny")
    await platform.says(granny, "课程")
    await platform.scan(granny, "lesson")
    await platform.picture(granny)
    handed_over = await platform.location(granny, 30.6, 104.1)
    shown = [bubble for bubble in platform.bubbles(granny) if bubble.via is Via.PASSIVE]
    assert [bubble.kind for bubble in shown] == ["news", "news", "image"]
    assert [len(list(bubble.detail["articles"])) for bubble in shown[:2]] == [1, 2]  # type: ignore[arg-type] # a list
    assert (handed_over.reply_kind, handed_over.bubbles) == ("transfer_customer_service", ())


async def test_nobody_at_the_webhook(platform: Platform, echo: Echo) -> None:
    await echo.stop()
    exchange = await platform.says(platform.person("granny"), "在不在")
    assert [attempt.outcome for attempt in exchange.attempts] == [Outcome.UNREACHABLE] * 3


async def test_a_nonce_may_be_used_again(platform: Platform, echo: Echo) -> None:
    platform.world.limits = Limits(same_nonce=True)
    await echo.stop()
    exchange = await platform.says(platform.person("granny"), "在不在")
    assert len({attempt.query["nonce"] for attempt in exchange.attempts}) == 1
    assert len({attempt.sent_xml for attempt in exchange.attempts}) == 3
