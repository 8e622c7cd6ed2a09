"""What a booking costs: through the rules with all that they look at, beside the bare insert of the same rows."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlmodel import col

from bench.load import Length
from bench.report import Report, Row, row
from bench.servers import SECRET
from bot.privacy import Seal
from bot.rules import booking, service
from bot.rules.office import Office
from bot.samples import demo
from bot.store import Store, open_store, resident, schema, transaction
from bot.store.booking import Booking, BookingClaim, BookingEvent
from bot.store.ids import new_id
from bot.store.service import Provider
from tests.support.postgres import server as database_server

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
CONTACT = {"address": "示例花园3栋2单元501", "phone": "028-0000-0003"}
KEY, LANES, HOURS = "meal_delivery", 40, range(8, 19)  # so many at a time that nothing is full
BATCH, BATCHES, QUICK_BATCHES = 100, 6, 2
DURABLE = ("-c", "max_connections=20", "-c", "shared_buffers=128MB")
Rows = list[tuple[dict[str, object], list[dict[str, object]], dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A database with the sample, somebody who does the service all day, and the times that are asked for in turn."""

    store: Store
    seal: Seal
    times: Iterator[datetime]

    def people(self, many: int) -> list[UUID]:
        """Each books once, as it is in life."""
        with transaction(self.store) as session:
            return [resident.register(session, channel="bench", sender=str(new_id()), now=NOON) for _ in range(many)]


def bookings(folder: Path, length: Length) -> Report:
    """On SQLite in a file and on PostgreSQL with fsync; each booking is a transaction of its own, in turns."""
    batches = QUICK_BATCHES if length.rounds <= 2 else BATCHES
    rows = _measured("SQLite", f"sqlite:///{folder / 'bookings.db'}", batches)
    home = folder / "bookings-postgres"
    home.mkdir()
    with database_server(home, DURABLE) as database:
        rows += _measured("PostgreSQL", database.create("bookings"), batches)
    note = (
        "bookings: rules.booking.book (limits, free times, claims, number, history) against the bare insert of its rows"
    )
    return Report(rows, [f"{note}; {BATCH} a round, median of {batches}"])


def _measured(name: str, url: str, batches: int) -> list[Row]:
    store = open_store(url)
    schema.create(store)
    with transaction(store) as session:
        demo.fill(session)
        for who in session.scalars(select(Provider).where(col(Provider.code) == "P08")):
            who.capacity, who.hours = LANES, {str(day): [["08:00", "20:00"]] for day in range(7)}
    scene = Scene(store, Seal(SECRET), _times())
    seconds: dict[str, list[float]] = {"rules": [], "bare": []}
    for _ in range(batches + 1):  # the first warms up
        people, made = scene.people(BATCH), list[UUID]()
        seconds["rules"].append(_timed(partial(_book_all, scene, people, made)))
        seconds["bare"].append(_timed(partial(_insert, store, _copies(store, made))))
    store.close()
    own, bare = (BATCH / median(seconds[kind][1:]) for kind in ("rules", "bare"))
    return [row(f"bookings a second, {name}", f"{own:.0f}/s", f"{bare:.0f}/s", f"{own / bare:.2f}")]


def _book_all(scene: Scene, people: list[UUID], made: list[UUID]) -> None:
    made.extend(_book(scene, one) for one in people)


def _book(scene: Scene, who: UUID) -> UUID:
    with transaction(scene.store) as session:
        office = Office(session, scene.seal, ZONE, NOON)
        thing = service.service(session, KEY)
        if thing is None:
            raise RuntimeError(f"the sample has no {KEY}")
        start = next(scene.times)
        return booking.book(office, thing, start, resident_id=who, channel="bench", contact=CONTACT).id


def _copies(store: Store, made: list[UUID]) -> Rows:
    """The rows that came of them, under new keys, to be inserted once more."""
    found: Rows = []
    with transaction(store) as session:
        for one in made:
            order = session.get_one(Booking, one).model_dump()
            claims = session.scalars(select(BookingClaim).where(col(BookingClaim.booking_id) == one))
            event = session.scalars(select(BookingEvent).where(col(BookingEvent.booking_id) == one)).one().model_dump()
            key = new_id()
            found.append(
                (
                    order | {"id": key, "number": key.hex[-16:]},
                    [claim.model_dump() | {"booking_id": key, "lane": claim.lane + 1000} for claim in claims],
                    event | {"id": new_id(), "booking_id": key},
                )
            )
    return found


def _insert(store: Store, rows: Rows) -> None:
    for order, claims, event in rows:
        with transaction(store) as session:
            doing = session.connection()
            doing.execute(insert(Booking), [order])
            doing.execute(insert(BookingClaim), claims)
            doing.execute(insert(BookingEvent), [event])


def _times() -> Iterator[datetime]:
    """Every half hour of the month to come, as often as there are lanes."""
    first = date(2026, 11, 23)
    for number in count():
        day, at = divmod(number % (28 * len(HOURS)), len(HOURS))
        yield datetime(first.year, first.month, first.day, HOURS[at], tzinfo=ZONE) + timedelta(days=day)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
