"""A courier lets themselves be known with the station's word."""

from bot.handlers.locker import common
from bot.messages import Reply
from bot.nlu import lockers
from bot.router import Router, Turn
from bot.rules.locker import codes, staff
from bot.wording.locker import chat as say

router = Router()


@router.before_all("courier word")
def word(turn: Turn) -> Reply | None:
    """The word binds whoever says it first; wrong ones count like wrong codes."""
    if not common.may_be_ours(turn):
        return None
    said = lockers.courier_word(turn.message.text)
    if said is None or turn.overheard:
        return None
    if codes.is_locked_out(turn.office, turn.resident_id):
        return Reply(say.LOCKED_OUT.format(phone=common.phone(turn)))
    found = staff.bind(turn.office, turn.resident_id, said)
    if found is None:
        codes.wrong_word(turn.office, turn.resident_id)
        return Reply(say.COURIER_WRONG)
    return Reply(say.courier(found.company))
