"""Somebody comes out of a group by the link or the code they were given: what they said there is taken as said now."""

from bot.handlers.group.manners import is_open
from bot.messages import Reply
from bot.nlu.assent import agrees, disagrees, leaves
from bot.router import Router, Turn
from bot.rules import group
from bot.wording import group as say

router = Router()
WHETHER = "group.whether"
COMPLAINT = "action:complaint"


@router.scene(group.PURPOSE)
def arrived(turn: Turn) -> Reply:
    """A complaint is asked about first: in a group people say much. Everything else goes on at once."""
    said = group.take(turn.office, turn.message.event_key)
    if said.about == COMPLAINT:
        choices = {say.GO_ON: "yes", say.LEAVE_IT: "no"}
        return Reply(say.whether(said.words), WHETHER, choices, {"words": said.words})
    return Reply("" if is_open(said.about) else say.AGO, hears=said.words)


@router.answer_to(WHETHER)
def whether(turn: Turn) -> Reply | None:
    """Their yes makes it a complaint, in their own words."""
    yes = {"yes": True, "no": False}.get(turn.picked or "")
    if turn.none_of_them or (turn.picked is None and (leaves(turn.message.text) or disagrees(turn.message.text))):
        yes = False
    elif turn.picked is None and agrees(turn.message.text):
        yes = True
    if yes is None:
        return None
    return Reply("", hears=str(turn.memo["words"])) if yes else Reply(say.LEFT)
