"""Enrolling: which activity, how many people, read back; into the waiting list where it is full."""

from bot.form import Draft, Form, Got, Question, Slot, enrolment
from bot.handlers.activity import named
from bot.messages import Reply
from bot.router import Router, Turn
from bot.rules import activity
from bot.rules.activity import NoPlaceLeft, Shown
from bot.store import activity as activities
from bot.wording import explain
from bot.wording.activity import dialogue as say

router = Router()
WHICH = "which"
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
    return enrolment.told_of(turn, found, one.activity, say.have_it(one.activity.title))


def _chosen(turn: Turn, draft: Draft) -> Shown | None:
    return named.picked(turn, draft.get(WHICH))


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


def _places(turn: Turn, draft: Draft) -> int:
    one = _chosen(turn, draft)
    return one.activity.places if one else 0


def _waits(turn: Turn, draft: Draft) -> bool:
    one = _chosen(turn, draft)
    return one is not None and one.left is not None and one.left < enrolment.persons(draft)


def _title(turn: Turn, draft: Draft) -> str:
    one = _chosen(turn, draft)
    return say.form_title(one.activity.title if one else "")


def _confirm(turn: Turn, draft: Draft) -> str:
    one, now = _chosen(turn, draft), turn.now.astimezone(turn.zone)
    if one is None:
        return say.GONE
    return (say.read_back_waiting if _waits(turn, draft) else say.read_back)(one, enrolment.persons(draft), now)


def _done(turn: Turn, draft: Draft) -> Reply:
    """A place, or one in the waiting list where that was read back; who reads of a place never lands in the list."""
    one = _chosen(turn, draft)
    if one is None:
        return Reply(say.GONE)
    its, now = one.activity, turn.now.astimezone(turn.zone)
    who = {"resident_id": turn.resident_id, "channel": turn.message.channel}
    if _waits(turn, draft) and draft.get(enrolment.WAITS):
        queued, before = activity.queue(turn.office, its.id, persons=enrolment.persons(draft), **who)  # type: ignore[arg-type]
        return Reply(say.queued(its, before)) if queued.held_until is None else enrolment.told_of(turn, queued, its)
    try:
        enrolled = activity.enrol(turn.office, its.id, persons=enrolment.persons(draft), **who)  # type: ignore[arg-type]
    except NoPlaceLeft as refusal:
        return form.go_on(turn, draft, explain(refusal))
    return Reply(say.enrolled(its, enrolled, one.where, now))


form = Form(
    "activity",
    (
        Slot(WHICH, _ask_which, _read_which, say.WHICH_WORDS, check=_check_which),
        enrolment.persons_slot(_places),
        enrolment.waits_slot(_waits, _confirm),
    ),
    title=_title,
    confirm=_confirm,
    done=_done,
    mine=frozenset({"action:join_activity"}),
    leaves=enrolment.leaves,
    agrees=enrolment.agrees,
)
form.enter(router)
