"""One soak: start, let people talk, kill at a random moment, again and again; then let it come to rest and count."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import func, select, update
from sqlmodel import col

from bench.soak.counted import Counts, Table, counted
from bench.soak.crowd import Crowd
from bench.soak.front import Front
from bench.soak.neighbours import SEAL, ZONE, neighbours, settle_in
from bot import delivery
from bot.rules.forwarding import sending
from bot.rules.office import Office
from bot.store import Store, open_store, transaction
from bot.store.forwarding import Forward
from bot.store.outbox import Outbox
from bot.store.outbox import State as Notice
from tests.support.serving import Served, free_port

LIVES_SECONDS = (0.0, 2.5)  # from its first connection to the kill
LONG_AFTER = timedelta(minutes=10)  # by then what died half-way is known to have died
REST_SECONDS, MOST_RESTS = 45.0, 8


@dataclass(frozen=True, slots=True)
class Plan:
    """How often to kill, for how long at most, and the seed of chance."""

    kills: int = 100
    seconds: float = 900.0
    seed: int = 20261122


async def soak(database_url: str, folder: Path, plan: Plan) -> Table:
    """Kill the real server under load; what everybody was told stands in the table."""
    chance = random.Random(plan.seed)  # noqa: S311 - the same moments each time, as far as the machine allows
    async with AsyncExitStack() as stack:
        port, begun = free_port(), monotonic()
        front = await stack.enter_async_context(Front(port))
        around = await stack.enter_async_context(neighbours(front))
        await asyncio.to_thread(settle_in, database_url, around)
        server = Served(database_url, folder, port=port, settings=around.settings)
        stack.callback(_end, server)
        crowd = Crowd(around, chance)
        await asyncio.to_thread(server.start)
        talking = asyncio.create_task(crowd.talk())
        kills = await _kill_again_and_again(server, chance, plan)
        crowd.go_home()
        await talking
        await _come_to_rest(server, database_url)
        counts = Counts(kills, monotonic() - begun, log=server.log)
        return counted(database_url, around, crowd.visits, counts)


async def _kill_again_and_again(server: Served, chance: random.Random, plan: Plan) -> int:
    """Returns how often; it runs in the end."""
    ends = monotonic() + plan.seconds
    for killed in range(plan.kills):
        if monotonic() > ends:
            return killed
        await asyncio.sleep(chance.uniform(*LIVES_SECONDS))
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
    return plan.kills


async def _come_to_rest(server: Served, database_url: str) -> None:
    """Until nothing is to be sent any more; pauses are cut short as if ten minutes had gone by."""
    for _ in range(MOST_RESTS):
        store = open_store(database_url)
        await asyncio.to_thread(_wait_idle, store)
        await asyncio.to_thread(server.stop)
        left = _hurry(store)
        store.close()
        if not left:
            return
        await asyncio.to_thread(server.start)


def _wait_idle(store: Store) -> None:
    """In a thread of its own: until nothing is due, or it takes too long."""
    ends = monotonic() + REST_SECONDS
    while _at_work(store) and monotonic() < ends:
        sleep(0.2)


def _at_work(store: Store) -> int:
    """How much is due at this moment, or waits."""
    with transaction(store) as session:
        now = datetime.now(UTC)
        due = select(func.count()).select_from(Forward).where(col(Forward.next_try) <= now)
        waits = select(func.count()).select_from(Outbox).where(col(Outbox.state) == Notice.WAITING.value)
        return (session.scalar(due) or 0) + (session.scalar(waits.where(col(Outbox.due_at) <= now)) or 0)


def _hurry(store: Store) -> int:
    """What lost its sender is found, and what pauses is due; returns how much is left to do."""
    now = datetime.now(UTC)
    with transaction(store) as session:
        later = Office(session, SEAL, ZONE, now + LONG_AFTER)
        delivery.sweep(later)
        sending.sweep(later)
        session.flush()
        pausing = session.execute(update(Forward).where(col(Forward.next_try).is_not(None)).values(next_try=now))
        waiting = session.execute(update(Outbox).where(col(Outbox.state) == Notice.WAITING.value).values(due_at=now))
        return int(pausing.rowcount + waiting.rowcount)  # type: ignore[attr-defined]


def _end(server: Served) -> None:
    if server.process is not None and server.process.poll() is None:
        server.kill()
