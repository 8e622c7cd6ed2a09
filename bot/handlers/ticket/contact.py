"""Asks for name and phone where an office needs them: one question, with its reason, in place of the one for more."""

from dataclasses import replace

from bot.messages import Reply
from bot.router import Turn
from bot.rules import forwarding, resident
from bot.rules.ticket import MORE
from bot.store.ticket import Ticket
from bot.wording import ticket as say

CONTACT = "ticket.contact"


def asked(turn: Turn, opened: Ticket, reply: Reply) -> Reply:
    """The reply, with the question where there is one to be asked; the office hears of the ticket a little later."""
    title = forwarding.needs_contact(turn.office, opened) if reply.asks == MORE else ""
    if not title:
        return reply
    forwarding.wait_for_contact(turn.office, opened)
    phone = known_phone(turn)
    said = reply.text.removesuffix(say.PICTURE_TOO).rstrip()
    choices = {say.CONTACT_GOES: "yes", say.CONTACT_STAYS: "no"} if phone else {say.CONTACT_STAYS: "no"}
    return replace(reply, text=f"{said}\n\n{say.may_contact_go(title, phone)}", asks=CONTACT, choices=choices)


def known_phone(turn: Turn) -> str:
    """The one they told us for themselves, "" where they have not."""
    return resident.known(turn.office, turn.resident_id).phone
