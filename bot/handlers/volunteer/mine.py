"""Which shifts somebody has, and how long they have served."""

from bot.handlers.volunteer import meant
from bot.messages import Reply
from bot.nlu import shifts as words
from bot.router import Router, Turn
from bot.rules import volunteer
from bot.wording.volunteer import dialogue as say

router = Router()


@router.before_all("volunteer's hours")
def hours(turn: Turn) -> Reply | None:
    """Those of this year, and the last lines with their rule; to others an entry tells how hours are counted."""
    if not words.asks_for_hours(turn.message.text):
        return None
    if turn.overheard:
        return Reply(say.IN_GROUP) if words.says_my(turn.message.text) else None
    found = volunteer.statement(turn.office, turn.resident_id, turn.today.year)
    if meant.whoever(turn) is None and not found.shifts:
        return Reply(say.NOT_ONE_YET) if words.says_my(turn.message.text) else None
    return Reply(say.statement(found, meant.local(turn)))


@router.before_all("volunteer's shifts")
def show(turn: Turn) -> Reply | None:
    """The ones before them, for whoever is a volunteer."""
    if not words.asks_for_mine(turn.message.text) or turn.overheard or meant.whoever(turn) is None:
        return None
    found = volunteer.mine(turn.office, turn.resident_id)
    if not found:
        return Reply(say.NOTHING_OF_MINE)
    now = meant.local(turn)
    return Reply(say.mine([say.mine_line(its, mine, now) for mine, its in found]))
