"""What the staff do with a ticket: take, plan, ask, answer, solve, decline, pass on, hand back; and what time does."""

from dataclasses import dataclass
from uuid import UUID

from bot.rules import routing
from bot.rules.office import Office
from bot.rules.routing import Owner
from bot.rules.ticket.office import (
    RATES_WITHIN,
    AlreadyTaken,
    NoReason,
    NoTwin,
    announce,
    ended_ticket,
    give,
    noted,
    open_ticket,
    responsible,
)
from bot.rules.ticket.reading import clocks, door_of
from bot.rules.ticket.telling import show
from bot.store import ticket as tickets
from bot.store.contact import Role
from bot.store.ticket import State, Ticket, What, Who, listing

LEADS_TO = {
    What.TAKEN: State.WORKING,
    What.SCHEDULED: State.SCHEDULED,
    What.ASKED: State.NEEDS_MORE,
    What.ANSWERED: None,  # the state stays
    What.SOLVED: State.SOLVED,
    What.ELSEWHERE: State.ELSEWHERE,
    What.NOT_OURS: State.NOT_OURS,
}
SOME = 200  # tickets counted afresh in one transaction
WITHOUT_WORDS = frozenset({What.TAKEN})
NOT_TAKEN = frozenset({State.RECEIVED, State.ASSIGNED, State.REOPENED})


@dataclass(frozen=True, slots=True)
class By:
    """A member of staff: the post's title, and its contact where it is one."""

    title: str
    contact_id: UUID | None = None
    role: Role = Role.GRID_WORKER


def tell(office: Office, ticket_id: UUID, what: What, *, by: By, note: str = "") -> Ticket:
    """A step of the staff that the resident hears of: TAKEN, SCHEDULED, ASKED, ANSWERED, SOLVED, ELSEWHERE, NOT_OURS.

    `note` is what the resident reads with it. Raises AlreadyTaken, AlreadyOver, NoReason.
    """
    ticket = open_ticket(office, ticket_id)
    if not note.strip() and what not in WITHOUT_WORDS:
        raise NoReason
    if what is What.TAKEN:
        _take(ticket, by)
    leads_to = LEADS_TO[what]
    if leads_to is not None:
        ticket.state = leads_to.value
    noted(office, ticket, what, Who.STAFF, title=by.title, facts={"note": note} if note else None)
    announce(office, ticket, what, note=note)
    show(office, ticket)
    return ticket


def pass_on(office: Office, ticket_id: UUID, to: Owner, *, by: By) -> Ticket:
    """Give the ticket to somebody else of ours. The clocks do not stop."""
    ticket = open_ticket(office, ticket_id)
    ticket.state = State.ASSIGNED.value
    give(office, ticket, to, What.PASSED_ON, by=Who.STAFF, title=by.title)
    return ticket


def hand_back(office: Office, ticket_id: UUID, *, by: By, reason: str) -> Ticket:
    """It is not mine: with its reason to the triage, for the third time to the referee. The clocks do not stop.

    Raises NoReason, AlreadyOver.
    """
    if not reason.strip():
        raise NoReason
    ticket = open_ticket(office, ticket_id)
    noted(office, ticket, What.HANDED_BACK, Who.STAFF, title=by.title, facts={"reason": reason})
    ticket.state = State.ASSIGNED.value
    door = door_of(ticket)
    backs = sum(line.what == What.HANDED_BACK for line in tickets.history(office.session, ticket.id))
    if backs >= routing.MOST_HAND_BACKS:
        give(office, ticket, routing.referee(office.session, door, office.today), What.REFEREED)
    else:
        give(office, ticket, routing.triage(office.session, door, office.today))
    return ticket


def note_inside(office: Office, ticket_id: UUID, *, by: By, note: str) -> Ticket:
    """A word among the staff; it never leaves the house, and may be left on a closed ticket too. Raises NoReason."""
    if not note.strip():
        raise NoReason
    ticket = tickets.locked(office.session, ticket_id)
    noted(office, ticket, What.NOTED, Who.STAFF, title=by.title, facts={"note": note})
    return ticket


def merge(office: Office, ticket_id: UUID, into_id: UUID, *, by: By) -> Ticket:
    """It is the same as another one: its people hear of that one from now on. Raises NoTwin, AlreadyOver."""
    if ticket_id == into_id:
        raise NoTwin
    ticket, other = open_ticket(office, ticket_id), open_ticket(office, into_id)
    people = [(one.resident_id, one.channel) for one in tickets.followers(office.session, ticket.id)]
    people += [(ticket.resident_id, ticket.channel)] if ticket.resident_id is not None else []
    for person, channel in people:
        if person != other.resident_id:
            tickets.follow(office.session, other.id, resident_id=person, channel=channel, now=office.now)
    noted(office, other, What.FOLLOWED, Who.STAFF, title=by.title, facts={"with": ticket.number})
    ticket.state, ticket.duplicate_of = State.DUPLICATE.value, other.id
    noted(office, ticket, What.MERGED, Who.STAFF, title=by.title, facts={"into": other.number})
    show(office, ticket)
    return other


def reopen_by(office: Office, ticket_id: UUID, *, by: By, note: str) -> Ticket:
    """Whoever said it was done says that it is not: it starts anew. Raises AlreadyOver where it goes on already."""
    ticket = ended_ticket(office, ticket_id)
    ticket.state = State.REOPENED.value
    noted(office, ticket, What.REOPENED, Who.STAFF, title=by.title, facts={"note": note})
    give(office, ticket, responsible(office, ticket))
    announce(office, ticket, What.REOPENED, note=note)
    return ticket


def count_due(office: Office, after: UUID | None) -> tuple[int, UUID | None]:
    """By when the next open tickets behind that one are due, counted afresh; how many, and behind which to go on."""
    found = listing.open_ids(office.session, after, SOME)
    for ticket_id in found:
        ticket = tickets.locked(office.session, ticket_id)
        ticket.due_at = clocks(office, ticket).due
    return len(found), found[-1] if len(found) == SOME else None


def move_from(office: Office, contact_id: UUID) -> list[Ticket]:
    """A post's open tickets go to whoever is responsible now, as when its holder leaves or goes on leave.

    Those that would come back to the same post stay.
    """
    moved = []
    for found in tickets.held_by(office.session, contact_id):
        held = tickets.locked(office.session, found.id)
        owner = responsible(office, held)
        if held.holder_id == contact_id and held.is_open and owner.contact_id != contact_id:
            give(office, held, owner)
            moved.append(held)
    return moved


def close_unrated(office: Office) -> int:
    """What was solved and not rated within a week is closed; returns how many were."""
    before, closed = office.now - RATES_WITHIN, 0
    for ticket_id in tickets.solved_before(office.session, before):
        ticket = tickets.locked(office.session, ticket_id)
        if ticket.state == State.SOLVED and ticket.changed_at < before:  # nobody has rated or reopened it meanwhile
            ticket.state = State.CLOSED.value
            noted(office, ticket, What.CLOSED, Who.SYSTEM)
            closed += 1
    return closed


def _take(ticket: Ticket, by: By) -> None:
    """Whoever takes it has it. Raises AlreadyTaken where it is somebody else's work already."""
    if ticket.state not in NOT_TAKEN:
        raise AlreadyTaken(ticket.number, ticket.holder)
    ticket.holder, ticket.holder_id, ticket.holder_role = by.title, by.contact_id, by.role.value
