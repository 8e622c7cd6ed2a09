"""A replay was watched: it counts once enough time has gone by and they say what they took from it."""

from uuid import UUID

from bot.messages import Reply
from bot.nlu import assent
from bot.nlu import study as heard
from bot.nlu.heard import Outcome
from bot.router import Router, Turn
from bot.rules import study, study_terms
from bot.store.activity import Activity
from bot.store.study import LessonWatch
from bot.wording.study import dialogue as say

router = Router()
WHICH, WORDS = "study.which", "study.words"
SURE = 0.9  # so surely a need of another kind that it is none of what a lesson was about


@router.before_all("replay watched")
def finished(turn: Turn) -> Reply | None:
    """They say 看完了; in longer words only where there is something to confirm."""
    if not heard.has_finished(turn.message.text) or turn.overheard or turn.asked == WORDS:
        return None
    found = study.to_confirm(turn.office, turn.resident_id)
    if not found:
        return Reply(say.NOTHING_OPENED) if heard.is_alone(turn.message.text) else None
    named = [one for one in found if any(name in turn.message.text for name in one[1].names)]
    found = named or found
    if len(found) == 1:
        return _ask(turn, *found[0])
    return Reply(say.WHICH_WATCHED, WHICH, {its.title: str(its.id) for _, its in found[:5]})


@router.answer_to(WHICH, offer=True)
def chosen(turn: Turn) -> Reply | None:
    """One of those they opened; anything else is read afresh."""
    for watch, its in study.to_confirm(turn.office, turn.resident_id):
        if str(its.id) == turn.picked:
            return _ask(turn, watch, its)
    return None


@router.answer_to(WORDS)
def told(turn: Turn) -> Reply | None:
    """What they took from it; a question, or a need of another kind, short or sure, is read afresh."""
    text = turn.message.text
    least = study_terms.terms(turn.session).least_words
    is_known = turn.heard.kind in (Outcome.ACTION, Outcome.ANSWER)
    is_sure = turn.heard.kind is Outcome.ACTION and turn.heard.score >= SURE
    is_other = is_sure or assent.ends_asking(text) or (is_known and len(text) < least)
    if turn.overheard or not text or assent.leaves(text) or is_other or "lesson" not in turn.memo:
        return None
    its, minutes = study.confirm(turn.office, turn.resident_id, UUID(str(turn.memo["lesson"])), text)
    return Reply(say.counted(its.title, minutes))


def _ask(turn: Turn, watch: LessonWatch, its: Activity) -> Reply:
    study.ready(turn.office, watch, its)
    least = study_terms.terms(turn.session).least_words
    return Reply(say.ask_words(its.title, least), WORDS, memo={"lesson": str(its.id)})
