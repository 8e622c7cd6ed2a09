"""What a resident has booked and waits for; and their answers to an offer and to how it was."""

from bot.form import offer
from bot.handlers.booking import changes, order, which
from bot.messages import Reply
from bot.nlu.heard import Outcome
from bot.nlu.verdict import Verdict, verdict
from bot.router import Router, Turn
from bot.rules import activity, booking
from bot.store import activity as activities
from bot.store import booking as bookings
from bot.store.booking import Booking, State, What
from bot.wording import link
from bot.wording.activity import dialogue as say_activity
from bot.wording.booking import dialogue as say

router = Router()
QUESTION = "booking.mine"


@router.action("my_bookings")
def show(turn: Turn) -> Reply:
    """All of them with what may be done; of one booking, to move or to cancel it."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    theirs, waits = which.ahead(turn), bookings.waits_of(turn.session, turn.resident_id)
    joined = _activities(turn)
    if not theirs and not waits and not joined:
        return Reply(say.NO_BOOKINGS)
    lines = [_line(turn, one) for one in theirs]
    lines += [
        say.wait_line(place.title, place.since.astimezone(turn.zone), booking.position(turn.office, place))
        for place in waits
    ]
    lines += joined
    text = link.below(say.mine(lines), say.ALL_MINE, turn.page("/h5/bookings"))
    if len(theirs) == 1:
        number = theirs[0].number
        return Reply(text, QUESTION, {say.MOVE: f"move:{number}", say.GIVE_UP: f"cancel:{number}"})
    choices = {which.label(turn, one): f"one:{one.number}" for one in theirs[: which.MOST]}
    return Reply(text, QUESTION if choices else None, choices)


@router.answer_to(QUESTION, offer=True)
def chosen(turn: Turn) -> Reply | None:
    """What is to be done with one; anything else is read afresh."""
    kind, _, number = (turn.picked or "").partition(":")
    if kind == "move":
        return changes.move_one(turn, number)
    if kind == "cancel":
        return changes.cancel_one(turn, number)
    found = bookings.of(turn.session, turn.resident_id, number) if kind == "one" else None
    if found is None:
        return None
    choices = {say.MOVE: f"move:{number}", say.GIVE_UP: f"cancel:{number}"}
    return Reply(_line(turn, found), QUESTION, choices)


@router.before_all("booking number")
def by_number(turn: Turn) -> Reply | None:
    """A booking's number with nothing else asks how it stands."""
    number = turn.heard.slots.get("number")
    if not str(number or "").startswith("B") or turn.heard.kind in (Outcome.ANSWER, Outcome.ACTION) or turn.asked:
        return None
    if turn.overheard:
        return None
    found = bookings.of(turn.session, turn.resident_id, str(number))
    return Reply(_line(turn, found)) if found and found.is_live else None


@router.before_all("waiting list offer")
def answer_offer(turn: Turn) -> Reply | None:
    """The words that an offer asks for, at any time while it holds; or a plain yes or no."""
    takes = offer.answered(turn, booking.offered_to, say.TAKE_OFFER, say.DECLINE_OFFER)
    if takes is None:
        return None
    place = booking.offered_to(turn.office, turn.resident_id)
    if place is None:
        return Reply(say.NO_OFFER)
    if not takes:
        booking.leave(turn.office, place.id, What.DECLINED)
        return Reply(say.offer_declined(place.title))
    return Reply(order.booked(turn.office, booking.take(turn.office, place.id)))


@router.before_all("how the visit was")
def rate(turn: Turn) -> Reply | None:
    """A word of content or discontent from somebody whose booking was done and waits for it."""
    said = verdict(turn.message.text)
    if said is None or turn.overheard:
        return None
    waiting = bookings.to_rate(turn.session, turn.resident_id, turn.now - booking.RATES_WITHIN)
    if waiting is None:
        return None
    number = booking.rate(turn.office, waiting.id, Verdict(said), turn.message.text)
    return Reply(say.rated(number))


def _activities(turn: Turn) -> list[str]:
    """What they have enrolled in stands below what they have booked."""
    found = activities.live_of(turn.session, turn.resident_id, turn.now)
    now = turn.now.astimezone(turn.zone)
    return [
        say_activity.mine_line(its, mine, activity.where(turn.office, its), now, activity.position(turn.office, mine))
        for mine, its in found
    ]


def _line(turn: Turn, one: Booking) -> str:
    return say.line(
        one.number,
        one.title,
        one.starts_at.astimezone(turn.zone),
        one.minutes,
        code=booking.code_of(turn.office, one),
        orphaned=one.state == State.ORPHANED,
    )
