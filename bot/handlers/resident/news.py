"""What news I get: all of it, none of it, or some, from this moment on."""

from bot.messages import Reply
from bot.nlu import push as heard
from bot.router import Router, Turn
from bot.rules import push
from bot.rules.push import News
from bot.wording import resident as say

router = Router()
NEWS = "resident.news"


@router.action("push_settings")
def settle(turn: Turn) -> Reply:
    """Change what was said at once; where nothing was said, show how it is set."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    wish = heard.read(turn.message.text)
    if wish.every is not None:
        return _chosen(turn, dict.fromkeys(News, wish.every))
    if wish.wanted:
        return _chosen(turn, {News(kind): yes for kind, yes in wish.wanted.items()})
    now = push.settings(turn.session, turn.resident_id)
    text = f"{say.NIGHT}\n{say.news_now(now)}" if wish.night else say.news_now(now)
    return Reply(text, NEWS, say.toggles(now))


@router.answer_to(NEWS, offer=True)
def tapped(turn: Turn) -> Reply | None:
    """`course:0` stops the courses, `all:1` starts everything; anything else is read afresh."""
    kind, _, on = (turn.picked or "").partition(":")
    if not on or turn.overheard:
        return None
    kinds = list(News) if kind == "all" else [News(kind)]
    return _chosen(turn, dict.fromkeys(kinds, on == "1"))


def _chosen(turn: Turn, wanted: dict[News, bool]) -> Reply:
    push.choose(turn.office, turn.resident_id, wanted)
    now = push.settings(turn.session, turn.resident_id)
    return Reply(say.news_set(now), NEWS, say.toggles(now))
