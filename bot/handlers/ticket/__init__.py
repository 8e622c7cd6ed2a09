"""Complaints in the chat: one message is enough for a number; what is missing is asked after it."""

from collections.abc import Mapping

from bot.handlers.ticket import consenting, danger, more, rating, status, where
from bot.messages import Kind, Reply
from bot.nlu import kinds
from bot.nlu.heard import Outcome
from bot.nlu.verdict import skips, withdraws
from bot.router import Router, Turn
from bot.rules import place, ticket
from bot.rules.place import Door
from bot.rules.ticket import Draft
from bot.wording import desk as say_desk
from bot.wording import ticket as say

router = Router().including([consenting.router, danger.router, more.router, rating.router, status.router, where.router])
WHAT = "ticket.what"
MINE = {None, "action:complaint", "action:human", "action:suggest"}  # what a complaint may have been taken for


@router.action("complaint")
def complain(turn: Turn) -> Reply:
    """The number for what was said; a mere "I want to complain" is asked what about."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    words = turn.heard.text
    if not words and turn.message.kind is Kind.TEXT:  # it was offered among the guesses for what they said before
        words = str(turn.memo.get("said", ""))
    if not kinds.says_what(words):
        return Reply(say.WHAT, asks=WHAT)
    return _registered(turn, words, {})


@router.answer_to(WHAT)
def told_what(turn: Turn) -> Reply | None:
    """What it is about, perhaps after pictures; another need is read afresh."""
    if turn.overheard:
        return None
    if turn.message.kind is Kind.PICTURE:
        return Reply(say_desk.PICTURE, asks=WHAT, memo=_with_picture(turn))
    if turn.message.kind is not Kind.TEXT or skips(turn.message.text) or withdraws(turn.message.text):
        return None
    if turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER) and turn.heard.target not in MINE:
        return None
    if turn.heard.target == "action:suggest" and turn.memo.get("pictures"):  # of an idle corner, not of a trouble
        return None
    if not kinds.says_what(turn.message.text):
        return Reply(say.WHAT, asks=WHAT, memo=turn.memo)
    return _registered(turn, turn.message.text, turn.memo)


@router.kind(Kind.PICTURE)
def picture(turn: Turn) -> Reply:
    """A picture out of the blue: it belongs to the complaint whose words come next."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    return Reply(say_desk.PICTURE, asks=WHAT, memo=_with_picture(turn))


def _with_picture(turn: Turn) -> dict[str, object]:
    before = turn.memo.get("pictures") if turn.asked == WHAT else None
    return {"pictures": [*(before if isinstance(before, list) else []), dict(turn.message.facts)][-MOST_PICTURES:]}


MOST_PICTURES = 9


def _registered(turn: Turn, text: str, memo: Mapping[str, object]) -> Reply:
    """Open the ticket, then ask for the one thing that helps most."""
    named = place.named(turn.session, text, where.address_of(text))
    door = named.only.door if named.only else named.compound.door if named.compound else Door()
    draft = Draft(text, kinds.find(text), door)
    opened = ticket.open_one(turn.office, draft, resident_id=turn.resident_id, channel=turn.message.channel)
    pictures = memo.get("pictures")
    for media in pictures if isinstance(pictures, list) else []:
        ticket.add_picture(turn.office, opened, media)
    said = say.opened(ticket.seen(turn.office, opened))
    return where.next_question(turn, opened, said, named)
