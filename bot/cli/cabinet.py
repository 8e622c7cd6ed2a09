"""`weizhan cabinet …`: the keys of a locker cabinet, a fleet of simulated ones, and the reference agent on a host."""

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import closing
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import app as build
from bot import settings
from bot.cabinets.provisioning import Provision, provisions, written
from bot.errors import OperatorError
from bot.privacy import Seal
from bot.rules.locker import line
from bot.rules.locker.device import Board, Polarity
from bot.rules.office import Office
from bot.settings import Settings
from bot.store import Session, transaction

app = typer.Typer(no_args_is_help=True, help="The device side of locker cabinets.")


class Carrier(StrEnum):
    """How a fleet speaks with the server."""

    HTTP = "http"
    MQTT = "mqtt"


Serial = Annotated[str, typer.Argument(help="The code on the cabinet's plate, such as G0001.", show_default=False)]
New = Annotated[
    bool, typer.Option("--new", help="Make a new line key; the one before stays good until the next change.")
]
Revoke = Annotated[bool, typer.Option("--revoke", help="With --new: the key before is believed no more, at once.")]
Count = Annotated[int, typer.Option(min=1, max=20_000, help="How many cabinets, the first by their codes.")]
Url = Annotated[str, typer.Option(help="The server, or the broker; default: this machine, or WEIZHAN_MQTT_URL.")]
How = Annotated[Carrier, typer.Option(help="Over what they speak.")]
Beat = Annotated[float, typer.Option(min=0.1, help="Seconds between two heartbeats of a cabinet.")]
Seconds = Annotated[float, typer.Option(min=0, help="Stop after so many seconds; 0: when told to.")]
KeysFile = Annotated[Path, typer.Option("--keys", help="What `weizhan cabinet key` printed.", show_default=False)]
Server = Annotated[str, typer.Option("--url", help="The server, https://…", show_default=False)]
Family = Annotated[Board, typer.Option(help="The family of the lock boards.")]
SerialLine = Annotated[str, typer.Option("--line", help="The serial line, such as /dev/ttyS0.", show_default=False)]
Doors = Annotated[int, typer.Option(min=1, max=288)]
Switch = Annotated[Polarity, typer.Option(help="When the switch of a lock closes its circuit.")]


def register(main: typer.Typer) -> None:
    main.add_typer(app, name="cabinet")
    main.command(name="cabinet-fleet")(fleet)
    main.command(name="cabinet-agent")(agent)


@app.command()
def key(serial: Serial, new: New = False, revoke: Revoke = False) -> None:
    """Print the keys to be put into a cabinet, as one line of JSON. Keep them secret."""
    if revoke and not new:
        raise OperatorError("--revoke goes with --new: a cabinet without any good key could never speak again")
    chosen = settings.load()
    with closing(build.store_of(chosen)) as store:
        build.check_secret(store, chosen)
        with transaction(store) as session:
            office = _office(chosen, session)
            cabinet_id = line.cabinet_of(office, serial)
            if cabinet_id is None:
                raise OperatorError(f"there is no cabinet {serial}; import it with: weizhan import lockers FILE")
            if new:
                line.rotate_key(office, cabinet_id)
            if revoke:
                line.drop_previous_key(office, cabinet_id)
            printed = written(line.device_keys(office, cabinet_id))
    typer.echo(printed)


def fleet(
    count: Count = 100, url: Url = "", carrier: How = Carrier.HTTP, beat: Beat = 60.0, seconds: Seconds = 0.0
) -> None:
    """Play many cabinets against a server, with the keys of the database of the settings."""
    from bot.simulator.cabinet.fleet import Fleet  # only here and in the demo is anything simulated
    from bot.simulator.cabinet.secrets import Keys as Theirs

    chosen = settings.load()
    where = url or (chosen.mqtt_url if carrier is Carrier.MQTT else "http://127.0.0.1:8000")
    if not where.startswith(carrier.value):
        raise OperatorError(f"--url must begin with {carrier.value} for --carrier {carrier.value}")
    known = _provisions(chosen, count)
    keys = [Theirs(one.keys.cabinet, one.number, one.line_key, one.keys.lock) for one in known]

    async def play() -> None:
        playing = Fleet(keys, doors=max(one.doors for one in known), url=where, beat_seconds=beat)
        await _until_stopped(playing.run(lambda figures: typer.echo(str(figures), err=True)), seconds)
        typer.echo(str(playing.figures))

    try:
        asyncio.run(play())
    except ValueError as error:
        raise OperatorError(f"--url: {error}") from error


def agent(
    serial: Serial,
    keys: KeysFile,
    url: Server,
    line: SerialLine,
    board: Family = Board.BOARD_8A,
    doors: Doors = 12,
    polarity: Switch = Polarity.CLOSED_WHEN_LOCKED,
) -> None:
    """Drive the lock boards of a real cabinet: the protocol on one side, a serial line on the other."""
    from bot.cabinets.agent import Agent, Locks, open_line, read_keys  # on a cabinet's host only

    known = read_keys(keys, serial)
    port = open_line(line, board)
    locks = Locks(port, board=board, polarity=polarity, doors=doors)
    asyncio.run(_until_stopped(Agent(known, locks, url=url, memory=keys.with_suffix(".done")).run(), 0.0))


def _provisions(chosen: Settings, count: int) -> list[Provision]:
    """Of the first cabinets. Raises OperatorError where there are fewer."""
    with closing(build.store_of(chosen)) as store:
        build.check_secret(store, chosen)
        with transaction(store) as session:
            found = provisions(_office(chosen, session), count)
    if len(found) < count:
        raise OperatorError(f"the database has {len(found)} cabinets in service; make more with: weizhan city")
    return found


def _office(chosen: Settings, session: Session) -> Office:
    return Office(session, Seal(chosen.secret_key), chosen.zone, datetime.now(UTC))


async def _until_stopped(work: Coroutine[None, None, None], seconds: float) -> None:
    """Run until a signal comes, the time is over (0: never), or it fails."""
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    working, stop = asyncio.create_task(work), asyncio.create_task(stopped.wait())
    await asyncio.wait((working, stop), timeout=seconds or None, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if working.done():
        working.result()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
