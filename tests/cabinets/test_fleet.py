"""Dozens of cabinets at once, a server that dies under them, and the command that plays them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import monotonic

import pytest

from bot.conversation import Conversation
from bot.simulator.cabinet.fleet import Fleet
from tests.cabinets.conftest import made
from tests.support.cabinets import Broker, Estate, running, until
from tests.support.commands import weizhan, weizhan_process
from tests.support.served import Line, serving

MANY = 60


async def test_dozens_of_cabinets_and_a_server_that_is_started_anew(
    estate: Estate, mosquitto: Broker, tmp_path: Path, talk: Conversation
) -> None:
    keys = [estate.add(f"T{number:04d}", doors=2) for number in range(MANY)]
    fleet = Fleet(keys, doors=2, url=mosquitto.url("fleet"), beat_seconds=2.0)
    async with running(fleet.run):
        async with serving(made(tmp_path, talk, mqtt_url=mosquitto.url())):
            await until(lambda: fleet.figures.taken > 3 * MANY, 60)
            orders = [estate.order(cabinet.serial, 1) for cabinet in fleet.cabinets[:20]]
            await until(lambda: sum(cabinet.doors[1].pulses for cabinet in fleet.cabinets[:20]) >= 5, 60)
        began, before = monotonic(), fleet.figures.taken
        for cabinet in fleet.cabinets[20:40]:
            cabinet.force(2)
        async with serving(made(tmp_path, talk, mqtt_url=mosquitto.url())):
            await until(lambda: all(estate.state(order) == "opened" for order in orders), 60)
            await until(lambda: fleet.figures.taken - before > MANY, 60)
            await until(lambda: all(estate.door(one.serial, 2) == "open" for one in fleet.cabinets[20:40]), 60)
            assert monotonic() - began < 60
    assert [cabinet.doors[1].pulses for cabinet in fleet.cabinets[:20]] == [1] * 20
    assert (fleet.figures.connected, fleet.figures.forged) == (0, 0)


async def test_the_command_plays_a_fleet(estate: Estate, server: Line, tmp_path: Path) -> None:
    settings = {"database_url": f"sqlite:///{tmp_path / 'town.db'}"}
    words = ["cabinet-fleet", "--count", "2", "--url", server.base, "--seconds", "4", "--beat", "0.5"]
    said = await asyncio.to_thread(weizhan_process, *words, folder=tmp_path, settings=settings)
    assert said.status == 0, said.err
    connected, taken = said.out.split()[0], int(said.out.split(" connected, ")[1].split()[0])
    assert connected == "2"
    assert taken >= 6
    assert estate.row("G0001").firmware == "sim-1.0"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--count", "9999"], "cabinets in service"),
        (["--url", "ftp://x"], "--url must begin with http"),
        (["--carrier", "mqtt", "--url", "http://x"], "--url must begin with mqtt"),
        (["--carrier", "mqtt"], "--url must begin with mqtt"),
    ],
)
def test_what_is_wrong_with_a_fleet_is_said(estate: Estate, tmp_path: Path, words: list[str], complaint: str) -> None:
    settings = {"database_url": f"sqlite:///{tmp_path / 'town.db'}"}
    assert estate.row("G0001").active
    assert complaint in weizhan("cabinet-fleet", *words, folder=tmp_path, settings=settings).complaint
