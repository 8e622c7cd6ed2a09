"""Checking in: the code of the screen or the wall, or the scanned picture, with a place or without one."""

from bot.handlers.activity import named
from bot.messages import Kind, Reply
from bot.nlu import enrolment
from bot.router import Router, Turn
from bot.rules import activity, arrival
from bot.rules.activity import rotating
from bot.rules.arrival import Arrival
from bot.store.activity import Activity, ActivityEnrolment, Mine, Standing
from bot.wording.arrival import dialogue as say

router = Router()
QUESTION = "activity.code"
FAR = "far"  # in the memo: the place they shared is not where it is held


@router.before_all("activity check-in")
def arrive(turn: Turn) -> Reply | None:
    """Whoever has a place in something that is on, or says a code; all others are answered by what they meant.

    Six digits that were asked for here are no pick-up code, though they may look like one.
    """
    text = turn.message.text
    code = enrolment.word_of_the_day(text)
    if turn.asked == QUESTION and code:
        return told(turn)
    if not enrolment.checks_in(text) or turn.overheard:
        return None
    now_on = _expected(turn)
    if not now_on:
        return _without_place(turn, code) if code and arrival.is_anything_on(turn.office) else None
    meant = next((one for one in now_on if named.is_named(text, one[1])), None)
    return _said(turn, [meant] if meant else now_on, code)


@router.action("check_in")
def start(turn: Turn) -> Reply:
    """They are there, or believe so: ask for the code where there is anything to check in at."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    code = enrolment.word_of_the_day(turn.message.text)
    if now_on := _expected(turn):
        return _said(turn, now_on, code)
    if not arrival.is_anything_on(turn.office):
        return Reply(say.NOTHING_ON)
    return _without_place(turn, code) if code else Reply(say.ASK_CODE, QUESTION)


@router.scene(rotating.SCENE)
def scanned(turn: Turn) -> Reply:
    """`lesson-<token>`: the screen's picture of this minute."""
    token = turn.message.event_key.partition("-")[2]
    found = arrival.scan(turn.office, turn.resident_id, token, channel=turn.message.channel)
    return Reply(say.arrived(found))


@router.answer_to(QUESTION)
def told(turn: Turn) -> Reply | None:
    """The digits, or where they are; anything else is read afresh."""
    if turn.overheard:
        return None
    now_on = _expected(turn)
    if turn.message.kind is Kind.LOCATION and turn.message.spot is not None and now_on:
        far = arrival.is_far(turn.office, now_on[0][1], turn.message.spot)
        return Reply(say.SEEN_FAR if far else say.SEEN_NEAR, QUESTION, memo={FAR: far})
    code = enrolment.word_of_the_day(turn.message.text)
    if not code:
        return None
    return _said(turn, now_on, code) if now_on else _without_place(turn, code)


def _expected(turn: Turn) -> list[Mine]:
    return activity.expected_now(turn.office, turn.resident_id)


def _said(turn: Turn, now_on: list[Mine], code: str) -> Reply:
    """The first whose code it is; where none was said it is asked for."""
    waiting = [one for one in now_on if one[0].state != Standing.CAME]
    if not waiting:
        return _without_place(turn, code, now_on[0][1]) if code else Reply(say.already(now_on[0][1]))
    if not code:
        return Reply(say.ask(waiting[0][1].title), QUESTION)
    for mine, its in waiting:
        if activity.come_by_code(turn.office, mine, its, code):
            return _came(turn, its, mine)
    return Reply(say.wrong(waiting[0][1].title), QUESTION, memo=turn.memo)


def _without_place(turn: Turn, code: str, there: Activity | None = None) -> Reply:
    """Somebody who has not enrolled, or is `there` already and says the code once more, or one of another hall."""
    if arrival.has_guessed_enough(turn.office, turn.resident_id):
        return Reply(say.GUESSED_ENOUGH)
    found = arrival.say(turn.office, turn.resident_id, code, channel=turn.message.channel)
    if found is None:
        return Reply(say.already(there)) if there else Reply(say.WRONG, QUESTION)
    return Reply(say.arrived(found))


def _came(turn: Turn, its: Activity, mine: ActivityEnrolment) -> Reply:
    if turn.memo.get(FAR):
        arrival.note_far(turn.office, mine)
    return Reply(say.arrived(Arrival(its, mine)))
