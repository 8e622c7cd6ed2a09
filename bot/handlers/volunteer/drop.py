"""Giving a shift up: which one, read back with the way to swap it; late only with a reason."""

from bot.handlers.volunteer import meant, swap
from bot.messages import Reply
from bot.nlu import assent, enrolment
from bot.nlu import shifts as words
from bot.router import Router, Turn
from bot.rules import volunteer
from bot.store import activity as activities
from bot.store.activity import HAS_PLACES, Activity, Kind, Mine
from bot.wording.volunteer import dialogue as say

router = Router()
QUESTION, REALLY, REASON = "volunteer.drop", "volunteer.really_drop", "volunteer.reason"
MOST_REASON = 80
MAY_MEAN = (None, "action:cancel_booking", "action:cancel", "action:volunteer")  # what not coming is taken for


@router.before_all("shift given up")
def cannot(turn: Turn) -> Reply | None:
    """They say that they will not come, and have a shift that may be meant."""
    text = turn.message.text
    if not enrolment.gives_up(text) or turn.overheard or turn.asked in (REALLY, REASON) or not meant.is_free(turn):
        return None
    theirs = meant.live(turn)
    if not theirs or not meant.may_be_shift(turn, MAY_MEAN):
        return None
    found = _meant(turn, theirs)
    if not found:
        return None
    if len(found) == 1:
        return _really(turn, found[0][1])
    labels = {say.to_tap(its, meant.local(turn)): str(its.id) for _, its in found}
    return Reply(say.WHICH_DROP, QUESTION, labels)


@router.answer_to(QUESTION, offer=True)
def chosen(turn: Turn) -> Reply | None:
    its = _of(turn, turn.picked or "")
    return _really(turn, its) if its is not None else None


@router.answer_to(REALLY)
def really(turn: Turn) -> Reply | None:
    """Only a yes gives it up; shortly before it the reason is asked first."""
    text = turn.message.text
    its = _of(turn, str(turn.memo.get("shift", "")))
    if its is None:
        return Reply(say.NOTHING_OF_MINE)
    if turn.picked == "swap":
        return swap.to_whom(turn, its)
    if turn.picked == "no" or turn.none_of_them or assent.keeps(text) or assent.disagrees(text) or assent.leaves(text):
        return Reply(say.KEPT)
    if turn.picked != "yes" and not assent.agrees(text) and not enrolment.gives_up(text):
        return None
    mine = activities.of(turn.session, its.id, turn.resident_id)
    if mine is not None and mine.state in HAS_PLACES and volunteer.is_late(turn.office, its):
        return Reply(say.why(its, meant.local(turn)), REASON, {say.KEEP: "no"}, {"shift": str(its.id)})
    return _dropped(turn, its)


@router.answer_to(REASON)
def reason(turn: Turn) -> Reply | None:
    """Whatever they say is the reason, but for a question of theirs, which is answered first."""
    text = turn.message.text.strip()
    if turn.picked == "no" or assent.keeps(text) or assent.leaves(text) or assent.disagrees(text):
        return Reply(say.KEPT)
    its = _of(turn, str(turn.memo.get("shift", "")))
    if its is None:
        return Reply(say.NOTHING_OF_MINE)
    return _dropped(turn, its, text[:MOST_REASON]) if text and not assent.asks(text) else None


def _dropped(turn: Turn, its: Activity, why: str = "") -> Reply:
    volunteer.drop(turn.office, its.id, resident_id=turn.resident_id, reason=why)
    return Reply(say.dropped(its, meant.local(turn)))


def _really(turn: Turn, its: Activity) -> Reply:
    choices = {say.DROP: "yes", say.SWAP: "swap", say.KEEP: "no"}
    return Reply(say.really_drop(its, meant.local(turn)), REALLY, choices, {"shift": str(its.id)})


def _of(turn: Turn, value: str) -> Activity | None:
    return next((its for _, its in meant.live(turn) if str(its.id) == value), None)


def _meant(turn: Turn, theirs: list[Mine]) -> list[Mine]:
    """Those at the time that was said; without a time all, where shifts are spoken of or they have nothing else."""
    time, text = meant.said(turn), turn.message.text
    if time is not None:
        return [one for one in theirs if meant.fits(turn, one[1], time)]
    if words.speaks_of_shifts(text):
        return theirs
    others = activities.live_of(turn.session, turn.resident_id, turn.now)
    has_others = any(its.kind != Kind.SHIFT for _, its in others)
    return theirs if enrolment.speaks_of_one(text) and not has_others else []
