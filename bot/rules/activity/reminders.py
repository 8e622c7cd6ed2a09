"""Reminders the evening before and the hour before, each once and only while the place is theirs."""

from bot.rules.activity.telling import tell
from bot.rules.office import Office
from bot.rules.reminding import LOOKS_AHEAD, NOBODY_TOLD, Due, due
from bot.store import activity as activities


def remind(office: Office) -> int:
    """Put the reminders that are due into the outbox; returns how many."""
    said = 0
    for mine, its in activities.starting(office.session, office.now, office.now + LOOKS_AHEAD):
        what = due(office, its.starts_at, mine.created_at, day=mine.day_notice, hour=mine.hour_notice)
        if what is Due.HOUR:
            mine.hour_notice = tell(office, its, mine, "activity_soon")
            mine.day_notice = mine.day_notice or NOBODY_TOLD
        elif what is Due.DAY:
            mine.day_notice = tell(office, its, mine, "activity_tomorrow")
        elif what is Due.KNOWS:
            mine.day_notice = NOBODY_TOLD
        said += what in (Due.HOUR, Due.DAY)
    return said
