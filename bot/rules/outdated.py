"""News that need not be told any more: the person has acted on them, or their time is over."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from bot.store import Session
from bot.store import activity as activities
from bot.store import ticket as tickets
from bot.store.activity import State as ActivityState
from bot.store.ticket import State

# A question is outdated once the ticket has left the state in which it was asked.
ASKS_IN = {"ticket_solved": State.SOLVED, "ticket_asked": State.NEEDS_MORE}
ENDS_WITH = {
    "booking_soon": "start",
    "booking_reassigned": "start",
    "booking_orphaned": "start",
    "booking_offered": "until",
    "booking_made": "start",
    "booking_moved": "start",
    "booking_cancelled": "start",
    "activity_soon": "start",
    "activity_offered": "until",
    "hand_over_ended": "until",
    "kf_back": "until",
    "lesson_push": "until",
    "live_soon": "gone",
    "replay_ready": "gone",
}
ENDS_ON_THE_DAY = {
    "booking_tomorrow": "start",
    "activity_tomorrow": "start",
    "lecture_tomorrow": "start",
}  # then it is not "tomorrow" any more


def is_outdated(session: Session, resident_id: UUID, kind: str, facts: Mapping[str, object], now: datetime) -> bool:
    """Whether telling it now would ask for what was answered, or remind of what is past."""
    if kind in ASKS_IN:
        return not facts.get("follows") and _has_moved_on(session, resident_id, kind, facts)
    if kind in ENDS_WITH:
        return datetime.fromisoformat(str(facts[ENDS_WITH[kind]])) <= now or _was_moved(session, facts)
    if kind in ENDS_ON_THE_DAY:
        moment = datetime.fromisoformat(str(facts[ENDS_ON_THE_DAY[kind]]))
        return moment.date() <= now.astimezone(moment.tzinfo).date()
    return False


def _has_moved_on(session: Session, resident_id: UUID, kind: str, facts: Mapping[str, object]) -> bool:
    ticket = tickets.of(session, resident_id, str(facts.get("number")))
    return ticket is not None and ticket.state != ASKS_IN[kind]


def _was_moved(session: Session, facts: Mapping[str, object]) -> bool:
    """Whether the lesson it calls to is not held, or at another hour: nobody is told an hour that is wrong.

    The push itself says it anew with the right one.
    """
    if not facts.get("lesson"):
        return False
    held = activities.activity(session, UUID(str(facts["lesson"])))
    start = datetime.fromisoformat(str(facts["start"]))
    return held is None or held.state == ActivityState.CANCELLED or held.starts_at != start
