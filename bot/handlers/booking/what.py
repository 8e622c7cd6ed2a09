"""What is to be booked: one of the services of the station, or one of its rooms."""

from bot.form import Draft, Got, Question, Slot
from bot.router import Turn
from bot.rules import service
from bot.rules.service import Thing
from bot.wording.booking import dialogue as say

MOST = 9  # choices that a number can name
NAME = "service"


def thing_of(turn: Turn, draft: Draft) -> Thing | None:
    """The thing in a draft, where it can still be had."""
    key = draft.get(NAME)
    return service.thing(turn.session, key) if key else None


def service_slot() -> Slot:
    """The slot of a service."""
    return Slot(NAME, _ask_service, _read_service, say.SERVICE_WORDS, check=_check)


def room_slot() -> Slot:
    """The slot of a room."""
    return Slot(NAME, _ask_room, _read_room, say.ROOM_WORDS, check=_check)


def _ask_service(turn: Turn, _draft: Draft) -> Question:
    offered = service.catalogue(turn.session)
    if not offered:
        return Question(say.NO_SERVICES)
    return Question(say.WHICH_SERVICE, {one.title: one.key for one in offered[:MOST]})


def _read_service(turn: Turn, draft: Draft, _asked: bool) -> Got | None:
    """The service that was heard, or one whose name stands in the words."""
    heard = turn.heard.slots.get("service")
    key = str(heard) if heard else _by_title(turn, service.catalogue(turn.session))
    if not key or key == draft.get(NAME):
        return None
    return Got(key) if service.service(turn.session, key) else Got(why=say.not_offered())


def _ask_room(turn: Turn, _draft: Draft) -> Question:
    return Question(say.WHICH_ROOM, {say.room(one): one.key for one in service.rooms(turn.session)[:MOST]})


def _read_room(turn: Turn, draft: Draft, _asked: bool) -> Got | None:
    key = _by_title(turn, service.rooms(turn.session))
    return Got(key) if key and key != draft.get(NAME) else None


def _by_title(turn: Turn, things: list[Thing]) -> str:
    return next((one.key for one in things if one.title in turn.message.text), "")


def _check(turn: Turn, draft: Draft, _value: str) -> str:
    """Somebody must be there to do it."""
    thing = thing_of(turn, draft)
    return "" if thing is not None and thing.resources else say.not_offered()
