"""Lesson pushes: written by one, agreed to by another, sent once to each, watched until they are over."""

from bot.rules.lesson_push.drafting import approve, change, draw_up, propose, send_back, stop, try_again
from bot.rules.lesson_push.hearing import Opened, answered, opened
from bot.rules.lesson_push.limits import (
    BadLink,
    NothingFailed,
    PlanOver,
    PushDecided,
    PushLessonGone,
    PushNotDraft,
    PushNotThere,
    PushOver,
    PushToNobody,
    PushTooLate,
    SameHand,
)
from bot.rules.lesson_push.massing import Mass, claim, reported, settle
from bot.rules.lesson_push.planning import run_due
from bot.rules.lesson_push.sending import go_on
from bot.rules.lesson_push.telling import facts_of
from bot.rules.lesson_push.values import KIND, Draft, PlanDraft, Segment, Who
from bot.rules.lesson_push.watching import Fate, Meant, Preview, Progress, fate_of, go_on_counting, preview, progress

__all__ = [
    "KIND",
    "BadLink",
    "Draft",
    "Fate",
    "Mass",
    "Meant",
    "NothingFailed",
    "Opened",
    "PlanDraft",
    "PlanOver",
    "Preview",
    "Progress",
    "PushDecided",
    "PushLessonGone",
    "PushNotDraft",
    "PushNotThere",
    "PushOver",
    "PushToNobody",
    "PushTooLate",
    "SameHand",
    "Segment",
    "Who",
    "answered",
    "approve",
    "change",
    "claim",
    "draw_up",
    "facts_of",
    "fate_of",
    "go_on",
    "go_on_counting",
    "opened",
    "preview",
    "progress",
    "propose",
    "reported",
    "run_due",
    "send_back",
    "settle",
    "stop",
    "try_again",
]
