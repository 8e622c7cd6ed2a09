"""How a suggestion stands: the author's own, a public one by its number, all that is public; and supporting one."""

from bot.handlers.suggestion.case import memo
from bot.handlers.suggestion.more import supported
from bot.messages import Reply
from bot.nlu import wishes
from bot.router import Router, Turn
from bot.rules import suggestion
from bot.rules.suggestion import MORE
from bot.store import suggestion as rows
from bot.store.suggestion import Suggestion
from bot.wording import link
from bot.wording import suggestion as say

router = Router()
WHICH, PUBLIC = "suggestion.which", "suggestion.public"
PAGE = "/h5/heard"
MOST = 5


@router.before_all("suggestion")
def by_words(turn: Turn) -> Reply | None:
    """A suggestion's number, "my suggestion", "what did others suggest"; None for everything else."""
    text = turn.message.text
    number = wishes.number(text)
    if number:
        return _numbered(turn, number)
    if wishes.asks_for_public(text):
        return _public(turn)
    if not wishes.asks_after_own(text) or turn.overheard:
        return None
    theirs = rows.latest_of(turn.session, turn.resident_id, MOST)
    if not theirs:  # it may be a complaint they mean
        return None
    if len(theirs) == 1:
        return _told(turn, theirs[0])
    return Reply(say.WHICH, WHICH, {say.in_a_list(one): one.number for one in theirs})


@router.answer_to(WHICH)
def which(turn: Turn) -> Reply | None:
    """The one that was picked; anything else is read afresh."""
    row = rows.of(turn.session, turn.resident_id, turn.picked) if turn.picked else None
    return _told(turn, row) if row is not None and not turn.overheard else None


@router.answer_to(PUBLIC, offer=True)
def pick(turn: Turn) -> Reply | None:
    """Support the one that was tapped."""
    return supported(turn, turn.picked) if turn.picked and not turn.overheard else None


def _numbered(turn: Turn, number: str) -> Reply:
    """Their own, else a public one; with words of support, the support."""
    own = rows.of(turn.session, turn.resident_id, number) if not turn.overheard else None
    if wishes.supports(turn.message.text) and not turn.overheard:
        return supported(turn, number)
    if own is not None:
        return _told(turn, own)
    one = suggestion.heard_one(turn.office, number)
    if one is None:
        return Reply(say.NO_SUCH_NUMBER)
    choices = {say.SUPPORT: one.number} if one.is_open and not turn.overheard else {}
    return Reply(say.public(one), PUBLIC if choices else None, choices)


def _public(turn: Turn) -> Reply:
    found = suggestion.heard(turn.office, limit=MOST)
    if not found:
        return Reply(say.PUBLIC_NONE)
    text = link.below(say.public_list(found), say.PUBLIC, turn.page(PAGE))
    choices = {} if turn.overheard else {say.to_support(one): one.number for one in found if one.is_open}
    return Reply(text, PUBLIC if choices else None, choices)


def _told(turn: Turn, row: Suggestion) -> Reply:
    seen = suggestion.on_desk(turn.office, row)
    became = next((line.note for line in reversed(seen.history) if line.what.value in ("done", "passed_on")), "")
    answer = suggestion.answer_of(turn.office, row)
    text = say.status(row, suggestion.in_a_list(turn.office, row), answer, _other(became, answer), seen.supports)
    return Reply(text, MORE, memo=memo(row)) if row.is_open else Reply(text)


def _other(became: str, answer: str) -> str:
    """What became of it, where the answer does not say so already."""
    return became if became != answer else ""
