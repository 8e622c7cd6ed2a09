"""How it was solved: told by word or number at any time after the staff called it solved."""

from bot.handlers.ticket.case import memo
from bot.messages import Reply
from bot.nlu.verdict import Verdict, reason, verdict
from bot.router import Router, Turn
from bot.rules import ticket
from bot.rules.ticket import MORE, RATES_WITHIN
from bot.store import ticket as tickets
from bot.wording import ticket as say

router = Router()


@router.before_all("rating")
def rate(turn: Turn) -> Reply | None:
    """A word of content or discontent from somebody whose ticket waits for it; None where none does.

    It needs no open question: the news may have come days ago, or with another answer. A number that is a choice of
    the open question never comes here.
    """
    said = verdict(turn.message.text)
    if said is None or turn.overheard:
        return None
    waiting = tickets.to_rate(turn.session, turn.resident_id, turn.now - RATES_WITHIN)
    if waiting is None:
        return None
    ticket.rate(turn.office, waiting, said, reason(turn.message.text))
    if said is not Verdict.BAD:
        return Reply(say.RATED_GOOD if said is Verdict.GOOD else say.RATED_FAIR)
    text = say.reopened(ticket.seen(turn.office, waiting))
    return Reply(text, MORE, memo=memo(waiting))
