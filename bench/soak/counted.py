"""What came of it all, counted where it arrived: on the phones, in WeCom, in the books of the city's office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from bench.soak.crowd import Visit
from bench.soak.neighbours import WORKER, Neighbours
from bot.simulator.people import Person
from bot.store import Store, open_store, transaction
from bot.store.outbox import Outbox
from bot.store.outbox import State as Notice
from bot.store.resident import Identity
from bot.store.ticket import Ticket

FROM_US = "account"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was counted; `missed` must be nought."""

    what: str
    found: int
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """What the run itself knows."""

    kills: int
    seconds: float
    log: str


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that was counted."""

    lines: tuple[Line, ...]

    @property
    def is_whole(self) -> bool:
        return not any(line.missed for line in self.lines)

    def text(self) -> str:
        """The table as it is printed."""
        wide = max(len(line.what) for line in self.lines)
        rows = [f"{line.what:<{wide}}  {line.found:>7}  {line.missed or '':>7}\n" for line in self.lines]
        return "".join([f"{'':<{wide}}  {'found':>7}  {'missed':>7}\n", *rows])


def counted(database_url: str, around: Neighbours, visits: Sequence[Visit], counts: Counts) -> Table:
    """The table of a run that has come to rest."""
    store = open_store(database_url)
    tickets, unsure = _tickets(store), _unsure(store)
    store.close()
    numbers = [number for _, number in tickets]
    words = {visit.person.openid: _words(around, visit.person) for visit in visits}
    silent = [visit for visit in visits if len(words[visit.person.openid]) < len(visit.answers)]
    doubtful = [visit for visit in silent if visit.person.openid in unsure]
    return Table(
        (
            Line("kills", counts.kills),
            Line("seconds", round(counts.seconds)),
            Line("complaints acknowledged", len(visits)),
            Line("tickets, one for each", len(tickets), _not_once((openid for openid, _ in tickets), words)),
            Line("at the city's office, each once", len(around.city.books.posts), _posts(around, numbers)),
            Line("cards and words to the grid worker, none twice", *_staff(around)),
            Line("answers and news on the phones, none twice", *_twice(words.values())),
            Line("residents without an answer", len(silent) - len(doubtful), len(silent) - len(doubtful)),
            Line("answers of which nobody knows", len(doubtful)),
            Line("notices of which nobody knows, in all", sum(unsure.values())),
            Line("tracebacks in the log", counts.log.count("Traceback"), counts.log.count("Traceback")),
        )
    )


def _tickets(store: Store) -> list[tuple[str, str]]:
    """Who has which number."""
    with transaction(store) as session:
        found = select(col(Identity.sender), col(Ticket.number)).join(
            Ticket, col(Ticket.resident_id) == col(Identity.resident_id)
        )
        return [(str(openid), str(number)) for openid, number in session.execute(found)]


def _unsure(store: Store) -> Counter[str]:
    """Whose notices went out, or not: their sender was killed meanwhile."""
    with transaction(store) as session:
        found = select(col(Identity.sender)).join(Outbox, col(Outbox.resident_id) == col(Identity.resident_id))
        return Counter(session.scalars(found.where(col(Outbox.state) == Notice.UNSURE.value)))


def _not_once(found: Iterable[str], expected: Iterable[str]) -> int:
    """How many are missing, too many, or nobody's."""
    count, wanted = Counter(found), set(expected)
    return sum(count[one] != 1 for one in wanted) + len(count.keys() - wanted)


def _posts(around: Neighbours, numbers: Iterable[str]) -> int:
    arrived = (reference for reference, times in around.city.books.posts.items() for _ in range(times))
    return _not_once(arrived, numbers)


def _staff(around: Neighbours) -> tuple[int, int]:
    """What stands in WeCom, and how much of it stands there twice."""
    bubbles = [one for one in around.wecom.bubbles(WORKER) if one.sender == "app"]
    cards = Counter(one.task_id.rpartition("-")[0] for one in bubbles if one.card)  # the notice, without the try
    words = Counter(one.text for one in bubbles if one.text)
    return len(bubbles), sum(times - 1 for times in (*cards.values(), *words.values()))


def _words(around: Neighbours, person: Person) -> list[str]:
    """Everything from us on a phone."""
    return [one.text for one in around.platform.bubbles(person) if one.sender.value == FROM_US]


def _twice(words: Iterable[Sequence[str]]) -> tuple[int, int]:
    everything = list(words)
    return sum(map(len, everything)), sum(len(said) - len(set(said)) for said in everything)
