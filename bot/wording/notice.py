"""The sentence for each kind of notice, made when it is sent."""

from collections.abc import Callable, Mapping

from bot.wording import activity, aid, booking, hand_over, locker, picture, staff, ticket

LATE_REPLY = "late_reply"

_WORDS: dict[str, Callable[[Mapping[str, object]], str]] = {
    LATE_REPLY: lambda facts: str(facts["text"]),
    **ticket.NOTICES,
    **booking.NOTICES,
    **activity.NOTICES,
    **aid.NOTICES,
    **locker.NOTICES,
    **hand_over.NOTICES,
    **picture.NOTICES,
    **staff.NOTICES,
}


def say(kind: str, facts: Mapping[str, object]) -> str:
    """The words for a notice. Raises KeyError for a kind nobody wrote words for."""
    return _WORDS[kind](facts)


def kinds() -> frozenset[str]:
    """Every kind that somebody wrote words for."""
    return frozenset(_WORDS)
