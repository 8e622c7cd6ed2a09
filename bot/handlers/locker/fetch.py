"""Fetching in the chat: by name, by door, by code; asking only for what is missing, saying only what is known."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from bot.handlers.locker import common
from bot.messages import Kind, Reply
from bot.nlu import lockers
from bot.nlu.heard import Outcome
from bot.router import Router, Turn
from bot.rules.locker import codes, pickup, presence
from bot.rules.locker.pickup import Step, Thing, Tried
from bot.rules.locker.presence import How
from bot.store.locker import Cabinet, reading
from bot.wording.locker import chat as say

router = Router()
YES, NO = "yes", "no"
OURS = "action:open_locker"


@router.before_all("pick-up code")
def said_a_code(turn: Turn) -> Reply | None:
    """A code with nothing surely understood beside it, from somebody who has to do with a cabinet."""
    code = turn.heard.slots.get("code")
    if not code or turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER) or turn.overheard:
        return None
    guesses = {candidate.target for candidate in turn.heard.candidates}
    about_it = turn.heard.kind is Outcome.CLARIFY and OURS in guesses
    if not about_it and not pickup.waiting(turn.office, turn.resident_id) and not _here(turn):
        return None
    return open_locker(turn)


@router.action("open_locker")
def open_locker(turn: Turn) -> Reply:
    """Open what they mean: the one with that code or door, the only one there is, or which of several."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    code, door = turn.heard.slots.get("code"), turn.heard.slots.get("door")
    if code:
        return with_code(turn, str(code))
    things = pickup.waiting(turn.office, turn.resident_id) or pickup.just_fetched(turn.office, turn.resident_id)
    named = [one for one in things if str(one.door) == str(door)] if door else things
    return choose(turn, named or things)


def choose(turn: Turn, things: Sequence[Thing]) -> Reply:
    """None, one, or which of them; where they stand decides between several."""
    there = {cabinet.id for cabinet in _here(turn)}
    near = [one for one in things if one.cabinet_id in there] or list(things)
    if not near:
        return Reply(say.NOTHING)
    if len(near) == 1:
        return attempt(turn, near[0].parcel_id)
    return Reply(say.WHICH, common.WHICH, {say.label(one): str(one.parcel_id) for one in near})


@router.answer_to(common.WHICH)
def which(turn: Turn) -> Reply | None:
    """The one that was tapped, or named by its door."""
    if turn.overheard:
        return None
    if turn.picked and not turn.picked.startswith(("faq:", "action:")):
        return attempt(turn, UUID(turn.picked))
    return None


def with_code(turn: Turn, code: str) -> Reply:
    """A code is good at one cabinet: the one they stand at, else one where something of theirs lies."""
    if codes.is_locked_out(turn.office, turn.resident_id):
        return Reply(say.LOCKED_OUT.format(phone=common.phone(turn)))
    cabinets = _cabinets(turn)
    if not cabinets:
        return Reply(say.WHERE_CODE, common.WHERE, memo={"code": code})
    for cabinet in cabinets:
        parcel = pickup.by_code(turn.office, cabinet, code)
        if parcel is not None:
            still = say.STILL_GOOD if lockers.is_stuck(turn.message.text) else ""
            return attempt(turn, parcel.id, code=code, before=still)
    return _wrong(turn, cabinets[0], code)


def _wrong(turn: Turn, cabinet: Cabinet, code: str) -> Reply:
    """Counted, and told how many tries are left; a used code is no guess."""
    if codes.was_used(turn.office, cabinet, code):
        return Reply(say.USED_CODE)
    left = codes.wrong_in_chat(turn.office, cabinet, turn.resident_id)
    if not left:
        return Reply(say.LOCKED_OUT.format(phone=common.phone(turn)))
    return Reply(say.WRONG_CODE.format(place=cabinet.name, left=left))


def attempt(
    turn: Turn, parcel_id: UUID, *, code: str = "", confirmed: bool = False, before: str = "", again: bool = False
) -> Reply:
    """Try to open, and say what is known or what is missing."""
    tried = pickup.open_for(
        turn.office, turn.resident_id, parcel_id, channel=turn.message.channel, code=code, confirmed=confirmed
    )
    reply = _reply(turn, tried, code, again=again)
    return Reply(before + reply.text, reply.asks, reply.choices, reply.memo) if before else reply


def _reply(turn: Turn, tried: Tried, code: str, *, again: bool) -> Reply:
    thing, memo = tried.thing, {"parcel": str(tried.thing.parcel_id), "code": code}
    match tried.step:
        case Step.PROVE:
            return Reply(say.PROVE_AGAIN if again else say.PROVE, common.PROVE, memo=memo)
        case Step.CONFIRM:
            return Reply(say.confirm(thing), common.CONFIRM, {say.CONFIRM: YES, say.LATER: NO}, memo)
        case Step.STANDS_OPEN:
            return Reply(say.stands_open(thing))
        case Step.UNDER_WAY:
            return Reply(say.under_way(thing))
        case Step.AWAY if tried.code is not None:
            until = datetime.fromtimestamp(tried.code.until, UTC).astimezone(turn.zone)
            return Reply(say.away(thing, tried.code.code, until, common.now(turn)))
        case Step.DEAD | Step.AWAY:
            return Reply(say.dead(thing, common.phone(turn)))
        case Step.COMMANDED:
            return Reply(say.commanded(thing))


@router.answer_to(common.PROVE)
def proven(turn: Turn) -> Reply | None:
    """They show that they stand there: a shared place, or the digits of the display."""
    parcel_id = common.kept(turn, "parcel")
    parcel = reading.parcel(turn.session, parcel_id) if parcel_id else None
    cabinet = reading.cabinet(turn.session, parcel.cabinet_id) if parcel else None
    if parcel is None or cabinet is None or turn.overheard:
        return None
    code = common.said(turn, "code")
    if turn.message.spot is not None:
        near = presence.around(turn.office, turn.message.spot)
        if cabinet.id in [one.id for one in near]:
            presence.prove(turn.office, turn.resident_id, cabinet, How.PLACE)
            return attempt(turn, parcel.id, code=code)
        text = say.NOT_THIS_ONE.format(here=near[0].name, there=cabinet.name) if near else say.TOO_FAR
        return Reply(text, common.PROVE, memo=turn.memo)
    digits = lockers.shown_digits(turn.message.text) if turn.message.kind is Kind.TEXT else None
    if digits is None:
        return None
    if codes.is_locked_out(turn.office, turn.resident_id):
        return Reply(say.LOCKED_OUT.format(phone=common.phone(turn)))
    if presence.shows(turn.office, cabinet, digits):
        presence.prove(turn.office, turn.resident_id, cabinet, How.DIGITS)
    else:
        codes.wrong_in_chat(turn.office, cabinet, turn.resident_id)
    return attempt(turn, parcel.id, code=code, again=True)


@router.answer_to(common.WHERE)
def where(turn: Turn) -> Reply | None:
    """The cabinet at which a code is to be tried."""
    if turn.message.spot is None or turn.overheard:
        return None
    near = presence.around(turn.office, turn.message.spot)
    if not near:
        return Reply(say.TOO_FAR, common.WHERE, memo=turn.memo)
    for cabinet in near:
        presence.prove(turn.office, turn.resident_id, cabinet, How.PLACE)
    return with_code(turn, common.said(turn, "code"))


@router.answer_to(common.CONFIRM)
def confirmed(turn: Turn) -> Reply | None:
    """It is overdue, and they want it opened now, or not."""
    parcel_id = common.kept(turn, "parcel")
    if parcel_id is None or turn.overheard:
        return None
    if turn.picked == NO or turn.none_of_them:
        return Reply(say.NOT_NOW)
    if turn.picked == YES or lockers.consent(turn.message.text) is lockers.Wish.ONCE:
        return attempt(turn, parcel_id, code=common.said(turn, "code"), confirmed=True)
    return None


def _here(turn: Turn) -> list[Cabinet]:
    return presence.where(turn.office, turn.resident_id)


def _cabinets(turn: Turn) -> list[Cabinet]:
    """Where a code may be meant to be good, most likely first."""
    there = _here(turn)
    if there:
        return there
    things = pickup.waiting(turn.office, turn.resident_id)
    found = (reading.cabinet(turn.session, one) for one in dict.fromkeys(thing.cabinet_id for thing in things))
    return [one for one in found if one is not None]
