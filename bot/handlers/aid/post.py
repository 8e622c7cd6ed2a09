"""A post of one's own: what, when, where roughly, and a telephone that stays with us."""

from bot.form import Draft, Form, Got, Question, Slot
from bot.handlers.aid import phone
from bot.messages import Reply
from bot.nlu import aid as words
from bot.nlu import assent
from bot.router import Router, Turn
from bot.rules import aid
from bot.store.aid import AidKind
from bot.wording import aid as say

router = Router()
KIND, WHAT, WHEN, WHERE = "kind", "what", "when", "where"
MOST_WHAT, MOST_REST = 120, 40


def start(turn: Turn) -> Reply:
    """Begin with what was said."""
    return form.start(turn)


def of_kind(turn: Turn, kind: str) -> Reply:
    """Begin with the kind that was tapped."""
    return form.go_on(turn, Draft().put(KIND, kind))


def _ask_kind(_turn: Turn, _draft: Draft) -> Question:
    return Question(say.WHICH_KIND, {say.NEED: AidKind.NEED.value, say.OFFER: AidKind.OFFER.value})


def _read_kind(turn: Turn, draft: Draft, asked: bool) -> Got | None:
    """Who tells what it is about tells whether they need or offer."""
    text = turn.message.text
    if draft.get(KIND) or not (asked or words.tells(text)):
        return None
    return Got((AidKind.OFFER if words.offers(text) else AidKind.NEED).value)


def _ask_what(_turn: Turn, draft: Draft) -> Question:
    return Question(say.WHAT_OFFER if draft.get(KIND) == AidKind.OFFER else say.WHAT_NEED)


def _read_what(turn: Turn, draft: Draft, asked: bool) -> Got | None:
    text = turn.message.text.strip()
    begins = not draft.asked and words.tells(text)
    if not (asked and len(text) > 1) and not begins:
        return None
    return Got(text[:MOST_WHAT], notes={"timed": "1"} if turn.heard.slots.get("start") else {})


def _ask_when(_turn: Turn, _draft: Draft) -> Question:
    return Question(say.WHEN, {when: when for when in say.WHENS})


def _ask_where(_turn: Turn, _draft: Draft) -> Question:
    return Question(say.WHERE)


def _read_asked(turn: Turn, _draft: Draft, asked: bool) -> Got | None:
    """Whatever is said to that very question, but for a bare number, which is the telephone."""
    text = turn.message.text.strip()
    is_words = sum(not char.isdigit() for char in text) > 1
    return Got(text[:MOST_REST]) if asked and is_words and not assent.asks(text) else None


def _untimed(_turn: Turn, draft: Draft) -> bool:
    return not draft.note("timed")


def _title(_turn: Turn, _draft: Draft) -> str:
    return say.TITLE


def _confirm(_turn: Turn, draft: Draft) -> str:
    return say.read_back(*(draft.get(name) for name in (KIND, WHAT, WHEN, WHERE, phone.NAME)))


def _done(turn: Turn, draft: Draft) -> Reply:
    told = {name: draft.get(name) for name in (WHAT, WHEN, WHERE, phone.NAME)}
    kind, who = AidKind(draft.get(KIND)), turn.resident_id
    aid.post(turn.office, kind, told, resident_id=who, channel=turn.message.channel)
    return Reply(say.posted())


form = Form(
    "aid",
    (
        Slot(KIND, _ask_kind, _read_kind),
        Slot(WHAT, _ask_what, _read_what, say.WHAT_WORDS),
        Slot(WHEN, _ask_when, _read_asked, say.WHEN_WORDS, wanted=_untimed),
        Slot(WHERE, _ask_where, _read_asked, say.WHERE_WORDS),
        phone.slot(),
    ),
    title=_title,
    confirm=_confirm,
    done=_done,
    mine=frozenset({"action:mutual_aid"}),
)
form.enter(router)
