"""Nobody's tickets lie with somebody who is not there: who left, or is on leave, hands over what they had."""

from bot.rules import grid
from bot.rules.office import Office
from bot.rules.ticket.staff import move_from
from bot.store import ticket as tickets
from bot.store.contact import Contact


def move_from_absent(office: Office) -> int:
    """The open tickets of posts that nobody fills today go to whoever stands in or is next; returns how many."""
    moved = 0
    for contact_id in tickets.holding(office.session):
        post = office.session.get(Contact, contact_id)
        if post is None or not post.phone or grid.on_leave(post, office.today):
            moved += len(move_from(office, contact_id))
    return moved
