"""Our tickets as other systems may read them: masked, without anybody's name, in WGS84."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.privacy import masked
from bot.rules.forwarding.record import Terms, record
from bot.rules.forwarding.values import STAGE_AFTER, Record, Stage
from bot.rules.office import Office
from bot.rules.open311.asking import NotServed, Scope
from bot.rules.ticket import clocks
from bot.store import forwarding
from bot.store import ticket as tickets
from bot.store.forwarding import ApiKey
from bot.store.ticket import OPEN, State, Ticket, What

DAYS = timedelta(days=90)  # Source: GeoReport v2, as the next one
MOST = 1000
NEWS_SINCE = timedelta(days=1)
MASKED = Terms()
_CLOSED = tuple(state for state in State if state not in OPEN)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which requests somebody wants to see. `numbers` given: those, whenever they were opened."""

    since: datetime | None = None
    until: datetime | None = None
    kinds: Collection[str] = ()
    numbers: Collection[str] = ()
    statuses: Collection[str] = ()
    page: int = 1
    page_size: int = MOST


@dataclass(frozen=True, slots=True)
class Shown:
    """One ticket. Moments are local."""

    record: Record
    is_open: bool
    holder: str
    changed_at: datetime
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of one ticket that others may read."""

    update_id: str
    number: str
    at: datetime
    stage: Stage
    said: str


def requests(office: Office, within: Scope, asked: Asked) -> list[Shown]:
    """The tickets that fit, newest first: those of the last 90 days where nothing else is said."""
    until = asked.until or office.now
    states: set[State] = set()
    if asked.statuses:
        states |= set(OPEN) if "open" in asked.statuses else set()
        states |= set(_CLOSED) if "closed" in asked.statuses else set()
        if not states:
            return []
    found = forwarding.tickets_in(
        office.session,
        within.areas,
        unplaced=within.unplaced,
        since=asked.since or until - DAYS,
        until=until,
        kinds=asked.kinds,
        states=[state.value for state in states],
        numbers=asked.numbers,
        offset=(asked.page - 1) * asked.page_size,
        limit=asked.page_size,
    )
    return [shown(office, one) for one in found]


def request(office: Office, within: Scope, number: str) -> Shown:
    """One ticket by its number. Raises NotServed(404) for one of another part of the city too."""
    found = tickets.numbered(office.session, number)
    if found is None or not is_within(found, within):
        raise NotServed(404, "service_request_id was not found")
    return shown(office, found)


def referred(office: Office, key: ApiKey, reference: str) -> list[Shown]:
    """What this key posted under that reference: how a lost answer is found again."""
    posted = forwarding.posted(office.session, key.id, reference)
    found = tickets.ticket(office.session, posted.ticket_id) if posted else None
    return [shown(office, found)] if found else []


def updates(office: Office, within: Scope, asked: Asked) -> list[Happened]:
    """What happened to the tickets of that part of the city, oldest first: of the last day where nothing is said."""
    until = asked.until or office.now
    rows = forwarding.happened_in(
        office.session,
        within.areas,
        whats=[what.value for what in STAGE_AFTER],
        unplaced=within.unplaced,
        since=asked.since or until - NEWS_SINCE,
        until=until,
        offset=(asked.page - 1) * asked.page_size,
        limit=asked.page_size,
    )
    return [
        Happened(
            update_id=f"{ticket.number}-{event.step}",
            number=ticket.number,
            at=event.at.astimezone(office.zone),
            stage=STAGE_AFTER[What(event.what)],
            said=masked(str(office.seal.open_json(event.facts).get("note", ""))) if event.facts else "",
        )
        for ticket, event in rows
    ]


def shown(office: Office, ticket: Ticket) -> Shown:
    return Shown(
        record=record(office, ticket, MASKED),
        is_open=ticket.state in OPEN,
        holder=ticket.holder,
        changed_at=ticket.changed_at.astimezone(office.zone),
        due=clocks(office, ticket).due,
    )


def is_within(ticket: Ticket, within: Scope) -> bool:
    """Whether the ticket is of that part of the city."""
    return within.unplaced if ticket.area_id is None else ticket.area_id in within.areas
