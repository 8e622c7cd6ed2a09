"""Who is to hear of a ticket and of what happens to it: rows in the transaction in which it happens."""

from bot.rules import place
from bot.rules.office import Office
from bot.rules.place import Door
from bot.store import forwarding
from bot.store import ticket as tickets
from bot.store.forwarding import Destination, Forward, State
from bot.store.ticket import Ticket, What

TOLD = frozenset(
    {
        What.ADDED,
        What.PLACED,
        What.SOLVED,
        What.ELSEWHERE,
        What.NOT_OURS,
        What.WITHDRAWN,
        What.MERGED,
        What.CLOSED,
    }
)
ENDS = frozenset({What.ELSEWHERE, What.NOT_OURS, What.WITHDRAWN, What.MERGED, What.CLOSED})
STARTS = frozenset({What.OPENED, What.REOPENED})


def plan(office: Office, ticket: Ticket) -> None:
    """Let every destination that is responsible hear of the ticket; those that do already stay as they are."""
    there = forwarding.active(office.session)
    known = {one.destination_id for one in forwarding.of_ticket(office.session, ticket.id)} if there else set()
    for destination in there:
        if destination.id not in known and concerns(office, destination, ticket):
            _begin(office, ticket, destination)


def follow_up(office: Office, ticket: Ticket, what: What, *, title: str = "") -> None:
    """Let those who have the ticket hear of the newest step of its history; not the one of that `title`, who did it."""
    if what not in TOLD and what is not What.REOPENED:
        return
    known = forwarding.of_ticket(office.session, ticket.id)
    step = tickets.history(office.session, ticket.id)[-1].step if known else 0
    if what is What.PLACED:
        plan(office, ticket)
    for forward in known:
        destination = forwarding.destination_of(office.session, forward.destination_id)
        if destination is not None and not (title and destination.title == title):
            _go_on(office, forwarding.locked(office.session, forward.id), what, step)


def adopt(office: Office, ticket: Ticket, destination: Destination, external_id: str) -> None:
    """The ticket came from the destination itself, which has it under that number: it only hears what happens to it."""
    forward = forwarding.to(office.session, ticket.id, destination.id) or _begin(office, ticket, destination)
    for step in forwarding.steps(office.session, forward.id):
        forwarding.step_sent(office.session, forward.id, step.step, office.now)
    forward.external_id, forward.next_try = external_id, None
    forward.state = forward.reached = State.ACCEPTED.value


def concerns(office: Office, destination: Destination, ticket: Ticket) -> bool:
    """Whether a ticket of this kind and place is a destination's."""
    if destination.kinds and ticket.kind not in destination.kinds:
        return False
    if destination.area_id is None:
        return True
    community = place.community_of(office.session, Door(ticket.compound_id, ticket.building_id, ticket.unit))
    within = forwarding.areas_below(office.session, destination.area_id)
    return (ticket.area_id or (community.id if community else None)) in within


def _begin(office: Office, ticket: Ticket, destination: Destination) -> Forward:
    forward = Forward(
        ticket_id=ticket.id,
        destination_id=destination.id,
        next_try=office.now,
        created_at=office.now,
        changed_at=office.now,
    )
    forwarding.add(office.session, forward)
    history = tickets.history(office.session, ticket.id)
    opened = next(line.step for line in history if line.what == What.OPENED)
    forwarding.add_step(office.session, forward, step=opened, what=What.OPENED.value, now=office.now)
    return forward


def _go_on(office: Office, forward: Forward, what: What, step: int) -> None:
    """One more thing to send; where nothing is under way it is due now."""
    if what is What.REOPENED:
        forward.round += 1
    forwarding.add_step(office.session, forward, step=step, what=what.value, now=office.now)
    if forward.state in (State.ACCEPTED, State.ACKNOWLEDGED, State.CLOSED) and forward.tries == 0:
        forward.next_try = office.now
        if what is What.REOPENED:
            forward.state = State.PENDING.value
