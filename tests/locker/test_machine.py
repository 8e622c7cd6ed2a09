"""The command machine: every cell of its table, and what no sequence of words can do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.locker.machine import TABLE, Signal, Stand, step

OPENS = {Signal.OPENED, Signal.DOOR_OPENED, Signal.SAID_OPEN}
EXPECTED = """
        sent acked opened already_open no_feedback refused expired failed  door_opened door_closed said_open time_over
created sent acked opened refused      unknown     refused timeout unknown opened      -           -         timeout
sent    -    acked opened refused      unknown     refused timeout unknown opened      -           -         timeout
acked   -    -     opened refused      unknown     refused timeout unknown opened      -           -         unknown
opened  -    -     -      -            -           -       -       -       -           closed      -         -
closed  -    -     -      -            -           -       -       -       -           -           -         -
timeout -    -     opened refused      unknown     refused -       unknown opened      -           -         -
refused -    -     -      -            -           -       -       -       -           -           -         -
unknown -    -     opened -            -           -       -       -       opened      -           opened    -
"""
HEAD, *ROWS = [line.split() for line in EXPECTED.strip().splitlines()]
CELLS = [
    (Stand(stand), Signal(signal), None if to == "-" else Stand(to))
    for stand, *row in ROWS
    for signal, to in zip(HEAD, row, strict=True)
]


@pytest.mark.parametrize(("stand", "signal", "to"), CELLS)
def test_every_cell(stand: Stand, signal: Signal, to: Stand | None) -> None:
    assert step(stand, signal) is to


def test_the_table_is_whole() -> None:
    assert len(CELLS) == len(Stand) * len(Signal)
    assert set(TABLE) == set(Stand)


@given(st.lists(st.sampled_from(list(Signal)), max_size=30))
def test_it_opens_once_and_only_by_a_door(signals: list[Signal]) -> None:
    stand, opened = Stand.CREATED, 0
    for signal in signals:
        to = step(stand, signal)
        if to is Stand.OPENED:
            assert signal in OPENS
            opened += 1
        if stand in (Stand.CLOSED, Stand.REFUSED):
            assert to is None
        stand = to or stand
    assert opened <= 1
