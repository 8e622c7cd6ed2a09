"""Which shifts there are, and claiming one: by a tap, or in words that are read back first."""

from bot.handlers.volunteer import meant
from bot.messages import Reply
from bot.nlu import assent
from bot.nlu import shifts as words
from bot.router import Router, Turn
from bot.rules import activity, volunteer
from bot.rules.activity import NoPlaceLeft
from bot.rules.volunteer import ShiftShown
from bot.wording import link
from bot.wording.volunteer import dialogue as say

router = Router()
QUESTION, REALLY = "volunteer.shifts", "volunteer.claim"
MOST = 6


@router.before_all("shifts asked for")
def look(turn: Turn) -> Reply | None:
    """The rota, for volunteers; a class of a course may be a shift by its word, so others need clearer ones."""
    text = turn.message.text
    if not words.lists(text) or not meant.is_free(turn):
        return None
    if turn.overheard or not meant.is_approved(turn):
        return listed(turn) if words.lists(text, surely=True) else None
    return listed(turn)


@router.before_all("shift claimed")
def comes(turn: Turn) -> Reply | None:
    """A volunteer says when they would come; it is theirs where there is a shift then."""
    text = turn.message.text
    if not words.comes(text) or turn.overheard or not meant.is_free(turn):
        return None
    time = meant.said(turn)
    if (time is None and not words.speaks_of_shifts(text)) or not meant.is_approved(turn):
        return None
    if not meant.may_be_shift(turn, (None, "action:volunteer")):
        return None
    found = meant.ahead(turn, time)
    return _choice(turn, found) if found or words.speaks_of_shifts(text) else None


def answer(turn: Turn) -> Reply:
    """What a volunteer reads who speaks of volunteering at all."""
    time = meant.said(turn)
    found = meant.ahead(turn, time) if time is not None else []
    return _choice(turn, found) if found and not words.lists(turn.message.text) else listed(turn)


def listed(turn: Turn) -> Reply:
    """The shifts of the days that were said, else the next ones; in a group nothing is to tap."""
    days = meant.days(turn)
    there = volunteer.ahead(turn.office, days)
    head = say.HEAD if there or not days else say.NONE_THAT_DAY
    found = (there or volunteer.ahead(turn.office))[:MOST]
    if not found:
        return Reply(say.NOTHING_AHEAD)
    now = meant.local(turn)
    text = say.listed([say.line(one, now) for one in found], head)
    if turn.overheard:
        return Reply(text)
    text = link.below(text, say.PAGE, turn.page("/h5/volunteers"))
    return Reply(text, QUESTION, _labels(turn, found))


@router.answer_to(QUESTION, offer=True)
def chosen(turn: Turn) -> Reply | None:
    """The one that was tapped is read back; anything else is read afresh."""
    one = meant.of_value(turn, turn.picked) if turn.picked else None
    return _read_back(turn, one) if one is not None else None


@router.answer_to(REALLY, offer=True)
def really(turn: Turn) -> Reply | None:
    """Only a yes claims it; where somebody was quicker, the waiting list is offered."""
    text = turn.message.text
    if turn.picked == "no" or turn.none_of_them or assent.disagrees(text) or assent.leaves(text):
        return Reply(say.NOT_CLAIMED)
    if turn.picked not in ("claim", "wait") and not assent.agrees(text):
        return None
    one = meant.of_value(turn, str(turn.memo.get("shift", "")))
    if one is None:
        raise volunteer.NoSuchShift
    return _claimed(turn, one, waits=bool(turn.memo.get("full")))


def _claimed(turn: Turn, one: ShiftShown, *, waits: bool) -> Reply:
    who, channel, now = turn.resident_id, turn.message.channel, meant.local(turn)
    try:
        volunteer.claim(turn.office, one.activity.id, resident_id=who, channel=channel, waits=waits)
    except NoPlaceLeft:
        return _read_back(turn, volunteer.one(turn.office, one.activity.id))
    if waits:
        return Reply(say.queued(one.activity, now))
    return Reply(say.claimed(one.activity, activity.where(turn.office, one.activity), now))


def _choice(turn: Turn, found: list[ShiftShown]) -> Reply:
    """The only one is read back; of several they say which."""
    one = meant.the_only(found)
    if one is not None:
        return _read_back(turn, one)
    return Reply(say.WHICH, QUESTION, _labels(turn, found[:MOST])) if found else listed(turn)


def _read_back(turn: Turn, one: ShiftShown) -> Reply:
    label = {say.CLAIM: "claim"} if one.left else {say.WAIT: "wait"}
    memo = {"shift": str(one.activity.id), "full": not one.left}
    return Reply(say.really_claim(one, meant.local(turn)), REALLY, {**label, say.NOT_NOW: "no"}, memo)


def _labels(turn: Turn, found: list[ShiftShown]) -> dict[str, str]:
    return {say.to_tap(one.activity, meant.local(turn)): str(one.activity.id) for one in found}
