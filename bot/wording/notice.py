"""The sentence for each kind of notice, made when it is sent."""

from collections.abc import Callable, Mapping

from bot.wording import (
    activity,
    aid,
    booking,
    contest,
    course,
    group,
    hand_over,
    kf,
    lecture,
    lesson_push,
    locker,
    member,
    picture,
    staff,
    study,
    suggestion,
    ticket,
    volunteer,
)

LATE_REPLY = "late_reply"

_WORDS: dict[str, Callable[[Mapping[str, object]], str]] = {
    LATE_REPLY: lambda facts: str(facts["text"]),
    **ticket.NOTICES,
    **booking.NOTICES,
    **activity.NOTICES,
    **aid.NOTICES,
    **course.NOTICES,
    **lesson_push.NOTICES,
    **locker.NOTICES,
    **member.NOTICES,
    **hand_over.NOTICES,
    **kf.NOTICES,
    **picture.NOTICES,
    **staff.NOTICES,
    **suggestion.NOTICES,
    **contest.NOTICES,
    **lecture.NOTICES,
    **volunteer.NOTICES,
    **group.NOTICES,
    **study.NOTICES,
}


def say(kind: str, facts: Mapping[str, object]) -> str:
    """The words for a notice. Raises KeyError for a kind nobody wrote words for."""
    return _WORDS[kind](facts)


def kinds() -> frozenset[str]:
    """Every kind that somebody wrote words for."""
    return frozenset(_WORDS)
