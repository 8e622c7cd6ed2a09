"""Locker cabinets: what heartbeats cost the server, and how long a door takes, beside the broker's own time."""

import asyncio
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from zoneinfo import ZoneInfo

import aiomqtt

from bench import knowledge, machine, servers
from bench.load import Length
from bench.report import Report, row
from bot.cabinets.provisioning import Provision, provisions
from bot.privacy import Seal
from bot.rules.locker import codes
from bot.rules.office import Office
from bot.simulator.cabinet import Cabinet, Keys
from bot.simulator.cabinet.fleet import Fleet
from bot.store import Session
from bot.store.locker import Cabinet as Row
from bot.store.locker import Compartment, CompartmentClaim, Parcel
from tests.support.cabinets import Broker, broker

DOORS, DOOR = 6, 3
PER_MINUTE = 10_000
AT_ONCE = 4
PATIENCE = 120.0


@dataclass(slots=True)
class Town:
    """The cabinets of the bench: what is put into them, and a code for each."""

    count: int
    provisions: list[Provision] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)

    def furnish(self, session: Session) -> None:
        office = Office(session, Seal(servers.SECRET), ZoneInfo("Asia/Shanghai"), datetime.now(UTC))
        for number in range(self.count):
            cabinet = Row(code=f"B{number:05d}", name="B", works_offline=False)
            session.add(cabinet)
            session.flush()
            self.codes[cabinet.code] = _parcel(office, cabinet)
        session.flush()
        self.provisions = [one for one in provisions(office) if one.keys.cabinet in self.codes]


@dataclass(slots=True)
class Openings:
    """For each door: when its command was accepted, and how long until the server knew that it is open."""

    accepted: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)

    def changed(self, cabinet: Cabinet) -> None:
        """Hears of a cabinet after every letter to it."""
        queue = [body["type"] for body in cabinet.memory.queue]
        if cabinet.display == "checking" and "code_try" not in queue and cabinet.serial not in self.accepted:
            self.accepted[cabinet.serial] = perf_counter()
        elif cabinet.doors[DOOR].open and not queue and cabinet.display == "opened":
            cabinet.display = "idle"
            self.took.append(perf_counter() - self.accepted.get(cabinet.serial, perf_counter()))


@dataclass(slots=True)
class Measured:
    """What came out."""

    rate: float = 0.0
    micros: float = 0.0
    busy: float = 0.0
    opened: float = 0.0
    openings: Openings = field(default_factory=Openings)
    broker: list[float] = field(default_factory=list)


def lockers(folder: Path, length: Length) -> Report:
    """A fleet over Mosquitto, all on this machine. Raises RuntimeError where there is none."""
    if shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:/usr/bin") is None:
        raise RuntimeError("the part lockers needs mosquitto (apt-get install mosquitto)")
    town, seconds = Town(length.round // 2), length.paced / 300
    home = folder / "broker"
    home.mkdir()
    faq = knowledge.make(folder / "faq-lockers", knowledge.FEW)
    with (
        broker(home, "fleet") as running,
        servers.product(folder / "lockers", faq, mqtt_url=running.url(), furnish=town.furnish) as server,
        machine.on_core(machine.CLIENT_CORE),
    ):
        return _report(town, asyncio.run(_measure(town, running, server, seconds)))


async def _measure(town: Town, running: Broker, server: servers.Server, seconds: float) -> Measured:
    found = Measured()
    keys = [Keys(one.keys.cabinet, one.number, one.line_key, one.keys.lock) for one in town.provisions]
    fleet = Fleet(
        keys,
        doors=DOORS,
        url=running.url("fleet"),
        beat_seconds=60 * town.count / PER_MINUTE,
        changed=found.openings.changed,
    )
    playing = asyncio.create_task(fleet.run())
    try:
        await _until(lambda: fleet.figures.taken >= 2 * town.count)  # each has said hello and that it lives
        taken, cpu, began = fleet.figures.taken, server.cpu_seconds(), perf_counter()
        await asyncio.sleep(seconds)
        spent, many, took = server.cpu_seconds() - cpu, fleet.figures.taken - taken, perf_counter() - began
        found.rate, found.micros, found.busy = many / took, 1e6 * spent / max(many, 1), spent / took
        found.broker = await _round_trips(running, 200)
        began = perf_counter()
        await _open_all(fleet.cabinets, town, found.openings)
        found.opened = len(found.openings.took) / (perf_counter() - began)
    finally:
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)
    return found


async def _open_all(cabinets: Sequence[Cabinet], town: Town, openings: Openings) -> None:
    """At each cabinet somebody types the code, a few at once, while the others beat on."""
    for start in range(0, min(len(cabinets), 400), AT_ONCE):
        few = cabinets[start : start + AT_ONCE]
        for cabinet in few:
            cabinet.type_code(town.codes[cabinet.serial])
        wanted = len(openings.took) + len(few)
        await _until(lambda wanted=wanted: len(openings.took) >= wanted)  # type: ignore[misc]


async def _round_trips(running: Broker, many: int) -> list[float]:
    """Out to the broker and back, QoS 1 both ways, nobody else in between."""
    took = []
    async with aiomqtt.Client("127.0.0.1", running.port, username="fleet", password="fleet-word") as client:  # noqa: S106
        await client.subscribe("weizhan/cabinets/X/down", qos=1)
        async with aiomqtt.Client("127.0.0.1", running.port, username="weizhan", password="weizhan-word") as other:  # noqa: S106
            for _ in range(many):
                began = perf_counter()
                await other.publish("weizhan/cabinets/X/down", b"x" * 300, qos=1)
                await anext(aiter(client.messages))
                took.append(perf_counter() - began)
    return took


async def _until(true: Callable[[], bool]) -> None:
    end = perf_counter() + PATIENCE
    while not true():
        if perf_counter() > end:
            raise RuntimeError("the fleet does not get its answers")
        await asyncio.sleep(0.005)


def _parcel(office: Office, cabinet: Row) -> str:
    """Something behind one of its doors; the code."""
    doors = [Compartment(cabinet_id=cabinet.id, door=door, size="m") for door in range(1, DOORS + 1)]
    parcel = Parcel(
        cabinet_id=cabinet.id,
        compartment_id=doors[DOOR - 1].id,
        door=DOOR,
        kind="parcel",
        state="stored",
        by_station=True,
        consent="asked",
        created_at=office.now,
        stored_at=office.now,
        due_at=office.now + timedelta(days=2),
    )
    office.session.add_all(doors)
    office.session.flush()
    office.session.add(parcel)
    office.session.flush()
    office.session.add(CompartmentClaim(compartment_id=parcel.compartment_id, parcel_id=parcel.id))
    return codes.mint(office, cabinet, parcel)


def _report(town: Town, found: Measured) -> Report:
    usual, rare = _cuts(found.openings.took)
    bare, bare_rare = _cuts(found.broker)
    rows = [
        row(f"lockers: heartbeats, {town.count:,} cabinets", f"{found.rate:.0f}/s", goal=f"{PER_MINUTE / 60:.0f}/s"),
        row("lockers: CPU per heartbeat", f"{found.micros:.0f} µs"),
        row("lockers: openings by code", f"{found.opened:.0f}/s"),
        row(
            "lockers: command accepted → door known open, p50 / p99",
            f"{usual:.1f} / {rare:.1f} ms",
            f"{bare:.1f} / {bare_rare:.1f} ms",
            goal="p99 ≤ 1000 ms",
        ),
    ]
    notes = [
        f"lockers: the server used {found.busy:.0%} of its core for the heartbeats; the baseline is the broker's own "
        f"round trip; {len(found.openings.took)} doors, {AT_ONCE} at a time, the simulated lock needs no time",
    ]
    return Report(rows, notes)


def _cuts(seconds: Sequence[float]) -> tuple[float, float]:
    cuts = quantiles(seconds, n=100)
    return 1000 * cuts[49], 1000 * cuts[98]
