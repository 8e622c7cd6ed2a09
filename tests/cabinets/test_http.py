"""Cabinets over plain HTTP: every fault of a door, a line or a clock, and who cannot prove to be a cabinet."""

from __future__ import annotations

import asyncio
import json

import aiohttp

from bot.simulator.cabinet import Cabinet, Keys, Mishap, secrets
from tests.support.cabinets import Estate, over_http, simulated, until
from tests.support.served import Line


async def test_a_door_opens_and_shuts(estate: Estate, server: Line) -> None:
    cabinet = simulated(estate.add("T0001"))
    async with over_http(server.base, cabinet):
        await until(lambda: estate.door("T0001", 3) == "locked")
        cmd_id = estate.order("T0001", 3)
        await until(lambda: estate.state(cmd_id) == "opened")
        assert cabinet.doors[3].open
        assert estate.door("T0001", 3) == "open"
        cabinet.shut(3)
        await until(lambda: estate.state(cmd_id) == "closed")
        assert [door.pulses for door in cabinet.doors.values()] == [0, 0, 1, 0, 0, 0]
        assert estate.row("T0001").firmware == "sim-1.0"


async def test_a_code_opens_its_door_and_is_spent_by_the_door(estate: Estate, server: Line) -> None:
    cabinet = simulated(estate.add("T0001"))
    code = estate.parcel("T0001", 2)
    async with over_http(server.base, cabinet):
        await until(lambda: settled(cabinet))
        cabinet.type_code("000000" if code != "000000" else "111111")
        await until(lambda: cabinet.display == "wrong")
        cabinet.mishap(Mishap.JAMMED, on=True, door=2)
        cabinet.type_code(code)
        await until(lambda: estate.commands("T0001") == ["unknown"])  # the pulse was given, nobody saw the door
        cabinet.mishap(Mishap.JAMMED, on=False, door=2)
        cabinet.type_code(code)
        await until(lambda: cabinet.doors[2].open)
        await until(lambda: estate.commands("T0001") == ["unknown", "opened"])
        cabinet.shut(2)
        cabinet.type_code(code)
        await until(lambda: cabinet.display == "wrong")
        assert cabinet.doors[2].pulses == 2


async def test_a_silent_switch_is_no_success(estate: Estate, server: Line) -> None:
    cabinet = simulated(estate.add("T0001"))
    cabinet.mishap(Mishap.NO_FEEDBACK, on=True, door=4)
    async with over_http(server.base, cabinet):
        await until(lambda: "taken" in cabinet.heard)
        cmd_id = estate.order("T0001", 4)
        await until(lambda: estate.command(cmd_id) == ("unknown", "no_feedback"))
        assert cabinet.doors[4].open
        assert estate.door("T0001", 4) == "unknown"


async def test_a_wrong_polarity_shows_as_a_door_that_is_always_open(estate: Estate, server: Line) -> None:
    cabinet = simulated(estate.add("T0001"))
    cabinet.mishap(Mishap.WRONG_POLARITY, on=True)
    async with over_http(server.base, cabinet):
        await until(lambda: estate.door("T0001", 1) == "open")
        cmd_id = estate.order("T0001", 1)
        await until(lambda: estate.command(cmd_id) == ("refused", "already_open"))
        assert cabinet.doors[1].pulses == 0


async def test_everything_twice_opens_once(estate: Estate, server: Line) -> None:
    cabinet = simulated(estate.add("T0001"))
    cabinet.mishap(Mishap.DOUBLED, on=True)
    async with over_http(server.base, cabinet):
        cmd_id = estate.order("T0001", 1)
        await until(lambda: estate.state(cmd_id) == "opened")
        cabinet.shut(1)
        await until(lambda: estate.state(cmd_id) == "closed")
        await until(lambda: not cabinet.memory.queue)
        assert cabinet.heard.count("open") >= 2
        assert (cabinet.doors[1].pulses, cabinet.doors[1].open) == (1, False)


async def test_a_clock_that_is_wrong_is_set_by_the_server(estate: Estate, server: Line) -> None:
    cabinet = simulated(estate.add("T0001"))
    cabinet.clock_off_ms = -3 * 86_400_000
    async with over_http(server.base, cabinet):
        await until(lambda: abs(cabinet.clock_off_ms) < 2500)
        cmd_id = estate.order("T0001", 1)
        await until(lambda: estate.state(cmd_id) == "opened")
    _, metrics = await server.get("/metrics")
    assert 'weizhan_cabinet_messages_total{outcome="skewed",type="hello"}' in metrics


async def test_a_clock_that_cannot_be_set_lets_no_command_through(estate: Estate, server: Line) -> None:
    cabinet = simulated(estate.add("T0001"))
    cabinet.mishap(Mishap.SKEWED_CLOCK, on=True, seconds=120)
    async with over_http(server.base, cabinet):
        cmd_id = estate.order("T0001", 1)
        await until(lambda: estate.command(cmd_id) == ("timeout", "expired"))
        assert cabinet.doors[1].pulses == 0


async def test_power_that_goes_between_pulse_and_report(estate: Estate, server: Line) -> None:
    cabinet = simulated(estate.add("T0001"))
    cabinet.mishap(Mishap.POWER_CUT, on=True)
    async with over_http(server.base, cabinet):
        await until(lambda: estate.door("T0001", 5) == "locked")
        cmd_id = estate.order("T0001", 5)
        await until(lambda: cabinet.display == "dark")
        await until(lambda: not cabinet.connected)  # or its line never learns that it was away
        assert estate.state(cmd_id) not in ("opened", "closed")
        cabinet.power()
        await until(lambda: estate.state(cmd_id) == "opened")  # by the door, seen after the restart
        assert cabinet.doors[5].pulses == 1


async def test_a_cabinet_that_is_off_line_works_alone_and_tells_later(estate: Estate, server: Line) -> None:
    cabinet = simulated(estate.add("T0001"))
    code = estate.parcel("T0001", 2)
    async with over_http(server.base, cabinet):
        await until(lambda: len(cabinet.memory.codes) == 1)
        cabinet.mishap(Mishap.OFFLINE, on=True)
        await until(lambda: not cabinet.connected)
        cabinet.type_code("123456" if code != "123456" else "654321")
        assert cabinet.display == "wrong"
        cabinet.type_code(code)
        assert (cabinet.display, cabinet.doors[2].open) == ("opened", True)
        cabinet.shut(2)
        cabinet.type_code(code)
        assert cabinet.display == "wrong"  # used up
        cabinet.mishap(Mishap.OFFLINE, on=False)
        await until(lambda: not cabinet.memory.entries and not cabinet.memory.queue)
        cabinet.type_code(code)
        await until(lambda: cabinet.display == "wrong" and not cabinet.memory.queue)
        assert cabinet.doors[2].pulses == 1
        assert cabinet.memory.codes == {} or estate.row("T0001").codes_version > 1


async def test_a_stolen_key_is_worth_nothing_after_the_change(estate: Estate, server: Line) -> None:
    thief = estate.add("T0001")
    current = estate.new_key("T0001")
    assert await told(server, thief) == 200  # the key before is good while the change is under way
    assert await told(server, current) == 200
    await_old = estate.new_key("T0001", revoke=True)
    assert await told(server, thief) == 401
    assert await told(server, current) == 401
    cabinet, old = simulated(await_old), simulated(current)
    async with over_http(server.base, cabinet):
        cmd_id = estate.order("T0001", 1)
        await until(lambda: estate.state(cmd_id) == "opened")
    assert (cabinet.forged, old.doors[1].open) == (0, False)


async def test_who_cannot_prove_to_be_the_cabinet_gets_no_letter(estate: Estate, server: Line) -> None:
    keys = estate.add("T0001")
    stranger = Keys("T0001", 1, bytes(32), bytes(32))
    assert await told(server, stranger) == 401
    assert await told(server, Keys("T0009", 1, keys.line, keys.lock)) == 404
    assert await told(server, keys, serial="T0002") == 401
    assert await told(server, keys) == 200
    assert estate.row("T0001").heard_at is not None


async def test_commands_are_given_to_who_signs_now(estate: Estate, server: Line) -> None:
    keys = estate.add("T0001")
    now = simulated(keys).clock_ms()
    assert await asked(server, keys, now) == (200, "")
    assert await asked(server, keys, now - 400_000) == (401, "clock_skew")
    assert await asked(server, Keys("T0001", 1, bytes(32), b""), now - 400_000) == (401, "bad_signature")
    async with server.session.get(f"{server.base}/api/v1/cabinets/T0001/commands") as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, "bad_json")


async def test_a_replayed_message_changes_nothing(estate: Estate, server: Line) -> None:
    keys = estate.add("T0001")
    opened = letter(keys, 5, {"type": "door_event", "door": 1, "state": "open"})
    shut = letter(keys, 6, {"type": "door_event", "door": 1, "state": "locked"})
    first = await posted(server, opened)
    await posted(server, shut)
    again = await posted(server, opened)
    assert [json.loads(one)["type"] for one in (first, again)] == ["taken", "taken"]
    assert estate.door("T0001", 1) == "locked"


async def test_one_bad_message_spoils_no_other(estate: Estate, server: Line) -> None:
    keys = estate.add("T0001")
    lines = [
        letter(keys, 5, {"type": "door_event", "door": 1, "state": "open"}),
        letter(keys, 6, {"type": "door_event", "door": "1", "state": "open"}),
        letter(keys, 7, {"type": "dance"}),
        letter(keys, 8, {"type": "door_event", "door": 2, "state": "open"}),
    ]
    answers = [json.loads(line) for line in (await posted(server, *lines)).splitlines()]
    told = [(one["type"], one["seq"], one.get("code"), one.get("field")) for one in answers]
    assert told == [
        ("taken", 5, None, None),
        ("error", 6, "wrong_type", "door"),
        ("error", 7, "unknown_type", "type"),
        ("taken", 8, None, None),
    ]
    assert (estate.door("T0001", 1), estate.door("T0001", 2)) == ("open", "open")


async def test_bodies_are_limited(estate: Estate, server: Line) -> None:
    estate.add("T0001")
    address = f"{server.base}/api/v1/cabinets/T0001/events"
    for body, status in ((b"", 400), (b"x\n" * 51, 413), (b"x" * 40_000, 413), (b"{}", 400)):
        async with server.session.post(address, data=body) as answer:
            assert answer.status == status, body[:10]


async def test_a_newer_wait_ends_the_older(estate: Estate, server: Line) -> None:
    cabinet = simulated(estate.add("T0001"))
    first = asyncio.ensure_future(asked(server, cabinet.keys, cabinet.clock_ms(), wait=20))
    await asyncio.sleep(0.3)
    second = asyncio.ensure_future(asked(server, cabinet.keys, cabinet.clock_ms(), wait=20))
    assert await asyncio.wait_for(first, 5) == (200, "")
    estate.order("T0001", 2)
    _, said = await asyncio.wait_for(second, 5)
    assert json.loads(said)["type"] == "open"


def settled(cabinet: Cabinet) -> bool:
    """It is on line and has told everything."""
    return cabinet.connected and not cabinet.memory.queue


def letter(keys: Keys, seq: int, body: dict[str, str | int]) -> str:
    return secrets.signed(keys, {**body, "seq": seq, "at": 1_795_320_000_000 + seq})


async def posted(server: Line, *lines: str) -> str:
    address = f"{server.base}/api/v1/cabinets/T0001/events"
    async with server.session.post(address, data="\n".join(lines).encode()) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.text()


async def told(server: Line, keys: Keys, serial: str = "") -> int:
    """The status of a heartbeat under these keys, to the address of that cabinet."""
    beat = letter(keys, 9, {"type": "heartbeat"})
    address = f"{server.base}/api/v1/cabinets/{serial or keys.serial}/events"
    async with server.session.post(address, data=beat.encode()) as answer:
        return answer.status


async def asked(server: Line, keys: Keys, at_ms: int, wait: int = 0) -> tuple[int, str]:
    """Ask for commands with a proof of that moment: the status, and the letters or the code."""
    proof = secrets.signed(keys, {"type": "poll", "wait": wait, "at": at_ms})
    address = f"{server.base}/api/v1/cabinets/{keys.serial}/commands?wait={wait}"
    timeout = aiohttp.ClientTimeout(total=30)
    async with server.session.get(address, headers={"Weizhan-Letter": proof}, timeout=timeout) as answer:
        text = await answer.text()
        return answer.status, text if answer.status == 200 else json.loads(text)["code"]
