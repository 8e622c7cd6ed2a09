"""What happens to the group assistant beside words: somebody opens its chat, calls its name, sends a picture."""

from bot.messages import Reply
from bot.router import Router, Turn
from bot.wording import assistant as say
from bot.wording.desk import EXAMPLES

router = Router()
PICK = "desk.pick"  # the question of the desk, to which the examples lead


@router.event("enter_chat")
def entered(_turn: Turn) -> Reply:
    return Reply(say.WELCOME, asks=PICK, choices=EXAMPLES)


@router.event("assistant_called")
def called(_turn: Turn) -> Reply:
    return Reply(say.CALLED, asks=PICK, choices=EXAMPLES)


@router.event("assistant_media")
def media(_turn: Turn) -> Reply:
    """It is told what to do instead; the question that is open stays open."""
    return Reply(say.MEDIA)
