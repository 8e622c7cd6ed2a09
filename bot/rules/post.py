"""Who has a ticket by their post, and by which way they hear that something has come to it."""

from collections.abc import Sequence
from uuid import UUID

from bot.rules import place
from bot.rules.office import Office
from bot.rules.place import Door
from bot.store import staff
from bot.store.staff import Staff
from bot.store.ticket import Ticket

WECOM = "wecom_app"  # the channel in which the staff read and answer


def holders(office: Office, ticket: Ticket, contact_id: UUID | None = None) -> Sequence[Staff]:
    """The accounts of the ticket's post, or of the one named; what lies in the triage is for those who lead there."""
    post = contact_id or ticket.holder_id
    if post is not None:
        return staff.holding(office.session, post)
    if not ticket.is_open:
        return ()
    if ticket.area_id is not None:
        return staff.leading(office.session, ticket.area_id)
    community = place.community_of(office.session, Door(ticket.compound_id, ticket.building_id, ticket.unit))
    return staff.leading(office.session, community.id if community else None)


def person_of(office: Office, account: Staff) -> UUID | None:
    """The person an account is in WeCom; None where they were never there, or have left."""
    return staff.person(office.session, WECOM, account.wecom_userid) if account.wecom_userid else None


def is_reached(office: Office, ticket: Ticket) -> bool:
    """Whether somebody hears of the ticket: in WeCom, or because they use the console."""
    return any(_watches(one) or person_of(office, one) is not None for one in holders(office, ticket))


def has(account: Staff, ticket: Ticket) -> bool:
    """Whether the account has the ticket: by its post, or by its own title where it has none."""
    return account.contact_id == ticket.holder_id if ticket.holder_id else account.name == ticket.holder


def enrol(office: Office) -> int:
    """Make a person of every account with a name in WeCom, so that they can be told; returns how many were new."""
    new = staff.not_enrolled(office.session, WECOM)
    for userid in new:
        staff.enrol(office.session, WECOM, userid, office.now)
    return len(new)


def _watches(account: Staff) -> bool:
    """Whoever has chosen a password of their own has been in the console."""
    return bool(account.password) and not account.must_change
