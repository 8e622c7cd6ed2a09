"""Watching a lesson: which one, where it stands, the link, and the wish to be told when there is something."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from bot.messages import Reply
from bot.nlu import enrolment, learning
from bot.nlu import study as heard
from bot.nlu.wanted import wanted
from bot.router import Router, Turn
from bot.rules import study
from bot.rules.study import Picture, Showing
from bot.wording import link
from bot.wording.study import dialogue as say

router = Router()
QUESTION = "study.watch"
WORDS = "study.words"  # what they took from a recording: it may well speak of one
MOST = 5
OVER = (Showing.REPLAY, Showing.EXPIRED, Showing.WAITING)


@router.before_all("recording of a lesson")
def asked_for(turn: Turn) -> Reply | None:
    """A recording is asked for by the lesson's name, or as that of the last one they were at."""
    text = turn.message.text
    if not heard.asks_for_one(text) or turn.overheard or turn.asked == WORDS or heard.has_finished(text):
        return None
    found = study.watchable(turn.office, turn.resident_id)
    if _named(turn, found):
        return watch(turn)
    if not heard.means_last(text):
        return None
    last = study.last_been(turn.office, turn.resident_id)
    if last is not None:
        return _told(turn, last)
    if not learning.speaks_of_lessons(text):
        return None
    return watch(turn) if any(one.showing in OVER for one in found) else Reply(say.NOTHING_TO_WATCH)


@router.action("watch_course")
def watch(turn: Turn) -> Reply:
    """The one that was meant; of several, which."""
    if turn.overheard:
        return Reply(say.IN_GROUP)
    found = _meant(turn, study.watchable(turn.office, turn.resident_id))
    course = str(turn.heard.slots.get("course") or "")
    if course and not any(_is_named(turn, one) for one in found):
        one = study.of_course(turn.office, UUID(course))
        return _told(turn, one) if one is not None else Reply(say.GONE)
    if not found:
        return Reply(say.NOTHING_TO_WATCH)
    if len(found) == 1:
        return _told(turn, found[0])
    now = turn.now.astimezone(turn.zone)
    choices = {say.label(one, now): f"one:{one.activity.id}" for one in found[:MOST]}
    return Reply(say.WHICH, QUESTION, choices)


@router.answer_to(QUESTION, offer=True)
def chosen(turn: Turn) -> Reply | None:
    """One of them, or to be told; anything else is read afresh."""
    kind, _, value = (turn.picked or "").partition(":")
    if kind not in ("one", "tell") or turn.overheard:
        return None
    one = study.picture(turn.office, UUID(value))
    if one is None:
        return Reply(say.GONE)
    if kind == "one":
        return _told(turn, one)
    study.want(turn.office, one, turn.resident_id, channel=turn.message.channel)
    return Reply(say.WILL_TELL if one.showing is Showing.WAITING else say.WILL_REMIND)


def _told(turn: Turn, one: Picture) -> Reply:
    """Where it stands, with the link or the offer to be told."""
    study.may(turn.office, one.activity, turn.resident_id)
    text = say.state(one, turn.now.astimezone(turn.zone))
    if one.is_open:
        words = say.OPEN_REPLAY if one.showing is Showing.REPLAY else say.OPEN_LIVE
        page = turn.page(f"/h5/watch/{one.activity.id}")
        return Reply(link.below(text, words, page) if page else f"{text}\n{say.NO_PAGES}")
    offers = {Showing.BEFORE: say.REMIND, Showing.WAITING: say.TELL}
    if one.showing not in offers:
        return Reply(text)
    return Reply(text, QUESTION, {offers[one.showing]: f"tell:{one.activity.id}"})


def _meant(turn: Turn, found: Sequence[Picture]) -> Sequence[Picture]:
    """By name and day; else live or recorded as it was said; what is on now before all."""
    text = turn.message.text
    named = _named(turn, found)
    said = wanted(text, turn.now.astimezone(turn.zone))
    days = said.days if said is not None else ()
    found = _narrowed(named or found, [one for one in named or found if _day(turn, one) in days])
    if heard.wants_replay(text):
        found = _narrowed(found, [one for one in found if one.showing in OVER])
    elif heard.wants_live(text):
        found = _narrowed(found, [one for one in found if one.showing in (Showing.LIVE, Showing.BEFORE)])
    if heard.means_last(text):
        found = sorted(named, key=lambda one: one.activity.starts_at)[-1:] or found
    live = [one for one in found if one.showing is Showing.LIVE]
    return live[:1] if len(live) == 1 and not heard.wants_replay(text) else found


def _named(turn: Turn, found: Sequence[Picture]) -> list[Picture]:
    """Those whose name was said, else those whose subject was."""
    named = [one for one in found if _is_named(turn, one)]
    return named or [one for one in found if learning.is_about(turn.message.text, one.activity.title)]


def _narrowed(found: Sequence[Picture], some: Sequence[Picture]) -> Sequence[Picture]:
    """Those that fit, or all where none does."""
    return some or found


def _is_named(turn: Turn, one: Picture) -> bool:
    if turn.heard.slots.get("course") == str(one.lesson.course_id):
        return True
    text = turn.message.text
    return any(name in text or enrolment.names_part(text, name) for name in one.activity.names)


def _day(turn: Turn, one: Picture) -> date:
    return one.activity.starts_at.astimezone(turn.zone).date()
