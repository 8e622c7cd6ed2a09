"""Notices on their way out, to the simulated platform over real HTTP: allowances, answers, mishaps, unknown ends."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels.official_account import NAME
from bot.channels.official_account.client import Answer, Send
from bot.channels.official_account.errcodes import Reaction, react, table
from bot.channels.official_account.menu import menu
from bot.conversation import Conversation
from bot.delivery import LOST_AFTER, MOST_TRIES, Delivery, next_midnight
from bot.desk import Desk
from bot.simulator.people import Person
from bot.store import Store, open_store, outbox, transaction
from tests.support.desks import Gated, Told, opened
from tests.support.line import NOON, Line, client_of, line, message

QUESTION = "居住证怎么办"
SEND = "/cgi-bin/message/custom/send"
Act = Callable[[Line, Person], Awaitable[None]]


@pytest.fixture
def file_store(tmp_path: Path, template: Path) -> Store:
    file = tmp_path / "town.db"
    file.write_bytes(template.read_bytes())
    return open_store(f"sqlite:///{file}")


@pytest.fixture
async def running(file_store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Line]:
    """A line on SQLite; the delivery moves when it is told to."""
    async with line(file_store, talk, tmp_path, seal=talk.seal) as started:
        yield started
    file_store.close()


@pytest.fixture
async def impatient(file_store: Store, talk: Conversation, tmp_path: Path) -> AsyncIterator[Line]:
    """A line whose client waits a quarter of a second; only what never answers may be called through it."""
    async with line(file_store, talk, tmp_path, seal=talk.seal, seconds=0.25) as started:
        yield started
    file_store.close()


async def test_a_notice_arrives_as_a_message(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    notice = running.put(granny, "您报修的楼道灯修好了")
    await running.send_all()
    assert running.shown(granny) == ["您报修的楼道灯修好了"]
    row = running.row(notice)
    assert (row.state, row.tries, row.reason) == ("sent", 1, "")
    assert row.sent_at == NOON


async def test_a_late_reply_arrives_as_a_message(file_store: Store, talk: Conversation, tmp_path: Path) -> None:
    gated = Gated(talk, QUESTION)
    async with line(file_store, gated, tmp_path, seal=talk.seal, reply_seconds=0.01) as running:
        granny = running.platform.person("granny")
        exchange = await running.platform.says(granny, QUESTION)
        assert exchange.raw_reply == "success"
        gated.gate.set()
        while not await running.delivery.send_due():
            pass
        [late] = running.shown(granny)
        assert "派出所" in late
        assert running.states() == {"sent": 1}
    file_store.close()


async def test_choices_of_a_late_reply_can_be_tapped(file_store: Store, talk: Conversation, tmp_path: Path) -> None:
    gated = Gated(talk, "你好")
    async with line(file_store, gated, tmp_path, seal=talk.seal, reply_seconds=0.01) as running:
        granny = running.platform.person("granny")
        await running.platform.says(granny, "你好")
        gated.gate.set()
        while not await running.delivery.send_due():
            pass
        [bubble] = [one for one in running.platform.bubbles(granny) if one.via.value == "customer"]
        assert bubble.sends()[0].text == QUESTION
    file_store.close()


async def test_a_person_reads_notices_in_their_order(running: Line) -> None:
    granny, parent = running.platform.person("granny"), running.platform.person("parent")
    for person in (granny, parent):
        await running.platform.says(person, QUESTION)
    for number in range(4):
        running.put(granny, f"婆婆{number}")
        running.put(parent, f"家长{number}")
        running.platform.clock.advance(1)
    await running.send_all()
    assert running.shown(granny) == [f"婆婆{number}" for number in range(4)]
    assert running.shown(parent) == [f"家长{number}" for number in range(4)]


async def test_five_may_follow_a_message_and_the_sixth_is_held_without_a_call(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    running.platform.clock.advance(47 * 3600)
    notices = [running.put(granny, f"第{number}条") for number in range(1, 7)]
    await running.send_all()
    assert running.shown(granny) == [f"第{number}条" for number in range(1, 6)]
    assert running.sends() == 5
    assert running.row(notices[5]).state == "held"


async def test_after_48_hours_nothing_is_tried(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    running.platform.clock.advance(48 * 3600)
    running.put(granny, "太晚了")
    await running.send_all()
    assert running.states() == {"held": 1}
    assert running.sends() == 0


async def follows(running: Line, person: Person) -> None:
    await running.platform.follow(person)


async def scans(running: Line, person: Person) -> None:
    scene = {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "cabinet-3"}}}
    made = await running.client.call("/cgi-bin/qrcode/create", scene)
    await running.platform.scan(person, ticket=made.body["ticket"])


async def clicks(running: Line, person: Person) -> None:
    await running.client.create_menu(menu())
    await running.platform.click(person, menu()["button"][0]["sub_button"][0]["key"])


async def taps(running: Line, person: Person) -> None:
    await running.platform.tap(person, QUESTION)


@pytest.mark.parametrize("act", [follows, scans, clicks, taps])
async def test_three_may_follow_a_tap_within_a_minute(running: Line, act: Act) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, "你好")
    running.platform.clock.advance(3 * 24 * 3600)
    await act(running, granny)
    running.platform.clock.advance(59)
    notices = [running.put(granny, f"第{number}条") for number in range(1, 5)]
    await running.send_all()
    assert [running.row(notice).state for notice in notices] == ["sent", "sent", "sent", "held"]
    assert running.sends() == 3


async def test_a_minute_after_a_tap_nothing_is_tried(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.follow(granny)
    running.platform.clock.advance(60)
    running.put(granny, "太晚了")
    await running.send_all()
    assert running.states() == {"held": 1}
    assert running.sends() == 0


async def test_an_event_that_opens_nothing_lets_nothing_out(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.event(granny, "VIEW", {"EventKey": "https://example.org"})
    running.put(granny, "不能发")
    await running.send_all()
    assert running.states() == {"held": 1}
    assert running.sends() == 0


async def test_what_was_held_is_handed_over_and_leaves_the_new_allowance_whole(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    running.platform.clock.advance(49 * 3600)
    for number in range(1, 4):
        running.put(granny, f"积压{number}")
    await running.send_all()
    exchange = await running.platform.says(granny, "社保卡在哪里办")
    assert all(f"积压{number}" in exchange.text for number in range(1, 4))
    again = await running.platform.says(granny, "社保卡在哪里办")
    assert "积压" not in again.text
    for number in range(1, 6):
        running.put(granny, f"新的{number}")
    await running.send_all()
    assert running.shown(granny) == [f"新的{number}" for number in range(1, 6)]


async def test_handing_over_cuts_nothing_off(running: Line) -> None:
    """What one reply does not hold goes out by itself, for the contact allows it again."""
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    running.platform.clock.advance(49 * 3600)
    for number in range(9):
        running.put(granny, f"积压{number}：" + "楼道灯修好了，" * 12)
        running.platform.clock.advance(1)
    await running.send_all()
    assert running.states() == {"held": 9}
    exchange = await running.platform.says(granny, "谢谢")
    assert "…" not in exchange.text
    assert running.states() == {"sent": exchange.text.count("积压"), "waiting": 9 - exchange.text.count("积压")}
    await running.send_all()
    read = "".join([exchange.text, *running.shown(granny)])
    assert [read.count(f"积压{number}：") for number in range(9)] == [1] * 9
    assert running.states() == {"sent": 9}


@pytest.mark.parametrize("code", [45015, 45047])
async def test_what_the_platform_does_not_allow_is_held(running: Line, code: int) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    running.put(granny, "等您下次说话")
    running.platform.faults.on("errcode", code=code, path=SEND, times=1)
    await running.send_all()
    assert running.states() == {"held": 1}
    assert "等您下次说话" in (await running.platform.says(granny, QUESTION)).text


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


async def test_a_dead_token_costs_one_refetch_and_one_retry(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    running.put(granny, "一")
    await running.send_all()
    running.platform.faults.on("dead_token", times=1)
    running.put(granny, "二")
    await running.send_all()
    assert running.shown(granny) == ["一", "二"]
    assert (running.sends(), running.token_calls()) == (3, 2)


async def test_tokens_refused_for_ever_cost_few_calls_and_no_notice(running: Line) -> None:
    people = [running.platform.add_person(f"住户{number}") for number in range(20)]
    for person in people:
        await running.platform.says(person, "谢谢")
        running.put(person, "有消息")
    running.platform.faults.on("dead_token")
    await running.send_all()
    assert running.states() == {"waiting": 20}
    assert running.token_calls() == 2
    for _ in range(6):
        running.platform.clock.advance(1800)
        await running.send_all()
    assert running.token_calls() <= 2 + 6
    running.platform.faults.off("dead_token")
    running.platform.clock.advance(7200)
    await running.send_all()
    assert running.states() == {"sent": 20}


async def test_a_token_that_ran_out_is_replaced_before_it_is_used(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    running.put(granny, "一")
    await running.send_all()
    running.platform.clock.advance(7200)
    running.put(granny, "二")
    await running.send_all()
    assert (running.sends(), running.token_calls()) == (2, 2)
    assert running.shown(granny) == ["一", "二"]


async def test_twenty_at_once_fetch_one_token(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    running.platform.faults.on("api_slow", seconds=0.05)
    answers = await asyncio.gather(*(running.client.send_text(granny.openid, f"{number}") for number in range(20)))
    assert running.token_calls() == 1
    assert sum(answer.ok for answer in answers) == 5


async def test_a_token_is_kept_sealed_and_shared_by_the_next_process(running: Line, talk: Conversation) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    await running.client.send_text(granny.openid, "一")
    other = client_of(running.platform.api_base, running.desk, talk.seal, running.platform.clock)
    await other.open()
    assert (await other.send_text(granny.openid, "二")).ok
    await other.close()
    assert running.token_calls() == 1


async def test_a_wrong_secret_keeps_the_notice_and_says_so(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    notice = running.put(granny, "有消息")
    running.platform.faults.on("errcode", code=40125, path="/cgi-bin/stable_token")
    await running.send_all()
    row = running.row(notice)
    assert row.state == "waiting"
    assert "40125" in row.reason
    assert running.sends() == 0


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
    await impatient.delivery.sweep()
    assert await impatient.delivery.send_due() == 0
    assert impatient.row(notice).state == "unsure"


async def test_an_unsure_one_counts_against_the_allowance(impatient: Line) -> None:
    granny = impatient.platform.person("granny")
    await impatient.platform.says(granny, QUESTION)
    while not (await impatient.client.send_text(granny.openid, "有口令了")).ok:
        pass
    impatient.put(granny, "也许到了")
    impatient.platform.faults.on("api_down", how="close", times=1)
    await impatient.delivery.send_due()
    more = [impatient.put(granny, f"{number}") for number in range(5)]
    asked: list[str] = []

    async def said(_openid: str, text: str) -> Answer:
        asked.append(text)
        return Answer(react(0), {})

    delivery = _delivery(impatient, said)
    while await delivery.send_due():
        pass
    assert asked == ["0", "1", "2", "3"]
    assert impatient.row(more[4]).state == "held"


def _delivery(running: Line, send: Send) -> Delivery:
    return Delivery(
        channel=NAME,
        desk=running.desk,
        seal=running.seal,
        send=send,
        now=running.platform.clock.now,
    )


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


async def test_a_stuck_platform_never_slows_an_answer(running: Line) -> None:
    """While eight sends hang, every question is answered; nobody waits for the platform."""
    people = [running.platform.add_person(f"住户{number}") for number in range(8)]
    for person in people:
        await running.platform.says(person, "谢谢")
        running.put(person, "卡住了")
    stuck, hanging = asyncio.Event(), 0

    async def hang(_openid: str, _text: str) -> Answer:
        nonlocal hanging
        hanging += 1
        await stuck.wait()
        return Answer(react(0), {})

    delivery = _delivery(running, hang)
    sending = asyncio.create_task(delivery.send_due())
    exchanges = [await running.platform.says(person, QUESTION) for person in people]
    assert all("派出所" in exchange.text for exchange in exchanges)
    assert hanging == 8
    assert not sending.done()
    stuck.set()
    assert await sending == 8


async def test_no_more_is_claimed_than_can_be_on_its_way(running: Line) -> None:
    """After a crash what was claimed is unsure for good, so it must not be more than was really being sent."""
    people = [running.platform.add_person(f"住户{number}") for number in range(30)]
    for person in people:
        await running.platform.says(person, "谢谢")
        running.put(person, "有消息")
    begun = asyncio.Semaphore(0)

    async def hang(_openid: str, _text: str) -> Answer:
        begun.release()
        await asyncio.Event().wait()
        raise AssertionError

    sending = asyncio.create_task(_delivery(running, hang).send_due())
    for _ in range(8):
        await begun.acquire()
    assert running.states() == {"sending": 8, "waiting": 22}
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)


async def test_stopping_waits_for_what_is_on_its_way_and_puts_the_rest_back(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    notices = [running.put(granny, f"{number}") for number in range(4)]
    on_its_way, answer = asyncio.Event(), asyncio.Event()

    async def slow(_openid: str, _text: str) -> Answer:
        on_its_way.set()
        await answer.wait()
        return Answer(react(0), {})

    delivery = _delivery(running, slow)
    work = asyncio.create_task(delivery.run())
    await on_its_way.wait()
    delivery.stop()
    answer.set()
    await work
    rows = [running.row(notice) for notice in notices]
    assert [row.state for row in rows] == ["sent", "waiting", "waiting", "waiting"]
    assert [row.tries for row in rows] == [1, 0, 0, 0]


async def test_a_sender_that_died_half_way_leaves_an_unsure_notice(running: Line) -> None:
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    notice = running.put(granny, "也许到了")

    async def die(_openid: str, _text: str) -> Answer:
        raise ConnectionAbortedError("the process is gone")

    with pytest.raises(ConnectionAbortedError):
        await _delivery(running, die).send_due()
    assert running.row(notice).state == "sending"
    assert await running.delivery.sweep() == 0
    running.platform.clock.advance(LOST_AFTER.total_seconds() + 1)
    assert await running.delivery.sweep() == 1
    row = running.row(notice)
    assert (row.state, row.reason) == ("unsure", "the sender stopped half-way")
    await running.send_all()
    assert running.shown(granny) == []


async def test_a_notice_without_words_does_not_stop_the_others(running: Line) -> None:
    """One kind of another version, one sealed with another key: both fail, the rest goes out."""
    granny = running.platform.person("granny")
    await running.platform.says(granny, QUESTION)
    unknown = running.put(granny, "谁知道", kind="of-a-later-version")
    broken = running.put(granny, "读不出")
    with transaction(running.store) as session:
        row = session.get(outbox.Outbox, broken)
        assert row is not None
        row.facts = b"\0" * 64
    running.put(granny, "照常")
    await running.send_all()
    assert running.shown(granny) == ["照常"]
    assert [running.row(notice).state for notice in (unknown, broken)] == ["failed", "failed"]


async def test_two_senders_never_send_one_row_twice(store: Store, database_url: str, talk: Conversation) -> None:
    """Two processes, each with a desk and a delivery, on one database."""
    told, sent, twin = Told(), [], open_store(database_url)
    lock = threading.Lock()

    async def send(_openid: str, text: str) -> Answer:
        with lock:
            sent.append(text)
        await asyncio.sleep(0)
        return Answer(react(0), {})

    def filled(desk: Desk) -> None:
        asked = [desk.ask_late(message(f"r{number}", QUESTION, f"m{number}")) for number in range(60)]
        told.wait(asked)

    with opened(store, talk, told) as desk, opened(twin, talk, told) as other:
        await asyncio.to_thread(filled, desk)
        both = [
            Delivery(channel=NAME, desk=one, seal=talk.seal, send=send, now=lambda: NOON + timedelta(minutes=1))
            for one in (desk, other)
        ]

        async def drain(delivery: Delivery) -> None:
            while await delivery.send_due():
                pass

        await asyncio.gather(*map(drain, both))
        while await both[0].send_due():
            pass
    twin.close()
    assert len(sent) == 60
    with transaction(store) as session:
        assert outbox.by_state(session) == {"sent": 60}


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
