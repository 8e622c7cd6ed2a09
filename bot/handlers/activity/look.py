"""What is on: all of it, of a day, what has places left, or one by its name."""

from collections.abc import Sequence

from bot.form import enrolment as form
from bot.handlers.activity import join, named
from bot.messages import Reply
from bot.nlu import enrolment
from bot.router import Router, Turn
from bot.rules import activity
from bot.rules.activity import Shown
from bot.wording import link
from bot.wording.activity import dialogue as say

router = Router()
QUESTION = "activity.look"
MOST = 5


@router.action("list_activities")
def look(turn: Turn) -> Reply:
    """The one that was named; else a list, in a group without anything to tap."""
    one = named.heard(turn)
    if one is not None:
        return _told(turn, one)
    found = activity.ahead(turn.office)
    if not found:
        return Reply(say.NOTHING_ON)
    days = form.days(turn)
    there = [one for one in found if one.activity.starts_at.astimezone(turn.zone).date() in days]
    head = say.SOME_OTHER_DAY if days and not there else ""
    there = there or found
    if enrolment.asks_for_places(turn.message.text):
        free = [one for one in there if one.left is None or one.left]
        head, there = head if free else say.ALL_FULL, free or there
    return _listed(turn, there[:MOST], head)


@router.answer_to(QUESTION, offer=True)
def chosen(turn: Turn) -> Reply | None:
    """One of them, or to enrol in it; anything else is read afresh."""
    kind, _, value = (turn.picked or "").partition(":")
    one = named.picked(turn, value)
    if kind not in ("one", "join"):
        return None
    if one is None:
        return Reply(say.GONE)
    return _told(turn, one) if kind == "one" else join.start_with(turn, one)


def _told(turn: Turn, one: Shown) -> Reply:
    text = say.full_story(one, turn.now.astimezone(turn.zone))
    if turn.overheard:
        return Reply(f"{text}\n{say.IN_GROUP}")
    label = say.JOIN if one.left is None or one.left else say.QUEUE
    return Reply(text, QUESTION, {label: f"join:{one.activity.id}"})


def _listed(turn: Turn, found: Sequence[Shown], head: str) -> Reply:
    now = turn.now.astimezone(turn.zone)
    text = say.listed([say.line(one, now) for one in found], head=head)
    if turn.overheard:
        return Reply(text)
    text = link.below(text, say.PAGE, turn.page("/h5/activities"))
    return Reply(text, QUESTION, {one.activity.title: f"one:{one.activity.id}" for one in found})
