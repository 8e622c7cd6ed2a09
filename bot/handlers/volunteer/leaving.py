"""Being a volunteer no more: read back first, for the shifts become free."""

from bot.handlers.volunteer import meant
from bot.messages import Reply
from bot.nlu import assent
from bot.nlu import shifts as words
from bot.router import Router, Turn
from bot.rules import volunteer
from bot.rules.volunteer.people import LIVE
from bot.wording.volunteer import dialogue as say

router = Router()
REALLY = "volunteer.leave"


@router.before_all("volunteer leaves")
def leaves(turn: Turn) -> Reply | None:
    if not words.leaves(turn.message.text) or turn.overheard:
        return None
    mine = meant.whoever(turn)
    if mine is None or mine.state not in LIVE:
        return None
    return Reply(say.REALLY_LEAVE, REALLY, {say.LEAVE: "yes", say.STAY: "no"})


@router.answer_to(REALLY, offer=True)
def really(turn: Turn) -> Reply | None:
    """Only a yes leaves."""
    text = turn.message.text
    if turn.picked == "no" or turn.none_of_them or assent.disagrees(text):
        return Reply(say.STAYS)
    if turn.picked != "yes" and not assent.agrees(text):
        return None
    volunteer.leave(turn.office, turn.resident_id)
    return Reply(say.LEFT)
