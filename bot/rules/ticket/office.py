"""The steps that every rule of a ticket shares, and how they are refused."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from bot.errors import Refusal
from bot.nlu.kinds import Trouble
from bot.nlu.verdict import CHOICES
from bot.rules import clock, forwarding, reach, routing
from bot.rules.office import Office
from bot.rules.routing import Owner
from bot.rules.ticket.reading import clocks, door_of
from bot.rules.ticket.telling import News, show, tell_staff
from bot.store import dialog, outbox
from bot.store import ticket as tickets
from bot.store.ticket import State, Ticket, Urgency, What, Who

MORE = "ticket.more"  # the question that takes what belongs to a ticket
ASKED_STAYS = timedelta(days=3)  # so long an answer to the staff's question finds its ticket by itself
REOPENS = frozenset({State.SOLVED, State.CLOSED, State.NOT_OURS, State.ELSEWHERE})
RATES_WITHIN = timedelta(days=7)  # after the staff called it solved; then it is closed without a word


class AlreadyTaken(Refusal):
    """Another member of staff was quicker."""

    def __init__(self, number: str, holder: str) -> None:
        super().__init__(number, holder)
        self.number, self.holder = number, holder


class AlreadyOver(Refusal):
    """The ticket has come to its end, so that this cannot be done any more."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class NotSolved(Refusal):
    """Only what the staff call solved can be rated."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class NoReason(Refusal):
    """Whoever hands a ticket back, asks, solves or declines says why, in words the resident may read."""


class NobodyThere(Refusal):
    """Whoever it was to go to is no post that takes tickets, or not any more."""


class NoTwin(Refusal):
    """The ticket it was to go with is not there, or is the same one."""


def open_ticket(office: Office, ticket_id: UUID) -> Ticket:
    """The ticket as it stands now, locked. Raises AlreadyOver where it has come to its end."""
    found = tickets.locked(office.session, ticket_id)
    if not found.is_open:
        raise AlreadyOver(found.number)
    return found


def ended_ticket(office: Office, ticket_id: UUID) -> Ticket:
    """One that can be opened again, locked. Raises AlreadyOver where it goes on already, or with another one."""
    found = tickets.locked(office.session, ticket_id)
    if found.state not in REOPENS:
        raise AlreadyOver(found.number)
    return found


def noted(
    office: Office, ticket: Ticket, what: What, by: Who, *, title: str = "", facts: Mapping[str, object] | None = None
) -> None:
    """Write a line of the ticket's history, and that it changed."""
    sealed = office.seal.close_json(facts) if facts else None
    tickets.note(office.session, ticket.id, at=office.now, what=what, by=by, by_title=title, facts=sealed)
    ticket.changed_at = office.now
    forwarding.follow_up(office, ticket, what, title=title)
    if what in clock.MOVES:
        ticket.due_at = clocks(office, ticket).due


def give(
    office: Office,
    ticket: Ticket,
    owner: Owner,
    what: What = What.ROUTED,
    *,
    by: Who = Who.SYSTEM,
    title: str = "",
    news: News = News.GIVEN,
    note: str = "",
) -> None:
    """Let somebody have the ticket, note to whom it went, and tell them."""
    ticket.holder_role, ticket.holder, ticket.holder_id = owner.role.value, owner.title, owner.contact_id
    if ticket.state != State.REOPENED:
        ticket.state = (State.ASSIGNED if owner.title else State.RECEIVED).value
    noted(office, ticket, what, by, title=title, facts={"to": owner.title, "role": owner.role.value})
    show(office, ticket)
    tell_staff(office, ticket, news, note=note)


def responsible(office: Office, ticket: Ticket) -> Owner:
    """Whose ticket it is by its place and kind, today."""
    danger = ticket.urgency == Urgency.DANGER
    return routing.owner(office.session, Trouble(ticket.kind), door_of(ticket), office.today, danger=danger)


def announce(office: Office, ticket: Ticket, what: What, *, note: str = "", besides: UUID | None = None) -> None:
    """Tell the resident and everybody who follows, but not `besides`; the words are made when it is sent."""
    facts: dict[str, object] = {
        "number": ticket.number,
        "trouble": ticket.kind,
        "holder": ticket.holder,
        "note": note,
    }
    if ticket.resident_id is not None and ticket.resident_id != besides:
        choices = {"choices": CHOICES} if what is What.SOLVED else {}
        _tell(office, ticket.resident_id, ticket.channel, what, {**facts, **choices})
        if what is What.ASKED:
            leave_open(office, ticket.id, ticket.resident_id)
    for follower in tickets.followers(office.session, ticket.id):
        if follower.resident_id != besides:
            _tell(office, follower.resident_id, follower.channel, what, {**facts, "follows": True})


def _tell(office: Office, resident_id: UUID, channel: str, what: What, facts: Mapping[str, object]) -> None:
    outbox.put(
        office.session,
        resident_id=resident_id,
        channel=reach.channel_for(office, resident_id, channel),
        kind=f"ticket_{what.value}",
        facts=office.seal.close_json(facts),
        now=office.now,
        due_at=office.now,
    )


def leave_open(office: Office, ticket_id: UUID, resident_id: UUID) -> None:
    """What the resident says next belongs to the ticket, unless they are busy with another question."""
    content = {"choices": {}, "memo": {"ticket": str(ticket_id)}}
    dialog.ask_if_free(
        office.session,
        resident_id=resident_id,
        asks=MORE,
        content=office.seal.close_json(content),
        until=office.now + ASKED_STAYS,
        now=office.now,
    )
