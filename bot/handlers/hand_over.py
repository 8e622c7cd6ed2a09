"""While a person has the conversation: the bot listens, passes on, and speaks up in danger only."""

from bot.messages import SERVED, SILENCE, Kind, Reply
from bot.nlu import danger
from bot.router import Router, Turn
from bot.rules import hand_over
from bot.wording import hand_over as say

router = Router()
HUMAN = "action:human"
WHERE_IS_IT = "ticket.where"  # asked below the numbers to call; its answer belongs to the ticket


@router.while_handed("hand_over")
def listen(turn: Turn) -> Reply | None:
    """Silence; the person reads it. None leaves it to the bot: what is tapped or scanned, and danger.

    Who taps the menu or scans a code talks to the machine, as at a locker. Where a danger is belongs to its ticket.
    """
    message = turn.message
    if SERVED in message.facts:  # in the platform's own client: there is nothing to pass on
        return SILENCE
    if message.kind is Kind.EVENT or turn.picked is not None:
        return None
    if message.kind is Kind.TEXT and say.leaves(message.text):
        return Reply(say.LEFT) if hand_over.leave(turn.office, turn.resident_id) else None
    has_somebody = hand_over.hear(turn.office, turn.resident_id, words=message.text)
    if turn.asked == WHERE_IS_IT or (message.kind is Kind.TEXT and danger.find(message.text) is not None):
        return None
    return Reply(say.PATIENCE) if turn.heard.target == HUMAN and not has_somebody else SILENCE
