"""What is refused about lesson pushes."""

from bot.errors import Refusal


class PushNotThere(Refusal):
    """There is no such push, or it is not theirs."""


class PushNotDraft(Refusal):
    """It is agreed to, or gone: it is not changed any more."""


class PushToNobody(Refusal):
    """Neither people nor groups are chosen."""


class PushTooLate(Refusal):
    """The hour is over, or the lesson is."""


class PushLessonGone(Refusal):
    """The lesson is not held, or not published."""


class SameHand(Refusal):
    """Whoever wrote it does not agree to it themselves."""


class PushDecided(Refusal):
    """Somebody was quicker, or it was changed since it was read."""


class PushOver(Refusal):
    """It is over, or stopped."""


class NothingFailed(Refusal):
    """There is nothing that could be tried again."""


class BadLink(Refusal):
    """Not the address of a page."""


class PlanOver(Refusal):
    """The plan has come to its end, or its end is past."""
