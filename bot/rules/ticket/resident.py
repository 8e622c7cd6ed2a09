"""What residents do with a complaint: open it, add to it, say where, join another's, rate, reopen, withdraw."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from bot.messages import Spot
from bot.nlu.kinds import Trouble
from bot.nlu.verdict import Verdict
from bot.privacy import masked
from bot.rules import clock, forwarding, place, setting
from bot.rules.office import Office
from bot.rules.place import Door
from bot.rules.ticket.office import NotSolved, announce, ended_ticket, give, noted, open_ticket, responsible
from bot.rules.ticket.telling import News, show, tell_staff
from bot.store import ticket as tickets
from bot.store.ticket import State, Ticket, Urgency, What, Who

ALIKE_WITHIN = timedelta(days=30)
RATING = {Verdict.GOOD: 1, Verdict.FAIR: 2, Verdict.BAD: 3}


@dataclass(frozen=True, slots=True)
class Draft:
    """A complaint before it has a number. `said_place`: how the resident put the place, where that says more.

    `area_id` is the part of the city where it is known of and the door is not.
    """

    words: str
    trouble: Trouble
    door: Door = field(default_factory=Door)
    said_place: str = ""
    danger: bool = False
    area_id: UUID | None = None


def open_one(office: Office, draft: Draft, *, resident_id: UUID | None, channel: str) -> Ticket:
    """Give a complaint its number and its owner, in the turn's own transaction; without a resident it is our own."""
    urgency = Urgency.DANGER if draft.danger else _urgency(office, draft.trouble)
    ticket = Ticket(
        number=tickets.next_number(office.session, office.today),
        resident_id=resident_id,
        channel=channel,
        kind=draft.trouble.value,
        urgency=urgency.value,
        words=office.seal.close(draft.words),
        created_at=office.now,
        changed_at=office.now,
    )
    _put(office, ticket, draft.door, said=draft.said_place)
    ticket.area_id = ticket.area_id or draft.area_id
    tickets.add(office.session, ticket)
    noted(office, ticket, What.OPENED, Who.RESIDENT if resident_id else Who.SYSTEM)
    give(office, ticket, responsible(office, ticket))
    forwarding.plan(office, ticket)
    return ticket


def _urgency(office: Office, trouble: Trouble) -> Urgency:
    return clock.urgency(trouble, setting.terms(office.session))


def locate(office: Office, ticket: Ticket, door: Door, *, said: str = "", spot: Spot | None = None) -> None:
    """Say where it is; the ticket goes to whoever is responsible there, unless somebody is at work on it already."""
    ticket = open_ticket(office, ticket.id)
    _put(office, ticket, door, said=said, spot=spot)
    noted(office, ticket, What.PLACED, Who.RESIDENT, facts={"said": said} if said else None)
    _goes_on(ticket)
    owner = responsible(office, ticket)
    if ticket.state in (State.RECEIVED, State.ASSIGNED) and owner.title != ticket.holder:
        give(office, ticket, owner)
    else:
        tell_staff(office, ticket, News.PLACED)


def add(office: Office, ticket: Ticket, words: str) -> None:
    """Add what the resident says besides; it answers a question of the staff's where one waits."""
    ticket = open_ticket(office, ticket.id)
    noted(office, ticket, What.ADDED, Who.RESIDENT, facts={"said": words})
    _goes_on(ticket)
    tell_staff(office, ticket, News.ADDED, note=masked(words))


def add_picture(office: Office, ticket: Ticket, media: Mapping[str, str]) -> None:
    """Keep a picture as the platform named it."""
    ticket = open_ticket(office, ticket.id)
    tickets.add_picture(office.session, ticket.id, at=office.now, media=office.seal.close_json(media))
    noted(office, ticket, What.ADDED, Who.RESIDENT, facts={"picture": True})
    _goes_on(ticket)
    tell_staff(office, ticket, News.PICTURE)


def alike(office: Office, ticket: Ticket) -> Ticket | None:
    """Another open ticket of the same kind at the same place, a neighbour's or their own, where the place is known."""
    if ticket.compound_id is None or ticket.kind == Trouble.OTHER or ticket.urgency == Urgency.DANGER:
        return None
    return tickets.alike(
        office.session,
        kind=ticket.kind,
        compound_id=ticket.compound_id,
        building_id=ticket.building_id,
        besides=ticket.id,
        since=office.now - ALIKE_WITHIN,
    )


def join(office: Office, ticket: Ticket, other: Ticket) -> None:
    """Me too: the resident's own ticket goes with the other one, which they follow from now on.

    Where that one is theirs as well, what they said is added to it.
    """
    ticket, other = open_ticket(office, ticket.id), open_ticket(office, other.id)
    if ticket.resident_id is None:
        return
    if other.resident_id == ticket.resident_id and ticket.words is not None:
        add(office, other, office.seal.open(ticket.words))
    everybody = [(ticket.resident_id, ticket.channel)]
    everybody += [(one.resident_id, one.channel) for one in tickets.followers(office.session, ticket.id)]
    for person, channel in (one for one in everybody if one[0] != other.resident_id):
        tickets.follow(office.session, other.id, resident_id=person, channel=channel, now=office.now)
    noted(office, other, What.FOLLOWED, Who.RESIDENT, facts={"with": ticket.number})
    ticket.state, ticket.duplicate_of = State.DUPLICATE.value, other.id
    noted(office, ticket, What.MERGED, Who.RESIDENT, facts={"into": other.number})
    show(office, ticket)


def rate(office: Office, ticket: Ticket, verdict: Verdict, why: str = "") -> None:
    """What the resident thinks of the solution; who is not content has it reopened, with why. Raises NotSolved."""
    ticket = tickets.locked(office.session, ticket.id)
    if ticket.state != State.SOLVED:
        raise NotSolved(ticket.number)
    ticket.rating = RATING[verdict]
    noted(office, ticket, What.RATED, Who.RESIDENT, facts={"rating": ticket.rating})
    if verdict is Verdict.BAD:
        _reopen(office, ticket, why, news=News.RATED_BAD)
    else:
        ticket.state = State.CLOSED.value
        noted(office, ticket, What.CLOSED, Who.SYSTEM)


def reopen(office: Office, ticket: Ticket, words: str = "") -> None:
    """It is not mended after all: it starts anew and goes out again, also after it was closed. Raises AlreadyOver."""
    _reopen(office, ended_ticket(office, ticket.id), words)


def withdraw(office: Office, ticket: Ticket) -> None:
    """The resident takes it back. Raises AlreadyOver."""
    ticket = open_ticket(office, ticket.id)
    ticket.state = State.CLOSED.value
    noted(office, ticket, What.WITHDRAWN, Who.RESIDENT)
    show(office, ticket)
    tell_staff(office, ticket, News.WITHDRAWN)


def _reopen(office: Office, ticket: Ticket, words: str = "", *, news: News = News.REOPENED) -> None:
    ticket.state = State.REOPENED.value
    noted(office, ticket, What.REOPENED, Who.RESIDENT, facts={"said": words} if words else None)
    give(office, ticket, responsible(office, ticket), news=news, note=masked(words))
    announce(office, ticket, What.REOPENED, besides=ticket.resident_id)  # who did it reads so in the reply


def _goes_on(ticket: Ticket) -> None:
    """What was asked is answered: work goes on."""
    if ticket.state == State.NEEDS_MORE:
        ticket.state = State.WORKING.value


def _put(office: Office, ticket: Ticket, door: Door, *, said: str, spot: Spot | None = None) -> None:
    """Write down where it is: what is known of the chart in clear, the resident's own words and spot sealed."""
    address = place.address(office.session, door)
    if address is not None:
        ticket.compound_id, ticket.building_id = address.door.compound_id, address.door.building_id
        ticket.unit = address.door.unit
        community = place.community_of(office.session, address.door)
        ticket.area_id = community.id if community else None
    kept: dict[str, object] = office.seal.open_json(ticket.place) if ticket.place else {}
    if said:
        kept["said"] = said
    if spot is not None:
        kept["spot"] = [spot.lat, spot.lon, spot.label]
    ticket.place = office.seal.close_json(kept) if kept else None
