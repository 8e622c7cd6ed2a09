"""The staff say a word to an offer: ask back, make a course of it, or refuse kindly; and who has taught so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules import course
from bot.rules.course import Plan, Times
from bot.rules.lecture.offering import ANSWER, ASKED, becomes, told_in
from bot.rules.lecture.refusals import OfferDecided, WordsNeeded
from bot.rules.lecture.telling import tell, tell_when
from bot.rules.office import Office
from bot.store import lecture as offers
from bot.store.course import Course
from bot.store.lecture import OPEN, LectureOffer, OfferState
from bot.store.scope import Scope


@dataclass(frozen=True, slots=True)
class Lecturer:
    """Who gave lessons in a time: of which kind, how many, and how many people came."""

    name: str
    kind: str
    lessons: int
    came: int


def ask_back(office: Office, row: LectureOffer, question: str) -> None:
    """The staff want to know something; the resident reads it and answers in the chat. Raises as `refuse`."""
    row = _open(office, row, question)
    told = told_in(office, row)
    row.told = office.seal.close_json({**told, ASKED: question.strip(), ANSWER: told.get(ANSWER, "")})
    becomes(office, row, OfferState.ASKED)
    tell(office, row, "lecture_asked", {"question": question.strip()})


def accept(office: Office, row: LectureOffer, plan: Plan, times: Times) -> Course:
    """It becomes a course that residents see at once; the lecturer hears when. Raises OfferDecided and as `course`."""
    row = _open(office, row, "-")
    its = course.draw_up(office, plan, times, area_id=row.area_id, offered_by=row.resident_id)
    course.publish(office, its.id)
    row.course_id = its.id
    becomes(office, row, OfferState.ACCEPTED)
    tell_when(office, row, its)
    return its


def refuse(office: Office, row: LectureOffer, reason: str) -> None:
    """Not this time, and why. Raises OfferDecided, WordsNeeded."""
    row = _open(office, row, reason)
    row.reason = office.seal.close(reason.strip())
    becomes(office, row, OfferState.REFUSED)
    tell(office, row, "lecture_refused", {"reason": reason.strip()})


def lecturers(office: Office, scope: Scope, since: datetime, until: datetime) -> Sequence[Lecturer]:
    """Who gave lessons in a time in a part of the city, most lessons first: the figures count them, too."""
    return [Lecturer(*one) for one in offers.lecturers(office.session, scope, since, until)]


def _open(office: Office, row: LectureOffer, words: str) -> LectureOffer:
    """The offer, locked, while nobody has said the last word. Raises OfferDecided, WordsNeeded."""
    if not words.strip():
        raise WordsNeeded
    row = offers.locked(office.session, row.id)
    if row.state not in OPEN:
        raise OfferDecided
    return row
