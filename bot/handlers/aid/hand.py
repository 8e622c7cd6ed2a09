"""A hand for somebody's post: a telephone with consent, and the author's word on it."""

from uuid import UUID

from bot.form import Draft, Form
from bot.handlers.aid import phone
from bot.messages import Reply
from bot.router import Router, Turn
from bot.rules import aid
from bot.wording import aid as say

router = Router()
POST = "post"


def start(turn: Turn, post_id: UUID) -> Reply:
    """Ask for the telephone and for consent, where the post is still to be seen."""
    aid.one(turn.office, post_id)
    return form.go_on(turn, Draft().noted(**{POST: str(post_id)}))


@router.before_all("neighbour agreed")
def answer(turn: Turn) -> Reply | None:
    """The words that a held-out hand asks for."""
    text = turn.message.text.strip()
    if text not in (say.AGREE, say.DISAGREE) or turn.overheard:
        return None
    agrees = text == say.AGREE
    if aid.answer(turn.office, turn.resident_id, agrees=agrees) is None:
        return Reply(say.NOBODY_ASKS)
    return Reply(say.AGREED if agrees else say.DECLINED)


def _title(_turn: Turn, _draft: Draft) -> str:
    return say.TITLE


def _confirm(turn: Turn, draft: Draft) -> str:
    return say.consent(aid.one(turn.office, UUID(draft.note(POST))).shown, draft.get(phone.NAME))


def _done(turn: Turn, draft: Draft) -> Reply:
    who, number = turn.resident_id, draft.get(phone.NAME)
    post_id = UUID(draft.note(POST))
    aid.hold_out(turn.office, post_id, resident_id=who, channel=turn.message.channel, phone=number)
    return Reply(say.HELD_OUT)


form = Form("hand", (phone.slot(),), title=_title, confirm=_confirm, done=_done)
form.enter(router)
