"""Which booking is meant: by number, by what it is, by its day, or the only one there is."""

from collections.abc import Sequence
from datetime import date

from bot.form import Draft, Got, Question, Slot
from bot.nlu import codes
from bot.nlu.wanted import days_in
from bot.router import Turn
from bot.store import booking as bookings
from bot.store.booking import Booking, State
from bot.wording.booking import dialogue as say

NAME = "which"
MOST = 8


def slot() -> Slot:
    """The slot of a booking."""
    return Slot(NAME, _ask, _read, recall=_only, check=_check)


def chosen(turn: Turn, draft: Draft) -> Booking | None:
    """The booking in a draft, of the resident's own."""
    return bookings.of(turn.session, turn.resident_id, draft.get(NAME)) if draft.get(NAME) else None


def ahead(turn: Turn) -> list[Booking]:
    """What the resident has before them."""
    theirs = bookings.live_of(turn.session, turn.resident_id)
    return [one for one in theirs if one.ends_at > turn.now and one.state != State.DONE]


def changeable(turn: Turn) -> list[Booking]:
    """What of that has not begun, and may still be given up."""
    return [one for one in ahead(turn) if one.starts_at > turn.now and one.state != State.ARRIVED]


def label(turn: Turn, one: Booking) -> str:
    now = turn.now.astimezone(turn.zone)
    return say.in_a_list(one.number, one.title, one.starts_at.astimezone(turn.zone), now)


def _ask(turn: Turn, _draft: Draft) -> Question:
    return Question(say.WHICH_BOOKING, {label(turn, one): one.number for one in ahead(turn)[:MOST]})


def _only(turn: Turn, _draft: Draft) -> str:
    theirs = ahead(turn)
    return theirs[0].number if len(theirs) == 1 else ""


def _check(turn: Turn, draft: Draft, _value: str) -> str:
    return "" if chosen(turn, draft) else say.NO_BOOKINGS


def _read(turn: Turn, draft: Draft, _asked: bool) -> Got | None:
    """The one booking that fits what was said; of several none."""
    if draft.get(NAME):
        return None
    number = codes.ticket(turn.message.text)
    if number is not None:
        found = bookings.of(turn.session, turn.resident_id, number.value)
        return Got(found.number) if found else Got(why=say.NO_BOOKINGS)
    fits = _fitting(turn, ahead(turn), days_in(turn.message.text, turn.now.astimezone(turn.zone)))
    return Got(fits[0].number) if len(fits) == 1 else None


def _fitting(turn: Turn, theirs: Sequence[Booking], days: Sequence[date]) -> list[Booking]:
    """Those whose service was named, and of these those of a day that was named."""
    service = turn.heard.slots.get("service")
    text = turn.message.text
    named = [one for one in theirs if (service and one.service_id == service) or one.title in text]
    found = named or ([] if service else list(theirs))
    on_day = [one for one in found if one.starts_at.astimezone(turn.zone).date() in days]
    return on_day or (found if named else [])
