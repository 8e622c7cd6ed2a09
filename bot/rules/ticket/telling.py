"""What the staff hear of a ticket: rows for those who hold its post, and cards that show what is true now."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from bot.privacy import masked
from bot.rules import place, post
from bot.rules.office import Office
from bot.rules.place import Door
from bot.store import outbox, staff, staff_card
from bot.store.ticket import Ticket

NEWS = "staff_news"  # kinds of notices: something to read and do,
SHOWN = "staff_card"  # and a card that says no longer what is true
EXCERPT = 80  # characters
CODE_LASTS = timedelta(hours=72)  # Source: docs/wecom.md, "Limits"


class News(StrEnum):
    """Why somebody hears of a ticket; who calls `tell_staff` may have reasons of its own, with words for them."""

    GIVEN = "given"
    ADDED = "added"
    PICTURE = "picture"
    PLACED = "placed"
    REOPENED = "reopened"
    RATED_BAD = "rated_bad"
    WITHDRAWN = "withdrawn"
    WARNED = "warned"  # its time is nearly over
    BREACHED = "breached"
    BREACHED_BELOW = "breached_below"  # told to whoever stands above
    ASKED_FOR = "asked_for"  # they wanted to see it


def tell_staff(office: Office, ticket: Ticket, kind: str, *, contact_id: UUID | None = None, note: str = "") -> int:
    """Tell whoever holds the post, of the ticket's holder where none is named; returns how many accounts hear of it.

    `kind` is one of `News` or a reason that bot/wording/staff.py has words for, `note` what is said with it.
    """
    told = 0
    for account in post.holders(office, ticket, contact_id):
        person_id = post.person_of(office, account)
        if person_id is not None:
            tell_one(office, ticket, kind, staff_id=account.id, person_id=person_id, note=note)
            told += 1
    return told


def tell_one(
    office: Office, ticket: Ticket, kind: str, *, staff_id: UUID, person_id: UUID | None, note: str = ""
) -> None:
    """Tell one account, a person in WeCom; nothing where they are nobody there."""
    if person_id is not None:
        facts = {**_facts(office, ticket), "news": kind, "note": note, "staff": str(staff_id)}
        _put(office, person_id, NEWS, facts)


def show(office: Office, ticket: Ticket) -> int:
    """Let every card of the ticket that is still out say what is true now; returns how many there are."""
    out = staff_card.out_of(office.session, ticket.id)
    for card in out:
        person = staff_card.person(office.session, card, post.WECOM)
        if person is not None:
            account = staff.account(office.session, card.staff_id)
            mine = account is not None and ticket.is_open and post.has(account, ticket)
            _put(office, person, SHOWN, {**_facts(office, ticket), "card": card.task_id, "mine": mine})
    return len(out)


def keep_code(office: Office, task_id: str, staff_id: UUID, code: str) -> None:
    """A tap brought the one code by which its card can be changed from now on."""
    card = staff_card.card(office.session, task_id)
    if card is not None and card.staff_id == staff_id:
        sealed = office.seal.close(code)
        staff_card.renew(office.session, task_id, code=sealed, until=office.now + CODE_LASTS, now=office.now)


def _put(office: Office, person_id: UUID, kind: str, facts: Mapping[str, object]) -> None:
    outbox.put(
        office.session,
        resident_id=person_id,
        channel=post.WECOM,
        kind=kind,
        facts=office.seal.close_json(facts),
        now=office.now,
        due_at=office.now,
    )


def _facts(office: Office, ticket: Ticket) -> dict[str, object]:
    """What may leave the house: the building, no room; the words without numbers; nobody's name or phone."""
    address = place.address(office.session, Door(ticket.compound_id, ticket.building_id))
    due = ticket.due_at.astimezone(office.zone) if ticket.is_open and ticket.due_at else None
    words = masked(" ".join(office.seal.open(ticket.words).split())) if ticket.words else ""
    return {
        "ticket": str(ticket.id),
        "number": ticket.number,
        "trouble": ticket.kind,
        "urgency": ticket.urgency,
        "state": ticket.state,
        "holder": ticket.holder,
        "compound": address.compound if address else "",
        "building": address.number if address else "",
        "excerpt": words if len(words) <= EXCERPT else words[: EXCERPT - 1] + "…",
        "due": due.isoformat() if due else "",
        "at": office.now.astimezone(office.zone).isoformat(),
    }
