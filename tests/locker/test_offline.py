"""Codes that a cabinet checks alone: the vectors that both sides must agree on, and what a wrong clock may do."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.locker import offline
from bot.rules.locker.offline import Kind

KEY = bytes(range(32))
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
LISTED = "35f73345e8b2c615ab54864c50213161c3af920881a4aa079a707c15a1ea6b7c"
SHOWN = "1669"


@pytest.mark.parametrize(
    ("door", "window", "counter", "kind", "code"),
    [
        (1, 498700, 0, Kind.OPEN, "74181415"),
        (1, 498700, 1, Kind.OPEN, "76337181"),
        (12, 498700, 0, Kind.OPEN, "74416517"),
        (1, 498700, 9, Kind.CLEAR, "98021024"),
    ],
)
def test_vectors(door: int, window: int, counter: int, kind: Kind, code: str) -> None:
    assert offline.code(KEY, door, window, counter, kind) == code


def test_the_window_is_the_hour() -> None:
    assert offline.window(NOON) == 498700
    assert offline.window(NOON + timedelta(minutes=59)) == offline.window(NOON)


@pytest.mark.parametrize(("hours", "found"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_an_hour_wrong(hours: int, found: bool) -> None:
    code = offline.code(KEY, 7, offline.window(NOON), 2)
    at = NOON + timedelta(hours=hours)
    assert (offline.find(KEY, code, doors=12, at=at) == (Kind.OPEN, 7, offline.window(NOON), 2)) is found


def test_another_cabinets_code_opens_nothing() -> None:
    code = offline.code(b"x" * 32, 7, offline.window(NOON), 0)
    assert offline.find(KEY, code, doors=12, at=NOON) is None


def test_the_list_and_the_display() -> None:
    assert offline.listed(KEY, "G0001", "482913") == LISTED
    assert offline.shown(KEY, "G0001", NOON) == SHOWN
    assert offline.shown(KEY, "G0001", NOON + timedelta(seconds=60)) != SHOWN
    assert offline.listed(KEY, "G0002", "482913") != LISTED
