"""What goes to customer service keeps its limits by bytes, and what comes from it is read without trust."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from bot.channels.wecom_kf.incoming import FILE, Happened, heard
from bot.channels.wecom_kf.outgoing import MOST_HEAD, MOST_TEXT, bodies, msgid, notice_of
from bot.messages import Kind, Message

LONG = "请把垃圾放到楼下的箱子里。" * 120
SAID: dict[str, object] = {
    "msgid": "m1",
    "open_kfid": "wk-1",
    "external_userid": "wm-1",
    "send_time": 1795395600,
    "origin": 3,
}


def test_long_words_go_in_several_messages_broken_at_a_sentence_and_none_is_lost() -> None:
    found = [one["text"]["content"] for one in bodies(LONG, {})]
    assert "".join(found) == LONG
    assert len(found) > 1
    assert all(len(one.encode()) <= MOST_TEXT and one.endswith("。") for one in found)
    assert bodies("", {}) == [], "nothing is not sent"


def test_choices_are_a_menu_where_they_fit_and_stand_below_the_last_words() -> None:
    *texts, menu = bodies(LONG, {"好的": "yes", "不用": "no"})
    assert all(one["msgtype"] == "text" for one in texts)
    assert len(menu["msgmenu"]["head_content"].encode()) <= MOST_HEAD
    assert [one["click"] for one in menu["msgmenu"]["list"]] == [
        {"id": "1", "content": "好的"},
        {"id": "2", "content": "不用"},
    ]
    said = "".join(one["text"]["content"] for one in texts) + menu["msgmenu"]["head_content"]
    assert said == LONG
    [numbered] = bodies("选一个：", {f"第{number}个": "" for number in range(1, 12)})
    assert numbered["text"]["content"].endswith("11. 第11个")


def test_each_message_has_a_name_by_which_its_notice_is_found() -> None:
    notice = uuid4()
    assert len(msgid(notice, 12)) <= 32
    assert notice_of(msgid(notice, 12)) == notice
    assert notice_of("kfsent-1") is None


def test_what_residents_send_becomes_a_message() -> None:
    tapped = heard({**SAID, "msgtype": "text", "text": {"content": "好的", "menu_id": "1"}})
    assert isinstance(tapped, Message)
    assert (tapped.text, tapped.tapped, tapped.key) == ("好的", "1", "m1")
    assert tapped.sent_at == datetime.fromtimestamp(1795395600, UTC)
    picture = heard({**SAID, "msgtype": "image", "image": {"media_id": "x"}})
    assert isinstance(picture, Message)
    assert picture.facts["MediaId"] == f"{FILE}x"
    away = heard({**SAID, "msgtype": "location", "location": {"latitude": 999, "longitude": 1, "name": "在外面"}})
    assert isinstance(away, Message)
    assert (away.kind, away.spot) == (Kind.LOCATION, None)
    new = heard({**SAID, "msgtype": "a_new_kind", "a_new_kind": {}})
    assert isinstance(new, Message)
    assert new.kind is Kind.UNKNOWN
    event = {"event_type": "msg_send_fail", "external_userid": "wm-1", "fail_msgid": "x", "fail_type": 4}
    failed = heard({**SAID, "msgtype": "event", "event": event})
    assert isinstance(failed, Happened)
    assert failed.number("fail_type") == 4


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {**SAID, "origin": 5, "msgtype": "text", "text": {"content": "同事的话"}},
        {**SAID, "send_time": "soon", "msgtype": "text"},
        {**SAID, "msgid": 7, "msgtype": "text"},
        {**SAID, "external_userid": "x" * 65, "msgtype": "text"},
        {**SAID, "msgtype": "event", "event": "no object"},
        {**SAID, "msgtype": "event", "event": {"event_type": 7}},
    ],
)
def test_what_is_neither_message_nor_event_is_passed_over(odd: dict[str, object]) -> None:
    assert heard(odd) is None
