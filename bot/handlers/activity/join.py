"""Enrolling: which activity, how many people, read back; into the waiting list where it is full."""

from bot.form import Draft, Form, Got, Question, Slot
from bot.handlers.activity import mine, named
from bot.messages import Reply
from bot.nlu import assent, enrolment
from bot.router import Router, Turn
from bot.rules import activity
from bot.rules.activity import NoPlaceLeft, Shown
from bot.store import activity as activities
from bot.wording import explain
from bot.wording.activity import dialogue as say

router = Router()
WHICH, PERSONS, WAITS = "which", "persons", "waits"
MOST = 8


@router.action("join_activity")
def join(turn: Turn) -> Reply:
    """Begin with what was said; who has a place already reads of it."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    if not activity.ahead(turn.office):
        return Reply(say.NOTHING_ON)
    one = named.heard(turn)
    return _has_it(turn, one) or form.start(turn)


def start_with(turn: Turn, one: Shown) -> Reply:
    """Enrol in one that was picked from a list."""
    return _has_it(turn, one) or form.go_on(turn, Draft().put(WHICH, str(one.activity.id)))


def _has_it(turn: Turn, one: Shown | None) -> Reply | None:
    found = activities.of(turn.session, one.activity.id, turn.resident_id) if one else None
    if one is None or found is None or not found.is_live:
        return None
    return mine.told_of(turn, found, one.activity, say.have_it(one.activity.title))


def _chosen(turn: Turn, draft: Draft) -> Shown | None:
    return named.picked(turn, draft.get(WHICH))


def _persons(draft: Draft) -> int:
    return int(draft.get(PERSONS) or 1)


def _ask_which(turn: Turn, _draft: Draft) -> Question:
    """Those they have not enrolled in, as far as there are any."""
    theirs = {its.id for _, its in activities.live_of(turn.session, turn.resident_id, turn.now)}
    found = [one for one in activity.ahead(turn.office) if one.activity.id not in theirs][:MOST]
    return Question(say.WHICH, {one.activity.title: str(one.activity.id) for one in found})


def _read_which(turn: Turn, draft: Draft, asked: bool) -> Got | None:
    """By name; by its day where no other is chosen yet."""
    one = named.heard(turn)
    if one is None and not draft.get(WHICH):
        one = named.only_on(turn, activity.ahead(turn.office))
    return Got(str(one.activity.id)) if one is not None else None


def _check_which(turn: Turn, draft: Draft, _value: str) -> str:
    one = _chosen(turn, draft)
    if one is None:
        return say.GONE
    return say.have_it(one.activity.title) if _has_it(turn, one) else ""


def _ask_persons(turn: Turn, draft: Draft) -> Question:
    return Question(say.HOW_MANY, {f"{count}": f"{count}" for count in range(1, min(4, _most(turn, draft)) + 1)})


def _most(turn: Turn, draft: Draft) -> int:
    """Nobody may bring more than there are places at all."""
    one = _chosen(turn, draft)
    return min(activity.MOST_PERSONS, (one.activity.places if one else 0) or activity.MOST_PERSONS)


def _read_persons(turn: Turn, _draft: Draft, asked: bool) -> Got | None:
    count = enrolment.persons(turn.message.text, asked=asked)
    return Got(str(count)) if count else None


def _check_persons(turn: Turn, draft: Draft, value: str) -> str:
    most = _most(turn, draft)
    return "" if 1 <= int(value) <= most else say.too_many(most)


def _one(_turn: Turn, draft: Draft) -> str:
    """One, unless it was asked for: it is read back and can be changed."""
    return "" if PERSONS in draft.asked else "1"


def _waits(turn: Turn, draft: Draft) -> bool:
    one = _chosen(turn, draft)
    return one is not None and one.left is not None and one.left < _persons(draft)


def _never_asked(turn: Turn, draft: Draft) -> Question:
    return Question(_confirm(turn, draft))


def _not_said(_turn: Turn, _draft: Draft, _asked: bool) -> Got | None:
    return None


def _noted(_turn: Turn, _draft: Draft) -> str:
    """That it was the waiting list that was read back."""
    return "1"


def _title(turn: Turn, draft: Draft) -> str:
    one = _chosen(turn, draft)
    return say.form_title(one.activity.title if one else "")


def _confirm(turn: Turn, draft: Draft) -> str:
    one, now = _chosen(turn, draft), turn.now.astimezone(turn.zone)
    if one is None:
        return say.GONE
    return (say.read_back_waiting if _waits(turn, draft) else say.read_back)(one, _persons(draft), now)


def _done(turn: Turn, draft: Draft) -> Reply:
    """A place, or one in the waiting list where that was read back; who reads of a place never lands in the list."""
    one = _chosen(turn, draft)
    if one is None:
        return Reply(say.GONE)
    its, now = one.activity, turn.now.astimezone(turn.zone)
    who = {"resident_id": turn.resident_id, "channel": turn.message.channel}
    if _waits(turn, draft) and draft.get(WAITS):
        queued, before = activity.queue(turn.office, its.id, persons=_persons(draft), **who)  # type: ignore[arg-type]
        return Reply(say.queued(its, before)) if queued.held_until is None else mine.told_of(turn, queued, its)
    try:
        enrolled = activity.enrol(turn.office, its.id, persons=_persons(draft), **who)  # type: ignore[arg-type]
    except NoPlaceLeft as refusal:
        return form.go_on(turn, draft, explain(refusal))
    return Reply(say.enrolled(its, enrolled, one.where, now))


def _leaves(turn: Turn) -> bool:
    text = turn.message.text
    return assent.leaves(text) or enrolment.gives_up(text) or turn.heard.target == "action:cancel"


form = Form(
    "activity",
    (
        Slot(WHICH, _ask_which, _read_which, say.WHICH_WORDS, check=_check_which),
        Slot(PERSONS, _ask_persons, _read_persons, say.PERSONS_WORDS, recall=_one, check=_check_persons),
        Slot(WAITS, _never_asked, _not_said, wanted=_waits, recall=_noted),
    ),
    title=_title,
    confirm=_confirm,
    done=_done,
    mine=frozenset({"action:join_activity"}),
    leaves=_leaves,
)
form.enter(router)
