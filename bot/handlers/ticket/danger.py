"""Danger to life: the numbers first, then a ticket of the highest urgency, before anything else is understood."""

from datetime import timedelta

from bot.handlers.ticket.case import FALSE_ALARM, memo
from bot.handlers.ticket.where import WHERE, address_in
from bot.messages import Reply
from bot.nlu import danger, kinds
from bot.nlu.danger import Danger
from bot.router import Router, Turn
from bot.rules import place, ticket
from bot.rules.place import Door
from bot.rules.ticket import MORE, Draft
from bot.store import ticket as tickets
from bot.store.ticket import Ticket, Urgency
from bot.wording import danger as say_danger
from bot.wording import ticket as say

router = Router()
SAME_DANGER = timedelta(hours=1)  # whoever writes again within it means the same


@router.before_all("danger")
def alarm(turn: Turn) -> Reply | None:
    """The safety card and a number; None for the ordinary message."""
    found = danger.find(turn.message.text)
    if found is None:
        return None
    card = say_danger.card(found)
    if turn.overheard:
        return Reply(f"{card}\n{say_danger.IN_GROUP}")
    before = _before(turn, found)
    if before is not None:
        ticket.add(turn.office, before, turn.message.text)
        return _ask(turn, found, before, f"{card}\n\n{say.again_in_danger(before.number)}")
    opened = _opened(turn)
    said = say_danger.opened(found, opened.number, say.gone_to(ticket.seen(turn.office, opened)))
    return _ask(turn, found, opened, f"{card}\n\n{said}")


def _before(turn: Turn, found: Danger) -> Ticket | None:
    """The ticket of the same danger that the person has open since a short while."""
    before = tickets.opened_since(turn.session, turn.resident_id, turn.now - SAME_DANGER, Urgency.DANGER)
    same = before is not None and before.words is not None and danger.find(turn.seal.open(before.words)) is found
    return before if same else None


def _opened(turn: Turn) -> Ticket:
    """With the place that was said, else where we may remember that the person lives."""
    text = turn.message.text
    named = place.named(turn.session, text, address_in(turn))
    known = named.only or (None if named.places else place.home(turn.session, turn.resident_id))
    draft = Draft(text, kinds.find(text), known.door if known else Door(), danger=True)
    return ticket.open_one(turn.office, draft, resident_id=turn.resident_id, channel=turn.message.channel)


def _ask(turn: Turn, found: Danger, opened: Ticket, said: str) -> Reply:
    """Where it is, if that is not known; and the way back for a false alarm."""
    choices = {say.FALSE_ALARM: FALSE_ALARM}
    if opened.building_id is None and place.any_compound(turn.session):
        return Reply(f"{said}\n{say_danger.where(found)}", WHERE, choices, memo(opened))
    return Reply(said, MORE, choices, memo(opened))
