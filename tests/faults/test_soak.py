"""The soak in small: the real server killed under load; nothing is lost and nothing happens twice."""

from __future__ import annotations

from pathlib import Path

from bench.soak import Line, Plan, Table, soak


async def test_killed_under_load_everybody_is_answered(tmp_path: Path) -> None:
    table = await soak(f"sqlite:///{tmp_path}/town.db", tmp_path, Plan(kills=1))
    assert table.is_whole, table.text()
    found = {line.what: line.found for line in table.lines}
    assert found["kills"] == 1
    assert found["complaints acknowledged"] == found["tickets, one for each"] > 0


def test_a_miss_makes_the_table_say_so() -> None:
    assert Table((Line("kills", 3),)).is_whole
    missed = Table((Line("kills", 3), Line("tickets, one for each", 5, 1)))
    assert not missed.is_whole
    assert missed.text().splitlines()[-1].split()[-2:] == ["5", "1"]
