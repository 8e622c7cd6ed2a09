"""Who opened my door: told from the book of doors."""

from datetime import timedelta

from bot.handlers.locker import common
from bot.messages import Reply
from bot.nlu import lockers
from bot.router import Router, Turn
from bot.rules.locker import book, pickup
from bot.store.locker import reading
from bot.wording.locker import chat as say

router = Router()
LATELY = timedelta(days=30)
MOST = 3


@router.before_all("who opened my door")
def who(turn: Turn) -> Reply | None:
    """Asked in words of which something else was understood, by somebody who has or had something there."""
    if not common.may_be_ours(turn) or not lockers.asks_who(turn.message.text):
        return None
    theirs = reading.lately_of(turn.session, turn.resident_id, turn.now - LATELY)
    return told(turn) if theirs else None


def told(turn: Turn) -> Reply:
    """The openings of what is or lately was theirs."""
    theirs = reading.lately_of(turn.session, turn.resident_id, turn.now - LATELY)[:MOST]
    if not theirs:
        return Reply(say.NO_BOOK)
    lines = [(pickup.thing(turn.office, one), book.openings(turn.office, one, turn.resident_id)) for one in theirs]
    return Reply(say.book(lines, common.now(turn)))
