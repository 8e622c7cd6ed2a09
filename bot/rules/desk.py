"""One ticket on the staff's desk: everything they may read of it, who else has it open, and what its people said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.nlu import canned
from bot.nlu.canned import Canned
from bot.nlu.kinds import Trouble
from bot.rules import inbox, place, reach, surroundings, ticket
from bot.rules.access import Me
from bot.rules.clock import Clocks, Light
from bot.rules.office import Office
from bot.rules.place import Address
from bot.rules.reach import Reach
from bot.rules.routing import Owner
from bot.rules.ticket import By, working
from bot.store import presence, resident
from bot.store import ticket as tickets
from bot.store.contact import Contact
from bot.store.ticket import State, Ticket, Urgency, What, Who, listing

STAYS = timedelta(seconds=50)  # a page says every 20 seconds that it is still open
NEAR = 6
SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a ticket's history, opened."""

    step: int
    at: datetime
    what: What
    by: Who
    title: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Near:
    """Another open ticket at the same place; `alike`: of the same kind, so perhaps the same thing."""

    number: str
    trouble: Trouble
    state: State
    created_at: datetime
    alike: bool


@dataclass(frozen=True, slots=True)
class Author:
    """What the staff may know of who complained: no name, no openid."""

    since: datetime
    complaints: int
    followers: int
    reach: Reach


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A ticket with all that belongs to it. `words` is "" once its person was forgotten."""

    id: UUID
    number: str
    trouble: Trouble
    urgency: Urgency
    state: State
    is_open: bool
    is_taken: bool
    is_mine: bool
    channel: str
    words: str
    address: Address | None
    said_place: str
    spot: str
    on_map: bool
    holder: str
    phone: str
    created_at: datetime
    due: datetime | None
    light: Light
    share: int
    clocks: Clocks
    events: Sequence[Event]
    pictures: Sequence[UUID]
    near: Sequence[Near]
    may_go_to: Sequence[Owner]
    author: Author | None
    into: str
    rating: int | None

    @property
    def step(self) -> int:
        """The last step so far; whoever writes says which one they saw."""
        return self.events[-1].step if self.events else 0


def read(office: Office, me: Me, row: Ticket) -> OnDesk:
    """Everything of a ticket; `row` has been found within the reader's scope."""
    kept = office.seal.open_json(row.place) if row.place else {}
    light, share = inbox.light(row.due_at, row.created_at, office.now, State(row.state))
    into = tickets.ticket(office.session, row.duplicate_of) if row.duplicate_of else None
    holder = office.session.get(Contact, row.holder_id) if row.holder_id else None
    return OnDesk(
        id=row.id,
        number=row.number,
        trouble=Trouble(row.kind),
        urgency=Urgency(row.urgency),
        state=State(row.state),
        is_open=row.is_open,
        is_taken=working.is_at_work(row),
        is_mine=row.holder_id == me.contact_id if me.contact_id else row.holder == me.title,
        channel=row.channel,
        words=office.seal.open(row.words) if row.words else "",
        address=place.address(office.session, ticket.door_of(row)),
        said_place=str(kept.get("said", "")),
        spot=_label(kept.get("spot")),
        on_map=surroundings.of(office, row) is not None,
        holder=row.holder,
        phone=holder.phone if holder else "",
        created_at=row.created_at,
        due=row.due_at,
        light=light,
        share=share,
        clocks=ticket.clocks(office, row),
        events=events(office, row.id),
        pictures=listing.pictures_of(office.session, row.id),
        near=_near(office, me, row),
        may_go_to=working.may_go_to(office, row),
        author=_author(office, row),
        into=into.number if into else "",
        rating=row.rating,
    )


def events(office: Office, ticket_id: UUID, after: int = 0) -> list[Event]:
    """What happened to it, in its order; after that step."""
    return [
        Event(
            line.step,
            line.at,
            What(line.what),
            Who(line.by),
            line.by_title,
            office.seal.open_json(line.facts) if line.facts else {},
        )
        for line in tickets.history(office.session, ticket_id)
        if line.step > after
    ]


def in_name_of(me: Me) -> By:
    """Under which post residents read what they do."""
    return By(me.title, me.contact_id, me.post)


def here(office: Office, me: Me, ticket_id: UUID) -> list[str]:
    """Say that they have it open; returns who else has."""
    presence.here(office.session, ticket_id, me.staff_id, office.now + STAYS)
    return list(presence.others(office.session, ticket_id, me.staff_id, office.now))


def replies(on_desk: OnDesk, words: str = "") -> list[tuple[str, str]]:
    """Ready replies, their titles and texts: those that fit what the resident said, or those looked for."""
    found = canned.search(words, SUGGESTED) if words else canned.suggest(on_desk.words, on_desk.trouble, SUGGESTED)
    return [(one.title, _filled(one, on_desk)) for one in found]


def _filled(one: Canned, on_desk: OnDesk) -> str:
    return one.filled(number=on_desk.number, holder=on_desk.holder)


def _near(office: Office, me: Me, row: Ticket) -> list[Near]:
    found = listing.nearby(office.session, me.scope, row, NEAR)
    return [
        Near(one.number, Trouble(one.kind), State(one.state), one.created_at, one.kind == row.kind) for one in found
    ]


def _author(office: Office, row: Ticket) -> Author | None:
    person = office.session.get(resident.Resident, row.resident_id) if row.resident_id else None
    if person is None:
        return None
    return Author(
        since=person.since,
        complaints=listing.number_of(office.session, person.id),
        followers=len(tickets.followers(office.session, row.id)),
        reach=reach.reach(office, person.id, f"ticket_{What.ANSWERED.value}", channel=row.channel),
    )


def _label(spot: object) -> str:
    return str(spot[2]) if isinstance(spot, list) and len(spot) == 3 else ""
