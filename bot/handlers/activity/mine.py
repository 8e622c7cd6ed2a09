"""What a resident has enrolled in: to see it, to give it up, and their answer to an offer."""

from collections.abc import Sequence

from bot.handlers.activity import named
from bot.messages import Reply
from bot.nlu import assent, enrolment
from bot.router import Router, Turn
from bot.rules import activity
from bot.store import activity as activities
from bot.store.activity import Activity, ActivityEnrolment, Kind, Mine
from bot.wording.activity import dialogue as say

router = Router()
QUESTION, REALLY = "activity.mine", "activity.give_up"
FORM = ("activity.which", "activity.persons", "activity.confirm")


def told_of(turn: Turn, mine: ActivityEnrolment, its: Activity, head: str = "") -> Reply:
    """One enrolment, with the way out of it."""
    text = "\n".join(filter(None, (head, _line(turn, mine, its))))
    return Reply(text, QUESTION, {say.GIVE_UP: f"drop:{its.id}"})


@router.before_all("activities of mine")
def show(turn: Turn) -> Reply | None:
    """All of them."""
    if not enrolment.asks_for_mine(turn.message.text):
        return None
    if turn.overheard:
        return Reply(say.IN_GROUP)
    theirs = activities.to_come_of(turn.session, turn.resident_id, turn.now, Kind.ACTIVITY)
    if not theirs:
        return Reply(say.NOTHING_OF_MINE)
    choices = {f"{say.GIVE_UP}：{its.title}": f"drop:{its.id}" for mine, its in theirs if mine.is_live}
    return Reply(say.mine([_line(turn, mine, its) for mine, its in theirs]), QUESTION if choices else None, choices)


@router.answer_to(QUESTION, offer=True)
def chosen(turn: Turn) -> Reply | None:
    """Giving up is read back; anything else is read afresh."""
    kind, _, value = (turn.picked or "").partition(":")
    if kind != "drop":
        return None
    found = next((one for one in _live(turn) if str(one[1].id) == value), None)
    return _really(turn, found[1]) if found else Reply(say.NOTHING_OF_MINE)


@router.before_all("activity given up")
def not_coming(turn: Turn) -> Reply | None:
    """They say that they will not come to something they have enrolled in."""
    text = turn.message.text
    if not enrolment.gives_up(text) or turn.asked in (REALLY, *FORM) or turn.overheard:
        return None
    theirs = _live(turn)
    found = _meant(turn, theirs)
    if not found:
        return None
    if len(found) == 1:
        return _really(turn, found[0][1])
    return Reply(say.WHICH_TO_GIVE_UP, QUESTION, {its.title: f"drop:{its.id}" for _, its in found})


@router.answer_to(REALLY)
def really(turn: Turn) -> Reply | None:
    """Only a yes gives it up."""
    text = turn.message.text
    if turn.picked == "no" or turn.none_of_them or assent.keeps(text) or assent.disagrees(text) or assent.leaves(text):
        return Reply(say.KEPT)
    if turn.picked != "yes" and not assent.agrees(text):
        return None
    found = next((mine for mine, its in _live(turn) if str(its.id) == turn.memo.get("activity")), None)
    if found is None:
        return Reply(say.NOTHING_OF_MINE)
    return Reply(say.given_up(activity.give_up(turn.office, found.id).title))


@router.before_all("activity offer")
def answer_offer(turn: Turn) -> Reply | None:
    """The words that an offer asks for, at any time while it holds."""
    text = turn.message.text.strip()
    if text not in (say.TAKE_OFFER, say.DECLINE_OFFER) or turn.overheard:
        return None
    held = activity.offered_to(turn.office, turn.resident_id)
    if held is None:
        return Reply(say.NO_OFFER)
    if text == say.DECLINE_OFFER:
        return Reply(say.offer_declined(activity.give_up(turn.office, held[0].id).title))
    mine, its = activity.take_offer(turn.office, held[0].id)
    return Reply(say.enrolled(its, mine, activity.where(turn.office, its), turn.now.astimezone(turn.zone)))


def _live(turn: Turn) -> list[Mine]:
    return activities.live_of(turn.session, turn.resident_id, turn.now)


def _meant(turn: Turn, theirs: Sequence[Mine]) -> list[Mine]:
    """Those that were named; else those of the day that was said, or all, where activities are spoken of at all."""
    slot = str(turn.heard.slots.get(activity.KIND) or "")
    text = turn.message.text
    found = [one for one in theirs if str(one[1].id) == slot or named.is_named(text, one[1])]
    found = found or [one for one in theirs if enrolment.names_part(text, one[1].names[-1])]
    if found or not enrolment.speaks_of_one(text):
        return found
    days = named.days(turn)
    return [one for one in theirs if not days or one[1].starts_at.astimezone(turn.zone).date() in days]


def _really(turn: Turn, its: Activity) -> Reply:
    text = say.really(its.title, its.starts_at.astimezone(turn.zone))
    return Reply(text, REALLY, {say.YES_GIVE_UP: "yes", say.KEEP_IT: "no"}, {"activity": str(its.id)})


def _line(turn: Turn, mine: ActivityEnrolment, its: Activity) -> str:
    where, now = activity.where(turn.office, its), turn.now.astimezone(turn.zone)
    return say.mine_line(its, mine, where, now, activity.position(turn.office, mine))
