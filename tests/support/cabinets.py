"""Cabinets of a community for tests: their rows, commands for their doors, simulated ones on a carrier, a broker."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from sqlalchemy import select

from bot.privacy import Seal
from bot.rules.locker import codes, line, opening
from bot.rules.locker.device import Reason
from bot.rules.office import Office
from bot.simulator.cabinet import Cabinet as Simulated
from bot.simulator.cabinet import Keys
from bot.simulator.cabinet.http import HttpCarrier
from bot.simulator.cabinet.mqtt import Account, MqttCarrier
from bot.store import Session, Store, transaction
from bot.store.locker import Cabinet, Compartment, CompartmentClaim, DoorCommand, Parcel, reading, writing
from tests.conftest import SECRET

PATIENCE = 60.0
PACKAGE = "mosquitto (apt-get install mosquitto)"


async def until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it does not happen"
        await asyncio.sleep(0.02)


@dataclass
class Estate:
    """The cabinets in a store."""

    store: Store
    secret: str = SECRET
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def office(self, session: Session) -> Office:
        return Office(session, Seal(self.secret), ZoneInfo("Asia/Shanghai"), self.now())

    def add(self, serial: str, doors: int = 6) -> Keys:
        """A new cabinet; the keys to be put into it."""
        with transaction(self.store) as session:
            cabinet = Cabinet(code=serial, name=f"{serial}示例")
            session.add(cabinet)
            session.flush()
            session.add_all([Compartment(cabinet_id=cabinet.id, door=door, size="m") for door in range(1, doors + 1)])
            return self._keys(session, cabinet.id)

    def keys(self, serial: str) -> Keys:
        with transaction(self.store) as session:
            return self._keys(session, self._cabinet(session, serial).id)

    def new_key(self, serial: str, *, revoke: bool = False) -> Keys:
        """A new line key, as `weizhan cabinet key --new` makes it."""
        with transaction(self.store) as session:
            office, cabinet_id = self.office(session), self._cabinet(session, serial).id
            line.rotate_key(office, cabinet_id)
            if revoke:
                line.drop_previous_key(office, cabinet_id)
            return self._keys(session, cabinet_id)

    def order(self, serial: str, door: int) -> UUID:
        """The staff opens a door."""
        with transaction(self.store) as session:
            office = self.office(session)
            cabinet = writing.locked(session, self._cabinet(session, serial).id)
            return opening.start(office, cabinet, door, Reason.STAFF, words="示例").id

    def parcel(self, serial: str, door: int) -> str:
        """Something lies there for the station to keep; its pick-up code."""
        with transaction(self.store) as session:
            office = self.office(session)
            cabinet = writing.locked(session, self._cabinet(session, serial).id)
            compartment = reading.compartment(session, cabinet.id, door)
            assert compartment is not None
            parcel = Parcel(
                cabinet_id=cabinet.id,
                compartment_id=compartment.id,
                door=door,
                kind="parcel",
                state="stored",
                by_station=True,
                consent="asked",
                created_at=office.now,
                stored_at=office.now,
                due_at=office.now + timedelta(days=2),
            )
            session.add(parcel)
            session.flush()
            session.add(CompartmentClaim(compartment_id=compartment.id, parcel_id=parcel.id))
            return codes.mint(office, cabinet, parcel)

    def command(self, cmd_id: UUID) -> tuple[str, str]:
        """Where a command stands, and the last word of the cabinet."""
        with transaction(self.store) as session:
            found = session.get(DoorCommand, cmd_id)
            assert found is not None
            return found.state, found.outcome

    def state(self, cmd_id: UUID) -> str:
        return self.command(cmd_id)[0]

    def commands(self, serial: str) -> list[str]:
        """Where the commands of a cabinet stand, oldest first."""
        with transaction(self.store) as session:
            cabinet = self._cabinet(session, serial)
            rows = session.scalars(select(DoorCommand).where(DoorCommand.cabinet_id == cabinet.id))  # type: ignore[arg-type]
            return [row.state for row in sorted(rows, key=lambda row: row.created_at)]

    def row(self, serial: str) -> Cabinet:
        with transaction(self.store) as session:
            return self._cabinet(session, serial)

    def door(self, serial: str, door: int) -> str:
        """What the server knows of a door."""
        with transaction(self.store) as session:
            found = reading.compartment(session, self._cabinet(session, serial).id, door)
            assert found is not None
            return found.state

    def _cabinet(self, session: Session, serial: str) -> Cabinet:
        found = reading.cabinet_by_code(session, serial)
        assert found is not None
        return found

    def _keys(self, session: Session, cabinet_id: UUID) -> Keys:
        keys = line.device_keys(self.office(session), cabinet_id)
        newest = max(keys.accepted)
        return Keys(keys.cabinet, newest, keys.accepted[newest], keys.lock)


def simulated(keys: Keys, doors: int = 6) -> Simulated:
    """A cabinet in the running loop, on no carrier yet."""
    return Simulated(keys, doors=doors, now=time.time, later=asyncio.get_running_loop().call_later)


@asynccontextmanager
async def over_http(url: str, *cabinets: Simulated, beat_seconds: float = 60.0) -> AsyncIterator[None]:
    """The cabinets in touch with the server at this address."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        carriers = [HttpCarrier(cabinet, url, http, beat_seconds) for cabinet in cabinets]
        async with running(*(carrier.run for carrier in carriers)):
            yield


@asynccontextmanager
async def over_mqtt(url: str, *cabinets: Simulated, beat_seconds: float = 60.0) -> AsyncIterator[None]:
    """The cabinets on one connection to the broker, under the first one's name."""
    async with running(MqttCarrier(cabinets, Account.read(url), cabinets[0].serial, beat_seconds).run):
        yield


@asynccontextmanager
async def running(*works: Callable[[], Coroutine[None, None, None]]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(work()) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert [one for one in ended if not isinstance(one, asyncio.CancelledError)] == []


@dataclass
class Broker:
    """A Mosquitto of our own, with a password for each of these names."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def url(self, name: str = "weizhan") -> str:
        return f"mqtt://{name}:{name}-word@127.0.0.1:{self.port}"

    def start(self) -> None:
        found = mosquitto()
        with (self.folder / "log").open("ab") as log:
            command = [found, "-c", str(self.folder / "mosquitto.conf")]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        end = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                said = (self.folder / "log").read_text()
                assert self.process.poll() is None, f"the broker ended: {said}"
                assert time.monotonic() < end, f"the broker does not listen: {said}"
                time.sleep(0.02)

    def stop(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


def mosquitto() -> str:
    """Where the broker is. Without one its tests are skipped; in CI they fail."""
    found = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None and os.environ.get("CI"):
        pytest.fail(f"the tests of cabinets need {PACKAGE}")
    if found is None:
        pytest.skip(f"the tests of cabinets need {PACKAGE}")
    return found


@contextmanager
def broker(folder: Path, *names: str) -> Iterator[Broker]:
    """A running broker that keeps the access list of docs/cabinets.md; killed in the end."""
    mosquitto()
    folder.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words, access = folder / "passwd", folder / "acl"
    words.write_text("".join(f"{name}:{name}-word\n" for name in ("weizhan", *names)))
    subprocess.run(["mosquitto_passwd", "-U", words], check=True, capture_output=True)
    words.chmod(0o644)
    access.write_text(
        "user weizhan\ntopic read weizhan/cabinets/+/up\ntopic write weizhan/cabinets/+/down\n"
        "user fleet\ntopic write weizhan/cabinets/+/up\ntopic read weizhan/cabinets/+/down\n"
        "pattern write weizhan/cabinets/%u/up\npattern read weizhan/cabinets/%u/down\n"
    )
    (folder / "mosquitto.conf").write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous false\npassword_file {words}\nacl_file {access}\n"
        "set_tcp_nodelay true\nmax_queued_messages 10000\nmax_inflight_messages 1000\n"
        + ("user root\n" if os.getuid() == 0 else "")
    )
    own = Broker(folder, port)
    own.start()
    try:
        yield own
    finally:
        own.stop()
