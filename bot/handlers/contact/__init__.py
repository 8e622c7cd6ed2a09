"""Who is responsible for my door, and how do I reach them: asks only for what is missing."""

from dataclasses import replace
from uuid import UUID

from bot.handlers.contact.asking import PLACE, ask_again, ask_place, ask_which_of
from bot.handlers.contact.wish import NOWHERE, Wish, address_in, heard_address, names_a_place
from bot.messages import Reply
from bot.nlu.heard import Outcome
from bot.router import Router, Turn
from bot.rules import contact, hours, place, resident
from bot.rules.contact import Found, Missing
from bot.rules.place import Door
from bot.store.contact import Role
from bot.wording import contact as say

router = Router()
ROLE = "contact.role"
REMEMBER = "contact.remember"
AFTER = "contact.after"
HERE = {None, "action:find_contact", "action:bind_profile"}  # what an address alone may have been taken for
MOST_ALONE = 6  # characters: a role and little else


@router.action("find_contact")
def find(turn: Turn) -> Reply:
    """The person for the role and the door that were said, or the question for what is missing."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    before = Wish.of(turn.memo) if turn.asked in (PLACE, REMEMBER, AFTER) else Wish()
    role = turn.heard.slots.get("role")
    wish = replace(before, role=Role(str(role)) if role else None, unit="", number="", tries=0)
    return _with_place_said(turn, wish)


@router.answer_to(ROLE)
def role_told(turn: Turn) -> Reply | None:
    """The role that was picked or named, or a place meanwhile; anything else is read afresh."""
    if turn.overheard or turn.heard.target not in HERE:
        return None
    role = turn.picked or turn.heard.slots.get("role")
    if role is None and not names_a_place(turn):
        return None
    return _with_place_said(turn, replace(Wish.of(turn.memo), role=Role(str(role)) if role else None))


@router.answer_to(PLACE)
def place_told(turn: Turn) -> Reply | None:
    """The compound, building or unit; another need is read afresh."""
    if turn.overheard:
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
    """Remember the building only on a yes; what is neither yes nor no is a question of its own."""
    if turn.overheard:
        return None
    yes = {"yes": True, "no": False}.get(turn.picked or "", say.agreed(turn.message.text))
    address = place.address(turn.session, Wish.of(turn.memo).door)
    if turn.none_of_them or yes is False:
        return Reply(say.NOT_KEPT, asks=AFTER, memo=turn.memo)
    if yes is None or address is None:
        return _and_that_one(turn)
    resident.tell_building(turn.office, turn.resident_id, address.door)
    return Reply(say.remembered(address), asks=AFTER, memo=turn.memo)


@router.answer_to(AFTER, offer=True)
def after(turn: Turn) -> Reply | None:
    """What may be done with the remembered building; a question in full is read afresh, and `find` knows the place."""
    if turn.overheard:
        return None
    wish = Wish.of(turn.memo)
    if turn.picked == "keep":
        return may_remember(replace(turn, picked="yes"))
    if turn.picked == "forget":
        resident.forget_home(turn.office, turn.resident_id)
        return Reply(say.FORGOTTEN)
    if turn.picked == "other" and wish.role:
        return ask_place(turn, Wish(wish.role), Missing.BUILDING)
    return _and_that_one(turn)


def _and_that_one(turn: Turn) -> Reply | None:
    """Such as "and the police?" or "and no. 5?": a role or a place alone goes with what was said before."""
    role = turn.heard.slots.get("role")
    alone = turn.heard.target is None or (turn.heard.kind is Outcome.ANSWER and len(turn.message.text) <= MOST_ALONE)
    if not alone or not (role or names_a_place(turn)):
        return None
    wish = Wish.of(turn.memo)
    return _with_place_said(turn, replace(wish, role=Role(str(role)) if role else wish.role, unit="", number=""))


def _with_place_said(turn: Turn, wish: Wish, *, must: bool = False) -> Reply:
    """Go on with the place that the message names; `must`: it was asked for, so without one it is asked again."""
    said = heard_address(turn, wish) if must else address_in(turn)
    named = place.named(turn.session, turn.message.text, said, within=wish.door.compound_id)
    if named.number and not named.places and not must:
        named = place.named(turn.session, turn.message.text, said)
    wish = replace(wish, unit=named.unit or wish.unit)
    if named.only:
        return _go_on(turn, wish.at(named.only))
    if len(named.places) > 1:
        return ask_which_of(turn, replace(wish, number=named.number, tries=wish.tries + must), named.places)
    if wish.door.building_id and named.unit and not named.number:
        return _go_on(turn, replace(wish, door=replace(wish.door, unit=named.unit)))
    if (named.number or must) and place.any_compound(turn.session):
        door = named.compound.door if named.compound else wish.door
        return ask_again(turn, replace(wish, door=door, number="", tries=wish.tries + 1), named.number)
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
        return ask_place(turn, wish.at(home) if home else wish, found)
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
    if place.asks_for_the_first_time(turn.session, turn.resident_id, turn.now):
        return Reply(text + say.may_we_remember(address), REMEMBER, {say.KEEP: "yes", say.NO: "no"}, memo)
    home = place.home(turn.session, turn.resident_id)
    if home is None:
        return Reply(text, AFTER, memo=memo)
    if home.door.building_id != wish.door.building_id:
        return Reply(text, AFTER, {say.KEEP_THIS: "keep"}, memo)
    text += say.from_memory(address) if remembered else ""
    return Reply(text, AFTER, {say.OTHER: "other", say.FORGET: "forget"}, memo)
