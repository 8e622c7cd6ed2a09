"""Suggestions in the chat: one message is enough for a number; what is missing is asked after it."""

from collections.abc import Mapping

from bot.handlers.suggestion import more, status
from bot.messages import Kind, Reply
from bot.nlu import places, wishes
from bot.nlu.heard import Outcome
from bot.nlu.verdict import skips, withdraws
from bot.router import Router, Turn
from bot.rules import place, suggestion
from bot.rules.place import Door
from bot.rules.suggestion import Draft
from bot.wording import suggestion as say

router = Router().including([more.router, status.router])
WHAT = "suggestion.what"
MINE = {None, "action:suggest", "action:complaint"}  # what a suggestion that was asked for may have been taken for


@router.action("suggest")
def suggest(turn: Turn) -> Reply:
    """The number for what was said; a mere "I have a suggestion" is asked what it is."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    words = turn.heard.text
    if not words and turn.message.kind is Kind.TEXT:  # it was offered among the guesses for what they said before
        words = str(turn.memo.get("said", ""))
    if not wishes.says_what(words):
        return Reply(say.WHAT, asks=WHAT)
    return _made(turn, words, turn.memo)


@router.answer_to(WHAT)
def told_what(turn: Turn) -> Reply | None:
    """What it is, perhaps after pictures; another need is read afresh."""
    if turn.overheard or turn.message.kind is Kind.PICTURE:
        return None
    text = turn.message.text
    if turn.message.kind is not Kind.TEXT or skips(text) or withdraws(text) or turn.picked:
        return None
    if turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER) and turn.heard.target not in MINE:
        return None
    if not wishes.says_what(text):
        return Reply(say.WHAT, asks=WHAT)
    return _made(turn, text, turn.memo)


def _made(turn: Turn, words: str, memo: Mapping[str, object]) -> Reply:
    """Make it, with the pictures that came before the words, then ask for the one thing that helps most."""
    found = places.find(words)
    named = place.named(turn.session, words, found.as_slot() if found else {})
    door = named.only.door if named.only else named.compound.door if named.compound else Door()
    draft = Draft(words, wishes.find(words), door, said_place="")
    row = suggestion.make(turn.office, draft, resident_id=turn.resident_id, channel=turn.message.channel)
    kept = memo.get("pictures")
    pictures = kept if isinstance(kept, list) else []
    for media in pictures:
        suggestion.add_picture(turn.office, row, media)
    return more.next_question(turn, row, say.made(row, pictures=bool(pictures)))
