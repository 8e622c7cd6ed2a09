"""Moving and cancelling: which booking, the new time or the reason, and a yes before anything changes."""

from dataclasses import replace

from bot.form import Draft, Form, Got, Question, Slot
from bot.handlers.booking import when, which
from bot.handlers.booking.order import service_form
from bot.handlers.booking.when import About
from bot.messages import Reply
from bot.nlu import assent
from bot.router import Router, Turn
from bot.rules import booking
from bot.rules.booking import NotThen, SlotTaken
from bot.store import booking as bookings
from bot.wording import explain
from bot.wording.booking import dialogue as say

router = Router()
ALL = "all"
MOVING = frozenset({"action:reschedule_booking", "action:book_service", "action:book_venue"})
CANCELLING = frozenset({"action:cancel_booking", "action:cancel"})


@router.action("reschedule_booking")
def move(turn: Turn) -> Reply:
    """Begin with the booking and the time that were said."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    if which.ahead(turn):
        return move_form.start(turn)
    return service_form.start(turn) if turn.heard.slots.get("service") else Reply(say.NO_BOOKINGS)


@router.action("cancel_booking")
def give_up(turn: Turn) -> Reply:
    """Begin with the booking that was said; where there is none, places in waiting lists are given up at once."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    if not which.ahead(turn):
        return _left_queue(turn) or Reply(say.NO_BOOKINGS)
    draft = Draft().put(which.NAME, ALL) if assent.means_all(turn.message.text) else Draft()
    return cancel_form.start(turn, draft)


def move_one(turn: Turn, number: str) -> Reply:
    """Move a booking that was picked from a list."""
    return move_form.go_on(turn, Draft().put(which.NAME, number))


def cancel_one(turn: Turn, number: str) -> Reply:
    """Cancel a booking that was picked from a list."""
    return cancel_form.go_on(turn, Draft().put(which.NAME, number))


def _left_queue(turn: Turn) -> Reply | None:
    waits = bookings.waits_of(turn.session, turn.resident_id)
    for place in waits:
        booking.leave(turn.office, place.id)
    return Reply(say.left_queue(list(dict.fromkeys(place.title for place in waits)))) if waits else None


def _about(turn: Turn, draft: Draft) -> About | None:
    found = which.chosen(turn, draft)
    if found is None:
        return None
    try:
        thing = booking.thing_of(turn.office, found)
    except NotThen:  # `_check_moving` says so
        return None
    asks = say.move_when(found.title, found.starts_at.astimezone(turn.zone))
    return About(thing, found.minutes, asks, besides=found.id, may_wait=False)


def _check_moving(turn: Turn, draft: Draft, value: str) -> str:
    """What the station offers no more has no other time."""
    found = which.chosen(turn, draft)
    if found is None:
        return _which.check(turn, draft, value)
    try:
        booking.thing_of(turn.office, found)
    except NotThen:
        return say.not_offered()
    return ""


def _moving_time() -> Slot:
    """The new time; a bare day keeps the hour the booking has."""
    slot = when.slot(_about)

    def read(turn: Turn, draft: Draft, asked: bool) -> Got | None:
        found = which.chosen(turn, draft)
        if found is None or draft.get("time"):
            return slot.read(turn, draft, asked)
        as_it_is = draft.put("time", found.starts_at.astimezone(turn.zone).isoformat())
        got = slot.read(turn, as_it_is, asked)
        return None if got is not None and got.value == as_it_is.get("time") else got

    return replace(slot, read=read)


def _title(turn: Turn, draft: Draft) -> str:
    found = which.chosen(turn, draft)
    return say.title_of(found.title if found else "")


def _confirm_move(turn: Turn, draft: Draft) -> str:
    found, start = which.chosen(turn, draft), when.chosen(draft)
    if found is None or start is None:
        return say.NO_BOOKINGS
    return say.move_back(found.title, found.starts_at.astimezone(turn.zone), start, found.minutes)


def _moved(turn: Turn, draft: Draft) -> Reply:
    found, start = which.chosen(turn, draft), when.chosen(draft)
    if found is None or start is None:
        return move_form.go_on(turn, draft)
    try:
        moved = booking.reschedule(turn.office, found.id, start)
    except (SlotTaken, NotThen) as refusal:
        return move_form.go_on(turn, when.given_up(draft, refusal.start), explain(refusal))
    return Reply(say.moved(moved.number, moved.title, start, moved.minutes))


def _ask_reason(_turn: Turn, _draft: Draft) -> Question:
    return Question(say.REASON, {reason: reason for reason in say.REASONS})


def _read_reason(turn: Turn, _draft: Draft, asked: bool) -> Got | None:
    text = turn.message.text.strip()
    return Got(text[:100]) if asked and len(text) > 1 and not assent.asks(text) else None


def _wants_reason(turn: Turn, draft: Draft) -> bool:
    found = which.chosen(turn, draft)
    return found is not None and booking.is_late(turn.office, found)


def _confirm_cancel(turn: Turn, draft: Draft) -> str:
    found = which.chosen(turn, draft)
    if found is None:
        return say.cancel_all(len(which.changeable(turn)))
    return say.cancel_which(found.number, found.title, found.starts_at.astimezone(turn.zone), found.minutes)


def _cancelled(turn: Turn, draft: Draft) -> Reply:
    found = which.chosen(turn, draft)
    theirs = [found] if found else which.changeable(turn)
    titles = [booking.cancel(turn.office, one.id, draft.get("reason")).title for one in theirs]
    return Reply(say.cancelled(titles))


def _keeps_it(turn: Turn) -> bool:
    return assent.keeps(turn.message.text)


def _read_which(turn: Turn, draft: Draft, asked: bool) -> Got | None:
    """One booking, or all of them."""
    if asked and assent.means_all(turn.message.text):
        return Got(ALL)
    return _which.read(turn, draft, asked)


def _ask_which(turn: Turn, draft: Draft) -> Question:
    one = _which.ask(turn, draft)
    return Question(one.text, {**one.choices, say.ALL: ALL})


def _check_which(turn: Turn, draft: Draft, value: str) -> str:
    """All of them only where there is any that has not begun."""
    if value == ALL:
        return "" if which.changeable(turn) else say.NONE_TO_CANCEL
    return _which.check(turn, draft, value)


_which = which.slot()
move_form = Form(
    "reschedule",
    (replace(_which, check=_check_moving), _moving_time()),
    title=_title,
    confirm=_confirm_move,
    done=_moved,
    mine=MOVING,
)
cancel_form = Form(
    "cancel",
    (
        replace(_which, read=_read_which, ask=_ask_which, check=_check_which),
        Slot("reason", _ask_reason, _read_reason, wanted=_wants_reason, any_words=True),
    ),
    title=_title,
    confirm=_confirm_cancel,
    done=_cancelled,
    mine=CANCELLING,
    yes=say.YES_CANCEL,
    no=say.KEEP_IT,
    left=say.kept_as_it_is,
    leaves=_keeps_it,
)
move_form.enter(router)
cancel_form.enter(router)
