"""The staff at work on tickets, as the console and the card will let them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.rules import ticket
from bot.rules.clock import Clocks
from bot.rules.routing import Owner
from bot.rules.ticket import By, Office
from bot.store import ticket as tickets
from bot.store import transaction
from bot.store.contact import Role
from bot.store.ticket import Ticket, What
from tests.support.town import CHENGDU, Town

WORKER = By("第3网格网格员")
COLLEAGUE = By("第1网格网格员")


@dataclass
class Staff:
    """Whoever works on the tickets of a town."""

    town: Town

    @contextmanager
    def office(self) -> Iterator[Office]:
        with transaction(self.town.store) as session:
            yield Office(session, self.town.talk.seal, CHENGDU, self.town.now)

    def ticket(self, number: str) -> Ticket:
        """The row as it stands."""
        with self.office() as office:
            return _row(office, number)

    def does(self, number: str, what: What, note: str = "", by: By = WORKER) -> None:
        with self.office() as office:
            ticket.tell(office, _row(office, number).id, what, by=by, note=note)

    def hands_back(self, number: str, reason: str) -> None:
        with self.office() as office:
            ticket.hand_back(office, _row(office, number).id, by=WORKER, reason=reason)

    def passes_on(self, number: str, title: str) -> None:
        with self.office() as office:
            ticket.pass_on(office, _row(office, number).id, Owner(Role.GRID_WORKER, title), by=WORKER)

    def clocks(self, number: str) -> Clocks:
        with self.office() as office:
            return ticket.clocks(office, _row(office, number))

    def history(self, number: str) -> list[str]:
        """What happened, in one word each."""
        with self.office() as office:
            return [line.what for line in tickets.history(office.session, _row(office, number).id)]


def _row(office: Office, number: str) -> Ticket:
    found = tickets.numbered(office.session, number)
    assert found is not None
    return found
