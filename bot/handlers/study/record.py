"""How much they have studied this year, what is missing, and where to see all of it."""

from bot.messages import Reply
from bot.router import Router, Turn
from bot.rules import study
from bot.wording import link
from bot.wording.study import dialogue as say

router = Router()


@router.action("study_record")
def show(turn: Turn) -> Reply:
    if turn.overheard:
        return Reply(say.IN_GROUP)
    its = study.of_resident(turn.office, turn.resident_id)
    text = say.record(its, turn.now.astimezone(turn.zone))
    return Reply(link.below(text, say.OPEN_LEARNING, turn.page("/h5/learning")))
