"""News about complaints on their way: residents complain, the staff act, and the delivery moves when it is told to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlmodel import col, select

from bot.conversation import Conversation
from bot.rules import ticket
from bot.rules.means import USUAL_FIELDS, Form, Means, Template
from bot.rules.office import Office
from bot.simulator.people import Person
from bot.store import Store, transaction
from bot.store import ticket as tickets
from bot.store.outbox import Outbox
from bot.store.ticket import What
from bot.wording import notice
from tests.support.line import Line, line
from tests.support.staff import WORKER
from tests.support.town import CHENGDU

TEMPLATE = "TICKETPROGRESS00000000000000000000000000001"
TICKET = Template(TEMPLATE, USUAL_FIELDS[Form.TICKET])
BY_TEMPLATE = Means(templates={Form.TICKET: TICKET})
BY_SUBSCRIPTION = Means(subscriptions={Form.TICKET: TICKET})
BY_BOTH = Means(templates={Form.TICKET: TICKET}, subscriptions={Form.TICKET: TICKET})
RUBBISH = "我要投诉新村2栋楼下垃圾三天没人收"
Opened = Callable[[Means], AbstractAsyncContextManager["Newsroom"]]
SHUT = 49  # hours after which only templates and consents are left
SEND, SUBSCRIBE = "/cgi-bin/message/template/send", "/cgi-bin/message/subscribe/bizsend"


@dataclass
class Newsroom:
    """A line whose account has templates, with staff behind it."""

    line: Line
    means: Means

    @contextmanager
    def office(self, **later: float) -> Iterator[Office]:
        now = self.line.platform.clock.now() + timedelta(**later)
        with transaction(self.line.store) as session:
            yield Office(session, self.line.seal, CHENGDU, now, self.means)

    async def complaint(self, person: Person, text: str = RUBBISH) -> str:
        """Complain; returns the ticket's number."""
        await self.line.platform.says(person, text)
        with self.office() as office:
            who = self.line.resident(office.session, person)
            return tickets.latest_of(office.session, who, 1)[0].number

    def staff(self, number: str, what: What, note: str = "") -> None:
        """Do something with a ticket that its resident hears of."""
        with self.office() as office:
            found = tickets.numbered(office.session, number)
            assert found is not None
            ticket.tell(office, found.id, what, by=WORKER, note=note)

    def passes(self, **time: float) -> None:
        self.line.platform.clock.advance(timedelta(**time).total_seconds())

    async def delivered(self) -> None:
        """Everything that is due went out, and the platform has reported."""
        await self.line.send_all()
        await self.line.platform.settle()
        await self.line.send_all()

    def news(self, person: Person) -> list[Outbox]:
        """What was or is to be told to somebody, oldest first."""
        with self.office() as office:
            theirs = col(Outbox.resident_id) == self.line.resident(office.session, person)
            return list(office.session.scalars(select(Outbox).where(theirs).order_by(col(Outbox.created_at))))

    def seen(self, person: Person, via: str) -> list[str]:
        """What stands on the phone and came that way."""
        return [one.text for one in self.line.platform.bubbles(person) if one.via.value == via]

    def words(self, row: Outbox) -> str:
        return notice.say(row.kind, self.line.seal.open_json(row.facts))

    def who(self, person: Person) -> UUID:
        with self.office() as office:
            return self.line.resident(office.session, person)


@asynccontextmanager
async def newsroom(
    store: Store, talk: Conversation, folder: Path, means: Means, *, seconds: float = 8.0
) -> AsyncIterator[Newsroom]:
    """A line with these templates."""
    async with line(store, talk, folder, seal=talk.seal, means=means, seconds=seconds) as running:
        yield Newsroom(running, means)
