"""Stations in the chat: which are near a shared place, a compound or a building, and whether they are open."""

from collections.abc import Mapping
from uuid import UUID

from bot.messages import Kind, Reply, Spot
from bot.nlu.heard import Outcome
from bot.router import Router, Turn
from bot.rules import place, station
from bot.rules.place import Address, Door
from bot.wording import contact as say_contact
from bot.wording import link
from bot.wording import station as say

router = Router()
WHERE = "station.where"
MOST_TRIES = 2


@router.kind(Kind.LOCATION)
def near_here(turn: Turn) -> Reply | None:
    """A place shared outside any dialogue asks for what is near it."""
    return _near(turn, turn.message.spot) if turn.message.spot else None


@router.action("nearest_station")
def nearest(turn: Turn) -> Reply:
    """Near the place that is named, else near where we may remember that the resident lives, else ask."""
    overheard = turn.overheard
    address = _said(turn)
    if address is None and not overheard:
        address = place.home(turn.session, turn.resident_id)
    if address is not None:
        return _near_address(turn, address)
    return Reply(say.IN_GROUP) if overheard else _ask(turn, say.WHERE, tries=0)


@router.answer_to(WHERE)
def where(turn: Turn) -> Reply | None:
    """A shared location, a compound tapped or named; another need is read afresh."""
    if turn.message.spot is not None:
        return _near(turn, turn.message.spot)
    address = place.address(turn.session, Door(UUID(turn.picked))) if turn.picked else _said(turn)
    if address is not None:
        return _near_address(turn, address)
    if turn.message.kind is not Kind.TEXT or turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER):
        return None
    tries = int(str(turn.memo.get("tries", 0))) + 1
    return _ask(turn, say.WHERE_AGAIN, tries=tries) if tries < MOST_TRIES else None


def _ask(turn: Turn, text: str, *, tries: int) -> Reply:
    """Ask for a location or a compound; compounds called the same are left to be said."""
    choices = {one.compound: str(one.door.compound_id) for one in place.compounds(turn.session)}
    return Reply(text, asks=WHERE, choices=choices, memo={"tries": tries})


def _said(turn: Turn) -> Address | None:
    """The place the message names; of several buildings of one number none is meant for sure."""
    said = turn.heard.slots.get("address")
    address = {str(name): str(part) for name, part in said.items()} if isinstance(said, Mapping) else {}
    return place.named(turn.session, turn.message.text, address).only


def _near_address(turn: Turn, address: Address) -> Reply:
    spot = place.spot_of(turn.session, address.door)
    return _near(turn, spot, near=say_contact.place(address)) if spot else Reply(say.NOT_PLACED, asks=WHERE)


def _near(turn: Turn, spot: Spot, near: str = say.YOU) -> Reply:
    now = turn.now.astimezone(turn.zone)
    found = station.around(turn.session, spot, now)
    text = say.nearby(found, now, near=near, in_group=turn.overheard)
    return Reply(link.below(text, say.ON_MAP, turn.page("/h5/stations")))
