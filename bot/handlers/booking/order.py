"""Booking a service or a room: the two forms, and what is done when they are confirmed."""

from datetime import datetime, timedelta

from bot.form import Draft, Form, Got, Question, Slot, phone
from bot.handlers.booking import what, when, where
from bot.handlers.booking.keep import may_keep
from bot.handlers.booking.when import About
from bot.messages import Reply
from bot.nlu import assent
from bot.nlu.heard import Outcome
from bot.router import Router, Turn
from bot.rules import booking
from bot.rules.booking import NotThen, SlotTaken
from bot.rules.office import Office
from bot.rules.service import Thing
from bot.store import service as services
from bot.store.booking import Booking
from bot.wording import explain
from bot.wording.booking import dialogue as say

router = Router()
LONGEST_PURPOSE = 60
_TOLD = {"action:bind_profile", "action:reschedule_booking"}
MINE = frozenset({"action:book_service", *_TOLD})
MINE_ROOM = frozenset({"action:book_venue", "action:book_service", *_TOLD})


@router.action("book_service")
def book_service(turn: Turn) -> Reply:
    """Begin with what was said; in a group nobody tells where they live."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    return service_form.start(turn)


@router.action("book_venue")
def book_venue(turn: Turn) -> Reply:
    if turn.overheard:
        return Reply(say.IN_GROUP)
    return room_form.start(turn)


def _about(turn: Turn, draft: Draft) -> About | None:
    thing = what.thing_of(turn, draft)
    if thing is None or not thing.resources:
        return None
    return About(thing, _minutes(thing, draft))


def _minutes(thing: Thing, draft: Draft) -> int:
    """How long: a room as long as was said, in half hours; a service as long as it takes."""
    said = int(draft.note("lasts") or 0)
    return -(-said // 30) * 30 if said and thing.venue_id is not None else thing.minutes


def _ask_phone(_turn: Turn, _draft: Draft) -> Question:
    return Question(say.PHONE)


def _wants_phone(turn: Turn, draft: Draft) -> bool:
    thing = what.thing_of(turn, draft)
    return thing is None or thing.visit or thing.venue_id is not None


def _ask_purpose(_turn: Turn, _draft: Draft) -> Question:
    return Question(say.PURPOSE)


def _read_purpose(turn: Turn, _draft: Draft, asked: bool) -> Got | None:
    """In the resident's own words; a question of theirs is none."""
    text = turn.message.text.strip()
    if not asked or assent.asks(text) or len(text) < 2 or turn.heard.target == "action:reschedule_booking":
        return None
    if turn.heard.kind is Outcome.ACTION and turn.heard.target not in MINE_ROOM:
        return None
    return Got(text[:LONGEST_PURPOSE])


def _check_purpose(turn: Turn, draft: Draft, value: str) -> str:
    """Not more people than there are seats."""
    thing = what.thing_of(turn, draft)
    room = services.venue(turn.session, thing.venue_id) if thing and thing.venue_id else None
    people = assent.people(value)
    return say.too_many_people(room.seats) if room and room.seats and people > room.seats else ""


def _title(turn: Turn, draft: Draft) -> str:
    thing = what.thing_of(turn, draft)
    return say.title_of(thing.title if thing else "")


def _confirm(turn: Turn, draft: Draft) -> str:
    """Everything read back."""
    thing, start, day = what.thing_of(turn, draft), when.chosen(draft), when.waits_on(draft)
    if thing is None:
        return say.not_offered()
    place, phone = where.spoken(draft), draft.get("phone")
    if day is not None:
        since = datetime.combine(day, datetime.min.time(), turn.zone)
        return say.read_back_waiting(thing, since, place=place, phone=phone)
    return say.read_back(
        thing, start or turn.now, _minutes(thing, draft), place=place, phone=phone, purpose=draft.get("purpose")
    )


def _contact(draft: Draft) -> dict[str, object]:
    """What the worker needs to know, to be sealed with the booking."""
    kept = {
        "address": where.spoken(draft),
        "building": where.opened(draft.get("address")).get("building", ""),
        "phone": draft.get("phone"),
        "purpose": draft.get("purpose"),
    }
    return {name: part for name, part in kept.items() if part}


def _done(form: Form, turn: Turn, draft: Draft) -> Reply:
    """Book it; where somebody else was quicker, or it is too late for it by now, other free times are offered."""
    thing, start, day = what.thing_of(turn, draft), when.chosen(draft), when.waits_on(draft)
    if thing is None or (start is None and day is None):
        return form.go_on(turn, draft)
    if day is not None:
        return _queued(turn, draft, thing, datetime.combine(day, datetime.min.time(), turn.zone))
    try:
        made = booking.book(
            turn.office,
            thing,
            start or turn.now,
            resident_id=turn.resident_id,
            channel=turn.message.channel,
            contact=_contact(draft),
            minutes=_minutes(thing, draft),
        )
    except (SlotTaken, NotThen) as refusal:
        return form.go_on(turn, when.given_up(draft, refusal.start), explain(refusal))
    return may_keep(turn, draft, booked(turn.office, made))


def booked(office: Office, made: Booking) -> str:
    """What is read of a booking that was just made."""
    misses = booking.misses_of(office, made.resident_id) if made.resident_id else 0
    return say.booked(
        made.number,
        made.title,
        made.starts_at.astimezone(office.zone),
        made.minutes,
        code=booking.code_of(office, made),
        misses=misses,
        left=booking.MOST_MISSES - misses,
    )


def _queued(turn: Turn, draft: Draft, thing: Thing, since: datetime) -> Reply:
    """A place in the waiting list of that day, or of the part of it that was said."""
    opens, _, closes = draft.note("part").partition("-")
    _, before = booking.join(
        turn.office,
        thing,
        since + timedelta(minutes=int(opens or 0)),
        since + timedelta(minutes=int(closes or 24 * 60)),
        resident_id=turn.resident_id,
        channel=turn.message.channel,
        contact=_contact(draft),
    )
    return Reply(say.queued(thing.title, since, before))


def _service_done(turn: Turn, draft: Draft) -> Reply:
    return _done(service_form, turn, draft)


def _room_done(turn: Turn, draft: Draft) -> Reply:
    return _done(room_form, turn, draft)


_phone = Slot(
    "phone", _ask_phone, phone.read(say.PHONE_WRONG), say.PHONE_WORDS, wanted=_wants_phone, recall=phone.recall
)
_purpose = Slot("purpose", _ask_purpose, _read_purpose, say.PURPOSE_WORDS, check=_check_purpose, any_words=True)
service_form = Form(
    "booking",
    (what.service_slot(), when.slot(_about), where.slot(), _phone),
    title=_title,
    confirm=_confirm,
    done=_service_done,
    mine=MINE,
)
room_form = Form(
    "venue",
    (what.room_slot(), when.slot(_about), _purpose, _phone),
    title=_title,
    confirm=_confirm,
    done=_room_done,
    mine=MINE_ROOM,
)
service_form.enter(router)
room_form.enter(router)
