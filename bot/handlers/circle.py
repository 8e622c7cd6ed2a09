"""Which places to learn at are within fifteen minutes on foot, of the place that is named or where somebody lives."""

from collections.abc import Mapping

from bot.messages import Reply
from bot.nlu import circles
from bot.router import Router, Turn
from bot.rules import circle, place
from bot.rules.place import Address
from bot.wording import circle as say
from bot.wording import contact as say_contact

router = Router()
QUESTION = "circle.where"


@router.before_all("learning circle")
def look(turn: Turn) -> Reply | None:
    """Near the place that is named, else near home as far as it may be remembered; where neither is known, it is asked.

    A place that nobody has put on the map is one that is not known.
    """
    if not circles.asks(turn.message.text):
        return None
    address = _said(turn)
    if address is None and not turn.overheard:
        address = place.home(turn.session, turn.resident_id)
    near = _near(turn, address) if address is not None else None
    return near or (Reply(say.IN_GROUP) if turn.overheard else Reply(say.WHERE, QUESTION))


@router.answer_to(QUESTION, offer=True)
def where(turn: Turn) -> Reply | None:
    """A compound that is named, or a shared location; anything else is read afresh."""
    if turn.message.spot is not None:
        return Reply(say.reachable("", circle.reachable(turn.office, turn.message.spot)))
    address = _said(turn)
    return _near(turn, address) if address is not None else None


def _said(turn: Turn) -> Address | None:
    said = turn.heard.slots.get("address")
    address = {str(name): str(part) for name, part in said.items()} if isinstance(said, Mapping) else {}
    return place.named(turn.session, turn.message.text, address).only


def _near(turn: Turn, address: Address) -> Reply | None:
    spot = place.spot_of(turn.session, address.door)
    return Reply(say.reachable(say_contact.place(address), circle.reachable(turn.office, spot))) if spot else None
