"""Who is responsible for my door, and how do I reach them: asks only for what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bot.messages import Reply
from bot.nlu.heard import Outcome
from bot.router import Router, Turn
from bot.rules import contact, hours, place, privacy
from bot.rules.contact import Found, Missing
from bot.rules.place import Address, Door
from bot.store.contact import Role
from bot.wording import contact as say

router = Router()
ROLE = "contact.role"
PLACE = "contact.place"
REMEMBER = "contact.remember"
AFTER = "contact.after"
HERE = {None, "action:find_contact", "action:bind_profile"}  # what an address alone may have been taken for
MOST_TRIES = 2
NOWHERE = Door()


@dataclass(frozen=True, slots=True)
class Wish:
    """What the resident has said so far. `tries`: how often the place was asked for in vain."""

    role: Role | None = None
    door: Door = NOWHERE
    unit: str = ""
    number: str = ""
    tries: int = 0

    @classmethod
    def of(cls, memo: Mapping[str, object]) -> "Wish":
        said = {name: str(value) for name, value in memo.items()}
        return cls(
            Role(said["role"]) if said.get("role") else None,
            Door(_id(said.get("compound")), _id(said.get("building")), said.get("unit", "")),
            said.get("unit", ""),
            said.get("number", ""),
            int(said.get("tries", 0)),
        )

    def memo(self) -> dict[str, object]:
        kept = {
            "role": self.role,
            "compound": self.door.compound_id,
            "building": self.door.building_id,
            "unit": self.door.unit or self.unit,
            "number": self.number,
            "tries": self.tries,
        }
        return {name: str(value) for name, value in kept.items() if value}

    def at(self, address: Address) -> "Wish":
        """With a place that is now known, and the unit that was said before it."""
        door = address.door
        return replace(self, door=replace(door, unit=door.unit or (self.unit if address.is_building else "")), tries=0)


@router.action("find_contact")
def find(turn: Turn) -> Reply:
    """The person for the role and the door that were said, or the question for what is missing."""
    if privacy.overheard(turn.message.channel):
        return Reply(say.IN_GROUP)
    before = Wish.of(turn.memo) if turn.asked in (PLACE, REMEMBER, AFTER) else Wish()
    role = turn.heard.slots.get("role")
    return _with_place_said(turn, replace(before, role=Role(str(role)) if role else None, tries=0))


@router.answer_to(ROLE)
def role_told(turn: Turn) -> Reply | None:
    """The role that was picked or named; anything else is read afresh."""
    if privacy.overheard(turn.message.channel):
        return None
    role = turn.picked or turn.heard.slots.get("role")
    if role is None or turn.heard.target not in HERE:
        return None
    return _with_place_said(turn, replace(Wish.of(turn.memo), role=Role(str(role))))


@router.answer_to(PLACE)
def place_told(turn: Turn) -> Reply | None:
    """The compound, building or unit; another need is read afresh."""
    if privacy.overheard(turn.message.channel):
        return None
    wish = Wish.of(turn.memo)
    if turn.picked:
        return _go_on(turn, _picked(turn, wish))
    if turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER) and turn.heard.target not in HERE:
        return None
    if turn.heard.target == "action:find_contact" and turn.heard.slots.get("role"):
        return None
    return _with_place_said(turn, wish, must=True)


@router.answer_to(REMEMBER)
def may_remember(turn: Turn) -> Reply | None:
    """Remember the building only on a yes; anything that is neither yes nor no is read afresh."""
    yes = {"yes": True, "no": False}.get(turn.picked or "", say.agreed(turn.message.text))
    address = place.address(turn.session, Wish.of(turn.memo).door)
    if turn.none_of_them or yes is False:
        return Reply(say.NOT_KEPT, asks=AFTER, memo=turn.memo)
    if yes is None or address is None:
        return None
    place.remember(turn.session, turn.resident_id, address.door, turn.now)
    return Reply(say.remembered(address), asks=AFTER, memo=turn.memo)


@router.answer_to(AFTER)
def after(turn: Turn) -> Reply | None:
    """What may be done with the remembered building; a further question is read afresh and knows the place."""
    if privacy.overheard(turn.message.channel):
        return None
    wish = Wish.of(turn.memo)
    if turn.picked == "keep":
        return may_remember(replace(turn, picked="yes"))
    if turn.picked == "forget":
        place.forget_home(turn.session, turn.resident_id)
        return Reply(say.FORGOTTEN)
    if turn.picked == "other" and wish.role:
        return _ask_place(turn, Wish(wish.role), Missing.BUILDING)
    return None


def _with_place_said(turn: Turn, wish: Wish, *, must: bool = False) -> Reply:
    """Go on with the place that the message names; `must`: it was asked for, so without one it is asked again."""
    said = turn.heard.slots.get("address")
    address = {str(name): str(part) for name, part in said.items()} if isinstance(said, Mapping) else {}
    if must and not address and wish.door.compound_id and turn.message.text.strip().isdigit():
        address = {"building": turn.message.text.strip()}
    if must and wish.number and not address.get("building"):
        address["building"] = wish.number
    named = place.named(turn.session, turn.message.text, address, within=wish.door.compound_id)
    wish = replace(wish, unit=named.unit or wish.unit)
    if named.only:
        return _go_on(turn, wish.at(named.only))
    if len(named.places) > 1:
        return _ask_which_of(turn, replace(wish, number=named.number, tries=wish.tries + must), named.places)
    if wish.door.building_id and named.unit and not named.number:
        return _go_on(turn, replace(wish, door=replace(wish.door, unit=named.unit)))
    if named.number or must:
        return _ask_again(turn, replace(wish, number="", tries=wish.tries + 1), named.number)
    return _go_on(turn, wish)


def _picked(turn: Turn, wish: Wish) -> Wish:
    """What was tapped: `compound:ID`, `building:ID`, `unit:N`."""
    kind, _, value = (turn.picked or "").partition(":")
    if kind == "unit":
        return replace(wish, door=replace(wish.door, unit=value))
    door = Door(building_id=UUID(value)) if kind == "building" else Door(compound_id=UUID(value))
    address = place.address(turn.session, door)
    return wish.at(address) if address else wish


def _go_on(turn: Turn, wish: Wish) -> Reply:
    """Name the person, or ask for the one thing that is missing, with what the resident let us remember."""
    if wish.role is None:
        choices = {label: role.value for role, label in say.ROLES.items()}
        return Reply(say.WHICH_ROLE, asks=ROLE, choices=choices, memo=wish.memo())
    home = place.home(turn.session, turn.resident_id) if wish.door == NOWHERE else None
    door = home.door if home else wish.door
    found = contact.who(turn.session, wish.role, door, turn.today)
    if isinstance(found, Missing):
        return _ask_place(turn, wish.at(home) if home else wish, found)
    if found is None:
        return Reply(say.NOBODY)
    return _tell(turn, replace(wish, door=door), found, remembered=home is not None)


def _tell(turn: Turn, wish: Wish, found: Found, *, remembered: bool) -> Reply:
    """The answer; below it what to do with the building, asked once."""
    now = turn.now.astimezone(turn.zone)
    address = place.address(turn.session, wish.door)
    opening = hours.opening(found.who.hours, hours.calendar(turn.session, now.date()), now)
    text = say.answer(found, address, opening, now)
    memo = wish.memo()
    if address is None or not address.is_building:
        return Reply(text, asks=AFTER, memo=memo)
    if remembered:
        return Reply(text + say.from_memory(address), AFTER, {say.OTHER: "other", say.FORGET: "forget"}, memo)
    if place.asks_for_the_first_time(turn.session, turn.resident_id, turn.now):
        return Reply(text + say.may_we_remember(address), REMEMBER, {say.KEEP: "yes", say.NO: "no"}, memo)
    home = place.home(turn.session, turn.resident_id)
    other = {say.KEEP_THIS: "keep"} if home and home.door.building_id != wish.door.building_id else {}
    return Reply(text, AFTER, other, memo)


def _ask_place(turn: Turn, wish: Wish, missing: Missing) -> Reply:
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


def _ask_which_of(turn: Turn, wish: Wish, places: Sequence[Address]) -> Reply:
    """Several places bear that name or number: those that fit are offered, of more the compound is asked for."""
    if wish.tries > MOST_TRIES:
        return _give_up(turn)
    text = say.which_of(wish.number) if wish.number else say.WHICH_OF_THESE
    offered = places if len(places) <= place.MOST else ()
    choices = {label: _value(one) for label, one in zip(_labels(turn, offered), offered, strict=True)}
    return Reply(text, PLACE, choices, wish.memo())


def _ask_again(turn: Turn, wish: Wish, number: str) -> Reply:
    """The place was not there or not understood: say what there is, and after a while who can help."""
    if wish.tries > MOST_TRIES:
        return _give_up(turn)
    address = place.address(turn.session, wish.door)
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


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
