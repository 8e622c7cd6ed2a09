"""Checking in: the word of the day from the wall, said by somebody who has a place and is there in time."""

from bot.handlers.activity import named
from bot.messages import Reply
from bot.nlu import enrolment
from bot.router import Router, Turn
from bot.rules import activity
from bot.store.activity import Mine, Standing
from bot.wording.activity import dialogue as say

router = Router()
QUESTION = "activity.code"


@router.before_all("activity check-in")
def arrive(turn: Turn) -> Reply | None:
    """Theirs alone: whoever has no place in anything that is on now is answered by somebody else."""
    text = turn.message.text
    if not enrolment.checks_in(text) or turn.overheard:
        return None
    now_on = activity.expected_now(turn.office, turn.resident_id)
    if not now_on:
        return None
    meant = next((one for one in now_on if named.is_named(text, one[1])), None)
    return _said(turn, [meant] if meant else now_on, enrolment.word_of_the_day(text))


@router.answer_to(QUESTION)
def told(turn: Turn) -> Reply | None:
    """The four digits; anything else is read afresh."""
    code = enrolment.word_of_the_day(turn.message.text)
    now_on = activity.expected_now(turn.office, turn.resident_id)
    return _said(turn, now_on, code) if code and now_on else None


def _said(turn: Turn, now_on: list[Mine], code: str) -> Reply:
    """The first whose word it is; where none was said it is asked for."""
    waiting = [one for one in now_on if one[0].state != Standing.CAME]
    if not waiting:
        return Reply(say.came_already(now_on[0][1].title))
    if not code:
        return Reply(say.ask_code(waiting[0][1].title), QUESTION)
    for mine, its in waiting:
        if activity.come_by_code(turn.office, mine, its, code):
            return Reply(say.checked_in(its.title, mine.persons))
    return Reply(say.wrong_code(waiting[0][1].title), QUESTION)
