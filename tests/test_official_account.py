"""Every payload of the official account as our own value, with its answer and the key by which a retry is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.channels.official_account import NAME, SUCCESS
from bot.messages import Kind, Opens, Reply, Spot
from bot.simulator import wire
from bot.wording import desk as say
from tests.support.letters import (
    ACCOUNT_ID,
    GRANNY,
    KEY,
    RECORDED,
    Letter,
    account,
    fields,
    plain,
    read,
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


def wrap(clear: bytes, keys: tuple[str, ...], nonce: str = "1") -> Letter:
    return sealed(clear, nonce=nonce) if keys else plain(clear, nonce=nonce)
