"""What a booking has to know beside its time, typed into a page or sent by a system: where, phone, what for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from bot.nlu import assent, codes, places
from bot.nlu.numbers import plain
from bot.nlu.spots import names_a_spot
from bot.rules import place, resident
from bot.rules.office import Office
from bot.rules.place import Address
from bot.rules.service import Thing
from bot.store import service as services
from bot.wording import contact as say_contact
from bot.wording import h5 as say_page
from bot.wording.booking import dialogue as say

LEAST, LONGEST = 4, 60  # characters of a place that no chart knows; of any field
LEAST_PURPOSE = 2


@dataclass(frozen=True, slots=True)
class Needs:
    """What the thing needs to know at all."""

    place: bool
    phone: bool
    purpose: bool

    def __bool__(self) -> bool:
        return self.place or self.phone or self.purpose


@dataclass(frozen=True, slots=True)
class Told:
    """What was told, as it is kept with the booking; `wrong` has a sentence for each field that cannot be used."""

    place: str = ""
    building: str = ""
    phone: str = ""
    purpose: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def contact(self) -> dict[str, object]:
        """To be sealed with the booking."""
        parts = {"address": self.place, "building": self.building, "phone": self.phone, "purpose": self.purpose}
        return {name: part for name, part in parts.items() if part}


def of(thing: Thing) -> Needs:
    """Somebody who comes needs the door; who comes or keeps a room needs a phone."""
    is_room = thing.venue_id is not None
    return Needs(place=thing.visit, phone=thing.visit or is_room, purpose=is_room)


def remembered(office: Office, resident_id: UUID) -> Told:
    """What the resident let us keep, to be filled in for them."""
    known = resident.known(office, resident_id)
    home = _text(known.home, known.home.door.unit, known.room) if known.home and known.room else ""
    return Told(place=home, phone=known.phone)


def read(office: Office, thing: Thing, said: Mapping[str, str], *, resident_id: UUID) -> Told:
    """The fields `place`, `phone` and `purpose`, those that are needed."""
    wrong: dict[str, str] = {}
    needs = of(thing)
    where, building = _place(office, said.get("place", ""), resident_id, wrong) if needs.place else ("", "")
    phone = _phone(said.get("phone", ""), wrong) if needs.phone else ""
    purpose = _purpose(office, thing, said.get("purpose", ""), wrong) if needs.purpose else ""
    return Told(where, building, phone, purpose, wrong)


def _place(office: Office, text: str, resident_id: UUID, wrong: dict[str, str]) -> tuple[str, str]:
    """The door in words and its building's id where the chart knows it."""
    text = text.strip()[:LONGEST]
    found = places.find(text)
    said = found.as_slot() if found else {}
    home = place.home(office.session, resident_id)
    named = place.named(office.session, text, said, within=home.door.compound_id if home else None)
    if len(named.places) > 1:
        wrong["place"] = say_page.which_place([say_contact.place(one) for one in named.places[: place.MOST]])
        return text, ""
    if named.only is None:
        if said.get("building") and named.compound:
            wrong["place"] = say.no_such_building(named.compound.compound, named.number)
        elif len(text) < LEAST or not names_a_spot(text) or not any(char.isdigit() for char in plain(text)):
            wrong["place"] = say_page.WHICH_DOOR
        return text, ""
    if not named.only.is_building or not said.get("room"):
        wrong["place"] = say.which_room(say_contact.place(named.only))
        return text, ""
    return _text(named.only, named.only.door.unit, said["room"]), str(named.only.door.building_id)


def _text(address: Address, unit: str, room: str) -> str:
    words = say_contact.place(address)
    return words + (say_contact.unit(unit) if unit and say_contact.unit(unit) not in words else "") + room


def _phone(text: str, wrong: dict[str, str]) -> str:
    found = codes.phone(text)
    if found is None:
        wrong["phone"] = say.PHONE_WRONG
        return text.strip()[:LONGEST]
    return found.value


def _purpose(office: Office, thing: Thing, text: str, wrong: dict[str, str]) -> str:
    """In their own words, for no more people than there are seats."""
    text = text.strip()[:LONGEST]
    room = services.venue(office.session, thing.venue_id) if thing.venue_id else None
    if len(text) < LEAST_PURPOSE:
        wrong["purpose"] = say.PURPOSE
    elif room is not None and 0 < room.seats < assent.people(text):
        wrong["purpose"] = say.too_many_people(room.seats)
    return text
