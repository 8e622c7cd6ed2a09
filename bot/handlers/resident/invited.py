"""A resident whom the staff put down scans their code: asked whether it is them, then both are one person."""

from bot.handlers.resident.answers import agreed
from bot.messages import Reply
from bot.router import Router, Turn
from bot.rules import resident
from bot.rules.resident import BIND
from bot.wording import resident as say

router = Router()
IS_IT_YOU = "resident.is_it_you"


@router.scene(BIND)
def scanned(turn: Turn) -> Reply:
    """The code is not used yet: a neighbour who scans it by mistake says so."""
    known = resident.invited(turn.office, turn.message.event_key)
    choices = {say.ITS_ME: "yes", say.NOT_ME: "no"}
    return Reply(say.is_it_you(known), IS_IT_YOU, choices, {"scene": turn.message.event_key})


@router.answer_to(IS_IT_YOU)
def told(turn: Turn) -> Reply | None:
    if turn.overheard:
        return None
    yes = {"yes": True, "no": False}.get(turn.picked or "", agreed(turn))
    if yes is None:
        return None
    if not yes:
        return Reply(say.NOT_BOUND)
    known = resident.accept(turn.office, turn.resident_id, str(turn.memo["scene"]), wording=say.VERSION)
    return Reply(say.accepted(known))
