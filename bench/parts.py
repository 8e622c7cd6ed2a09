"""The parts of the bench: each starts its servers, loads them, and hands back figures."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from bench import knowledge, servers
from bench.bookings import bookings
from bench.client import Client
from bench.knowledge import FEW, MANY
from bench.load import Batch, Length, Loaded, loading
from bench.lockers import lockers
from bench.postgres import postgres
from bench.pushes import pushes
from bench.report import Report, Row, row
from bench.tickets import tickets
from bench.understanding import understand

PACE = 300


def line(folder: Path, length: Length) -> Report:
    """The ceiling and the product with 500 and with 5,000 entries, loaded in turns so that all see the same machine."""
    warm, *rounds = Batch.several(length.warm, *[length.round] * length.rounds)
    few, many = knowledge.make(folder / "faq-500", FEW), knowledge.make(folder / "faq-5000", MANY)
    with ExitStack() as stack:
        bare = stack.enter_context(loading(stack.enter_context(servers.ceiling(folder)), warm))
        own = stack.enter_context(loading(stack.enter_context(servers.product(folder / "line-500", few)), warm))
        big = stack.enter_context(loading(stack.enter_context(servers.product(folder / "line-5000", many)), warm))
        for batch in rounds:
            for loaded in (bare, own, big):
                loaded.load(batch)
        rows = [
            *_cost("500 entries", own, bare, goal="ratio ≥ 0.40"),
            *_cost("5,000 entries", big, bare, goal="ratio ≥ 0.30"),
            _latency("latency saturated", own, bare, goal="p99 ≤ 40 ms"),
            _memory("memory, 500 entries", own, bare, goal="≤ 160 MiB"),
            _memory("memory, 5,000 entries", big, bare),
        ]
        notes = [
            _shares("500 entries", own),
            _shares("5,000 entries", big),
            _shares("ceiling", bare),
            "ceiling: aiohttp, wechatpy's PrpCrypto as in the product, no XML read, one constant reply",
            f"5,000 entries are {knowledge.ways_to_ask(many):,} ways to ask, 500 are {knowledge.ways_to_ask(few):,}",
            f"outcomes, 500 entries: {_outcomes(own)}",
            f"outcomes, 5,000 entries: {_outcomes(big)}",
        ]
        return Report(rows, notes)


def pace(folder: Path, length: Length) -> Report:
    """An open loop: so many messages a second at random moments, measured from the intended moment."""
    warm, paced = Batch.several(length.warm, length.paced)
    faq = knowledge.make(folder / "faq-pace", FEW)
    send = partial(Client.pace, rate=PACE)
    with ExitStack() as stack:
        bare = stack.enter_context(loading(stack.enter_context(servers.ceiling(folder)), warm))
        own = stack.enter_context(loading(stack.enter_context(servers.product(folder / "pace", faq)), warm))
        bare.load(paced, send)
        own.load(paced, send)
        return Report([_latency(f"latency at {PACE}/s", own, bare, goal="p99 ≤ 15 ms")], [_shares(f"at {PACE}/s", own)])


def start(folder: Path, length: Length) -> Report:
    """From the start of the process to its first right answer, the files being in memory already."""
    faq = knowledge.make(folder / "faq-start", FEW)
    took: dict[str, list[float]] = {"own": [], "ceiling": []}
    for number in range(length.starts + 1):  # the first brings the files into memory
        for name, started in (
            ("own", servers.product(folder / f"start-{number}", faq)),
            ("ceiling", servers.ceiling(folder)),
        ):
            first = Batch.one()
            with started as server:
                took[name].append(server.first_answer(first.said[0], first.requests[0]))
    own, bare = (median(seconds[1:]) for seconds in took.values())
    return Report(
        [row("start to first answer", f"{own:.2f} s", f"{bare:.2f} s", f"{bare / own:.2f}", "≤ 2 s")],
        [f"start: with 500 entries, median of {length.starts}"],
    )


def _cost(name: str, own: Loaded, bare: Loaded, goal: str) -> list[Row]:
    shares = [base / mine for base, mine in zip(bare.cpu, own.cpu, strict=True) if mine]
    ratio = f"{median(shares):.2f} ({min(shares):.2f}–{max(shares):.2f})"
    return [
        row(f"CPU per message, {name}", f"{own.micros:.0f} µs", f"{bare.micros:.0f} µs", ratio, goal),
        row(f"throughput, {name}", f"{own.rate:.0f}/s", f"{bare.rate:.0f}/s", f"{own.rate / bare.rate:.2f}"),
    ]


def _latency(name: str, own: Loaded, bare: Loaded, goal: str = "") -> Row:
    mine, base = own.total, bare.total
    return row(
        f"{name}, p50 / p99",
        f"{mine.milliseconds(0.5):.1f} / {mine.milliseconds(0.99):.1f} ms",
        f"{base.milliseconds(0.5):.1f} / {base.milliseconds(0.99):.1f} ms",
        goal=goal,
    )


def _memory(name: str, own: Loaded, bare: Loaded, goal: str = "") -> Row:
    (rss, most), (base, _) = own.server.memory_mib(), bare.server.memory_mib()
    return row(
        f"{name}, start / after / most",
        f"{own.rss_at_start:.0f} / {rss:.0f} / {most:.0f} MiB",
        f"{base:.0f} MiB",
        goal=goal,
    )


def _shares(name: str, loaded: Loaded) -> str:
    return (
        f"{name}: {len(loaded.total.latencies):,} messages, {loaded.checked:,} replies opened and right, "
        f"server core {loaded.busy:.0%} busy, client core {loaded.client_busy:.0%}"
    )


def _outcomes(loaded: Loaded) -> str:
    """What the product made of the messages, as shares."""
    counted: dict[str, int] = {}
    for name, many in loaded.server.outcomes().items():
        outcome = name.partition('outcome="')[2].partition('"')[0]
        counted[outcome] = counted.get(outcome, 0) + many
    total = sum(counted.values())
    ranked = sorted(counted.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{outcome} {many / total:.0%}" for outcome, many in ranked)


PARTS: Mapping[str, Callable[[Path, Length], Report]] = {
    "line": line,
    "pace": pace,
    "start": start,
    "understand": understand,
    "postgres": postgres,
    "tickets": tickets,
    "lockers": lockers,
    "bookings": bookings,
    "pushes": pushes,
}
