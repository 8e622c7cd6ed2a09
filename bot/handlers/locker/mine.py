"""What waits for somebody, another code for it, a code for the family."""

from uuid import UUID

from bot.handlers.locker import book, common
from bot.messages import Reply
from bot.nlu import lockers
from bot.nlu.heard import Outcome
from bot.router import Router, Turn
from bot.rules.locker import pickup
from bot.wording.locker import chat as say

router = Router()
NEW, FAMILY, WHO = "new", "family", "who"


@router.before_all("pick-up codes anew")
def code_wanted(turn: Turn) -> Reply | None:
    """Another code, or one for the family, for whoever has something there; for others it is a question."""
    if not common.may_be_ours(turn):
        return None
    text = turn.message.text
    wants = NEW if lockers.wants_new_code(text) else FAMILY if lockers.for_family(text) else ""
    if not wants or (turn.heard.kind is Outcome.ACTION and turn.heard.target != "action:my_parcels"):
        return None
    things = pickup.waiting(turn.office, turn.resident_id)
    return _coded(turn, wants) if things else None


@router.action("my_parcels")
def mine(turn: Turn) -> Reply:
    """Everything that waits, with what may be done; who opened the door, where that was asked."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    if lockers.asks_who(turn.message.text):
        return book.told(turn)
    things = pickup.waiting(turn.office, turn.resident_id)
    if not things:
        return Reply(say.NOTHING)
    choices = {say.OPEN: "action:open_locker", say.NEW_CODE: NEW, say.FAMILY: FAMILY, say.WHO: WHO}
    return Reply(say.mine(things, common.now(turn)), common.MINE, choices)


@router.answer_to(common.MINE)
def picked(turn: Turn) -> Reply | None:
    """What was tapped; `new:ID` and `family:ID` where which one had to be asked."""
    if turn.picked is None or turn.overheard:
        return None
    if turn.picked == WHO:
        return book.told(turn)
    wants, _, parcel_id = turn.picked.partition(":")
    if wants not in (NEW, FAMILY):
        return None
    return _one(turn, wants, UUID(parcel_id)) if parcel_id else _coded(turn, wants)


def _coded(turn: Turn, wants: str) -> Reply:
    things = pickup.waiting(turn.office, turn.resident_id)
    if not things:
        return Reply(say.NOTHING)
    if len(things) == 1:
        return _one(turn, wants, things[0].parcel_id)
    return Reply(say.WHICH, common.MINE, {say.label(one): f"{wants}:{one.parcel_id}" for one in things})


def _one(turn: Turn, wants: str, parcel_id: UUID) -> Reply:
    """The code, told once and in private."""
    family = wants == FAMILY
    thing, code = pickup.new_code(turn.office, turn.resident_id, parcel_id, for_family=family)
    return Reply(say.family_code(thing, code) if family else say.new_code(thing, code))
