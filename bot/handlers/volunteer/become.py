"""Becoming a volunteer: what one is called, can do, when, and a telephone, read back with what it is kept for."""

from collections.abc import Callable

from bot.form import Draft, Form, Got, Question, Slot, phone
from bot.form.words import own_words
from bot.handlers.volunteer import meant, shifts
from bot.messages import Reply
from bot.router import Router, Turn
from bot.rules import volunteer
from bot.store.volunteer import VolunteerState
from bot.wording.volunteer import dialogue as say

router = Router()
NAME, SKILLS, TIMES, PHONE = "name", "skills", "times", "phone"
MOST_NAME, MOST = 20, 80
MINE = frozenset({"action:volunteer", "action:mutual_aid", "action:offer_lecture", "action:list_courses"})


@router.action("volunteer")
def volunteers(turn: Turn) -> Reply:
    """The rota for whoever is one; where they stand for whoever asked to be; the form for anybody else."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    mine = meant.whoever(turn)
    if mine is not None and mine.state == VolunteerState.APPROVED:
        return shifts.answer(turn)
    if mine is not None and mine.state in (VolunteerState.PENDING, VolunteerState.PAUSED):
        return Reply(say.PENDING if mine.state == VolunteerState.PENDING else say.PAUSED)
    return form.start(turn)


def _ask_name(_turn: Turn, _draft: Draft) -> Question:
    return Question(say.NAME)


def _ask_skills(_turn: Turn, _draft: Draft) -> Question:
    return Question(say.SKILLS)


def _ask_times(_turn: Turn, _draft: Draft) -> Question:
    return Question(say.TIMES, {when: when for when in say.ANY_TIMES})


def _ask_phone(_turn: Turn, _draft: Draft) -> Question:
    return Question(say.PHONE)


def _words(most: int, taken_for: frozenset[str] = MINE) -> Callable[[Turn, Draft, bool], Got | None]:
    """Whatever is said to that very question in their own words; a question of theirs is none."""

    def read(turn: Turn, _draft: Draft, asked: bool) -> Got | None:
        text = own_words(turn, asked=asked, mine=taken_for, most=most)
        return Got(text) if text else None

    return read


def _title(_turn: Turn, _draft: Draft) -> str:
    return say.TITLE


def _confirm(_turn: Turn, draft: Draft) -> str:
    return say.read_back(*(draft.get(name) for name in (NAME, SKILLS, TIMES, PHONE)))


def _done(turn: Turn, draft: Draft) -> Reply:
    told = {name: draft.get(name) for name in (NAME, SKILLS, TIMES, PHONE)}
    mine = volunteer.apply(turn.office, told, resident_id=turn.resident_id, channel=turn.message.channel)
    return Reply(say.WELCOME if mine.state == VolunteerState.APPROVED else say.APPLIED)


form = Form(
    "volunteer",
    (
        Slot(NAME, _ask_name, _words(MOST_NAME, frozenset()), say.NAME_WORDS),
        Slot(SKILLS, _ask_skills, _words(MOST), say.SKILLS_WORDS),
        Slot(TIMES, _ask_times, _words(MOST), say.TIMES_WORDS),
        Slot(PHONE, _ask_phone, phone.read(say.PHONE_WRONG), say.PHONE_WORDS, recall=phone.recall),
    ),
    title=_title,
    confirm=_confirm,
    done=_done,
    mine=MINE,
)
form.enter(router)
