"""What comes back of a lesson push: somebody has read it, or the platform reports of a mass send."""

from bot.messages import SILENCE, Reply
from bot.router import Router, Turn
from bot.rules import lesson_push
from bot.wording import lesson_push as say

router = Router()


@router.before_all("lesson_push.received")
def received(turn: Turn) -> Reply | None:
    """They say that they have read it; to anybody who was sent nothing it means something else."""
    if turn.overheard or not say.says_received(turn.message.text):
        return None
    title = lesson_push.answered(turn.office, turn.resident_id)
    return Reply(say.thanks(title)) if title else None


@router.event("masssendjobfinish")
def mass_done(turn: Turn) -> Reply:
    facts = turn.message.facts
    lesson_push.reported(
        turn.office,
        msg_id=facts.get("MsgID", ""),
        sent=_number(facts.get("SentCount", "")),
        failed=_number(facts.get("ErrorCount", ""))
        + _number(facts.get("TotalCount", ""))
        - _number(facts.get("FilterCount", "")),
    )
    return SILENCE


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() else 0
