"""How many notices may follow which contact, and what becomes of those that may not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.channels.official_account.client import Answer, Send
from bot.channels.official_account.errcodes import react
from bot.channels.official_account.menu import menu
from bot.delivery import Delivery
from bot.delivery.letters import Letter
from bot.simulator.people import Person
from tests.support.line import Line, residents

QUESTION = "居住证怎么办"


SEND = "/cgi-bin/message/custom/send"


Act = Callable[[Line, Person], Awaitable[None]]


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


def _delivery(running: Line, send: Send) -> Delivery[Letter]:
    return Delivery(residents(running.seal, send), desk=running.desk, now=running.platform.clock.now)
