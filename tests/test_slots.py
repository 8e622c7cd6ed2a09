"""What a message says beside its need, in the table beside this file."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu import services, slots

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Wednesday
TABLES = ("slots.tsv", "slots_later.tsv", "slots_third.tsv")
ADDRESS = ("building", "unit", "room")


def rows() -> Iterator[tuple[str, str]]:
    for table in TABLES:
        with (Path(__file__).parent / table).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                if not row["text"].startswith("#"):
                    yield row["text"], row["slots"] or ""


def expected(cell: str) -> dict[str, object]:
    """`building=3 start=2026-11-26T15:00` in the shape of `weizhan ask --json`."""
    said = dict(pair.split("=") for pair in cell.split())
    address = {name: said.pop(name) for name in ADDRESS if name in said}
    whole: dict[str, object] = {
        name: f"{value}:00+08:00" if is_hour(name, value) else value for name, value in said.items()
    }
    return whole | ({"address": address} if address else {})


def is_hour(name: str, value: str) -> bool:
    return name in ("start", "end") and "T" in value


@pytest.mark.parametrize(("text", "cell"), list(rows()), ids=[text for text, _ in rows()])
def test_a_message_gives_its_slots(text: str, cell: str) -> None:
    assert slots.extract(text, NOW).slots == expected(cell)


@given(
    st.text() | st.text(alphabet="明后天周一二十三两点半到至-/:.月号初上下午晚过个小时柜门栋单元楼室码开0123456789，T ")
)
def test_no_text_breaks_it(text: str) -> None:
    heard = slots.extract(text, NOW)
    assert set(heard.slots) <= {"service", "role", "number", "phone", "code", "address", "door", "start", "end"}


@pytest.mark.parametrize("piece", ["三点", "明天", "3-", "1", "今天下午三点到", "修水管", "柜1", "每", " "])
def test_a_message_of_2000_characters_is_read(piece: str) -> None:
    slots.extract((piece * 2000)[:2000], NOW)


def test_a_moment_that_is_over_is_heard_but_is_no_slot() -> None:
    heard = slots.extract("把昨天那堂课放给我看", NOW)
    assert heard.moment is not None
    assert heard.moment.start.date().isoformat() == "2026-11-24"
    assert "start" not in heard.slots


def test_no_word_speaks_for_two_services_or_for_two_roles() -> None:
    table = tomllib.loads(Path(services.__file__).with_name("services.toml").read_text(encoding="utf-8"))
    for kind in ("service", "role"):
        words = [word for entry in table[kind].values() for word in (*entry["say"], *entry["misheard"])]
        assert [word for word in words if words.count(word) > 1] == []
