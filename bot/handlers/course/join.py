"""Enrolling: which course, which of its lessons, how many people, read back; all lessons at once where it is whole."""

from collections.abc import Sequence
from dataclasses import replace

from bot.form import Draft, Form, Got, Question, Slot, enrolment
from bot.handlers.course import named
from bot.messages import Reply
from bot.nlu import learning
from bot.router import Router, Turn
from bot.rules import activity, course, member
from bot.rules.activity import MembersOnly, NoPlaceLeft
from bot.rules.course import Lecture
from bot.store import activity as activities
from bot.store.activity import Standing
from bot.wording import explain
from bot.wording.activity import dialogue as say_enrolled
from bot.wording.course import dialogue as say

router = Router()
WHICH, DAY = "which", "day"
MOST = 8


@router.action("enrol_course")
def join(turn: Turn) -> Reply:
    """Begin with what was said; who has a place already reads of it."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    if not course.ahead(turn.office):
        return Reply(say.NOTHING_ON)
    lessons = named.heard(turn)
    return _has_it(turn, lessons) or _without(turn, lessons) or form.start(turn)


def start_with(turn: Turn, lessons: Sequence[Lecture]) -> Reply:
    """Enrol in a course that was picked from a list."""
    begun = Draft().put(WHICH, str(lessons[0].course.id))
    return _has_it(turn, lessons) or _barred(turn, lessons[0]) or form.go_on(turn, begun)


def _without(turn: Turn, lessons: Sequence[Lecture]) -> Reply | None:
    """What there is instead, where a course on something was wanted that is not taught."""
    if lessons or named.asked_for(turn).missed != named.SUBJECT:
        return None
    asked = form.start(turn)
    return replace(asked, text=f"{say.no_such(learning.subject(turn.message.text))}{asked.text}")


def _has_it(turn: Turn, lessons: Sequence[Lecture]) -> Reply | None:
    """What they have of the lessons that are meant, where they have all of them."""
    found = [activities.of(turn.session, one.activity.id, turn.resident_id) for one in lessons]
    if not found or any(mine is None or not mine.is_live for mine in found):
        return None
    first = lessons[0]
    mine = next(mine for mine in found if mine is not None)
    return enrolment.told_of(turn, mine, first.activity, say.have_it(first.course.title))


def _barred(turn: Turn, one: Lecture) -> Reply | None:
    why = _not_for_them(turn, one)
    return Reply(why) if why else None


def is_barred(turn: Turn, one: Lecture) -> bool:
    """Whether it is for members of the Party, and they are not known as one."""
    return one.activity.members_only and not member.is_member(turn.office, turn.resident_id)


def _not_for_them(turn: Turn, one: Lecture) -> str:
    return explain(MembersOnly(one.course.title)) if is_barred(turn, one) else ""


def _lessons(turn: Turn, draft: Draft) -> list[Lecture]:
    """What one can still enrol in of the chosen course."""
    chosen = named.identity(draft.get(WHICH))
    found = course.ahead_in(turn.office, chosen) if chosen else []
    return [one for one in found if one.activity.starts_at > turn.now]


def _chosen(turn: Turn, draft: Draft) -> Lecture | None:
    """The lesson that is meant; of a whole course the first."""
    found, day = _lessons(turn, draft), draft.get(DAY)
    if not day:
        return found[0] if found and (found[0].course.whole or len(found) == 1) else None
    return next((one for one in found if str(one.activity.id) == day), None)


def _whole(turn: Turn, draft: Draft) -> list[Lecture]:
    """The lessons of a course in which one enrols as a whole; none of any other."""
    found = _lessons(turn, draft)
    return found if found and found[0].course.whole else []


def _ask_which(turn: Turn, _draft: Draft) -> Question:
    """The courses, as far as they have not enrolled in all of them."""
    theirs = {its.id for _, its in activities.live_of(turn.session, turn.resident_id, turn.now)}
    found = {one.course.title: str(one.course.id) for one in course.ahead(turn.office) if one.activity.id not in theirs}
    return Question(say.WHICH, dict(list(found.items())[:MOST]))


def _read_which(turn: Turn, draft: Draft, _asked: bool) -> Got | None:
    """By name; else as the only one that was spoken of, where no other is chosen yet."""
    found = named.heard(turn)
    if not found and not draft.get(WHICH):
        asked_for = named.asked_for(turn)
        is_one = not asked_for.missed and len({one.course.id for one in asked_for.lessons}) == 1
        found = list(asked_for.lessons) if is_one and _says_which(turn) else []
    return Got(str(found[0].course.id)) if found else None


def _says_which(turn: Turn) -> bool:
    """Whether a kind, a subject or a day was said, so that the only course left is meant."""
    text = turn.message.text
    return bool(learning.formats(text) or learning.lecturers(text) or learning.subject(text)) or bool(
        enrolment.days(turn)
    )


def _check_which(turn: Turn, draft: Draft, _value: str) -> str:
    found = _lessons(turn, draft)
    if not found:
        return say.GONE
    return _not_for_them(turn, found[0]) or (say.have_it(found[0].course.title) if _has_it(turn, found) else "")


def _ask_day(turn: Turn, draft: Draft) -> Question:
    now = turn.now.astimezone(turn.zone)
    found = _lessons(turn, draft)[:MOST]
    return Question(say.WHICH_DAY, {say.which_day(one, now): str(one.activity.id) for one in found})


def _read_day(turn: Turn, draft: Draft, _asked: bool) -> Got | None:
    """The only lesson of the days that were said."""
    course_id = draft.get(WHICH) or next((str(one.course.id) for one in named.heard(turn)), "")
    found = _lessons(turn, draft.put(WHICH, course_id))
    one = enrolment.only_on(turn, found, lambda its: its.activity)
    return Got(str(one.activity.id)) if one is not None else None


def _day_wanted(turn: Turn, draft: Draft) -> bool:
    found = _lessons(turn, draft)
    return len(found) > 1 and not found[0].course.whole


def _places(turn: Turn, draft: Draft) -> int:
    one = _chosen(turn, draft)
    return one.activity.places if one else 0


def _waits(turn: Turn, draft: Draft) -> bool:
    persons, whole = enrolment.persons(draft), _whole(turn, draft)
    if whole:
        return bool(course.full_ones(turn.office, whole[0].course.id, persons))
    one = _chosen(turn, draft)
    return one is not None and one.left is not None and one.left < persons


def _title(turn: Turn, draft: Draft) -> str:
    found = _lessons(turn, draft)
    return say.form_title(found[0].course.title if found else "")


def _confirm(turn: Turn, draft: Draft) -> str:
    persons, now, whole = enrolment.persons(draft), turn.now.astimezone(turn.zone), _whole(turn, draft)
    if len(whole) > 1:
        full = course.full_ones(turn.office, whole[0].course.id, persons)
        return (
            say.read_back_whole_waiting(whole, full, persons, now) if full else say.read_back_whole(whole, persons, now)
        )
    one = _chosen(turn, draft)
    if one is None:
        return say.GONE
    return (say.read_back_waiting if _waits(turn, draft) else say.read_back)(one, persons, now)


def _done(turn: Turn, draft: Draft) -> Reply:
    """Places, or the waiting list where that was read back; who reads of a place never lands in the list."""
    one, waits = _chosen(turn, draft), _waits(turn, draft) and draft.get(enrolment.WAITS) != ""
    if one is None:
        return Reply(say.GONE)
    try:
        return _whole_done(turn, one, draft, waits) if one.course.whole else _one_done(turn, one, draft, waits)
    except NoPlaceLeft as refusal:
        return form.go_on(turn, draft, explain(refusal))


def _one_done(turn: Turn, one: Lecture, draft: Draft, waits: bool) -> Reply:
    who, persons = (turn.resident_id, turn.message.channel), enrolment.persons(draft)
    if waits:
        queued, before = activity.queue(
            turn.office, one.activity.id, resident_id=who[0], channel=who[1], persons=persons
        )
        if queued.held_until is not None:
            return enrolment.told_of(turn, queued, one.activity)
        return Reply(say_enrolled.queued(one.activity, before))
    mine = activity.enrol(turn.office, one.activity.id, resident_id=who[0], channel=who[1], persons=persons)
    return Reply(say_enrolled.enrolled(one.activity, mine, one.where, turn.now.astimezone(turn.zone)))


def _whole_done(turn: Turn, one: Lecture, draft: Draft, waits: bool) -> Reply:
    step = course.queue_whole if waits else course.enrol_whole
    mine = step(
        turn.office,
        one.course.id,
        resident_id=turn.resident_id,
        channel=turn.message.channel,
        persons=enrolment.persons(draft),
    )
    got = [its for its in mine if its.state == Standing.ENROLLED]
    if len(got) < len(mine):
        return Reply(say.queued_whole(one.course, len(got), len(mine) - len(got)))
    return Reply(say.enrolled_whole(one.course, mine, one.activity.starts_at.astimezone(turn.zone)))


form = Form(
    "lesson",
    (
        Slot(WHICH, _ask_which, _read_which, say.WHICH_WORDS, check=_check_which),
        Slot(DAY, _ask_day, _read_day, say.DAY_WORDS, wanted=_day_wanted),
        enrolment.persons_slot(_places),
        enrolment.waits_slot(_waits, _confirm),
    ),
    title=_title,
    confirm=_confirm,
    done=_done,
    mine=frozenset({"action:enrol_course"}),
    leaves=enrolment.leaves,
    agrees=enrolment.agrees,
)
form.enter(router)
