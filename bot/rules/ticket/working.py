"""Which tickets a member of staff may work on, in whose name, and to whom they may pass them."""

from datetime import timedelta

from bot.rules import grid, place
from bot.rules.office import Office
from bot.rules.routing import Owner
from bot.rules.ticket.office import open_ticket
from bot.rules.ticket.reading import door_of
from bot.rules.ticket.staff import NOT_TAKEN, By
from bot.store import staff_card
from bot.store import ticket as tickets
from bot.store.contact import Contact, Role
from bot.store.staff import Staff, StaffRole
from bot.store.ticket import Ticket

IN_MIND = timedelta(hours=24)  # so long words without a number belong to the card that was seen last
WORKS = frozenset({StaffRole.GRID_WORKER, StaffRole.STATION_STAFF, StaffRole.MANAGER, StaffRole.ADMINISTRATOR})
LEADS = frozenset({StaffRole.MANAGER, StaffRole.ADMINISTRATOR})
GETS_TICKETS = (Role.COMMUNITY, Role.GRID_WORKER, Role.PROPERTY, Role.SECRETARY, Role.POLICE)


def in_the_name_of(office: Office, account: Staff) -> By:
    """The post of an account, or the account itself where it has none."""
    post = office.session.get(Contact, account.contact_id) if account.contact_id else None
    if post is None:
        return By(account.name)
    return By(post.title, post.id, Role(post.role))


def may_work(office: Office, account: Staff, ticket: Ticket) -> bool:
    """Whether it is theirs, or was shown to them, or lies in the part of the city that they lead."""
    role = StaffRole(account.role)
    if role not in WORKS:
        return False
    if account.contact_id is not None and account.contact_id == ticket.holder_id:
        return True
    if staff_card.was_shown(office.session, account.id, ticket.id):
        return True
    return role in LEADS and account.area_id in (None, ticket.area_id) and not (account.grid_id or account.station_id)


def named(office: Office, account: Staff, number: str) -> Ticket | None:
    """The ticket of that number, where they may work on it."""
    found = tickets.numbered(office.session, number)
    return found if found is not None and may_work(office, account, found) else None


def held(office: Office, account: Staff) -> list[Ticket]:
    """The open tickets of their post, oldest first."""
    return list(tickets.held_by(office.session, account.contact_id)) if account.contact_id else []


def in_mind(office: Office, account: Staff) -> Ticket | None:
    """The ticket that words without a number are about: of the last card, else the only one they have."""
    card = staff_card.last_of(office.session, account.id, office.now - IN_MIND)
    last = tickets.ticket(office.session, card.ticket_id) if card else None
    if last is not None and last.is_open and may_work(office, account, last):
        return last
    theirs = held(office, account)
    return theirs[0] if len(theirs) == 1 else None


def may_go_to(office: Office, ticket: Ticket) -> list[Owner]:
    """The posts of the ticket's community that others' tickets may be passed to, those who are at work first."""
    community = place.community_of(office.session, door_of(ticket))
    if community is None:
        return []
    posts = [
        one
        for one in grid.chart(office.session, community).contacts.values()
        if one.role in GETS_TICKETS and one.phone and one.id != ticket.holder_id
    ]
    posts.sort(key=lambda one: (GETS_TICKETS.index(Role(one.role)), one.code))
    return [Owner(Role(one.role), one.title, one.id) for one in posts if not grid.on_leave(one, office.today)]


def is_at_work(ticket: Ticket) -> bool:
    """Whether somebody has taken it."""
    return ticket.is_open and ticket.state not in NOT_TAKEN


def must_be_open(office: Office, ticket: Ticket) -> None:
    """Raises AlreadyOver where it has come to its end."""
    open_ticket(office, ticket.id)
