"""Cabinets over a real broker: who may speak there, what dies on the way, and several servers beside one another."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiomqtt
import pytest

from bot.cabinets.mqtt import Broker as Address
from bot.cabinets.mqtt import broker_of
from bot.conversation import Conversation
from bot.errors import OperatorError
from bot.simulator.cabinet import Mishap, secrets
from bot.simulator.jsons import Json
from tests.cabinets.conftest import made
from tests.support.cabinets import PATIENCE, Broker, Estate, over_mqtt, simulated, until
from tests.support.served import Line, serving


async def test_a_door_opens_over_the_broker(
    estate: Estate, mosquitto: Broker, tmp_path: Path, talk: Conversation
) -> None:
    cabinet = simulated(estate.add("T0001"))
    code = estate.parcel("T0001", 2)
    async with (
        serving(made(tmp_path, talk, mqtt_url=mosquitto.url())),
        over_mqtt(mosquitto.url("T0001"), cabinet),
    ):
        await until(lambda: estate.door("T0001", 3) == "locked")
        cmd_id = estate.order("T0001", 3)
        await until(lambda: estate.state(cmd_id) == "opened")
        cabinet.shut(3)
        await until(lambda: estate.state(cmd_id) == "closed")
        cabinet.type_code(code)
        await until(lambda: cabinet.doors[2].open)
        await until(lambda: not cabinet.memory.queue)


async def test_everything_twice_opens_once(
    estate: Estate, mosquitto: Broker, tmp_path: Path, talk: Conversation
) -> None:
    cabinet = simulated(estate.add("T0001"))
    cabinet.mishap(Mishap.DOUBLED, on=True)
    async with (
        serving(made(tmp_path, talk, mqtt_url=mosquitto.url())),
        over_mqtt(mosquitto.url("T0001"), cabinet),
    ):
        await until(lambda: cabinet.connected and not cabinet.memory.queue)
        cmd_id = estate.order("T0001", 1)
        await until(lambda: estate.state(cmd_id) == "opened")
        cabinet.shut(1)
        await until(lambda: estate.state(cmd_id) == "closed")
        assert cabinet.doors[1].pulses == 1


async def test_a_broker_that_dies_takes_nothing_with_it(
    estate: Estate, mosquitto: Broker, tmp_path: Path, talk: Conversation
) -> None:
    cabinet = simulated(estate.add("T0001"))
    async with (
        serving(made(tmp_path, talk, mqtt_url=mosquitto.url())),
        over_mqtt(mosquitto.url("T0001"), cabinet),
    ):
        await until(lambda: cabinet.connected and not cabinet.memory.queue)
        mosquitto.stop()
        await until(lambda: not cabinet.connected)
        cabinet.force(4)
        cmd_id = estate.order("T0001", 3)
        mosquitto.start()
        await until(lambda: estate.state(cmd_id) == "opened")
        await until(lambda: estate.door("T0001", 4) == "open")


async def test_a_server_that_is_started_anew_goes_on(
    estate: Estate, mosquitto: Broker, tmp_path: Path, talk: Conversation
) -> None:
    cabinets = [simulated(estate.add(f"T000{number}")) for number in (1, 2, 3)]
    async with over_mqtt(mosquitto.url("fleet"), *cabinets, beat_seconds=0.5):
        async with serving(made(tmp_path, talk, mqtt_url=mosquitto.url())):
            await until(lambda: all(not cabinet.memory.queue for cabinet in cabinets))
        orders = [estate.order(cabinet.serial, 2) for cabinet in cabinets]
        cabinets[0].force(5)
        async with serving(made(tmp_path, talk, mqtt_url=mosquitto.url())):
            await until(lambda: all(estate.state(order) == "opened" for order in orders))
            await until(lambda: estate.door("T0001", 5) == "open")
    assert [cabinet.doors[2].pulses for cabinet in cabinets] == [1, 1, 1]


async def test_two_servers_share_the_messages(
    estate: Estate, mosquitto: Broker, tmp_path: Path, talk: Conversation
) -> None:
    cabinets = [simulated(estate.add(f"T000{number}")) for number in (1, 2, 3)]
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "town.db").symlink_to(tmp_path / "town.db")
    first, second = (made(folder, talk, mqtt_url=mosquitto.url()) for folder in folders)
    async with serving(first) as one, serving(second) as two:
        async with over_mqtt(mosquitto.url("fleet"), *cabinets, beat_seconds=0.2):
            await until(lambda: all(not cabinet.memory.queue for cabinet in cabinets))
            orders = [estate.order(cabinet.serial, 1) for cabinet in cabinets]
            await until(lambda: all(estate.state(order) == "opened" for order in orders))
            for line in (one, two):
                await until_counted(line, 'outcome="taken",type="heartbeat"')
        assert [cabinet.doors[1].pulses for cabinet in cabinets] == [1, 1, 1]


async def test_nobody_speaks_for_another_cabinet(
    estate: Estate, mosquitto: Broker, tmp_path: Path, talk: Conversation
) -> None:
    """The access list keeps them off the topic, and what comes through has to be signed."""
    theirs, own = estate.add("T0001"), simulated(estate.add("T0002"))
    event: Json = {"type": "door_event", "door": 1, "state": "open", "seq": 5, "at": 1_795_320_000_000}
    forged = secrets.signed(secrets.Keys("T0001", 1, bytes(32), b""), event)
    for_another = secrets.signed(own.keys, event)
    async with serving(made(tmp_path, talk, mqtt_url=mosquitto.url())) as line:
        async with client(mosquitto, "T0002") as intruder:
            await intruder.publish("weizhan/cabinets/T0001/up", secrets.signed(theirs, event), qos=1)
        async with client(mosquitto, "fleet") as inside:
            for noise in (forged, for_another, "{}", b"\xff", ""):
                await inside.publish("weizhan/cabinets/T0001/up", noise, qos=1)
            await inside.publish("weizhan/cabinets/T0009/up", forged, qos=1)
            await inside.publish("weizhan/cabinets/T0002/up", for_another, qos=1)
        await until(lambda: estate.door("T0002", 1) == "open")
        assert estate.door("T0001", 1) == "unknown"
        assert estate.row("T0001").heard_at is None
        _, metrics = await line.get("/metrics")
        for fault in ("bad_signature", "wrong_serial", "bad_json", "missing"):
            assert f'weizhan_cabinet_messages_total{{outcome="{fault}",type=""}}' in metrics


async def test_a_wrong_password_is_no_way_in(mosquitto: Broker) -> None:
    with pytest.raises(aiomqtt.MqttError):
        async with aiomqtt.Client("127.0.0.1", mosquitto.port, username="T0001", password="guessed"):
            pass


def test_the_address_of_a_broker() -> None:
    assert broker_of("mqtt://127.0.0.1") == Address("127.0.0.1", 1883, None, None, tls=False)
    assert broker_of("mqtts://we:p%40ss@b.example.org:99") == Address("b.example.org", 99, "we", "p@ss", tls=True)
    assert broker_of("mqtts://b.example.org").port == 8883
    for wrong in ("http://b.example.org", "mqtt://", "b.example.org", "mqtt://h:port", "mqtt://b.example.org"):
        with pytest.raises(OperatorError, match="WEIZHAN_MQTT_URL"):
            broker_of(wrong)


def client(broker: Broker, name: str) -> aiomqtt.Client:
    return aiomqtt.Client("127.0.0.1", broker.port, username=name, password=f"{name}-word")


async def until_counted(line: Line, words: str) -> None:
    """Until that server has counted such messages."""
    async with asyncio.timeout(PATIENCE):
        while words not in (await line.get("/metrics"))[1]:  # noqa: ASYNC110 - it is another server that counts
            await asyncio.sleep(0.05)
