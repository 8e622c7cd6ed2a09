"""Offering to teach in the chat: a form, what became of it, and the answer to what the staff ask."""

from collections.abc import Callable

from bot.form import Draft, Form, Got, Question, Slot, phone
from bot.form.draft import KEY
from bot.form.words import own_words
from bot.messages import Reply
from bot.nlu import assent
from bot.nlu import lectures as words
from bot.nlu.wanted import days_in
from bot.router import Router, Turn
from bot.rules import lecture
from bot.store.course import LecturerKind
from bot.store.lecture import OPEN
from bot.wording import lecture as say

router = Router()
MINE_QUESTION, MORE = "lecture.mine", "lecture.more"
TOPIC, KIND, AUDIENCE, WHEN, LENGTH, NEEDS, PHONE = "topic", "kind", "audience", "when", "length", "needs", "phone"
MINE = frozenset({"action:offer_lecture", "action:list_courses", "action:enrol_course", "action:volunteer"})
MOST = 80


@router.action("offer_lecture")
def offer(turn: Turn) -> Reply:
    """Begin with what was said: the topic, and what kind of lecturer speaks."""
    return Reply(say.IN_GROUP) if turn.overheard else form.start(turn)


@router.before_all("offers of mine")
def show(turn: Turn) -> Reply | None:
    """How they stand, for whoever made any; a class one goes to may be meant by anybody else."""
    if not words.asks_for_offer(turn.message.text) or turn.overheard:
        return None
    found = lecture.mine(turn.office, turn.resident_id)
    if not found:
        return None
    waits = lecture.asked_of(turn.office, turn.resident_id) is not None
    choices = {say.ANSWER: "answer"} if waits else {}
    if any(row.state in OPEN for row in found):
        choices |= {say.TAKE_BACK: "back"}
    text = say.mine([(row, lecture.told_in(turn.office, row)) for row in found])
    return Reply(text, MINE_QUESTION if choices else None, choices)


@router.answer_to(MINE_QUESTION, offer=True)
def chosen(turn: Turn) -> Reply | None:
    if turn.picked == "answer":
        return Reply(say.SAY_IT, MORE)
    if turn.picked == "back":
        lecture.withdraw(turn.office, turn.resident_id)
        return Reply(say.TAKEN_BACK)
    return None


@router.answer_to(MORE)
def more(turn: Turn) -> Reply | None:
    """Whatever they say goes to the staff."""
    text = turn.message.text.strip()
    if not text or assent.leaves(text):
        return None
    lecture.answer(turn.office, turn.resident_id, text[:MOST])
    return Reply(say.ANSWERED)


@router.before_all("offer answered")
def answered(turn: Turn) -> Reply | None:
    """The word that the staff's question asks for, at any time while it waits."""
    said = words.answer(turn.message.text)
    if not said or turn.overheard or KEY in turn.memo or lecture.asked_of(turn.office, turn.resident_id) is None:
        return None
    lecture.answer(turn.office, turn.resident_id, said[:MOST])
    return Reply(say.ANSWERED)


def _ask(text: str, choices: tuple[str, ...] = ()) -> Callable[[Turn, Draft], Question]:
    return lambda _turn, _draft: Question(text, {one: one for one in choices})


def _ask_kind(_turn: Turn, _draft: Draft) -> Question:
    return Question(say.KIND, {**say.KINDS, say.UNKNOWN: say.UNKNOWN_VALUE})


def _read_words(turn: Turn, _draft: Draft, asked: bool) -> Got | None:
    text = own_words(turn, asked=asked, mine=MINE, most=MOST)
    return Got(text) if text else None


def _read_topic(turn: Turn, draft: Draft, asked: bool) -> Got | None:
    """What was offered in the very first words is the topic, read back like everything else."""
    text = turn.message.text.strip()
    if not asked and not draft.asked and words.names_topic(text):
        return Got(text[:MOST])
    return _read_words(turn, draft, asked)


def _read_kind(turn: Turn, draft: Draft, asked: bool) -> Got | None:
    kind = words.kind_of(turn.message.text) if asked or not draft.asked else ""
    return Got(kind) if kind else None


def _read_when(turn: Turn, _draft: Draft, asked: bool) -> Got | None:
    """Their own words, and the days that could be made out in them."""
    text = own_words(turn, asked=asked, mine=MINE, most=MOST)
    days = days_in(text, turn.now.astimezone(turn.zone)) if text else []
    return Got(text, notes={"days": ",".join(day.isoformat() for day in days)}) if text else None


def _told(draft: Draft) -> dict[str, str]:
    told = {name: draft.get(name) for name in (TOPIC, AUDIENCE, WHEN, LENGTH, NEEDS, PHONE)}
    return {**told, "days": draft.note("days")}


def _title(_turn: Turn, _draft: Draft) -> str:
    return say.TITLE


def _confirm(_turn: Turn, draft: Draft) -> str:
    return say.read_back(_told(draft), draft.get(KIND))


def _done(turn: Turn, draft: Draft) -> Reply:
    kind = LecturerKind(draft.get(KIND)) if draft.get(KIND) in set(LecturerKind) else None
    who, channel = turn.resident_id, turn.message.channel
    row = lecture.offer(turn.office, _told(draft), kind=kind, resident_id=who, channel=channel)
    return Reply(say.offered(row.number))


form = Form(
    "lecture",
    (
        Slot(TOPIC, _ask(say.TOPIC), _read_topic, say.TOPIC_WORDS),
        Slot(KIND, _ask_kind, _read_kind, say.KIND_WORDS),
        Slot(AUDIENCE, _ask(say.AUDIENCE, say.AUDIENCES), _read_words, say.AUDIENCE_WORDS),
        Slot(WHEN, _ask(say.WHEN), _read_when, say.WHEN_WORDS),
        Slot(LENGTH, _ask(say.LENGTH, say.LENGTHS), _read_words, say.LENGTH_WORDS),
        Slot(NEEDS, _ask(say.NEEDS, say.NEEDS_CHOICES), _read_words, say.NEEDS_WORDS),
        Slot(PHONE, _ask(say.PHONE), phone.read(say.PHONE_WRONG), say.PHONE_WORDS, recall=phone.recall),
    ),
    title=_title,
    confirm=_confirm,
    done=_done,
    mine=MINE,
)
form.enter(router)
