"""How far it is: by number, or all that a resident has complained of."""

from bot.handlers.ticket.case import memo
from bot.messages import Reply
from bot.nlu import codes
from bot.nlu.heard import Outcome
from bot.router import Router, Turn
from bot.rules import ticket
from bot.rules.ticket import MORE
from bot.store import ticket as tickets
from bot.store.ticket import Ticket
from bot.wording import ticket as say

router = Router()
WHICH = "ticket.which"
MOST = 5


@router.before_all("ticket number")
def by_number(turn: Turn) -> Reply | None:
    """A ticket's number with nothing that was understood otherwise asks how far it is."""
    number = turn.heard.slots.get("number")
    if not number or not str(number).startswith("T") or turn.heard.kind in (Outcome.ANSWER, Outcome.ACTION):
        return None
    return status(turn)


@router.action("ticket_status")
def status(turn: Turn) -> Reply:
    """The ticket of that number, the only one there is, or which of several."""
    if turn.overheard:
        return Reply(say.IN_GROUP_STATUS)
    number = turn.heard.slots.get("number") or (found.value if (found := codes.ticket(turn.message.text)) else None)
    if number:
        found_one = tickets.of(turn.session, turn.resident_id, str(number))
        return _told(turn, found_one) if found_one else Reply(say.NO_SUCH_NUMBER)
    theirs = tickets.latest_of(turn.session, turn.resident_id, MOST)
    if not theirs:
        return Reply(say.NONE_YET)
    if len(theirs) == 1:
        return _told(turn, theirs[0])
    choices = {say.in_a_list(ticket.seen(turn.office, one)): one.number for one in theirs}
    return Reply(say.WHICH_TICKET, asks=WHICH, choices=choices)


@router.answer_to(WHICH)
def which(turn: Turn) -> Reply | None:
    """The one that was picked; anything else is read afresh."""
    found = tickets.of(turn.session, turn.resident_id, turn.picked) if turn.picked else None
    return _told(turn, found) if found else None


def _told(turn: Turn, found: Ticket) -> Reply:
    """How far it is; one that goes with another is told as that one. What is said next may be added to it."""
    follows = found.resident_id != turn.resident_id
    while found.duplicate_of is not None and (other := tickets.ticket(turn.session, found.duplicate_of)) is not None:
        found, follows = other, True  # which may go with yet another one
    now = turn.now.astimezone(turn.zone)
    text = say.status(ticket.seen(turn.office, found), ticket.lines(turn.office, found), now, follows=follows)
    return Reply(text, MORE, memo=memo(found)) if found.is_open and not follows else Reply(text)
