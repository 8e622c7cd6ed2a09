"""May it be put there: the answer for one parcel, and the word once for all."""

from uuid import UUID

from bot.handlers.locker import common
from bot.messages import Reply
from bot.nlu import lockers
from bot.nlu.lockers import MAY_CHOICES, Wish
from bot.router import Router, Turn
from bot.rules.locker import deposit, telling
from bot.store.locker import ParcelState, reading
from bot.wording.locker import chat as say

router = Router()


@router.answer_to(telling.CONSENT)
def answered(turn: Turn) -> Reply | None:
    """Yes or no, for now or for ever."""
    parcel_id = common.kept(turn, "parcel")
    if parcel_id is None or turn.overheard:
        return None
    said = Wish(turn.picked) if turn.picked in set(Wish) else lockers.consent(turn.message.text)
    return _answer(turn, parcel_id, said) if said else None


@router.before_all("wishes about deliveries")
def wished(turn: Turn) -> Reply | None:
    """A word once for all, or a late tap on the question."""
    if not common.may_be_ours(turn):
        return None
    label = MAY_CHOICES.get(turn.message.text.strip())
    said = Wish(label) if label else lockers.wish_in(turn.message.text)
    if said is None:
        return None
    asked = reading.parcels_for(turn.session, turn.resident_id, (), (ParcelState.ASKED,), limit=1)
    if asked:
        return _answer(turn, asked[0].id, said)
    deposit.wish(turn.office, turn.resident_id, said)
    return Reply(say.WISHES[said.value])


def _answer(turn: Turn, parcel_id: UUID, said: Wish) -> Reply:
    deposit.answer(turn.office, turn.resident_id, parcel_id, said)
    return Reply(say.WISHES[said.value] if said in (Wish.ALWAYS, Wish.NEVER) else say.CONSENT_NOTED[said.value])
