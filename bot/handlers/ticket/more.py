"""What belongs to a complaint just made: pictures, a place, more words, "me too", a change of mind."""

from bot.handlers.ticket.case import FALSE_ALARM, memo, of_question
from bot.handlers.ticket.where import SAME, address_in, shared
from bot.messages import Kind, Reply
from bot.nlu import kinds
from bot.nlu.heard import Outcome
from bot.nlu.kinds import Trouble
from bot.nlu.verdict import skips, withdraws
from bot.router import Router, Turn
from bot.rules import place, ticket
from bot.rules.ticket import MORE
from bot.store.ticket import Ticket
from bot.wording import ticket as say

router = Router()
GOES_WITH = {  # what people also mention when they go on about the first
    Trouble.GARBAGE: (Trouble.SMELL, Trouble.PESTS, Trouble.PROPERTY_SERVICE),
    Trouble.SMELL: (Trouble.GARBAGE, Trouble.NOISE),
    Trouble.PESTS: (Trouble.GARBAGE, Trouble.SMELL),
    Trouble.DOG: (Trouble.NOISE, Trouble.GARBAGE),
    Trouble.NOISE: (Trouble.DOG, Trouble.SMELL),
    Trouble.SEEPAGE: (Trouble.PIPE_LEAK, Trouble.PROPERTY_SERVICE),
    Trouble.PIPE_LEAK: (Trouble.SEEPAGE, Trouble.SMELL, Trouble.PROPERTY_SERVICE),
    Trouble.FIRE_LANE: (Trouble.PARKING, Trouble.GARBAGE, Trouble.EBIKE_IN_LIFT),
    Trouble.PARKING: (Trouble.FIRE_LANE,),
    Trouble.EBIKE_IN_LIFT: (Trouble.LIFT, Trouble.FIRE_LANE),
    Trouble.LIFT: (Trouble.PROPERTY_SERVICE,),
    Trouble.LAMP: (Trouble.PROPERTY_SERVICE,),
    Trouble.EQUIPMENT: (Trouble.PROPERTY_SERVICE,),
}
SHORTEST = 3  # characters of an addition
SURE = 0.5  # of a guess that it is something else altogether


@router.answer_to(MORE)
def more(turn: Turn) -> Reply | None:
    """A picture, a location or words that go with it; another complaint or need is read afresh."""
    opened = of_question(turn)
    if opened is None or not opened.is_open or turn.overheard:
        return None
    if turn.message.kind is Kind.PICTURE:
        ticket.add_picture(turn.office, opened, turn.message.facts)
        return Reply(f"{say.picture_added(opened.number)}{say.MORE_AGAIN}", MORE, memo=memo(opened))
    if turn.message.spot is not None:
        return shared(turn, opened)
    if turn.message.kind is not Kind.TEXT:
        return None
    if turn.picked == FALSE_ALARM or withdraws(turn.message.text):
        ticket.withdraw(turn.office, opened)
        return Reply(say.withdrawn(opened.number))
    if turn.none_of_them or skips(turn.message.text):
        return Reply(say.NOTHING_MORE)
    return _words(turn, opened)


@router.answer_to(SAME)
def same(turn: Turn) -> Reply | None:
    """Me too, or another matter; anything else goes on as if the question had been the one for more."""
    opened, other = of_question(turn), of_question(turn, "other")
    if opened is None or other is None or turn.overheard:
        return None
    if turn.picked == "same" and opened.is_open and other.is_open:
        ticket.join(turn.office, opened, other)
        own = other.resident_id == turn.resident_id
        return Reply(say.joined(ticket.seen(turn.office, other), own=own))
    if turn.picked or turn.none_of_them:
        return Reply(f"{say.NOTHING_MORE}\n{say.PICTURE_TOO}", MORE, memo=memo(opened))
    return more(turn)


def _words(turn: Turn, opened: Ticket) -> Reply | None:
    """Words that go with the complaint. Where they may mean something else the reply says how to tell us so."""
    heard, text = turn.heard, turn.message.text
    if len(text.strip()) < SHORTEST:
        return None
    if heard.target == "action:complaint":
        return _added(turn, opened, say.added(opened.number)) if _same_trouble(turn, opened) else None
    if heard.kind in (Outcome.ACTION, Outcome.ANSWER):
        return None
    about_it = not heard.candidates or any(one.target == "action:complaint" for one in heard.candidates)
    if heard.kind is Outcome.FALLBACK or (about_it and heard.kind is Outcome.CLARIFY):
        return _added(turn, opened, say.added_unsure(opened.number))
    return None


def _same_trouble(turn: Turn, opened: Ticket) -> bool:
    """Whether a second complaint goes on about the first one: no other kind, no other place."""
    trouble, before = kinds.find(turn.message.text), Trouble(opened.kind)
    if trouble not in (Trouble.OTHER, before, *GOES_WITH.get(before, ())) or not kinds.says_what(turn.message.text):
        return False
    named = place.named(turn.session, turn.message.text, address_in(turn), within=opened.compound_id)
    return not named.places or any(one.door.building_id == opened.building_id for one in named.places)


def _added(turn: Turn, opened: Ticket, said: str) -> Reply:
    ticket.add(turn.office, opened, turn.message.text)
    return Reply(f"{said}{say.MORE_AGAIN}", MORE, memo=memo(opened))
