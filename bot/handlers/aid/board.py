"""What neighbours posted, without anybody's name; and the way to one's own post."""

from uuid import UUID

from bot.handlers.aid import hand, post
from bot.messages import Reply
from bot.nlu import aid as words
from bot.router import Router, Turn
from bot.rules import aid
from bot.store import aid as rows
from bot.store.aid import AidKind, AidPost
from bot.wording import aid as say

router = Router()
QUESTION, CLOSE = "aid.board", "aid.close"


@router.action("mutual_aid")
def help_each_other(turn: Turn) -> Reply:
    """The board where somebody wants to read; else their own post."""
    if turn.overheard:
        return Reply(f"{_listed(list(aid.shown(turn.office)))}\n{say.IN_GROUP}")
    if words.reads(turn.message.text) or not turn.message.text:
        return show(turn)
    return post.start(turn)


def show(turn: Turn) -> Reply:
    """The board, each post to be tapped, and below it the two ways to post."""
    found = list(aid.shown(turn.office))
    choices = {
        say.to_tap(one.kind, one.shown): f"hand:{one.id}" for one in found if one.resident_id != turn.resident_id
    }
    choices |= {say.NEED: f"post:{AidKind.NEED.value}", say.OFFER: f"post:{AidKind.OFFER.value}"}
    return Reply(_listed(found, say.TAIL), QUESTION, choices)


@router.answer_to(QUESTION, offer=True)
def chosen(turn: Turn) -> Reply | None:
    """A hand for a post, or a post of one's own; anything else is read afresh."""
    kind, _, value = (turn.picked or "").partition(":")
    if kind == "post":
        return post.of_kind(turn, value)
    return hand.start(turn, UUID(value)) if kind == "hand" else None


@router.before_all("neighbours' post ended")
def ended(turn: Turn) -> Reply | None:
    """Somebody's own post is done with; of several they say which."""
    if not words.ends(turn.message.text) or turn.overheard:
        return None
    mine = rows.running_of(turn.session, turn.resident_id)
    if not mine:
        return Reply(say.NOTHING_TO_CLOSE)
    if len(mine) == 1:
        aid.close(turn.office, mine[0].id)
        return Reply(say.CLOSED)
    labels = {say.own(one.shown or aid.told_in(turn.office, one).get("what", "")): str(one.id) for one in mine}
    return Reply(say.WHICH_TO_CLOSE, CLOSE, labels)


@router.answer_to(CLOSE, offer=True)
def closed(turn: Turn) -> Reply | None:
    """That one is gone."""
    mine = rows.running_of(turn.session, turn.resident_id)
    found = next((one for one in mine if str(one.id) == turn.picked), None)
    if found is None:
        return None
    aid.close(turn.office, found.id)
    return Reply(say.CLOSED)


def _listed(found: list[AidPost], tail: str = "") -> str:
    if not found:
        return say.NOTHING
    return "\n".join(filter(None, (say.listed([say.line(one.kind, one.shown) for one in found]), tail)))
