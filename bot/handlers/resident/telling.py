"""Tell us your phone and where you live: in one message or asked one by one, read back, corrected, or left."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from bot.handlers.resident.answers import agreed, skipped
from bot.messages import Reply
from bot.nlu.heard import Outcome
from bot.nlu.profile import Part, parts
from bot.router import Router, Turn
from bot.rules import place, resident
from bot.rules.place import Address, Door
from bot.wording import contact as say_contact
from bot.wording import resident as say

router = Router()
PHONE, HOME, RIGHT = "resident.phone", "resident.home", "resident.right"
MOST_TRIES = 2
# what a phone number or an address alone may have been taken for
HERE = {None, "action:bind_profile", "action:find_contact", "action:nearest_station", "action:complaint"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What was told so far. `open` are the details still to be asked for; `tries`: asked in vain so often."""

    open: frozenset[Part]
    phone: str = ""
    door: Door | None = None
    room: str = ""
    tries: int = 0

    @classmethod
    def of(cls, memo: Mapping[str, object]) -> "Draft":
        said = {name: str(value) for name, value in memo.items()}
        door = Door(building_id=UUID(said["building"]), unit=said["unit"]) if said.get("building") else None
        waiting = frozenset(Part(part) for part in said.get("open", "").split())
        return cls(waiting, said.get("phone", ""), door, said.get("room", ""), int(said.get("tries", 0)))

    def memo(self) -> dict[str, object]:
        building, unit = (str(self.door.building_id), self.door.unit) if self.door else ("", "")
        return {
            "open": " ".join(sorted(self.open)),
            "phone": self.phone,
            "building": building,
            "unit": unit,
            "room": self.room,
            "tries": self.tries,
        }

    def without(self, part: Part) -> "Draft":
        """That detail is told, or not wanted."""
        return replace(self, open=self.open - {part}, tries=0)


@router.action("bind_profile")
def bind(turn: Turn) -> Reply:
    """Take what the message says, ask for the rest of what it is about."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    return _go_on(turn, _with_said(turn, Draft(parts(turn.message.text))))


@router.answer_to(PHONE)
def phone_told(turn: Turn) -> Reply | None:
    """The number, perhaps with the address; another need is read afresh."""
    if turn.overheard or _is_another_need(turn):
        return None
    draft = Draft.of(turn.memo)
    if skipped(turn):
        return _go_on(turn, draft.without(Part.PHONE))
    told = _with_said(turn, draft)
    if told == draft:
        return _again(turn, draft, Part.PHONE, say.PHONE_AGAIN)
    return _go_on(turn, told)


@router.answer_to(HOME)
def home_told(turn: Turn) -> Reply | None:
    """The building in words or by a tap; another need is read afresh."""
    if turn.overheard or _is_another_need(turn):
        return None
    draft = Draft.of(turn.memo)
    if turn.picked and turn.picked != "skip":
        building, _, unit = turn.picked.partition(":")
        return _go_on(turn, replace(draft, door=Door(building_id=UUID(building), unit=unit)).without(Part.HOME))
    if skipped(turn):
        return _go_on(turn, draft.without(Part.HOME))
    told = _with_said(turn, draft)
    if told.door is None and (offered := _places(turn)):
        room = _address_in(turn).get("room", draft.room)
        return Reply(say.WHICH_PLACE, HOME, {**offered, say.SKIP: "skip"}, replace(draft, room=room).memo())
    if told == draft:
        return _again(turn, draft, Part.HOME, say.HOME_AGAIN)
    return _go_on(turn, told)


@router.answer_to(RIGHT)
def checked(turn: Turn) -> Reply | None:
    """Kept on a yes; a number or an address corrects what was read back."""
    if turn.overheard:
        return None
    draft = Draft.of(turn.memo)
    if turn.picked in set(Part):
        part = Part(turn.picked)
        return _go_on(turn, replace(draft, open=frozenset({part}), tries=0))
    corrected = _with_said(turn, replace(draft, open=frozenset(Part)))
    if (corrected.phone, corrected.door, corrected.room) != (draft.phone, draft.door, draft.room):
        return _go_on(turn, replace(corrected, open=frozenset()))
    yes = {"yes": True, "no": False}.get(turn.picked or "", agreed(turn))
    if yes is None:
        return None
    return _keep(turn, draft) if yes else Reply(say.LEFT)


def _with_said(turn: Turn, draft: Draft) -> Draft:
    """With the phone and the place that the message names."""
    number = turn.heard.slots.get("phone")
    if isinstance(number, str) and number:
        draft = replace(draft, phone=number).without(Part.PHONE)
    said = _address_in(turn)
    if not said or turn.picked:
        return draft
    named = place.named(turn.session, turn.message.text, said)
    if named.only and named.only.is_building:
        return replace(draft, door=named.only.door, room=said.get("room", "")).without(Part.HOME)
    if draft.door is not None and not named.number:  # "unit 2": the building stays
        door = replace(draft.door, unit=said.get("unit", draft.door.unit))
        return replace(draft, door=door, room=said.get("room", draft.room)).without(Part.HOME)
    return draft


def _go_on(turn: Turn, draft: Draft) -> Reply:
    """Ask for the next detail, with the reason for it; when all are told, read them back."""
    if Part.PHONE in draft.open:
        return Reply(say.ASK_PHONE, PHONE, {say.SKIP: "skip"}, draft.memo())
    if Part.HOME in draft.open:
        places = {} if turn.picked else _places(turn)
        room = _address_in(turn).get("room", draft.room) if places else draft.room
        text = say.WHICH_PLACE if places else say.ASK_HOME
        return Reply(text, HOME, {**places, say.SKIP: "skip"}, replace(draft, room=room).memo())
    home = _address(turn, draft)
    if not draft.phone and home is None:
        return Reply(say.NOTHING_TOLD)
    edits = {say.CHANGE_PHONE: Part.PHONE.value, say.CHANGE_HOME: Part.HOME.value}
    return Reply(say.check(draft.phone, home, draft.room), RIGHT, {say.YES: "yes", **edits, say.NO: "no"}, draft.memo())


def _again(turn: Turn, draft: Draft, part: Part, words: str) -> Reply:
    """Asked twice at most; then it goes on without."""
    if draft.tries + 1 >= MOST_TRIES:
        reply = _go_on(turn, draft.without(part))
        return replace(reply, text=f"{say.PLACE_UNKNOWN}\n{reply.text}") if part is Part.HOME else reply
    question = PHONE if part is Part.PHONE else HOME
    return Reply(words, question, {say.SKIP: "skip"}, replace(draft, tries=draft.tries + 1).memo())


def _keep(turn: Turn, draft: Draft) -> Reply:
    home = _address(turn, draft)
    if draft.phone:
        resident.tell_phone(turn.office, turn.resident_id, draft.phone, wording=say.VERSION)
    if home is not None:
        resident.tell_home(turn.office, turn.resident_id, home.door, draft.room, wording=say.VERSION)
    return Reply(say.bound(draft.phone, home, draft.room))


def _places(turn: Turn) -> dict[str, str]:
    """The buildings a number alone may mean, to tap."""
    said = _address_in(turn)
    named = place.named(turn.session, turn.message.text, said) if said else place.Named()
    several = [one for one in named.places if one.is_building][: place.MOST]
    return {say_contact.place(one): f"{one.door.building_id}:{one.door.unit}" for one in several}


def _address(turn: Turn, draft: Draft) -> Address | None:
    return place.address(turn.session, draft.door) if draft.door else None


def _address_in(turn: Turn) -> dict[str, str]:
    said = turn.heard.slots.get("address")
    return {str(name): str(part) for name, part in said.items()} if isinstance(said, Mapping) else {}


def _is_another_need(turn: Turn) -> bool:
    return turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER) and turn.heard.target not in HERE
