"""Where the worker is to come: building and room, as the chart knows them, from words, taps or memory."""

import json
from collections.abc import Mapping
from uuid import UUID

from bot.form import Draft, Got, Question, Slot
from bot.handlers.booking.what import thing_of
from bot.nlu import assent, places
from bot.nlu.numbers import plain
from bot.nlu.spots import names_a_spot
from bot.router import Turn
from bot.rules import place, resident
from bot.rules.place import Address, Door
from bot.wording import contact as say_contact
from bot.wording.booking import dialogue as say

LEAST = 4  # characters of a place that no chart knows


def slot() -> Slot:
    """The slot of the address."""
    return Slot("address", _ask, _read, say.PLACE_WORDS, wanted=_wanted, recall=_recall, tap=_tap)


def spoken(draft: Draft) -> str:
    """The address in a draft as it is read back."""
    return str(opened(draft.get("address")).get("text", ""))


def opened(value: str) -> Mapping[str, str]:
    """The parts of an address: `building` (id), `unit`, `room`, `text`."""
    return {str(name): str(part) for name, part in json.loads(value).items()} if value else {}


def _wanted(turn: Turn, draft: Draft) -> bool:
    thing = thing_of(turn, draft)
    return thing is None or thing.visit


def _read(turn: Turn, draft: Draft, asked: bool) -> Got | None:
    """The building and the room; what is missing is noted and asked for."""
    text = turn.message.text
    said = _said(turn, asked)
    known = _known(turn, draft)
    if not said and not asked:
        return None
    named = place.named(turn.session, text, said, within=known.door.compound_id if known else None)
    rest = "" if asked and not assent.asks(text) else _beside(text)
    if said.get("building") or named.places:
        if len(named.places) > 1:
            choices = {say_contact.place(one): _value(one, said) for one in named.places[: place.MOST]}
            return Got(why=say.WHICH_PLACE, choices=choices, rest=rest)
        if named.only is None:
            compound = named.compound.compound if named.compound else ""
            return Got(why=say.no_such_building(compound, said.get("building", "")), rest=rest)
        known = named.only
        rest = rest.replace(known.compound, "")
    if known is None or not known.is_building:
        return _off_the_chart(text, known, rest) if asked else None
    unit = said.get("unit", "") or (known.door.unit if not said.get("building") else "") or draft.note("unit")
    if not said.get("room"):
        note = {"building": str(known.door.building_id), "unit": unit}
        return Got(notes=note, rest=rest) if said or named.places else None
    return Got(_value(known, {"unit": unit, "room": said["room"]}), notes={"building": "", "unit": ""}, rest=rest)


def _tap(_turn: Turn, _draft: Draft, value: str) -> Got:
    """One of several places; its room is still to be asked for where it was not said."""
    parts = opened(value)
    if parts.get("room"):
        return Got(value)
    return Got(notes={"building": parts.get("building", ""), "unit": parts.get("unit", "")})


def _said(turn: Turn, asked: bool) -> dict[str, str]:
    """The parts that were heard; where the address was asked for, a bare number is a room."""
    heard = turn.heard.slots.get("address")
    said = {str(name): str(part) for name, part in heard.items()} if isinstance(heard, Mapping) else {}
    bare = turn.message.text.strip()
    if asked and not said and bare.isdigit() and 3 <= len(bare) <= 4:
        return {"room": bare}
    return said


def _known(turn: Turn, draft: Draft) -> Address | None:
    """The building that was said before, else the remembered home."""
    noted = draft.note("building") or opened(draft.get("address")).get("building", "")
    if noted:
        return place.address(turn.session, Door(building_id=UUID(noted), unit=draft.note("unit")))
    return place.home(turn.session, turn.resident_id)


def _off_the_chart(text: str, known: Address | None, rest: str) -> Got | None:
    """A place that no chart knows, taken as it was said."""
    is_place = names_a_spot(text) and any(char.isdigit() for char in plain(text))
    if known is not None or len(text.strip()) < LEAST or assent.asks(text) or assent.changes(text) or not is_place:
        return None
    return Got(json.dumps({"text": text.strip()}, ensure_ascii=False), rest="" if rest == text else rest)


def _value(address: Address, said: Mapping[str, str]) -> str:
    unit, room = said.get("unit", ""), said.get("room", "")
    text = say_contact.place(address)
    text += f"{say_contact.unit(unit)}" if unit and say_contact.unit(unit) not in text else ""
    parts = {"building": str(address.door.building_id), "unit": unit, "room": room, "text": text + room}
    return json.dumps(parts, ensure_ascii=False)


def _beside(text: str) -> str:
    found = places.find(text)
    return assent.beside(text, found.span) if found else ""


def _ask(turn: Turn, draft: Draft) -> Question:
    known = _known(turn, draft)
    if known is not None and known.is_building:
        return Question(say.which_room(say_contact.place(known)))
    return Question(say.WHERE)


def _recall(turn: Turn, draft: Draft) -> str:
    """The remembered home with its room, unless another building was named."""
    if draft.note("building"):
        return ""
    known = resident.known(turn.office, turn.resident_id)
    if known.home is None or not known.room:
        return ""
    return _value(known.home, {"unit": known.home.door.unit, "room": known.room})
