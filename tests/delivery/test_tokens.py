"""The access token: one for all, fetched once, replaced when it is dead, and never asked for without end."""

from __future__ import annotations

import asyncio

from bot.conversation import Conversation
from tests.support.line import Line, client_of

QUESTION = "居住证怎么办"


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
