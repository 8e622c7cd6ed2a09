"""Where the trouble is: asked after the number was given, answered by words, a tap, a location, or not at all."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.handlers.ticket.case import FALSE_ALARM, memo, of_question
from bot.handlers.ticket.contact import asked
from bot.messages import Kind, Reply
from bot.nlu import kinds, places
from bot.nlu.heard import Outcome
from bot.nlu.kinds import Trouble
from bot.nlu.spots import names_a_spot
from bot.nlu.verdict import skips, withdraws
from bot.router import Router, Turn
from bot.rules import place, ticket
from bot.rules.place import Address, Door, Named
from bot.rules.ticket import MORE
from bot.store.ticket import Ticket
from bot.wording import contact as say_contact
from bot.wording import ticket as say

router = Router()
WHERE = "ticket.where"
SAME = "ticket.same"
MOST_TRIES = 2
MOST_LABELLED = 8
# what a place alone may have been taken for
HERE = {None, "action:complaint", "action:find_contact", "action:bind_profile", "action:nearest_station"}
NOWHERE = Named()


def next_question(turn: Turn, opened: Ticket, said: str, named: Named = NOWHERE) -> Reply:
    """The words, and below them the one question that helps most: where, whether it is a neighbour's, a picture."""
    now = turn.now.astimezone(turn.zone)
    other = ticket.alike(turn.office, opened)
    if other is not None:
        own = other.resident_id == turn.resident_id
        text = f"{said}\n\n{(say.your_own if own else say.me_too)(ticket.seen(turn.office, other), now)}"
        choices = {say.SAME: "same", say.ANOTHER: "another"}
        return Reply(text, SAME, choices, memo(opened, other=str(other.id)))
    if opened.building_id is not None or not place.any_compound(turn.session):
        return asked(turn, opened, Reply(f"{said}\n\n{say.PICTURE_TOO}", MORE, memo=memo(opened)))
    return _ask(turn, opened, said, named, tries=0)


@router.answer_to(WHERE)
def told_where(turn: Turn) -> Reply | None:
    """The place, in whatever way it is told; a picture meanwhile is kept, another need is read afresh."""
    opened = of_question(turn)
    if opened is None or not opened.is_open or turn.overheard:
        return None
    if turn.message.kind is Kind.PICTURE:
        return _picture(turn, opened)
    if turn.message.spot is not None:
        return shared(turn, opened)
    if turn.picked == "skip" or turn.none_of_them:
        return Reply(f"{say.NOTHING_MORE}\n{say.PICTURE_TOO}", MORE, memo=memo(opened))
    if turn.picked == FALSE_ALARM:
        ticket.withdraw(turn.office, opened)
        return Reply(say.withdrawn(opened.number))
    if turn.picked:
        return _picked(turn, opened)
    return _in_words(turn, opened) if turn.message.kind is Kind.TEXT else None


def shared(turn: Turn, opened: Ticket) -> Reply:
    """A shared location: the spot is kept, and the compound around it where there is one."""
    spot = turn.message.spot
    near = place.compound_at(turn.session, spot) if spot and opened.compound_id is None else None
    ticket.locate(turn.office, opened, near.door if near else ticket.door_of(opened), spot=spot)
    text = _placed(turn, opened) if near else say.location_added(opened.number)
    return next_question(turn, opened, text) if near else Reply(f"{text}\n{say.MORE_AGAIN}", MORE, memo=memo(opened))


def address_of(text: str) -> dict[str, str]:
    """The parts of an address in words of which nothing else is wanted."""
    found = places.find(text)
    return found.as_slot() if found else {}


def address_in(turn: Turn) -> dict[str, str]:
    """The parts of an address that were heard."""
    said = turn.heard.slots.get("address")
    return {str(name): str(part) for name, part in said.items()} if isinstance(said, Mapping) else {}


def _ask(turn: Turn, opened: Ticket, said: str, named: Named, *, tries: int) -> Reply:
    """Which of several places, which building of a compound, or where at all; skipping is always offered."""
    home = place.home(turn.session, turn.resident_id)
    if len(named.places) > 1:
        text, offered = say.which_of(named.places), _labelled(named.places)
    elif opened.compound_id is not None:
        compound = place.address(turn.session, Door(opened.compound_id))
        text, offered = say.which_building(compound.compound if compound else ""), {}
    else:
        offered = {say.at_home(home): _value(home)} if home else {}
        offered |= _labelled(place.compounds(turn.session))
        text = say.WHERE_AGAIN if tries else say.WHERE
    kept = memo(opened, tries=tries)
    return Reply(f"{said}\n\n{text}" if said else text, WHERE, {**offered, say.SKIP: "skip"}, kept)


def _picked(turn: Turn, opened: Ticket) -> Reply:
    """What was tapped: `compound:ID`, `building:ID` or `building:ID:UNIT`."""
    kind, value, *unit = (turn.picked or "").split(":")
    door = Door(building_id=UUID(value), unit="".join(unit)) if kind == "building" else Door(compound_id=UUID(value))
    found = place.address(turn.session, door)
    if found is None:
        return _ask(turn, opened, "", NOWHERE, tries=1)
    return _located(turn, opened, found)


def _in_words(turn: Turn, opened: Ticket) -> Reply | None:
    """A place by its names; one that no chart knows is kept as it was said."""
    text = turn.message.text
    if withdraws(text):
        ticket.withdraw(turn.office, opened)
        return Reply(say.withdrawn(opened.number))
    if skips(text):
        return Reply(f"{say.NOTHING_MORE}\n{say.PICTURE_TOO}", MORE, memo=memo(opened))
    heard = address_in(turn)
    if opened.compound_id is not None and not heard and text.strip().isdigit():
        heard = {"building": text.strip()}
    named = place.named(turn.session, text, heard, within=opened.compound_id)
    if named.only and turn.heard.target in HERE:
        return _located(turn, opened, named.only, said=text)
    if turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER) and turn.heard.target not in HERE:
        return None
    tries = int(str(turn.memo.get("tries", 0))) + 1
    if turn.heard.target == "action:complaint" and not named.number:
        return _goes_on(turn, opened, tries)
    if (len(named.places) > 1 or named.number) and tries <= MOST_TRIES:
        return _ask(turn, opened, "", named, tries=tries)
    if names_a_spot(text):
        ticket.locate(turn.office, opened, ticket.door_of(opened), said=text)
        return asked(turn, opened, Reply(f"{_placed(turn, opened)}\n{say.PICTURE_TOO}", MORE, memo=memo(opened)))
    if turn.heard.target is None and tries <= MOST_TRIES:
        ticket.add(turn.office, opened, text)  # "quick": no place, and nothing else that was understood
        return _ask(turn, opened, say.added(opened.number), NOWHERE, tries=tries)
    return None


def _goes_on(turn: Turn, opened: Ticket, tries: int) -> Reply | None:
    """More of the same complaint where a place was asked; another trouble is a complaint of its own."""
    if kinds.find(turn.message.text) not in (Trouble.OTHER, Trouble(opened.kind)):
        return None
    ticket.add(turn.office, opened, turn.message.text)
    return _ask(turn, opened, say.added(opened.number), NOWHERE, tries=tries)


def _located(turn: Turn, opened: Ticket, found: Address, said: str = "") -> Reply:
    """The place is on the chart: the ticket goes where it belongs; a compound alone is asked for its building once."""
    asked_for_building = opened.compound_id is not None
    ticket.locate(turn.office, opened, found.door, said=said)
    if found.is_building or asked_for_building:
        return _after(turn, opened)
    return next_question(turn, opened, _placed(turn, opened))


def _after(turn: Turn, opened: Ticket) -> Reply:
    other = ticket.alike(turn.office, opened)
    if other is not None:
        return next_question(turn, opened, _placed(turn, opened))
    return asked(turn, opened, Reply(f"{_placed(turn, opened)}\n\n{say.PICTURE_TOO}", MORE, memo=memo(opened)))


def _picture(turn: Turn, opened: Ticket) -> Reply:
    """Kept; where it is stays asked."""
    ticket.add_picture(turn.office, opened, turn.message.facts)
    return _ask(turn, opened, say.picture_added(opened.number), NOWHERE, tries=0)


def _placed(turn: Turn, opened: Ticket) -> str:
    return say.placed(ticket.seen(turn.office, opened))


def _labelled(places: Sequence[Address]) -> dict[str, str]:
    """Places to tap, where they are few and told apart by their names."""
    labels = {say_contact.place(one): _value(one) for one in places}
    return labels if len(labels) == len(places) <= MOST_LABELLED else {}


def _value(address: Address) -> str:
    door = address.door
    if door.building_id is None:
        return f"compound:{door.compound_id}"
    return f"building:{door.building_id}:{door.unit}" if door.unit else f"building:{door.building_id}"
