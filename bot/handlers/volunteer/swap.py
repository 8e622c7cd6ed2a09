"""Swapping: offering one's shift to all or to one who is called by name, and taking what others offer."""

from bot.handlers.volunteer import meant
from bot.messages import Reply
from bot.nlu import assent
from bot.nlu import shifts as words
from bot.router import Router, Turn
from bot.rules import activity, volunteer
from bot.store.activity import Activity, Standing
from bot.store.volunteer import swaps
from bot.wording.volunteer import dialogue as say

router = Router()
QUESTION, WHOM, TAKE = "volunteer.swap", "volunteer.to_whom", "volunteer.take"
MOST_NAME = 20


@router.before_all("shift offered")
def offers(turn: Turn) -> Reply | None:
    """A volunteer wants somebody else to keep their shift; who may be meant is told with it."""
    text = turn.message.text
    if not words.swaps(text) or turn.overheard or not meant.is_free(turn) or not meant.is_approved(turn):
        return None
    time = meant.said(turn)
    theirs = [(mine, its) for mine, its in meant.live(turn) if mine.state == Standing.ENROLLED]
    found = [its for _, its in theirs if time is None or meant.fits(turn, its, time)]
    if not found:
        return Reply(say.NOTHING_OF_MINE)
    if len(found) > 1:
        return Reply(say.WHICH_SWAP, QUESTION, {say.to_tap(its, meant.local(turn)): str(its.id) for its in found})
    return _to(turn, found[0], text) or to_whom(turn, found[0])


@router.answer_to(QUESTION, offer=True)
def chosen(turn: Turn) -> Reply | None:
    its = _of(turn, turn.picked or "")
    return to_whom(turn, its) if its is not None else None


def to_whom(turn: Turn, its: Activity) -> Reply:
    """Ask to whom it shall go."""
    choices = {say.TO_ALL: "all", say.NO_SWAP: "no"}
    return Reply(say.to_whom(its, meant.local(turn)), WHOM, choices, {"shift": str(its.id)})


@router.answer_to(WHOM)
def whom(turn: Turn) -> Reply | None:
    """All, or the one whose name is said."""
    text = turn.message.text.strip()
    if turn.picked == "no" or assent.leaves(text) or assent.keeps(text):
        return Reply(say.SWAP_KEPT)
    its = _of(turn, str(turn.memo.get("shift", "")))
    if its is None:
        return Reply(say.NOTHING_OF_MINE)
    if turn.picked == "all":
        asked = volunteer.offer(turn.office, its.id, resident_id=turn.resident_id)
        return Reply(say.offered(its, asked, meant.local(turn)))
    if len(text) > MOST_NAME:
        return None
    named = _to(turn, its, text)
    choices = {say.TO_ALL: "all", say.NO_SWAP: "no"}
    return named or Reply(say.nobody_called(text), WHOM, choices, {"shift": str(its.id)})


@router.before_all("shift taken over")
def takes(turn: Turn) -> Reply | None:
    """A volunteer takes what another one offers; of several they say which."""
    if not words.takes(turn.message.text) or turn.overheard or not meant.is_free(turn):
        return None
    found = swaps.open_for(turn.session, turn.resident_id, turn.now)
    if not found and not meant.is_approved(turn):
        return None
    time = meant.said(turn)
    found = [one for one in found if time is None or meant.fits(turn, one[1], time)]
    if not found:
        return Reply(say.NO_SWAPS)
    if len(found) == 1:
        return _taken(turn, str(found[0][0].id))
    return Reply(say.SWAPS_HEAD, TAKE, {say.to_tap(its, meant.local(turn)): str(row.id) for row, its in found})


@router.answer_to(TAKE, offer=True)
def picked(turn: Turn) -> Reply | None:
    return _taken(turn, turn.picked) if turn.picked else None


def _taken(turn: Turn, value: str) -> Reply:
    swap_id = meant.as_id(value)
    if swap_id is None:
        raise volunteer.SwapGone
    who, channel = turn.resident_id, turn.message.channel
    its = volunteer.take(turn.office, swap_id, resident_id=who, channel=channel)
    return Reply(say.taken_over(its, activity.where(turn.office, its), meant.local(turn)))


def _to(turn: Turn, its: Activity, text: str) -> Reply | None:
    """Offer it to the one whose name stands in the words."""
    person = volunteer.called(turn.office, text, but=turn.resident_id)
    if person is None:
        return None
    asked = volunteer.offer(turn.office, its.id, resident_id=turn.resident_id, to=person)
    name = volunteer.name_of(turn.office, person)
    return Reply(say.offered(its, asked, meant.local(turn), name))


def _of(turn: Turn, value: str) -> Activity | None:
    return next((its for _, its in meant.live(turn) if str(its.id) == value), None)
