"""What the platform says, or does not say, and what becomes of a notice then: errcodes and unknown ends."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels.official_account.client import Send
from bot.channels.official_account.errcodes import Reaction, react, table
from bot.conversation import Conversation
from bot.delivery import MOST_TRIES, Delivery, next_midnight
from bot.delivery.letters import Letter
from bot.store import Store
from tests.support.line import NOON, Line, client_of, line, residents

QUESTION = "居住证怎么办"


SEND = "/cgi-bin/message/custom/send"


@pytest.mark.parametrize("code", sorted(code for code in table() if code != 0))
async def test_every_errcode_leads_to_its_state(running: Line, code: int) -> None:
    """What errcodes.toml says of each is what becomes of a notice."""
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    notice = running.put(granny, "有消息")
    running.platform.faults.on("errcode", code=code, path=SEND)
    await running.send_all()
    row, reaction = running.row(notice), react(code).reaction
    states = {Reaction.DONE: "sent", Reaction.HOLD: "held", Reaction.GONE: "failed", Reaction.BUG: "failed"}
    assert row.state == states.get(reaction, "waiting")
    assert row.tries == 1
    assert (str(code) in row.reason) is (row.state != "sent")
    pauses = {
        Reaction.RETRY: timedelta(seconds=5),
        Reaction.MINUTE: timedelta(minutes=1),
        Reaction.MIDNIGHT: next_midnight(NOON) - NOON,
        Reaction.ALERT: timedelta(minutes=5),
        Reaction.REFRESH: timedelta(minutes=5),
    }
    if row.state == "waiting":
        assert row.due_at - NOON == pauses[reaction]
        running.platform.faults.off("errcode")
        running.platform.clock.advance(pauses[reaction].total_seconds())
        await running.send_all()
        assert running.shown(granny) == ["有消息"]


async def test_a_code_nobody_knows_is_tried_again_and_in_the_end_held(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    notice = running.put(granny, "有消息")
    running.platform.faults.on("errcode", code=99999, path=SEND)
    for _ in range(MOST_TRIES + 5):
        await running.send_all()
        running.platform.clock.advance(2 * 3600)
        await running.platform.says(granny, "谢谢") if running.row(notice).state == "waiting" else None
    row = running.row(notice)
    assert (row.state, row.tries) == ("held", MOST_TRIES)


async def test_who_unfollows_is_told_nothing_more(running: Line) -> None:
    granny, parent = running.platform.person("granny"), running.platform.person("parent")
    for person in (granny, parent):
        await running.platform.says(person, QUESTION)
    notice = running.put(parent, "您的预约改期了")
    parent.following = False  # and the event that would tell us is lost
    running.platform.faults.on("errcode", code=43004, path=SEND, times=1)
    await running.send_all()
    assert running.row(notice).state == "failed"
    second = running.put(parent, "又一条")
    await running.send_all()
    assert running.row(second).state == "failed"
    assert "follow" in running.row(second).reason
    assert running.sends() == 1


async def test_bodies_hold_plain_characters(running: Line) -> None:
    """`\\u` escapes are answered with 40033 by the platform, or shown as they are."""
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    running.put(granny, "楼道灯修好了 😀 “谢谢”")
    await running.send_all()
    assert running.shown(granny) == ["楼道灯修好了 😀 “谢谢”"]


async def test_a_slow_platform_is_waited_for(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    running.put(granny, "慢慢来")
    running.platform.faults.on("api_slow", seconds=0.1)
    await running.send_all()
    assert running.states() == {"sent": 1}


async def test_a_platform_that_passes_nothing_on_is_tried_again(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    notice = running.put(granny, "一")
    await running.client.send_text(granny.openid, "有口令了")
    running.platform.faults.on("api_down", how="503")
    await running.send_all()
    assert running.row(notice).state == "waiting"
    assert "503" in running.row(notice).reason
    running.platform.faults.off("api_down")
    running.platform.clock.advance(5)
    await running.send_all()
    assert running.states() == {"sent": 1}


async def test_no_token_for_want_of_an_answer_keeps_the_notice(impatient: Line) -> None:
    """The message itself was never sent, so there is nothing unknown about it."""
    granny = impatient.platform.person("granny")
    await impatient.platform.says(granny, QUESTION)
    notice = impatient.put(granny, "一")
    impatient.platform.faults.on("api_down", how="hang")
    await impatient.delivery.send_due()
    assert impatient.row(notice).state == "waiting"


@pytest.mark.parametrize("how", ["close", "hang"])
async def test_an_unknown_end_is_never_sent_twice(impatient: Line, how: str) -> None:
    granny = impatient.platform.person("granny")
    await impatient.platform.says(granny, QUESTION)
    while not (await impatient.client.send_text(granny.openid, "有口令了")).ok:
        pass
    notice = impatient.put(granny, "也许到了")
    impatient.platform.faults.on("api_down", how=how)
    await impatient.delivery.send_due()
    row = impatient.row(notice)
    assert (row.state, row.tries) == ("unsure", 1)
    impatient.platform.faults.clear()
    impatient.platform.clock.advance(3600)
    impatient.sweep()
    assert await impatient.delivery.send_due() == 0
    assert impatient.row(notice).state == "unsure"


def _delivery(running: Line, send: Send) -> Delivery[Letter]:
    return Delivery(residents(running.seal, send), desk=running.desk, now=running.platform.clock.now)


async def test_a_platform_that_cannot_be_reached_is_tried_again(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    running.put(granny, "一")
    await running.send_all()
    notice = running.put(granny, "二")
    await running.platform.stop()
    await running.send_all()
    row = running.row(notice)
    assert (row.state, row.due_at - NOON) == ("waiting", timedelta(seconds=5))


async def test_a_host_that_does_not_take_the_connection_is_tried_again(
    file_store: Store, talk: Conversation, tmp_path: Path
) -> None:
    """The connection itself times out: nothing was sent, so nothing is unsure."""
    async with line(file_store, talk, tmp_path, seal=talk.seal) as running:
        granny = running.platform.person("granny")
        await running.platform.says(granny, QUESTION)
        await running.client.send_text(granny.openid, "有口令了")
        notice = running.put(granny, "一")
        with full_backlog() as address:
            client = client_of(address, running.desk, talk.seal, running.platform.clock, seconds=0.4)
            await client.open()
            delivery = _delivery(running, client.send_text)
            await delivery.send_due()
            await client.close()
        assert running.row(notice).state == "waiting"
    file_store.close()


class full_backlog:
    """A listening socket nobody accepts from, its queue full: further connections hang."""

    def __enter__(self) -> str:
        self._listening = socket.socket()
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen(0)
        self._queued = []
        for _ in range(4):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(self._listening.getsockname())
            self._queued.append(one)
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def __exit__(self, *_error: object) -> None:
        for one in (*self._queued, self._listening):
            one.close()


@pytest.mark.parametrize("body", ["<html>网关错误</html>", "[]", '{"errcode": "40001"}', ""])
async def test_an_answer_that_is_not_the_platforms_is_an_unknown_end(running: Line, body: str) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    await running.client.send_text(granny.openid, "有口令了")
    notice = running.put(granny, "一")
    async with answering(body) as address:
        client = client_of(address, running.desk, running.seal, running.platform.clock)
        await client.open()
        await _delivery(running, client.send_text).send_due()
        await client.close()
    assert running.row(notice).state == "unsure"


@asynccontextmanager
async def answering(body: str) -> AsyncIterator[str]:
    """A server that says the same to everything."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=body)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        ("2026-11-23T04:00:00+00:00", "2026-11-24T00:01:00+08:00"),
        ("2026-11-23T15:59:59+00:00", "2026-11-24T00:01:00+08:00"),
        ("2026-11-23T16:00:00+00:00", "2026-11-25T00:01:00+08:00"),
        ("2026-12-31T23:59:00+08:00", "2027-01-01T00:01:00+08:00"),
    ],
)
def test_quotas_begin_anew_at_midnight_in_china(now: str, midnight: str) -> None:
    assert next_midnight(datetime.fromisoformat(now)) == datetime.fromisoformat(midnight)


def test_a_code_nobody_knows_is_not_known_to_be_final() -> None:
    assert react(12345).reaction is Reaction.RETRY
