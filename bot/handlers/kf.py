"""Customer service opened: greeted once with where they come from, and asked whether we may remember the building."""

from uuid import UUID

from bot.messages import SILENCE, Reply
from bot.router import Router, Turn
from bot.rules import kf, place, resident
from bot.rules.place import Door
from bot.wording import desk as say_desk
from bot.wording import kf as say

router = Router()
HOME = "kf.home"
PICK = "desk.pick"
GREETS = "greets"  # in the facts: the platform lets us greet this time


@router.event("enter_session")
def entered(turn: Turn) -> Reply:
    """Nothing is said where they talked to us within the last two days: the chat is still there."""
    return _greeting(say.WELCOME) if GREETS in turn.message.facts else SILENCE


@router.scene(kf.CONTEXT)
def came_from(turn: Turn) -> Reply | None:
    """By the link of a group, perhaps of a building."""
    if turn.message.event != "enter_session" or GREETS not in turn.message.facts:
        return None
    found = kf.context(turn.office, turn.message.event_key)
    greeting = _greeting(say.from_group(found.group) if found.group else say.WELCOME)
    home = found.home
    if home is None or place.home(turn.session, turn.resident_id) is not None:
        return greeting
    if not place.asks_for_the_first_time(turn.session, turn.resident_id, turn.now):
        return greeting
    text = f"{greeting.text}\n\n{say.may_we_remember(home)}"
    memo = {"building": str(home.door.building_id)}
    return Reply(text, HOME, {say.YES: "yes", say.NO: "no"}, memo)


@router.answer_to(HOME, offer=True)
def told_home(turn: Turn) -> Reply | None:
    """Only a plain yes or no is one; everything else is what they came for."""
    if turn.picked is None and not turn.none_of_them:
        return None
    if turn.picked != "yes":
        return Reply(say.NOT_REMEMBERED)
    door = Door(building_id=UUID(str(turn.memo["building"])))
    resident.tell_building(turn.office, turn.resident_id, door)
    return Reply(say.REMEMBERED)


def _greeting(text: str) -> Reply:
    return Reply(text, asks=PICK, choices=say_desk.EXAMPLES)
