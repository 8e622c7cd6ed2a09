"""When somebody is to be reminded of what they will come to: the evening before, and the hour before."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules.office import Office

EVENING = range(18, 21)  # the hours of the evening before
HOUR = timedelta(hours=1)
JUST_MADE = timedelta(hours=3)  # who has just said that they will come knows
LOOKS_AHEAD = timedelta(hours=36)
NOBODY_TOLD = UUID(int=0)  # instead of a notice, where none is needed


class Due(StrEnum):
    """What is due now."""

    HOUR = "hour"
    DAY = "day"
    KNOWS = "knows"  # the one of the day before would be due, but they have only just said so


def due(office: Office, starts_at: datetime, made_at: datetime, *, day: UUID | None, hour: UUID | None) -> Due | None:
    """What is due of something that begins then; `day` and `hour` are the reminders that were put out already."""
    start, now = starts_at.astimezone(office.zone), office.now.astimezone(office.zone)
    if hour is None and starts_at - office.now <= HOUR:
        return Due.HOUR
    if day is None and (start.date() - now.date()).days == 1 and now.hour in EVENING:
        return Due.KNOWS if office.now - made_at < JUST_MADE else Due.DAY
    return None
