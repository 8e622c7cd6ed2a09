"""The official account's wire: every payload as our own value and with its answer, and replies as it may show them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.channels import Rejected
from bot.channels.official_account import NAME, SUCCESS
from bot.channels.official_account.outgoing import MOST_BYTES, chat_text, cut
from bot.messages import Kind, Message, Opens, Reply, Spot
from bot.nlu.choice import choose
from bot.nlu.faq import load
from bot.simulator import crypto, wire
from bot.wording import desk as say
from tests.conftest import ROOT
from tests.support.letters import (
    ACCOUNT_ID,
    GRANNY,
    KEY,
    OLD_KEY,
    PARENT,
    RECORDED,
    Letter,
    account,
    enclosed,
    fields,
    opened,
    plain,
    recorded,
    sealed,
    text_xml,
)
from tests.support.town import SUNDAY_MORNING, Town

PLATFORM = "oPLATFORMPLATFORMPLATFORM000"
SILENCE = ""
PERMIT = "派出所"


@dataclass(frozen=True)
class Case:
    """A payload, what it is to us, and a piece of what the resident reads; "" is silence."""

    name: str
    kind: Kind = Kind.EVENT
    reads: str = SILENCE
    opens: Opens = Opens.NOTHING
    event: str = ""
    key: str = ""
    text: str = ""
    tapped: str = ""
    sender: str = GRANNY
    spot: Spot | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def message(name: str, kind: Kind, reads: str, *, opens: Opens = Opens.TALK, **more: object) -> Case:
    return Case(name, kind, reads, opens, **more)  # type: ignore[arg-type]


def event(name: str, of: str, reads: str = SILENCE, **more: object) -> Case:
    return Case(name, Kind.EVENT, reads, event=of, **more)  # type: ignore[arg-type]


CASES = [
    message("text", Kind.TEXT, PERMIT, text="居住证怎么办"),
    message("text_tapped", Kind.TEXT, PERMIT, opens=Opens.TAP, text="居住证怎么办", tapped="1"),
    message("text_from_article", Kind.TEXT, PERMIT, text="居住证怎么办"),
    message("text_blank", Kind.TEXT, say.LOST),
    message(
        "image",
        Kind.PICTURE,
        say.PICTURE,
        facts={"PicUrl": "http://mmbiz.qpic.cn/mmbiz_jpg/0000/0", "MediaId": "media-0001"},
    ),
    message(
        "voice",
        Kind.VOICE,
        say.VOICE,
        facts={"MediaId": "media-0002", "MediaId16K": "media-0003", "Format": "amr"},
    ),
    message(
        "voice_recognised",
        Kind.VOICE,
        say.VOICE,
        facts={"MediaId": "media-0002", "MediaId16K": "media-0003", "Format": "amr"},
    ),
    message("video", Kind.VIDEO, say.VIDEO, facts={"MediaId": "media-0004", "ThumbMediaId": "media-0005"}),
    message("shortvideo", Kind.VIDEO, say.VIDEO, facts={"MediaId": "media-0006", "ThumbMediaId": "media-0007"}),
    message(
        "location",
        Kind.LOCATION,
        "离您最近的站点",
        text="成都市示例路1号",
        spot=Spot(30.6212, 104.1131, "成都市示例路1号"),
    ),
    message(
        "link",
        Kind.LINK,
        say.LINK,
        text="示例网页",
        facts={"Title": "示例网页", "Description": "一段介绍", "Url": "https://example.org/page"},
    ),
    message(
        "miniprogrampage",
        Kind.CARD,
        say.CARD,
        facts={
            "Title": "示例小程序",
            "AppId": "wx1111111111111111",
            "PagePath": "pages/index",
            "ThumbMediaId": "media-0008",
        },
    ),
    message("file", Kind.UNKNOWN, SILENCE, facts={"Title": "示例.pdf"}),
    event("subscribe", "subscribe", say.WELCOME, opens=Opens.TAP),
    event(
        "subscribe_scene",
        "subscribe",
        say.WELCOME,
        opens=Opens.TAP,
        key="lesson_12",
        facts={"Ticket": "TICKET0001"},
    ),
    event("unsubscribe", "unsubscribe"),
    event("scan", "scan", say.SCANNED, opens=Opens.TAP, key="lesson_12", facts={"Ticket": "TICKET0001"}),
    event(
        "location_report",
        "location",
        facts={"Latitude": "30.621200", "Longitude": "104.113100", "Precision": "65.000000"},
    ),
    event("click", "click", PERMIT, opens=Opens.TAP, key="faq:residence-permit"),
    event("click_unknown", "click", say.HELP, opens=Opens.TAP, key="old-campaign"),
    event("view", "view", key="https://example.org/h5/courses", facts={"MenuId": "421000001"}),
    event("view_miniprogram", "view_miniprogram", key="pages/index", facts={"MenuId": "421000001"}),
    event(
        "scancode_push",
        "scancode_push",
        opens=Opens.TAP,
        key="scan-here",
        facts={"ScanResult": "https://example.org/q/1"},
    ),
    event(
        "scancode_waitmsg",
        "scancode_waitmsg",
        say.SCAN_RESULT,
        opens=Opens.TAP,
        key="scan-here",
        facts={"ScanResult": "locker-0003"},
    ),
    event("pic_sysphoto", "pic_sysphoto", key="photo"),
    event("pic_photo_or_album", "pic_photo_or_album", key="photo"),
    event("pic_weixin", "pic_weixin", key="photo"),
    event("location_select", "location_select", key="nearby"),
    *(
        event(
            f"templatesendjobfinish_{name}",
            "templatesendjobfinish",
            facts={"MsgID": "3500000000000000001", "Status": status},
        )
        for name, status in (
            ("success", "success"),
            ("blocked", "failed:user block"),
            ("failed", "failed: system failed"),
        )
    ),
    event(
        "masssendjobfinish",
        "masssendjobfinish",
        sender="oAAAAAAAAAAAAAAAAAAAAAAAAAAZ",
        facts={
            "MsgID": "1000000001",
            "Status": "err(10001)",
            "TotalCount": "100",
            "FilterCount": "80",
            "SentCount": "75",
            "ErrorCount": "5",
        },
    ),
    event("subscribe_msg_popup_one", "subscribe_msg_popup_event"),
    event("subscribe_msg_popup_two", "subscribe_msg_popup_event"),
    event("subscribe_msg_change", "subscribe_msg_change_event"),
    event("subscribe_msg_sent", "subscribe_msg_sent_event"),
    event("kf_create_session", "kf_create_session", facts={"KfAccount": "agent1@example"}),
    event("kf_close_session", "kf_close_session", facts={"KfAccount": "agent1@example"}),
    event(
        "kf_switch_session",
        "kf_switch_session",
        facts={"FromKfAccount": "agent1@example", "ToKfAccount": "agent2@example"},
    ),
    event(
        "user_info_modified",
        "user_info_modified",
        sender=GRANNY,
        facts={"OpenID": GRANNY, "UnionID": "union-0001"},
    ),
    event(
        "user_authorization_revoke",
        "user_authorization_revoke",
        sender=GRANNY,
        facts={"OpenID": GRANNY, "RevokeInfo": "206"},
    ),
    event("user_authorization_cancellation", "user_authorization_cancellation", sender=PLATFORM),
    *(
        event(name, name, sender=PLATFORM, facts={"ExpiredTime": until})
        for name, until in (
            ("qualification_verify_success", "1826848800"),
            ("naming_verify_success", "1826848800"),
            ("annual_renew", "1797904800"),
            ("verify_expired", "1795312800"),
        )
    ),
    *(
        event(name, name, sender=PLATFORM, facts={"FailTime": "1795312800", "FailReason": "by time"})
        for name in ("qualification_verify_fail", "naming_verify_fail")
    ),
    event("debug_demo", "debug_demo"),
]


def test_every_recorded_payload_has_its_line_in_the_table() -> None:
    assert {case.name for case in CASES} == {file.stem for file in RECORDED.glob("*.xml")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_a_payload_becomes_our_own_value(case: Case) -> None:
    heard = read(plain(recorded(case.name)))
    assert (heard.channel, heard.sender, heard.sent_at) == (NAME, case.sender, SUNDAY_MORNING)
    assert (heard.kind, heard.event, heard.event_key) == (case.kind, case.event, case.key)
    assert (heard.text, heard.tapped, heard.spot, heard.opens) == (case.text, case.tapped, case.spot, case.opens)
    assert {name: heard.facts.get(name) for name in case.facts} == dict(case.facts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_a_payload_gets_its_answer_or_a_quiet_success(case: Case, town: Town) -> None:
    delivery = account().read(recorded(case.name), plain(b"").query, SUNDAY_MORNING)
    body = account().write(delivery, town.resident("").last(delivery.message).reply)
    if case.reads == SILENCE:
        assert body == SUCCESS
        return
    answered = fields(body)
    assert case.reads in answered["Content"]
    assert (answered["ToUserName"], answered["FromUserName"]) == (GRANNY, ACCOUNT_ID)
    assert answered["MsgType"] == "text"


# --- modes and keys


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


# --- delivery keys


def test_a_retry_has_the_key_of_its_message_and_the_same_bytes_for_a_reply() -> None:
    for keys in ((), (KEY,)):
        wire_of = account(*keys)
        letters = [wrap(text_xml("居住证怎么办"), keys, nonce=nonce) for nonce in ("1", "2", "3")]
        read_ones = [wire_of.read(letter.body, letter.query, SUNDAY_MORNING) for letter in letters]
        assert len({one.message.key for one in read_ones}) == 1
        assert len({wire_of.write(one, Reply("好", choices={"甲": "1"})) for one in read_ones}) == 1


def test_different_replies_in_secure_mode_share_neither_nonce_nor_beginning() -> None:
    letter = sealed(text_xml("你好"))
    delivery = account(KEY).read(letter.body, letter.query, SUNDAY_MORNING)
    one, other = (wire.read(account(KEY).write(delivery, Reply(text)).decode()) for text in ("甲", "乙"))
    assert wire.content(one, "Nonce") != wire.content(other, "Nonce")
    assert wire.content(one, "Encrypt")[:20] != wire.content(other, "Encrypt")[:20]


def test_messages_differ_by_id_and_by_second() -> None:
    later = SUNDAY_MORNING + timedelta(seconds=1)
    letters = [text_xml("a"), text_xml("a", msg_id=8), text_xml("a", created=later)]
    assert len({read(plain(letter)).key for letter in letters}) == 3


def test_events_without_an_id_differ_by_second_name_and_key() -> None:
    click = recorded("click")
    payloads = [
        click,
        click.replace(b"1795312800", b"1795312801"),
        click.replace(b"faq:residence-permit", b"action:help"),
        click.replace(b"CLICK", b"VIEW"),
        click.replace(b"faq:residence-permit", b"https://example.org/" + b"a" * 300),
        click.replace(b"faq:residence-permit", b"https://example.org/" + b"a" * 299 + b"b"),
        recorded("location_report"),
    ]
    keys = [read(plain(payload)).key for payload in payloads]
    assert len(set(keys)) == len(payloads)
    assert max(map(len, keys)) <= 200


def test_job_reports_of_one_second_differ_by_the_job() -> None:
    report = recorded("templatesendjobfinish_success")
    other = report.replace(b"3500000000000000001", b"3500000000000000002")
    assert read(plain(report)).key != read(plain(other)).key


def test_a_flood_of_positions_is_quiet_and_leaves_the_open_question_alone(town: Town) -> None:
    granny = town.resident(GRANNY)
    granny.says("你好")
    for second in (0, 0, 5, 10):
        created = b"%d" % (1795312800 + second)
        report = read(plain(recorded("location_report").replace(b"1795312800", created)))
        assert granny.last(report).reply.text == ""
    assert PERMIT in granny.says("1")


# --- what a reply may look like


def test_marked_sections_cannot_be_ended_by_what_is_said() -> None:
    said = "a]]>b</Content><Content>]]]]>>"
    assert fields(written(said))["Content"] == said


def test_characters_that_xml_forbids_are_left_out() -> None:
    said = "甲\x00\x08\x0b\x1f\ufffe\uffff乙\t\n🎋"
    assert fields(written(said))["Content"] == "甲乙\t\n🎋"


@pytest.mark.parametrize("text", ["好" * 3000, "🎋" * 3000, "a" * 5000, "好a" * 3000, "]]>" * 2000])
def test_a_long_answer_is_cut_between_characters(text: str) -> None:
    shown = fields(written(text))["Content"]
    assert len(shown.encode()) <= MOST_BYTES
    assert len(shown.encode()) > MOST_BYTES - 8
    assert shown.endswith("…")
    assert text.startswith(shown.removesuffix("…"))


def test_an_answer_of_just_the_length_is_whole() -> None:
    assert cut("a" * MOST_BYTES, MOST_BYTES) == "a" * MOST_BYTES
    assert cut("a" * (MOST_BYTES + 1), MOST_BYTES) == "a" * (MOST_BYTES - 3) + "…"


LINK = '<a href="https://example.org/a?b=c&d=e">天府市民云</a>'


@pytest.mark.parametrize("link", [LINK, "https://example.org/" + "a" * 60], ids=["anchor", "bare"])
@pytest.mark.parametrize("before", range(1960, 2050, 7))
def test_a_cut_never_falls_inside_a_link(before: int, link: str) -> None:
    shown = cut("a" * before + " " + link + " " + "b" * 500, MOST_BYTES)
    assert len(shown.encode()) <= MOST_BYTES
    assert link in shown or not re.search("<|/|http", shown)


def test_a_less_than_sign_that_begins_no_link_costs_nothing() -> None:
    shown = cut("1 < 2 " + "好" * 1000, MOST_BYTES)
    assert len(shown.encode()) > MOST_BYTES - 8


def test_choices_are_numbered_links_that_say_their_label() -> None:
    shown = chat_text("选哪个？", {"居住证": "faq:residence-permit", "社保卡": "faq:social-security-card"})
    assert shown.splitlines() == [
        "选哪个？",
        "",
        '1. <a href="weixin://bizmsgmenu?msgmenucontent=居住证&msgmenuid=1">居住证</a>',
        '2. <a href="weixin://bizmsgmenu?msgmenucontent=社保卡&msgmenuid=2">社保卡</a>',
    ]


def test_the_words_give_way_before_a_choice_does() -> None:
    choices = {f"选项{number}": str(number) for number in range(1, 6)}
    shown = chat_text("好" * 3000, choices)
    assert len(shown.encode()) <= MOST_BYTES
    assert shown.count("</a>") == shown.count("<a ") == 5


def test_too_many_choices_are_left_out_whole_and_words_remain() -> None:
    choices = {f"{number}" + "长" * 80: str(number) for number in range(1, 30)}
    shown = chat_text("好" * 3000, choices)
    assert len(shown.encode()) <= MOST_BYTES
    assert 0 < shown.count("</a>") == shown.count("<a ") < 29
    assert shown.startswith("好好好")


@pytest.mark.parametrize("label", ['甲"><a href="x', "甲&msgmenuid=9", "甲#乙%41", "甲\n乙", "<b>甲</b>"])
def test_a_label_cannot_break_out_of_its_link(label: str) -> None:
    [line] = chat_text("", {label: "1"}).strip().splitlines()
    found = re.fullmatch(
        r'1\. <a href="weixin://bizmsgmenu\?msgmenucontent=([^"&#%<>]+)&msgmenuid=1">([^<>]+)</a>', line
    )
    assert found is not None
    assert found[1] == found[2]


def test_what_a_tap_sends_is_understood_as_the_choice_that_was_offered() -> None:
    titles = [entry.question for entry in load(ROOT / "faq")] + list(say.EXAMPLES)
    for title in titles:
        [sent] = re.findall(r"msgmenucontent=([^&]+)&", chat_text("", {title: "1"}))
        assert choose(sent, [title]) == 0, title


# --- the words of these tests


def wrap(clear: bytes, keys: tuple[str, ...], nonce: str = "1") -> Letter:
    return sealed(clear, nonce=nonce) if keys else plain(clear, nonce=nonce)


def read(letter: Letter, *keys: str) -> Message:
    return account(*keys).read(letter.body, letter.query, SUNDAY_MORNING).message


def refusal(letter: Letter, *keys: str) -> int:
    """The status with which a delivery is refused."""
    with pytest.raises(Rejected) as refused:
        read(letter, *keys)
    return refused.value.status


def written(text: str) -> bytes:
    """A reply in plain mode."""
    letter = plain(text_xml("你好"))
    return account().write(account().read(letter.body, letter.query, SUNDAY_MORNING), Reply(text))
