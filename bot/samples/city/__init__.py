"""A city that is nowhere: plausible, of any size, the same for the same seed, written in bulk into an empty store."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from bot.errors import OperatorError
from bot.samples.city import attendance, grids, lessons, lockers, members, people, places, posts, stations, tickets
from bot.samples.city.plan import Batch, Plan
from bot.store import Session, bulk

__all__ = ["PARTS", "Batch", "Part", "Plan", "fill"]


@dataclass(frozen=True, slots=True)
class Part:
    """One noun of the city. `rows` gives its rows table by table, each after what it points to."""

    name: str
    rows: Callable[[Plan], Iterator[Batch]]


# In their order: a part may point to what stands above it. A capability has its part here, in a module of its own;
# the one named "lockers" makes `Plan.lockers` cabinets.
PARTS: tuple[Part, ...] = (
    Part("places", places.rows),
    Part("stations", stations.rows),
    Part("grids", grids.rows),
    Part("posts", posts.rows),
    Part("lockers", lockers.rows),
    Part("people", people.rows),
    Part("tickets", tickets.rows),
    Part("members", members.rows),
    Part("lessons", lessons.rows),
    Part("attendance", attendance.rows),
)


def fill(session: Session, plan: Plan, told: Callable[[str, int], None] = lambda _table, _rows: None) -> dict[str, int]:
    """Write the whole city; returns how many rows each table got. `told` hears of every batch: table, rows so far.

    Raises OperatorError, before anything is written, for a database with something in it or a part that is not there.
    """
    if held := bulk.filled(session):
        raise OperatorError(
            f"the database is not empty ({', '.join(held[:3])}); set WEIZHAN_DATABASE_URL to a new one and run: "
            "weizhan db upgrade"
        )
    if plan.lockers and not any(part.name == "lockers" for part in PARTS):
        raise OperatorError("there are no lockers in the synthetic city yet; use --lockers 0")
    counts: dict[str, int] = {}
    for batch in chain.from_iterable(part.rows(plan) for part in PARTS):
        bulk.put(session, batch.table, batch.columns, batch.rows)
        counts[batch.table.name] = counts.get(batch.table.name, 0) + len(batch.rows)
        told(batch.table.name, counts[batch.table.name])
    return counts
