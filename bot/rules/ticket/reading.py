"""A ticket as it is read: its words and places opened, its history as a line, its clocks."""

from dataclasses import dataclass
from datetime import datetime

from bot.nlu.kinds import Trouble
from bot.privacy import masked
from bot.rules import clock, place, post, setting
from bot.rules.clock import Clocks, Step
from bot.rules.hours import Calendar
from bot.rules.office import Office
from bot.rules.place import Address, Door
from bot.store import contact, holiday
from bot.store import ticket as tickets
from bot.store.station import StationKind, counters
from bot.store.ticket import State, Ticket, Urgency, What, Who

EXCERPT = 24  # characters
PUBLIC = frozenset(What) - {What.FOLLOWED, What.HANDED_BACK, What.NOTED, What.PLACED}  # what the resident's line tells


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, as the resident may read it; `at` is local, `title` who it went to or who did it."""

    at: datetime
    what: What
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A ticket as it may be shown. `excerpt` is masked; `said_place` only its owner may read."""

    number: str
    trouble: Trouble
    state: State
    urgency: Urgency
    holder: str
    created_at: datetime
    address: Address | None
    excerpt: str = ""
    said_place: str = ""
    due: datetime | None = None
    phone: str = ""  # of whoever has it, else of the community's counter
    reached: bool = False  # whether somebody hears of it by itself


def seen(office: Office, ticket: Ticket) -> Seen:
    """What is shown of a ticket: moments are local."""
    kept = office.seal.open_json(ticket.place) if ticket.place else {}
    words = office.seal.open(ticket.words) if ticket.words else ""
    return Seen(
        number=ticket.number,
        trouble=Trouble(ticket.kind),
        state=State(ticket.state),
        urgency=Urgency(ticket.urgency),
        holder=ticket.holder,
        created_at=ticket.created_at.astimezone(office.zone),
        address=place.address(office.session, door_of(ticket)),
        excerpt=_excerpt(words),
        said_place=str(kept.get("said", "")),
        due=ticket.due_at.astimezone(office.zone) if ticket.due_at else None,
        phone=_phone(office, ticket),
        reached=post.is_reached(office, ticket),
    )


def _phone(office: Office, ticket: Ticket) -> str:
    phone = contact.phone_of(office.session, ticket.holder_id) if ticket.holder_id else ""
    if phone:
        return phone
    counter = counters(office.session).get(StationKind.COMMUNITY.value)
    return counter.phone if counter else ""


def door_of(ticket: Ticket) -> Door:
    """Where it is, as far as the chart knows."""
    return Door(ticket.compound_id, ticket.building_id, ticket.unit)


def lines(office: Office, ticket: Ticket) -> list[Line]:
    """What happened and may be told to the resident, oldest first."""
    found = []
    for event in tickets.history(office.session, ticket.id):
        what = What(event.what)
        if what not in PUBLIC:
            continue
        facts = office.seal.open_json(event.facts) if event.facts else {}
        title = str(facts.get("to", "")) or event.by_title
        found.append(Line(event.at.astimezone(office.zone), what, title, str(facts.get("note", ""))))
    return found


def clocks(office: Office, ticket: Ticket) -> Clocks:
    """The ticket's clocks at this moment, counted afresh from its history and today's calendar."""
    steps = [Step(event.at, What(event.what), Who(event.by)) for event in tickets.history(office.session, ticket.id)]
    first = ticket.created_at.astimezone(office.zone).date()
    days = (office.today - first).days + clock.AHEAD_DAYS
    calendar = Calendar(holiday.special_days(office.session, first, max(days, 1)))
    limits = clock.limits(Trouble(ticket.kind), Urgency(ticket.urgency), setting.terms(office.session))
    return clock.read(steps, limits, calendar, office.zone, office.now)


def _excerpt(words: str) -> str:
    plain = masked(" ".join(words.split()))
    return plain if len(plain) <= EXCERPT else plain[: EXCERPT - 1] + "…"
