"""The group assistant's wire format: beside Tencent's own package, and within the platform's limits."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels import Rejected
from bot.channels.answer import Reaction
from bot.channels.envelope import Envelope
from bot.channels.errcodes import codes
from bot.channels.wecom_bot import GroupAssistant, cards, outgoing
from bot.channels.wecom_bot.incoming import Incoming, to_incoming
from bot.channels.wecom_bot.response_url import PACKAGE
from bot.messages import SILENCE, Kind, Message, Opens, Reply
from bot.nlu.quoted import joined
from bot.simulator import crypto
from bot.simulator.jsons import Body
from bot.simulator.wecom.bot import cards as platform_cards
from tests.conftest import ROOT

RECORDED = json.loads((ROOT / "tests" / "recorded" / "wecom_bot" / "vectors.json").read_text("utf-8"))
VECTORS = {one["name"]: one for one in RECORDED["vectors"]}
NOW = datetime.fromtimestamp(RECORDED["timestamp"], UTC)
LIMIT = 20_480


@pytest.fixture
def bot() -> GroupAssistant:
    return GroupAssistant(token=RECORDED["token"], aes_key=RECORDED["key"], bot_id="AIBOTID", name="小微")


def query(name: str, **changed: str) -> dict[str, str]:
    stamp, nonce = str(RECORDED["timestamp"]), RECORDED["nonce"]
    return {"timestamp": stamp, "nonce": nonce, "msg_signature": VECTORS[name]["signature"], **changed}


def push(name: str) -> bytes:
    return json.dumps({"encrypt": VECTORS[name]["cipher"]}).encode()


@pytest.mark.parametrize("name", VECTORS)
def test_the_encryption_is_the_packages_to_the_byte(name: str) -> None:
    one = VECTORS[name]
    ours = Envelope(RECORDED["key"], token=RECORDED["token"], app_id="")
    assert (ours.open(one["cipher"]) or b"").decode() == one["clear"]
    assert ours._crypto.close(one["clear"].encode(), "", bytes.fromhex(one["random"])) == one["cipher"]
    assert crypto.decrypt(one["cipher"], RECORDED["key"], "") == one["clear"]
    stamp = str(RECORDED["timestamp"])
    assert crypto.signature(RECORDED["token"], stamp, RECORDED["nonce"], one["cipher"]) == one["signature"]


def test_what_the_package_made_is_read(bot: GroupAssistant) -> None:
    assert bot.verify(query("echo", echostr=VECTORS["echo"]["cipher"]), NOW) == "1616140317555161061"
    message = bot.read(push("group_text"), query("group_text"), NOW).incoming.message
    assert (message.sender, message.group, message.text) == ("granny", "wrkSFfCgAAxxxxxx", "居住证怎么办")
    assert message.opens is Opens.NOTHING, "nothing personal goes along in a group"
    assert bot.read(push("stream"), query("stream"), NOW).incoming.polls == "STREAMID"


def test_the_answer_repeats_nonce_and_time_and_is_the_same_for_a_retry(bot: GroupAssistant) -> None:
    delivery = bot.read(push("group_text"), query("group_text"), NOW)
    said = {"msgtype": "stream", "stream": {"id": "s", "finish": True, "content": "好"}}
    first, again = bot.write(delivery, said), bot.write(delivery, said)
    body = json.loads(first)
    assert first == again
    assert (body["timestamp"], body["nonce"]) == (RECORDED["timestamp"], RECORDED["nonce"])
    assert json.loads(crypto.decrypt(body["encrypt"], RECORDED["key"], "")) == said
    assert bot.write(delivery, None) == b""


@pytest.mark.parametrize(
    "changed", [{"nonce": "other"}, {"msg_signature": ""}, {"timestamp": "soon"}, {"timestamp": ""}]
)
def test_what_the_package_did_not_sign_is_refused(bot: GroupAssistant, changed: dict[str, str]) -> None:
    with pytest.raises(Rejected):
        bot.read(push("group_text"), query("group_text", **changed), NOW)


def incoming(text: str = "", *, group: str = "", quote: str = "", name: str = "小微", **more: Any) -> Incoming:
    where = {"chattype": "group", "chatid": group} if group else {"chattype": "single"}
    body = {"msgid": "M1", "aibotid": "B", "from": {"userid": "granny"}, "msgtype": "text", "text": {"content": text}}
    if quote:
        body["quote"] = {"msgtype": "text", "text": {"content": quote}}
    return to_incoming({**body, **where, **more}, received=NOW, name=name)


def heard(text: str, **how: Any) -> Message:
    return incoming(text, **how).message


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("@小微 居住证咋办", "居住证咋办"),
        ("@小微\u2005居住证咋办", "居住证咋办"),
        ("帮我问下 @小微 居住证咋办", "帮我问下   居住证咋办"),
        ("@李叔 @小微 居住证咋办", "居住证咋办"),
        ("@小微居住证咋办", "居住证咋办"),
    ],
)
def test_the_name_is_taken_out_of_what_a_group_says(said: str, understood: str) -> None:
    assert heard(said, group="G").text == understood


def test_a_single_chat_is_taken_at_its_word() -> None:
    assert heard("发到 a@b.com @小微").text == "发到 a@b.com @小微"
    assert heard("我的工单").opens is Opens.TALK


@pytest.mark.parametrize(
    ("own", "understood"),
    [
        ("@小微 这个咋办嘛？", "楼道灯坏了 这个咋办嘛"),
        ("@小微", "楼道灯坏了"),
        ("@小微 我要约保洁", "我要约保洁"),
    ],
)
def test_quoted_words_are_meant_where_ones_own_only_point_at_them(own: str, understood: str) -> None:
    message = heard(own, group="G", quote="@小微 楼道灯坏了")
    assert (message.text, message.facts["quoted"]) == (understood, "楼道灯坏了")


def test_nothing_quoted_is_nothing_more() -> None:
    assert joined("这个咋办", "") == "这个咋办"


def test_what_is_no_words_is_an_event_of_ours() -> None:
    assert heard("@小微", group="G").event == "assistant_called"
    assert heard("", msgtype="image", image={"url": "x"}).event == "assistant_media"
    assert heard("", msgtype="voice", voice={"content": "我要投诉"}).text == "我要投诉"
    assert heard("", msgtype="something new").kind is Kind.UNKNOWN
    assert "\ud800" not in heard("坏\ud800字").text


def test_a_card_fits_or_is_none() -> None:
    assert platform_cards.checked(Body(cards.choices("选哪个？", ["甲", "乙"], "A-1") or {}))
    voted = cards.choices("选哪一天？", [f"11月{day}日" for day in range(1, 15)], "A-2")
    assert platform_cards.checked(Body(voted or {}))["card_type"] == "vote_interaction"
    assert cards.choices("短", [f"第{number}项" for number in range(21)], "A-3") is None
    assert cards.choices("短", ["很长很长很长很长很长很长"], "A-4") is None
    assert cards.choices("长" * 200, ["甲"], "A-5") is None
    assert cards.choices("请看 https://x.test/1", ["甲"], "A-6") is None, "a link on a card cannot be followed"
    assert platform_cards.checked(Body(cards.chosen("很长很长很长很长很长很长" * 3, "A-7")))


def test_words_give_way_before_choices_do_and_say_where_the_rest_is() -> None:
    reply = Reply("很长" * 5000, choices={f"第{number}项": "" for number in range(30)})
    text = outgoing.shown(reply, in_group=True, rest="https://x.test/h5/answer/1")
    assert len(text.encode()) <= LIMIT
    assert "https://x.test/h5/answer/1\n1. 第0项" in text
    assert "30. 第29项" in text
    endless = Reply("短", choices={f"选项{number}" * 9: "" for number in range(900)})
    assert len(outgoing.shown(endless).encode()) <= LIMIT


def test_what_residents_write_is_no_markup() -> None:
    body = outgoing.markdown("<@all> <font color=red>红</font> <think>想</think> 1<2")
    assert body["markdown"]["content"] == "＜@all> ＜font color=red>红＜/font> ＜think>想＜/think> 1<2"


def test_silence_is_nothing_at_all() -> None:
    assert outgoing.answer(SILENCE, incoming("x")) is None


def test_every_code_has_one_reaction_and_stands_at_it_in_the_page() -> None:
    lines = (ROOT / "docs" / "wecom-bot.md").read_text("utf-8").splitlines()
    said = {row[0].removeprefix("| "): row[1] for row in (line.split(" | ") for line in lines if " | " in line)}
    assert codes(PACKAGE)[846607].reaction is Reaction.HOLD
    for code, errcode in codes(PACKAGE).items():
        assert re.search(rf"(?<![\d-]){code}\b", said[errcode.reaction.value]), code
