"""Erase what you know of me: said what goes and what stays, asked once, done in the same transaction."""

from bot.handlers.resident.answers import agreed
from bot.messages import Reply
from bot.nlu.profile import Part, only
from bot.router import Router, Turn
from bot.rules import resident
from bot.wording import resident as say

router = Router()
ERASE = "resident.erase"


@router.action("delete_my_data")
def ask(turn: Turn) -> Reply:
    """One detail goes at once, for it is told again as easily; everything is asked once."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    known = resident.known(turn.office, turn.resident_id)
    part = only(turn.message.text) if turn.message.text else None
    offered = say.parts(known)
    if part in offered:
        return _without(turn, part)
    alone = {label: part.value for part, label in offered.items()}
    return Reply(say.before_erasing(known), ERASE, {say.ERASE_ALL: "all", **alone, say.KEEP: "no"})


@router.answer_to(ERASE)
def told(turn: Turn) -> Reply | None:
    """Erase on a yes; what is neither yes nor no is read afresh, and nothing is erased."""
    if turn.overheard:
        return None
    yes = agreed(turn)
    if turn.picked in set(Part):
        return _without(turn, Part(turn.picked))
    if turn.picked == "no" or yes is False:
        return Reply(say.KEPT)
    if turn.picked != "all" and yes is not True:
        return None
    running = resident.known(turn.office, turn.resident_id).running
    resident.erase(turn.office, turn.resident_id)
    return Reply(say.erased(running))


def _without(turn: Turn, part: Part) -> Reply:
    if part is Part.PHONE:
        resident.forget_phone(turn.office, turn.resident_id)
        return Reply(say.PHONE_ERASED)
    resident.forget_home(turn.office, turn.resident_id)
    return Reply(say.HOME_ERASED)
