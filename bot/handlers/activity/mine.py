"""What a resident has enrolled in, activities and lessons: to see it, to give it up, and their answer to an offer."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from bot.form import enrolment as form
from bot.form import offer
from bot.handlers.activity import named
from bot.messages import Reply
from bot.nlu import assent, enrolment, learning
from bot.router import Router, Turn
from bot.rules import activity, course
from bot.store import activity as activities
from bot.store import course as courses
from bot.store.activity import Activity, Kind, Mine
from bot.wording.activity import dialogue as say
from bot.wording.volunteer import dialogue as say_shift

router = Router()
QUESTION, REALLY = form.MINE, "activity.give_up"
FORMS = tuple(f"{kind}.{asked}" for kind in ("activity", "lesson") for asked in ("which", "day", "persons", "confirm"))
HERE = (Kind.ACTIVITY, Kind.LESSON)  # a shift is given up in words of its own
MOST = 8


@router.before_all("activities of mine")
def show(turn: Turn) -> Reply | None:
    """All of them, or those of one kind."""
    text = turn.message.text
    lessons = learning.asks_for_mine(text)
    if not lessons and not enrolment.asks_for_mine(text):
        return None
    if turn.overheard:
        return Reply(say.IN_GROUP)
    kind = Kind.LESSON if lessons else Kind.ACTIVITY if enrolment.speaks_of_activities(text) else None
    theirs = _here(activities.to_come_of(turn.session, turn.resident_id, turn.now, kind))
    if not theirs:
        return Reply(say.nothing_of_mine(kind))
    choices = _choices(turn, [one for one in theirs if one[0].is_live], say.give_up_one)
    lines = [form.line(turn, mine, its) for mine, its in theirs]
    return Reply(say.mine(lines, kind), QUESTION if choices else None, choices)


@router.answer_to(QUESTION, offer=True)
def chosen(turn: Turn) -> Reply | None:
    """Giving up is read back; anything else is read afresh."""
    kind, _, value = (turn.picked or "").partition(":")
    if kind not in ("drop", "all"):
        return None
    live = _live(turn)
    found = _of_course(turn, live, value) if kind == "all" else [one for one in live if str(one[1].id) == value]
    return _really(turn, found) if found else Reply(say.nothing_of_mine(None))


@router.before_all("activity given up")
def not_coming(turn: Turn) -> Reply | None:
    """They say that they will not come to something they have enrolled in."""
    text = turn.message.text
    if not enrolment.gives_up(text) or turn.overheard or turn.asked in (REALLY, *FORMS):
        return None
    theirs = _live(turn)
    found = _meant(turn, theirs)
    if not found:
        return None
    if len(found) == 1:
        return _really(turn, found)
    return Reply(say.WHICH_TO_GIVE_UP, QUESTION, _choices(turn, found, str))


@router.answer_to(REALLY)
def really(turn: Turn) -> Reply | None:
    """Only a yes gives it up."""
    text = turn.message.text
    if turn.picked == "no" or turn.none_of_them or assent.keeps(text) or assent.disagrees(text) or assent.leaves(text):
        return Reply(say.KEPT)
    if turn.picked != "yes" and not assent.agrees(text):
        return None
    wanted = turn.memo.get("activities")
    meant = set(wanted) if isinstance(wanted, list) else set()
    found = [(mine, its) for mine, its in _live(turn) if str(its.id) in meant]
    if not found:
        return Reply(say.nothing_of_mine(None))
    for mine, _ in sorted(found, key=lambda one: one[1].id):
        activity.give_up(turn.office, mine.id)
    return Reply(say.given_up(found[0][1].title, len(found)))


@router.before_all("activity offer")
def answer_offer(turn: Turn) -> Reply | None:
    """The words that an offer asks for, at any time while it holds; or a plain yes or no."""
    takes = offer.answered(turn, activity.offered_to, say.TAKE_OFFER, say.DECLINE_OFFER)
    if takes is None:
        return None
    held = activity.offered_to(turn.office, turn.resident_id)
    if held is None:
        return Reply(say.NO_OFFER)
    if not takes:
        return Reply(say.offer_declined(activity.give_up(turn.office, held[0].id).title))
    mine, its = activity.take_offer(turn.office, held[0].id)
    where, now = activity.where(turn.office, its), turn.now.astimezone(turn.zone)
    is_shift = its.kind == Kind.SHIFT
    return Reply(say_shift.claimed(its, where, now) if is_shift else say.enrolled(its, mine, where, now))


def _live(turn: Turn) -> list[Mine]:
    return _here(activities.live_of(turn.session, turn.resident_id, turn.now))


def _here(theirs: list[Mine]) -> list[Mine]:
    return [one for one in theirs if one[1].kind in HERE]


def _meant(turn: Turn, theirs: Sequence[Mine]) -> list[Mine]:
    """Those that were named; else those of the day that was said, or all, where such things are spoken of at all."""
    slot = str(turn.heard.slots.get(activity.KIND) or "")
    text, said = turn.message.text, form.days(turn)
    found = [one for one in theirs if str(one[1].id) == slot or named.is_named(text, one[1])]
    found = found or _of_course(turn, theirs, str(turn.heard.slots.get(course.KIND) or ""))
    found = found or [one for one in theirs if enrolment.names_part(text, one[1].names[-1])]
    found = found or [one for one in theirs if one[1].kind == Kind.LESSON and learning.is_about(text, one[1].title)]
    if found:
        return [one for one in found if _day(turn, one[1]) in said] or found
    if not enrolment.speaks_of_one(text):
        return []
    kind = Kind.LESSON if learning.speaks_of_lessons(text) else None
    kind = kind or (Kind.ACTIVITY if enrolment.speaks_of_activities(text) else None)
    there = [one for one in theirs if kind is None or one[1].kind == kind]
    return [one for one in there if not said or _day(turn, one[1]) in said]


def _of_course(turn: Turn, theirs: Sequence[Mine], course_id: str) -> list[Mine]:
    """Those that are lessons of a course."""
    if not course_id:
        return []
    its_course = courses.courses_of(turn.session, {its.id for _, its in theirs})
    return [one for one in theirs if str(its_course.get(one[1].id)) == course_id]


def _choices(turn: Turn, theirs: Sequence[Mine], label: Callable[[str], str]) -> dict[str, str]:
    """Each of them, by its day where a course has several; and before these the whole of that course."""
    its_course = courses.courses_of(turn.session, {its.id for _, its in theirs})
    times = Counter(its_course.values())
    found: dict[str, str] = {}
    for _, its in theirs:
        own = its_course.get(its.id)
        if own is None or times[own] < 2:
            found[label(its.title)] = f"drop:{its.id}"
            continue
        found.setdefault(label(say.whole(its.title)), f"all:{own}")
        found[label(say.on_day(its.title, its.starts_at.astimezone(turn.zone)))] = f"drop:{its.id}"
    return dict(list(found.items())[:MOST])


def _really(turn: Turn, found: Sequence[Mine]) -> Reply:
    first = found[0][1]
    text = say.really(first.title, first.starts_at.astimezone(turn.zone), len(found))
    memo = {"activities": [str(its.id) for _, its in found]}
    return Reply(text, REALLY, {say.YES_GIVE_UP: "yes", say.KEEP_IT: "no"}, memo)


def _day(turn: Turn, its: Activity) -> date:
    return its.starts_at.astimezone(turn.zone).date()
