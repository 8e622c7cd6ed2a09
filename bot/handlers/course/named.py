"""Which course or lesson is meant: by its name, its subject, its kind, its lecturer, its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.form import enrolment
from bot.nlu import enrolment as words
from bot.nlu import learning
from bot.nlu.wanted import days_in, wanted
from bot.router import Turn
from bot.rules import course
from bot.rules.course import Lecture


@dataclass(frozen=True, slots=True)
class Found:
    """The lessons that were asked for. `missed`: what was said and is not there, so that they are others."""

    lessons: Sequence[Lecture]
    missed: str = ""


WHOLE_DAY = 24 * 60  # minutes
DAY, KIND, SUBJECT = "day", "kind", "subject"


def heard(turn: Turn) -> list[Lecture]:
    """The lessons to come of the one course that was named; of the days that were said, where it has any then."""
    course_id = identity(str(turn.heard.slots.get(course.KIND) or ""))
    found = course.ahead_in(turn.office, course_id) if course_id else _by_subject(turn)
    return on_days(turn, found) or found


def asked_for(turn: Turn) -> Found:
    """What a question is about: its kind of lesson and lecturer, its subject, its days, whether places are left."""
    everything, text = course.ahead(turn.office), turn.message.text
    kinds, by = learning.formats(text), learning.lecturers(text)
    found = [one for one in everything if not kinds or one.course.format in kinds]
    found = [one for one in found if not by or one.course.lecturer_kind in by]
    about = [one for one in found if learning.is_about(text, one.course.title) or _in_series(text, one)]
    if not found:
        return Found(everything, KIND)
    if not about and not kinds and learning.subject(text):
        return Found(everything, SUBJECT)
    found = about or found
    there = on_days(turn, found)
    if enrolment.days(turn) and not there:
        return Found(found, DAY)
    return Found(there or found)


def with_places(text: str, found: Sequence[Lecture]) -> Sequence[Lecture]:
    """Only those with places left, where that is what is asked and there are any."""
    if not words.asks_for_places(text):
        return found
    return [one for one in found if one.left is None or one.left]


def on_days(turn: Turn, found: Sequence[Lecture]) -> list[Lecture]:
    """Those of the days that were said, and of the part of the day; 晚上 alone is any evening."""
    now = turn.now.astimezone(turn.zone)
    said = wanted(turn.message.text, now)
    if said is None or said.past:
        return []
    is_part = said.since > 0 or said.until < WHOLE_DAY
    any_day = is_part and said.days == (turn.today,) and not days_in(turn.message.text, now)
    starts = [(one, one.activity.starts_at.astimezone(turn.zone)) for one in found]
    return [
        one
        for one, start in starts
        if (any_day or start.date() in said.days) and said.since <= start.hour * 60 + start.minute < said.until
    ]


def identity(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _by_subject(turn: Turn) -> list[Lecture]:
    """The lessons of the only course that the words are about."""
    text = turn.message.text
    found = [one for one in course.ahead(turn.office) if learning.is_about(text, one.course.title)]
    return found if len({one.course.id for one in found}) == 1 else []


def _in_series(text: str, one: Lecture) -> bool:
    return bool(one.course.series) and one.course.series in text
