"""What every form has in common by which one enrols: the day that was said, how many come, waiting, one's own place."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from bot.form.draft import Draft
from bot.form.slot import Got, Question, Slot
from bot.messages import Reply
from bot.nlu import assent, enrolment
from bot.nlu.wanted import wanted
from bot.router import Turn
from bot.rules import activity
from bot.store.activity import Activity, ActivityEnrolment
from bot.wording.activity import dialogue as say

PERSONS, WAITS = "persons", "waits"
MINE = "activity.mine"  # the question below one's own enrolments; `drop:ID` gives one up
T = TypeVar("T")


def days(turn: Turn) -> tuple[date, ...]:
    """The days that were said."""
    said = wanted(turn.message.text, turn.now.astimezone(turn.zone))
    return said.days if said is not None and not said.past else ()


def only_on(turn: Turn, found: Iterable[T], activity_of: Callable[[T], Activity]) -> T | None:
    """The only one of the days that were said."""
    said = days(turn)
    there = [one for one in found if activity_of(one).starts_at.astimezone(turn.zone).date() in said]
    return there[0] if len(there) == 1 else None


def told_of(turn: Turn, mine: ActivityEnrolment, its: Activity, head: str = "") -> Reply:
    """One enrolment, with the way out of it."""
    text = "\n".join(filter(None, (head, line(turn, mine, its))))
    return Reply(text, MINE, {say.GIVE_UP: f"drop:{its.id}"})


def line(turn: Turn, mine: ActivityEnrolment, its: Activity) -> str:
    """One enrolment in a line."""
    where, now = activity.where(turn.office, its), turn.now.astimezone(turn.zone)
    return say.mine_line(its, mine, where, now, activity.position(turn.office, mine))


def persons(draft: Draft) -> int:
    return int(draft.get(PERSONS) or 1)


def persons_slot(places: Callable[[Turn, Draft], int]) -> Slot:
    """How many come: one, unless it is asked for. `places`: how many there are at all, 0 for no limit."""

    def most(turn: Turn, draft: Draft) -> int:
        return min(activity.MOST_PERSONS, places(turn, draft) or activity.MOST_PERSONS)

    def ask(turn: Turn, draft: Draft) -> Question:
        return Question(say.HOW_MANY, {f"{count}": f"{count}" for count in range(1, min(4, most(turn, draft)) + 1)})

    def check(turn: Turn, draft: Draft, value: str) -> str:
        return "" if 1 <= int(value) <= most(turn, draft) else say.too_many(most(turn, draft))

    return Slot(PERSONS, ask, _read_persons, say.PERSONS_WORDS, recall=_one, check=check)


def waits_slot(waits: Callable[[Turn, Draft], bool], confirm: Callable[[Turn, Draft], str]) -> Slot:
    """Whether it was the waiting list that was read back."""
    return Slot(WAITS, lambda turn, draft: Question(confirm(turn, draft)), _not_said, wanted=waits, recall=_noted)


def agrees(turn: Turn, draft: Draft) -> bool:
    """Whether what was read back is right; of the waiting list one may say so in its own words."""
    text = turn.message.text
    return assent.agrees(text) or (WAITS in draft.values and enrolment.waits(text))


def leaves(turn: Turn) -> bool:
    """Whether somebody wants out of the form."""
    text = turn.message.text
    return assent.leaves(text) or enrolment.gives_up(text) or turn.heard.target == "action:cancel"


def _read_persons(turn: Turn, _draft: Draft, asked: bool) -> Got | None:
    count = enrolment.persons(turn.message.text, asked=asked)
    return Got(str(count)) if count else None


def _one(_turn: Turn, draft: Draft) -> str:
    """One, unless it was asked for: it is read back and can be changed."""
    return "" if PERSONS in draft.asked else "1"


def _not_said(_turn: Turn, _draft: Draft, _asked: bool) -> Got | None:
    return None


def _noted(_turn: Turn, _draft: Draft) -> str:
    return "1"
