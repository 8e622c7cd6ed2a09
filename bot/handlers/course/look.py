"""What is on: all of it, of a day, a kind, a lecturer, a subject; or one course by its name."""

from collections.abc import Sequence

from bot.handlers.course import join, named
from bot.messages import Reply
from bot.nlu import enrolment, learning, study
from bot.nlu.heard import Outcome
from bot.router import Router, Turn
from bot.rules import course
from bot.rules.course import Lecture
from bot.store import course as courses
from bot.wording import link
from bot.wording.course import dialogue as say

router = Router()
QUESTION = "lesson.look"
MOST = 6
ELSEWHERE = ("action:list_activities", "faq:lecturer-how-to")  # what such a question is easily taken for


@router.before_all("courses that the ranking was not sure of")
def unsure(turn: Turn) -> Reply | None:
    """The station's activities of red culture are lessons, what tutors teach is no question about tutors."""
    heard, text = turn.heard, turn.message.text
    is_open = heard.kind in (Outcome.CLARIFY, Outcome.FALLBACK)
    by_kind = (is_open or heard.target in ELSEWHERE) and learning.asks_by_kind(text)
    by_name = heard.slots.get(course.KIND) or (enrolment.asks_for_places(text) and named.heard(turn))
    is_here = by_kind or (is_open and (by_name or learning.asks_what_is_on(text)))
    if not is_here or study.asks_for_one(text):
        return None
    if not course.ahead(turn.office):
        return None
    return join.join(turn) if by_name and learning.wants_in(text) else look(turn)


@router.action("list_courses")
def look(turn: Turn) -> Reply:
    """The one that was named; else a list, in a group without anything to tap."""
    one = named.heard(turn)
    if one:
        return told(turn, one)
    found = named.asked_for(turn)
    if not found.lessons:
        return Reply(say.NOTHING_ON)
    text = turn.message.text
    heads = {
        named.DAY: say.OTHER_DAY,
        named.KIND: say.OTHERS,
        named.SUBJECT: say.nothing_on(learning.subject(text)),
    }
    head, free = heads.get(found.missed, ""), named.with_places(text, found.lessons)
    if not free:
        return _listed(turn, found.lessons, say.ALL_FULL)
    if not found.missed and len({its.course.id for its in free}) == 1:
        return told(turn, free)
    return _listed(turn, free, head)


@router.answer_to(QUESTION, offer=True)
def chosen(turn: Turn) -> Reply | None:
    """One of them, or to enrol in it; anything else is read afresh."""
    kind, _, value = (turn.picked or "").partition(":")
    wanted = named.identity(value)
    if kind not in ("course", "join") or wanted is None:
        return None
    found = course.ahead_in(turn.office, wanted)
    if not found:
        return Reply(say.GONE)
    return told(turn, found) if kind == "course" else join.start_with(turn, found)


def told(turn: Turn, lessons: Sequence[Lecture]) -> Reply:
    """A course, or the one lesson that is meant, with the way in."""
    now, its = turn.now.astimezone(turn.zone), lessons[0].course
    if turn.overheard:
        return Reply(f"{say.brief(lessons, now)}\n{say.IN_GROUP}")
    story = say.lesson_story(lessons[0], now) if len(lessons) == 1 else say.course_story(lessons, now)
    papers = "" if join.is_barred(turn, lessons[0]) else say.material_lines(courses.materials_of(turn.session, its.id))
    has_places = any(one.left is None or one.left for one in lessons)
    choices = {say.JOIN if has_places else say.QUEUE: f"join:{its.id}"}
    return Reply("\n".join(filter(None, (story, papers))), QUESTION, choices)


def _listed(turn: Turn, found: Sequence[Lecture], head: str) -> Reply:
    """The soonest lesson of each course."""
    now = turn.now.astimezone(turn.zone)
    first = list({one.course.id: one for one in reversed(found)}.values())[::-1]
    first = sorted(first, key=lambda one: one.activity.starts_at)[:MOST]
    text = say.listed([say.line(one, now) for one in first], head=head)
    if turn.overheard:
        return Reply(text)
    text = link.below(text, say.PAGE, turn.page("/h5/courses"))
    return Reply(text, QUESTION, {one.course.title: f"course:{one.course.id}" for one in first})
