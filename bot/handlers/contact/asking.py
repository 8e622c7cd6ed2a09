"""The questions for a place: which compound, which building, which unit, and what may be tapped for them."""

from collections.abc import Sequence

from bot.handlers.contact.wish import NOWHERE, Wish
from bot.messages import Reply
from bot.router import Turn
from bot.rules import contact, place
from bot.rules.contact import Found, Missing
from bot.rules.place import Address
from bot.store.contact import Role
from bot.wording import contact as say

PLACE = "contact.place"
MOST_TRIES = 2


def ask_place(turn: Turn, wish: Wish, missing: Missing) -> Reply:
    """Ask for the one part of the place that is missing, with what may be tapped for it."""
    role = wish.role or Role.GRID_WORKER
    address = place.address(turn.session, wish.door)
    if address is None:
        names = [one.compound for one in place.compounds(turn.session)]
        text = say.which_compound(role) if missing is Missing.COMPOUND else say.which_building(role, names)
        return Reply(text, PLACE, _compounds(turn), wish.memo())
    if missing is Missing.UNIT:
        choices = {say.unit(one): f"unit:{one}" for one in contact.units(turn.session, address)}
        return Reply(say.which_unit(address, role), PLACE, choices, wish.memo())
    return Reply(say.which_number(address.compound, role), PLACE, _buildings(turn, address), wish.memo())


def ask_which_of(turn: Turn, wish: Wish, places: Sequence[Address]) -> Reply:
    """Several places bear that name or number: those that fit are offered, of more the compound is asked for."""
    if wish.tries > MOST_TRIES:
        return _give_up(turn)
    text = say.which_of(wish.number) if wish.number else say.WHICH_OF_THESE
    offered = places if len(places) <= place.MOST else ()
    choices = {label: _value(one) for label, one in zip(_labels(turn, offered), offered, strict=True)}
    return Reply(text, PLACE, choices, wish.memo())


def ask_again(turn: Turn, wish: Wish, number: str) -> Reply:
    """The place was not there or not understood: say what there is, and after a while who can help."""
    if wish.tries > MOST_TRIES:
        return _give_up(turn)
    address = place.address(turn.session, wish.door)
    if wish.door.building_id and not number:
        return ask_place(turn, wish, Missing.UNIT)
    if address is not None and number:
        numbers = [one.number for one in place.buildings(turn.session, address)]
        text = say.no_such_building(address.compound, number, numbers)
        return Reply(text, PLACE, _buildings(turn, address), wish.memo())
    return Reply(say.nowhere(number) if number else say.PLACE_AGAIN, PLACE, _compounds(turn), wish.memo())


def _give_up(turn: Turn) -> Reply:
    """Whoever can help in person."""
    found = contact.who(turn.session, Role.COMMUNITY, NOWHERE, turn.today)
    return Reply(say.ask_them(found.who) if isinstance(found, Found) else say.NOBODY)


def _compounds(turn: Turn) -> dict[str, str]:
    found = place.compounds(turn.session)
    return {label: _value(one) for label, one in zip(_labels(turn, found), found, strict=True)}


def _buildings(turn: Turn, address: Address) -> dict[str, str]:
    """The buildings to tap, unless a typed number could be taken for the position in the list."""
    found = place.buildings(turn.session, address)
    clashes = any(one.number.isdigit() and one.number != str(at) for at, one in enumerate(found, 1))
    return {} if clashes or len(found) > place.MOST else {say.building(one.number): _value(one) for one in found}


def _labels(turn: Turn, places: Sequence[Address]) -> list[str]:
    """Names that differ: with the community behind them where two places are called the same."""
    plain = [say.place(one) for one in places]
    return [
        label if plain.count(label) == 1 else say.of_community(label, place.community_name(turn.session, one))
        for label, one in zip(plain, places, strict=True)
    ]


def _value(address: Address) -> str:
    door = address.door
    return f"building:{door.building_id}" if door.building_id else f"compound:{door.compound_id}"
