"""The envelopes of the official account: three modes, two keys, and what is not from the platform or not well made."""

from datetime import timedelta

import pytest

from bot.channels import Rejected
from bot.messages import Reply
from bot.simulator import crypto
from tests.support.letters import (
    GRANNY,
    KEY,
    OLD_KEY,
    PARENT,
    Letter,
    account,
    enclosed,
    fields,
    opened,
    plain,
    read,
    recorded,
    sealed,
    text_xml,
)
from tests.support.town import SUNDAY_MORNING


@pytest.mark.parametrize("compat", [False, True], ids=["secure", "compat"])
def test_secure_and_compat_mode_carry_the_same_message(compat: bool) -> None:
    clear = text_xml("居住证怎么办")
    assert read(sealed(clear, compat=compat), KEY) == read(plain(clear))


def test_what_stands_in_clear_beside_the_ciphertext_is_not_believed() -> None:
    letter = sealed(text_xml("居住证怎么办"), compat=True)
    forged = letter.with_body(letter.body.replace(GRANNY.encode(), PARENT.encode()))
    assert read(forged, KEY).sender == GRANNY


def test_while_the_key_is_changed_each_reply_is_sealed_with_the_key_of_its_message() -> None:
    both = account(KEY, OLD_KEY)
    for key in (KEY, OLD_KEY):
        letter = sealed(text_xml("你好"), key=key)
        body = both.write(both.read(letter.body, letter.query, SUNDAY_MORNING), Reply("您好"))
        assert fields(opened(body, key=key))["Content"] == "您好"


@pytest.mark.parametrize(
    "letter",
    [
        pytest.param(plain(text_xml("你好"), token="another"), id="token"),
        pytest.param(plain(text_xml("你好")), id="clear-although-secure"),
        pytest.param(plain(text_xml("你好")).with_query(encrypt_type="raw"), id="raw-although-secure"),
        pytest.param(sealed(text_xml("你好"), key=OLD_KEY), id="unknown-key"),
        pytest.param(sealed(text_xml("你好"), app_id="wx9999999999999999"), id="another-account"),
        pytest.param(sealed(text_xml("你好")).with_query(msg_signature="0" * 40), id="msg_signature"),
        pytest.param(
            sealed(text_xml("你好")).with_query(msg_signature=sealed(text_xml("你好")).query["signature"]),
            id="signature-as-msg_signature",
        ),
        pytest.param(sealed(text_xml("你好")).with_query(signature=""), id="no-signature"),
        pytest.param(sealed(text_xml("你好"), at=SUNDAY_MORNING - timedelta(hours=2)), id="stale"),
        pytest.param(sealed(text_xml("你好"), at=SUNDAY_MORNING + timedelta(hours=2)), id="from-the-future"),
        pytest.param(sealed(text_xml("你好")).with_query(signature="签名"), id="not-ascii"),
    ],
)
def test_what_is_not_from_the_platform_is_forbidden(letter: Letter) -> None:
    assert refusal(letter, KEY) == 403


@pytest.mark.parametrize("hours", [-0.99, 0.99])
def test_a_clock_that_is_off_by_less_than_an_hour_is_forgiven(hours: float) -> None:
    assert read(sealed(text_xml("你好"), at=SUNDAY_MORNING + timedelta(hours=hours)), KEY).text == "你好"


def test_without_a_token_nothing_is_believed() -> None:
    letter = plain(text_xml("你好"), token="")
    with pytest.raises(Rejected):
        type(account())(token="", app_id="").read(letter.body, letter.query, SUNDAY_MORNING)


@pytest.mark.parametrize(
    "cipher",
    ["", "!", "AAAA", "A" * 44, "=" * 44, "密文" * 20, crypto.encrypt("", KEY, "wx0000000000000000")],
    ids=["empty", "mark", "short", "one-block", "padding", "chinese", "empty-message"],
)
def test_rubbish_in_the_envelope_is_refused(cipher: str) -> None:
    body = f"<xml><Encrypt><![CDATA[{cipher}]]></Encrypt></xml>".encode()
    assert refusal(enclosed(body, cipher), KEY) in (400, 403)


BROKEN = {
    "empty": b"",
    "no-xml": b"hello",
    "cut": text_xml("你好")[:-9],
    "no-sender": text_xml("你好", sender=""),
    "long-sender": text_xml("你好", sender="o" * 65),
    "no-time": b"<xml><FromUserName>o</FromUserName><MsgType>text</MsgType><MsgId>1</MsgId></xml>",
    "word-as-time": text_xml("你好").replace(b"<CreateTime>1", b"<CreateTime>x"),
    "chinese-digits-as-time": text_xml("你好").replace(b"<CreateTime>1", "<CreateTime>１".encode()),
    "time-without-end": text_xml("你好").replace(b"<CreateTime>1", b"<CreateTime>99999999999991"),
    "no-kind": text_xml("你好").replace(b"<MsgType><![CDATA[text]]></MsgType>", b""),
    "no-id": text_xml("你好").replace(b"<MsgId>7</MsgId>", b""),
    "word-as-id": text_xml("你好").replace(b"<MsgId>7", b"<MsgId>seven"),
    "doubled-sender": text_xml("你好").replace(b"</xml>", b"<FromUserName>o</FromUserName></xml>"),
    "doubled-content": text_xml("你好").replace(b"</xml>", b"<Content>x</Content></xml>"),
    "doubled-time": text_xml("你好").replace(b"</xml>", b"<CreateTime>1</CreateTime></xml>"),
    "element-in-content": text_xml("你好").replace(b"<Content>", b"<Content><b>x</b>"),
    "attribute": text_xml("你好").replace(b"<MsgId>", b'<MsgId a="1">'),
    "event-without-name": recorded("subscribe").replace(b"<Event><![CDATA[subscribe]]></Event>", b""),
    "doubled-event-key": recorded("click").replace(b"</xml>", b"<EventKey>x</EventKey></xml>"),
    "place-without-degrees": recorded("location").replace(b"30.621200", b""),
    "place-that-is-none": recorded("location").replace(b"30.621200", b"nan"),
    "place-beyond-the-pole": recorded("location").replace(b"30.621200", b"91"),
    "not-utf-8": text_xml("你好").replace("你好".encode(), b"\xff\xfe"),
    "gbk": text_xml("你好").replace("你好".encode(), "你好".encode("gbk")),
    "utf-16": text_xml("你好").decode().encode("utf-16"),
    "control-characters": text_xml("你好").replace("你好".encode(), b"\x00\x01"),
    "entity": text_xml("你好").replace(b"<xml>", b'<!DOCTYPE xml [<!ENTITY a "b">]><xml>'),
    "outside-entity": text_xml("你好").replace(b"<xml>", b'<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml>'),
    "comment-then-type": text_xml("你好").replace(
        b"<xml>", b"<!-- <xml> --><!DOCTYPE xml [<!ATTLIST x a CDATA '1'>]><xml>"
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_malformed_is_refused_and_nothing_worse(name: str) -> None:
    assert refusal(plain(BROKEN[name])) == 400


def test_attributes_by_default_do_not_blow_up_a_small_body() -> None:
    """64 KiB that would be a quarter of a gigabyte: each of 8,000 elements is given 32,000 characters."""
    prolog = b'<!DOCTYPE xml [<!ATTLIST a x CDATA "' + b"y" * 32_000 + b'">]>'
    bomb = prolog + text_xml("你好").replace(b"</xml>", b"<a/>" * 8_000 + b"</xml>")
    assert refusal(plain(bomb)) == 400


@pytest.mark.parametrize(
    "prolog", [b"\xef\xbb\xbf", b"\n  ", b'<?xml version="1.0" encoding="UTF-8"?>\n'], ids=["bom", "blank", "declared"]
)
def test_what_may_stand_before_the_root_does_no_harm(prolog: bytes) -> None:
    assert read(plain(prolog + text_xml("你好"))).text == "你好"


def test_a_resident_may_write_about_document_types() -> None:
    said = "<!DOCTYPE xml [<!ENTITY a 'b'>]> & <b>]]> 你好"
    assert read(plain(text_xml(said))).text == said


def refusal(letter: Letter, *keys: str) -> int:
    """The status with which a delivery is refused."""
    with pytest.raises(Rejected) as refused:
        read(letter, *keys)
    return refused.value.status
