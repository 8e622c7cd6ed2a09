"""What people decide about a forward: try it now, leave it be, let a contact go along."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.errors import Refusal
from bot.rules.forwarding.asking import go_without_waiting
from bot.rules.forwarding.sending import resting
from bot.rules.office import Office
from bot.store import forwarding
from bot.store.forwarding import Forward, State
from bot.store.ticket import Ticket


class BeingSent(Refusal):
    """It is on its way at this moment; what came of it is known soon."""


class NoWhy(Refusal):
    """Whoever takes a ticket out of the queue says why."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a ticket has come with one destination, as the staff read it."""

    forward: Forward
    title: str


def standing(office: Office, ticket: Ticket) -> Sequence[Standing]:
    """Everywhere the ticket goes, with how far it is there."""
    found = []
    for forward in forwarding.of_ticket(office.session, ticket.id):
        destination = forwarding.destination_of(office.session, forward.destination_id)
        found.append(Standing(forward, destination.title if destination else ""))
    return found


def retry(office: Office, forward_id: UUID, *, by: str) -> None:
    """Send it now, also what was parked. Raises BeingSent."""
    forward = _resting(office, forward_id)
    if forward.state == State.PARKED:
        forward.state, forward.parked_by, forward.parked_why = resting(forward), "", ""
    step = forwarding.next_step(office.session, forward.id)
    if step is not None or forward.token:
        forward.next_try = office.now
    forward.changed_at = office.now
    forwarding.tried(
        office.session, forward.id, at=office.now, step=step.step if step else 0, outcome="retried", reason=by
    )


def park(office: Office, forward_id: UUID, *, by: str, why: str) -> None:
    """Do not send it until somebody says otherwise. Raises BeingSent, NoWhy."""
    if not why.strip():
        raise NoWhy
    forward = _resting(office, forward_id)
    forward.state, forward.next_try = State.PARKED.value, None
    forward.parked_by, forward.parked_why = by[:80], why[:200]
    forward.changed_at = office.now
    forwarding.tried(office.session, forward.id, at=office.now, step=0, outcome="parked", reason=f"{by}: {why}")


def agree(office: Office, ticket: Ticket, *, name: str, phone: str) -> None:
    """The resident lets name and phone go along with this ticket, to destinations that need them and waited for it."""
    contact = office.seal.close_json({"name": name, "phone": phone})
    forwarding.agree(office.session, ticket.id, contact=contact, now=office.now)
    go_without_waiting(office, ticket)


def _resting(office: Office, forward_id: UUID) -> Forward:
    forward = forwarding.locked(office.session, forward_id)
    if forward.state == State.SENDING:
        raise BeingSent
    return forward
