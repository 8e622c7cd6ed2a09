"""The product on PostgreSQL on the same machine, and what limits it there."""

from pathlib import Path

import psycopg

from bench import knowledge, machine, servers
from bench.load import Batch, Length, Loaded, loading
from bench.report import Report, row
from tests.support.postgres import Server as Database
from tests.support.postgres import server as database_server

ENTRIES = 500
DURABLE = ("-c", "max_connections=60", "-c", "shared_buffers=128MB")


def postgres(folder: Path, length: Length) -> Report:
    """Saturated, 64 connections; PostgreSQL keeps its promises (fsync) and runs on whatever core is free."""
    warm, batch = Batch.several(length.warm, length.round * max(2, length.rounds // 2))
    faq = knowledge.make(folder / "faq-postgres", ENTRIES)
    home = folder / "postgres"
    home.mkdir()
    with (
        database_server(home, DURABLE) as database,
        servers.product(folder / "on-postgres", faq, database.create("weizhan")) as server,
        loading(server, warm) as loaded,
    ):
        commits, seconds = _commits(database), machine.family_cpu_seconds(_postmaster(home))
        loaded.load(batch)
        commits = _commits(database) - commits
        return _report(loaded, commits, machine.family_cpu_seconds(_postmaster(home)) - seconds)


def _report(loaded: Loaded, commits: int, database_seconds: float) -> Report:
    run, many = loaded.total, len(loaded.total.latencies)
    rows = [
        row("PostgreSQL: throughput", f"{loaded.rate:.0f}/s", goal="printed"),
        row(
            "PostgreSQL: CPU per message",
            f"{loaded.micros:.0f} µs",
            f"{1e6 * database_seconds / many:.0f} µs (its own)",
        ),
        row("PostgreSQL: latency, p50 / p99", f"{run.milliseconds(0.5):.1f} / {run.milliseconds(0.99):.1f} ms"),
    ]
    taken = database_seconds / run.seconds
    notes = [
        f"PostgreSQL: {commits / run.seconds:.0f} commits/s, {many / max(commits, 1):.1f} messages a commit; "
        f"the product used {loaded.busy:.0%} of a core, the database {taken:.0%}, the client {loaded.client_busy:.0%}",
        f"PostgreSQL: limited by {_limit(loaded, taken)}",
    ]
    return Report(rows, notes)


def _limit(loaded: Loaded, taken: float) -> str:
    if loaded.busy > 0.85:
        return "the product's own core"
    if loaded.busy + taken + loaded.client_busy > 1.8:
        return "the two cores that product, database and client share"
    return "waiting: round trips to the database and its commits, one after the other at each desk"


def _commits(database: Database) -> int:
    with psycopg.connect(database.url("postgres"), autocommit=True) as connection:
        row = connection.execute("SELECT xact_commit FROM pg_stat_database WHERE datname = 'weizhan'").fetchone()
    assert row is not None
    return int(row[0])


def _postmaster(home: Path) -> int:
    return int((home / "data" / "postmaster.pid").read_text().splitlines()[0])
