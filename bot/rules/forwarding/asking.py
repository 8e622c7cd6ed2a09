"""Whether a resident is to be asked for a name and a phone that another office needs, and what waits meanwhile."""

from datetime import timedelta

from bot.rules.office import Office
from bot.store import forwarding
from bot.store.forwarding import Destination, Forward, State
from bot.store.ticket import Ticket, Urgency

WAITS = timedelta(minutes=10)  # so long an office that needs a contact hears nothing yet


def needs_contact(office: Office, ticket: Ticket) -> str:
    """The office that needs one, by its title; "" where none does, or nobody may be held up by a question."""
    if ticket.urgency == Urgency.DANGER or forwarding.consent(office.session, ticket.id) is not None:
        return ""
    return next((destination.title for _, destination in _not_sent(office, ticket)), "")


def wait_for_contact(office: Office, ticket: Ticket) -> None:
    """The question is asked: those who need the answer are told of the ticket a little later."""
    for forward, _ in _not_sent(office, ticket):
        forward.next_try = office.now + WAITS


def go_without_waiting(office: Office, ticket: Ticket) -> None:
    """It is answered, with a yes or a no."""
    for forward, _ in _not_sent(office, ticket):
        forward.next_try = office.now


def _not_sent(office: Office, ticket: Ticket) -> list[tuple[Forward, Destination]]:
    """The forwards to offices that need a contact, as long as nothing has been sent there."""
    found = []
    for known in forwarding.of_ticket(office.session, ticket.id):
        destination = forwarding.destination_of(office.session, known.destination_id)
        if destination is None or not destination.contact_leaves:
            continue
        forward = forwarding.locked(office.session, known.id)
        if forward.state == State.PENDING and not forward.tries and forward.round == 1:
            found.append((forward, destination))
    return found
