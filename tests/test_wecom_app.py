"""The staff app's wire format: what WeCom signs and encrypts is read, what is not from it is refused, cards fit."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels import Rejected
from bot.channels.answer import Reaction
from bot.channels.errcodes import codes
from bot.channels.wecom_app import NAME, NOTHING, Delivery, StaffApp, cards
from bot.channels.wecom_app.client import PACKAGE
from bot.channels.wecom_app.outgoing import chat_text
from bot.messages import SILENCE, Kind, Reply
from bot.simulator import crypto, wire
from bot.simulator.jsons import Body
from bot.simulator.wecom import cards as platform_cards
from tests.conftest import ROOT

TOKEN, CORP, AGENT, KEY = "stafftoken", "ww5a5a5a5a5a5a5a5a", "1000002", "abcdefghij" * 4 + "klm"
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SENT = int(NOW.timestamp())
TASK = "T261123-0001-0123456789abcdef-1"
FACTS: dict[str, object] = {
    "number": "T261123-0001",
    "trouble": "noise",
    "urgency": "danger",
    "state": "assigned",
    "holder": "第3网格网格员",
    "compound": "示例新村",
    "building": "1",
    "excerpt": "楼上半夜吵得睡不着，" * 9,
    "due": "2026-11-23T17:00:00+08:00",
    "at": "2026-11-23T12:00:00+08:00",
    "news": "given",
    "note": "",
}


@pytest.fixture
def app() -> StaffApp:
    return StaffApp(token=TOKEN, corp_id=CORP, agent_id=AGENT, aes_key=KEY)


def pushed(
    fields: dict[str, Any], *, corp: str = CORP, at: int = SENT, token: str = TOKEN
) -> tuple[bytes, dict[str, str]]:
    """A push as WeCom makes it: body and query."""
    clear = wire.write({"ToUserName": corp, "FromUserName": "worker3", "CreateTime": SENT, "AgentID": AGENT, **fields})
    cipher = crypto.encrypt(clear, KEY, corp)
    body = wire.write({"ToUserName": corp, "AgentID": AGENT, "Encrypt": cipher})
    return body.encode(), signed(cipher, at=at, token=token)


def signed(cipher: str, *, at: int = SENT, token: str = TOKEN) -> dict[str, str]:
    signature = crypto.signature(token, str(at), "nonce", cipher)
    return {"msg_signature": signature, "timestamp": str(at), "nonce": "nonce"}


def read(app: StaffApp, **fields: Any) -> Delivery:
    body, query = pushed(fields)
    return app.read(body, query, NOW)


def tapped(key: str = "take", task: str = TASK, code: str = "code") -> dict[str, str]:
    return {
        "MsgType": "event",
        "Event": "template_card_event",
        "EventKey": key,
        "TaskId": task,
        "CardType": "button_interaction",
        "ResponseCode": code,
    }


def test_the_echo_comes_back_in_clear(app: StaffApp) -> None:
    cipher = crypto.encrypt("1616140317555161061", KEY, CORP)
    assert app.verify({**signed(cipher), "echostr": cipher}, NOW) == "1616140317555161061"


def test_a_text_is_read(app: StaffApp) -> None:
    message = read(app, MsgType="text", Content="我的工单", MsgId=7).message
    assert (message.channel, message.sender, message.kind) == (NAME, "worker3", Kind.TEXT)
    assert (message.text, message.key, message.sent_at) == ("我的工单", f"m7-{SENT}", NOW)


def test_a_tap_is_read(app: StaffApp) -> None:
    delivery = read(app, **tapped())
    message = delivery.message
    assert delivery.later
    assert (message.kind, message.event, message.event_key) == (Kind.EVENT, "template_card_event", "take")
    assert (message.facts["TaskId"], message.facts["ResponseCode"]) == (TASK, "code")


def test_a_tapped_choice_is_a_text(app: StaffApp) -> None:
    message = read(app, **tapped("第1网格网格员", f"Q-{TASK}")).message
    assert (message.kind, message.text, message.event) == (Kind.TEXT, "第1网格网格员", "")


def test_taps_are_told_apart_and_repeats_are_not(app: StaffApp) -> None:
    first, again = read(app, **tapped()), read(app, **tapped())
    other, later = read(app, **tapped("solve")), read(app, **tapped(code="another"))
    assert first.message.key == again.message.key
    assert len({first.message.key, other.message.key, later.message.key}) == 3


def test_entering_is_read(app: StaffApp) -> None:
    assert read(app, MsgType="event", Event="enter_agent", EventKey="").message.event == "enter_agent"


@pytest.mark.parametrize(("kind", "expected"), [("image", Kind.PICTURE), ("voice", Kind.VOICE), ("odd", Kind.UNKNOWN)])
def test_other_kinds_are_read(app: StaffApp, kind: str, expected: Kind) -> None:
    assert read(app, MsgType=kind, MsgId=7).message.kind is expected


@pytest.mark.parametrize(
    "fields",
    [
        {"MsgType": "text", "Content": "x", "MsgId": "none"},
        {"MsgType": "text", "Content": "x", "MsgId": 7, "CreateTime": "soon"},
        {"MsgType": "", "MsgId": 7},
        {"MsgType": "event"},
        {"MsgType": "text", "MsgId": 7, "FromUserName": "x" * 65},
    ],
)
def test_what_is_malformed_is_refused(app: StaffApp, fields: dict[str, Any]) -> None:
    with pytest.raises(Rejected) as refused:
        read(app, **fields)
    assert refused.value.status == 400


def test_what_is_not_from_wecom_is_refused(app: StaffApp) -> None:
    text = {"MsgType": "text", "Content": "x", "MsgId": 7}
    for body, query in (
        pushed(text, token="another"),
        pushed(text, at=SENT - 7200),
        pushed(text, corp="ww0000000000000000"),
        pushed({**text, "AgentID": "1000009"}),
    ):
        with pytest.raises(Rejected) as refused:
            app.read(body, query, NOW)
        assert refused.value.status == 403


def test_an_answer_is_encrypted_and_the_same_for_every_delivery(app: StaffApp) -> None:
    delivery = read(app, MsgType="text", Content="我的工单", MsgId=7)
    reply = Reply("说的是哪一件？]]><x>", choices={"甲": "1", "乙": "2"})
    first, again = app.write(delivery, reply), app.write(delivery, reply)
    assert first == again
    envelope = wire.read(first.decode())
    cipher, stamp = wire.content(envelope, "Encrypt"), wire.content(envelope, "TimeStamp")
    assert wire.content(envelope, "MsgSignature") == crypto.signature(
        TOKEN, stamp, wire.content(envelope, "Nonce"), cipher
    )
    clear = wire.read(crypto.decrypt(cipher, KEY, CORP))
    assert wire.content(clear, "Content") == "说的是哪一件？]]><x>\n1. 甲\n2. 乙"
    assert (wire.content(clear, "ToUserName"), wire.content(clear, "FromUserName")) == ("worker3", CORP)


def test_silence_and_the_answer_to_a_tap_are_empty(app: StaffApp) -> None:
    assert app.write(read(app, MsgType="text", Content="x", MsgId=7), SILENCE) is NOTHING
    assert app.write(read(app, **tapped()), Reply("接单成功")) is NOTHING


def test_a_long_text_keeps_its_choices() -> None:
    said = chat_text("很长" * 2000, {"甲": "1", "乙": "2"})
    assert len(said.encode()) <= 2048
    assert said.endswith("…\n1. 甲\n2. 乙")
    assert len(chat_text("短", {f"选项{n}": "" for n in range(400)}).encode()) <= 2048


def test_a_card_is_what_the_platform_takes() -> None:
    card = cards.ticket({**FACTS, "note": "补" * 200, "holder": "长" * 80}, TASK, link="https://x.test/1")
    assert platform_cards.checked(Body(card))
    assert card["card_action"] == {"type": 1, "url": "https://x.test/1"}
    assert card["main_title"]["title"] == "【危险】新工单"


@pytest.mark.parametrize("mine", [True, False])
@pytest.mark.parametrize("state", ["assigned", "working", "solved", "closed", "reopened", "duplicate", "received"])
def test_a_changed_card_is_what_the_platform_takes(state: str, mine: bool) -> None:
    card = cards.changed({**FACTS, "state": state, "holder": "长" * 80, "mine": mine}, TASK)
    assert platform_cards.checked(Body(card))
    assert ("replace_text" in card) is not mine


def test_choices_that_do_not_fit_are_no_card() -> None:
    assert cards.choices("转给谁？", ["甲"] * 7, TASK) is None
    assert cards.choices("转给谁？", ["长" * 11], TASK) is None
    assert cards.choices("转给谁？", [], TASK) is None
    card = cards.choices("转给谁？", ["甲", "乙"], TASK)
    assert card is not None
    assert platform_cards.checked(Body(card))


def test_an_id_of_a_card_holds_nothing_the_platform_refuses() -> None:
    assert cards.task_id("T1:2 3", "x" * 200, 1).startswith("T123-xxx")
    assert len(cards.task_id("T1", "x" * 200)) <= 126


def test_every_code_has_one_reaction() -> None:
    known = codes(PACKAGE)
    assert known[81013].reaction is Reaction.GONE
    assert known[42001].reaction is Reaction.REFRESH
    assert known[45009].reaction is Reaction.MINUTE
    assert known[60020].reaction is Reaction.ALERT


def test_every_code_stands_at_its_reaction_in_the_page() -> None:
    rows = [line.split(" | ") for line in (ROOT / "docs" / "wecom.md").read_text("utf-8").splitlines() if " | " in line]
    said = {row[0].removeprefix("| "): row[1] for row in rows}
    for code, errcode in codes(PACKAGE).items():
        assert re.search(rf"(?<![\d-]){code}\b", said[errcode.reaction.value]), code
