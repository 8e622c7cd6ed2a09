"""What do you know of me: a short list, masked, with what may be done about it."""

from bot.messages import Reply
from bot.router import Router, Turn
from bot.rules import resident
from bot.wording import resident as say

router = Router()
MINE = "resident.mine"


@router.action("my_data")
def show(turn: Turn) -> Reply:
    if turn.overheard:
        return Reply(say.IN_GROUP)
    known = resident.known(turn.office, turn.resident_id)
    choices = {
        say.EDIT: "action:bind_profile",
        say.PUSHES: "action:push_settings",
        say.ERASE: "action:delete_my_data",
    }
    return Reply(say.mine(known), MINE, choices)


@router.answer_to(MINE, offer=True)
def next_step(_turn: Turn) -> Reply | None:
    """What is offered leads to its target by itself; anything else is read afresh."""
    return None
