"""Did the door open: what a person says where no switch told, and that something is in."""

from uuid import UUID

from bot.handlers.locker import common
from bot.messages import Reply
from bot.nlu import lockers
from bot.router import Router, Turn
from bot.rules.locker import deposit, opening, telling
from bot.rules.locker.terms import HELD
from bot.store.locker import ParcelState, reading
from bot.store.locker import commands as doors
from bot.wording.locker import chat as say

router = Router()


@router.answer_to(telling.DID_IT_OPEN)
def did_it_open(turn: Turn) -> Reply | None:
    """Yes spends the code, no leaves it good; anything else is read afresh."""
    command_id = common.kept(turn, "command")
    if command_id is None or turn.overheard:
        return None
    yes = {"yes": True, "no": False}.get(turn.picked or "")
    if yes is None:
        yes = lockers.opened(turn.message.text)
    return None if yes is None else _told(turn, command_id, did_open=yes)


@router.before_all("did it open")
def late(turn: Turn) -> Reply | None:
    """The same words where another question is open by now."""
    if not common.may_be_ours(turn) or (yes := lockers.opened(turn.message.text)) is None:
        return None
    unseen = doors.unseen_of(turn.session, turn.resident_id, turn.now - HELD)
    return _told(turn, unseen.id, did_open=yes) if unseen else None


def _told(turn: Turn, command_id: UUID, *, did_open: bool) -> Reply:
    was_news = opening.witnessed(turn.office, command_id, turn.resident_id, did_open=did_open)
    if did_open:
        pending = deposit.pending(turn.office, turn.resident_id)
        return Reply(say.PUT_IT_IN if pending and pending.state == ParcelState.PLACED else say.GLAD)
    return Reply((say.NOT_OPENED if was_news else say.STUCK_AGAIN).format(phone=common.phone(turn)))


@router.before_all("it is in")
def put_in(turn: Turn) -> Reply | None:
    """The depositor says that it is in; where the door has a switch, that tells us."""
    if not common.may_be_ours(turn) or not lockers.is_put_in(turn.message.text):
        return None
    pending = deposit.pending(turn.office, turn.resident_id)
    if pending is None or pending.state != ParcelState.PLACED:
        return None
    cabinet = reading.cabinet(turn.session, pending.cabinet_id)
    if cabinet is not None and cabinet.has_feedback:
        return Reply(say.CLOSE_IT)
    return Reply(say.stored(deposit.is_in(turn.office, turn.resident_id, pending.id)))
