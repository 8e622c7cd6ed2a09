"""After a first booking: whether the address and phone may be remembered; only a yes keeps them."""

from uuid import UUID

from bot.form import Draft
from bot.handlers.booking import where
from bot.messages import Reply
from bot.nlu import assent
from bot.router import Router, Turn
from bot.rules import resident
from bot.rules.place import Door
from bot.store import booking as bookings
from bot.wording.booking import dialogue as say

router = Router()
QUESTION = "booking.remember"
WORDS = "booking-1"  # the version of the words that are agreed to


def may_keep(turn: Turn, draft: Draft, text: str) -> Reply:
    """The words, and below them the question, once: after the first booking, where nothing is known yet."""
    parts = where.opened(draft.get("address"))
    known = resident.known(turn.office, turn.resident_id)
    first = len(bookings.live_of(turn.session, turn.resident_id)) == 1
    is_new = parts.get("building") and not known.phone and known.home is None
    if not first or not is_new or bookings.last_of(turn.session, turn.resident_id, 1):
        return Reply(text)
    memo = {"phone": draft.get("phone"), **{name: parts.get(name, "") for name in ("building", "unit", "room")}}
    return Reply(f"{text}\n\n{say.MAY_KEEP}", QUESTION, {say.KEEP: "yes", say.NO: "no"}, memo)


@router.answer_to(QUESTION, offer=True)
def told(turn: Turn) -> Reply | None:
    """Keep them on a yes; what is neither yes nor no is about something else, and nothing is kept."""
    text = turn.message.text
    if turn.picked == "no" or turn.none_of_them or assent.leaves(text) or assent.disagrees(text):
        return Reply(say.NOT_KEPT)
    if turn.picked != "yes" and not assent.agrees(text):
        return None
    kept = {name: str(value) for name, value in turn.memo.items()}
    door = Door(building_id=UUID(kept["building"]), unit=kept["unit"])
    resident.tell_home(turn.office, turn.resident_id, door, kept["room"], wording=WORDS)
    if kept["phone"]:
        resident.tell_phone(turn.office, turn.resident_id, kept["phone"], wording=WORDS)
    return Reply(say.KEPT)
