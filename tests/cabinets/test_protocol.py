"""Messages between cabinets and server: the published vectors, every kind there and back, and every way to be wrong."""

import json
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.cabinets.protocol import (
    MOST_BYTES,
    Direction,
    Fault,
    Unreadable,
    canonical,
    open_letter,
    read_down,
    read_up,
    sealed,
    signature,
    write_down,
)
from bot.cabinets.protocol.fields import Json
from bot.rules.locker import offline
from bot.rules.locker.device import (
    DoorState,
    Event,
    Keys,
    OfflineDid,
    OpenCommand,
    Outcome,
    Reason,
)
from bot.simulator.cabinet import secrets
from tests.conftest import ROOT

LINE, LOCK = bytes(range(32)), bytes(range(32, 64))
KEYS = Keys("G0001", {1: LINE}, 1, LOCK)
THEIRS = secrets.Keys("G0001", 1, LINE, LOCK)
AT = datetime(2026, 11, 22, 4, 0, 0, 123000, tzinfo=UTC)
EVENT: dict[str, Json] = {"type": "door_event", "seq": 7, "door": 3, "state": "open"}


def published() -> list[tuple[str, str]]:
    """Direction and message of every vector in the page."""
    page = (ROOT / "docs" / "cabinets.md").read_text("utf-8")
    return [(line[1], line[2]) for line in re.finditer(r"^(up|down) (\{.*\})$", page, re.MULTILINE)]


def test_the_published_messages_are_right_and_complete() -> None:
    kinds = set()
    for direction, text in published():
        letter = open_letter(Direction(direction), "G0001", text)
        letter.check({1: LINE})
        kinds.add(letter.kind)
        if letter.kind == "poll":
            continue
        if direction == "up":
            assert read_up(letter).at == AT
        else:
            read_down(letter)
            assert secrets.opened(THEIRS, text)["type"] == letter.kind
    assert kinds == {
        *("hello", "heartbeat", "open_result", "door_event", "code_try", "offline_log", "poll"),
        *("open", "sync_codes", "taken", "code_refused", "error"),
    }


def test_the_published_canonical_form_is_the_one_that_is_signed() -> None:
    page = (ROOT / "docs" / "cabinets.md").read_text("utf-8")
    [shown] = re.findall(r'^    (\{"at":.*\})$', page, re.MULTILINE)
    value = json.loads(shown)
    assert canonical(value) == shown
    [sig] = [json.loads(text)["sig"] for _, text in published() if '"type":"door_event"' in text]
    assert signature(LINE, Direction.UP, "G0001", value) == sig


def test_the_published_codes_are_right() -> None:
    page = (ROOT / "docs" / "cabinets.md").read_text("utf-8")
    found = re.findall(r"^(listed|open|clear|shown) ([\d ]+?) ([0-9a-f]+)$", page, re.MULTILINE)
    assert [kind for kind, *_ in found] == ["listed", "open", "open", "clear", "shown"]
    for kind, what, said in found:
        numbers = [int(number) for number in what.split()]
        match kind:
            case "listed":
                assert said == offline.listed(LOCK, "G0001", what) == secrets.listed(THEIRS, what)
            case "shown":
                moment = datetime.fromtimestamp(numbers[0] * 60, UTC)
                assert said == offline.shown(LOCK, "G0001", moment) == secrets.shown(THEIRS, numbers[0] * 60)
            case _:
                door, window, counter = numbers
                assert said == offline.code(LOCK, door, window, counter, offline.Kind(kind))
                assert secrets.offline_code(THEIRS, said, doors=12, seconds=window * 3600) == (kind, *numbers)


def test_the_page_names_every_fault_and_every_word() -> None:
    page = (ROOT / "docs" / "cabinets.md").read_text("utf-8")
    for kind in (Fault, Outcome, Reason, DoorState, OfflineDid):
        assert [word.value for word in kind if not re.search(rf"\b{word.value}\b", page)] == []


def refused(raw: str | bytes, direction: Direction = Direction.UP, serial: str = "G0001") -> tuple[Fault, str]:
    """Why this is not taken."""
    with pytest.raises(Unreadable) as caught:
        taken(raw, direction, serial)
    return caught.value.fault, caught.value.field


def taken(raw: str | bytes, direction: Direction, serial: str) -> Event:
    letter = open_letter(direction, serial, raw)
    letter.check(KEYS.accepted)
    return read_up(letter)


def test_every_changed_byte_shows() -> None:
    text = sealed(Direction.UP, KEYS, AT, EVENT)
    forged = [
        text.replace('"door":3', '"door":4'),
        text.replace('"seq":7', '"seq":8'),
        text.replace("123", "124"),
        text.replace('"open"', '"locked"'),
        text.replace('"key":1', '"door_of_mine":9,"key":1'),
        re.sub('"sig":"[0-9a-f]{4}', '"sig":"0000', text),
        re.sub('"sig":"[0-9a-f]+"', '"sig":""', text),
        re.sub('"sig":"[0-9a-f]+"', '"sig":"签"', text),
    ]
    assert len({*forged, text}) == 9
    assert {refused(one)[0] for one in forged} == {Fault.BAD_SIGNATURE}


def test_a_letter_is_good_for_one_cabinet_one_direction_and_its_key() -> None:
    text = sealed(Direction.UP, KEYS, AT, EVENT)
    assert refused(text, serial="G0002") == (Fault.WRONG_SERIAL, "serial")
    assert refused(text, Direction.DOWN) == (Fault.BAD_SIGNATURE, "sig")
    stolen = Keys("G0001", {1: bytes(32)}, 1, LOCK)
    assert refused(sealed(Direction.UP, stolen, AT, EVENT)) == (Fault.BAD_SIGNATURE, "sig")
    newer = Keys("G0001", {2: LINE}, 2, LOCK)
    assert refused(sealed(Direction.UP, newer, AT, EVENT)) == (Fault.UNKNOWN_KEY, "key")


@pytest.mark.parametrize(
    ("change", "fault", "field"),
    [
        ({"v": 2}, Fault.UNKNOWN_VERSION, "v"),
        ({"type": "open_all"}, Fault.UNKNOWN_TYPE, "type"),
        ({"type": 5}, Fault.WRONG_TYPE, "type"),
        ({"seq": None}, Fault.WRONG_TYPE, "seq"),
        ({"seq": 0}, Fault.OUT_OF_RANGE, "seq"),
        ({"door": 0}, Fault.OUT_OF_RANGE, "door"),
        ({"door": 289}, Fault.OUT_OF_RANGE, "door"),
        ({"door": "3"}, Fault.WRONG_TYPE, "door"),
        ({"door": True}, Fault.WRONG_TYPE, "door"),
        ({"state": "ajar"}, Fault.OUT_OF_RANGE, "state"),
        ({"occupied": 1}, Fault.WRONG_TYPE, "occupied"),
        ({"type": "code_try", "code": 482913}, Fault.WRONG_TYPE, "code"),
        ({"type": "code_try", "code": "48 29"}, Fault.OUT_OF_RANGE, "code"),
        ({"type": "open_result", "cmd_id": "1", "outcome": "opened"}, Fault.OUT_OF_RANGE, "cmd_id"),
        ({"type": "hello", "firmware": "x" * 33, "doors": 1}, Fault.OUT_OF_RANGE, "firmware"),
        ({"type": "hello", "doors": 1}, Fault.MISSING, "firmware"),
        ({"type": "heartbeat", "doors": {}}, Fault.WRONG_TYPE, "doors"),
        ({"type": "heartbeat", "doors": [{"door": 1, "state": "open"}, 7]}, Fault.WRONG_TYPE, "doors[1]"),
        ({"type": "heartbeat", "doors": [{"door": 1}]}, Fault.MISSING, "doors[0].state"),
        ({"type": "heartbeat", "battery": 101}, Fault.OUT_OF_RANGE, "battery"),
        ({"type": "offline_log", "entries": [{}] * 101}, Fault.OUT_OF_RANGE, "entries"),
    ],
)
def test_a_wrong_member_is_named(change: dict[str, Json], fault: Fault, field: str) -> None:
    value = {**EVENT, **change, "serial": "G0001", "at": 1_795_320_000_123, "key": 1}
    value.setdefault("v", 1)
    text = json.dumps({**value, "sig": signature(LINE, Direction.UP, "G0001", value)})
    assert refused(text) == (fault, field)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", Fault.BAD_JSON),
        (b"[]", Fault.BAD_JSON),
        (b"\xff\xfe", Fault.BAD_JSON),
        (b'{"v":1,"v":1}', Fault.BAD_JSON),
        (b'{"V":1}', Fault.BAD_JSON),
        (b'{"v":1.0}', Fault.WRONG_TYPE),
        (b'{"v":NaN}', Fault.WRONG_TYPE),
        (b'{"v":9007199254740992}', Fault.OUT_OF_RANGE),
        (b'{"v":' + b"9" * 5000 + b"}", Fault.OUT_OF_RANGE),
        (b'{"v":1,"x":"\\ud800"}', Fault.BAD_JSON),
        (b'{"x":' + b"[" * 20_000 + b"]" * 10, Fault.BAD_JSON),
        (b'{"v":1,"x":"' + b"x" * MOST_BYTES + b'"}', Fault.TOO_LARGE),
        (b'{"serial":"G0001"}', Fault.MISSING),
    ],
)
def test_what_is_no_message_is_told_apart(raw: bytes, fault: Fault) -> None:
    assert refused(raw)[0] is fault


def test_no_command_can_be_for_all_doors() -> None:
    for door in (0, 289, -1):
        command = OpenCommand(UUID(int=1), "G0001", door, 400, AT, Reason.MASTER)
        letter = open_letter(Direction.DOWN, "G0001", sealed(Direction.DOWN, KEYS, AT, write_down(command)))
        with pytest.raises(Unreadable, match="out_of_range door"):
            read_down(letter)


def test_a_wrong_clock_is_no_forgery() -> None:
    letter = open_letter(Direction.UP, "G0001", sealed(Direction.UP, KEYS, AT, EVENT))
    letter.check(KEYS.accepted)
    assert letter.skew(AT - timedelta(days=3)) == timedelta(days=3)
