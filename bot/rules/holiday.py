"""The staff's word on a day: a holiday, or a weekend day that is worked; every clock that runs is counted anew."""

from datetime import date
from uuid import UUID

from bot.errors import Refusal
from bot.rules.office import Office
from bot.rules.setting import Subject
from bot.store import holiday, setting
from bot.store.holiday import DayKind

MOST_NAME = 40  # characters


class NoHolidayName(Refusal):
    """A day that is not as its weekday says why, in a few words."""


def decide(office: Office, day: date, kind: DayKind, name: str, *, by: UUID | None = None) -> None:
    """Let a day be another than its weekday, whatever the published calendar says. Raises NoHolidayName."""
    name = name.strip()
    if not 0 < len(name) <= MOST_NAME:
        raise NoHolidayName
    holiday.put(office.session, day, kind, name)
    _recount(office, by)


def leave_to_calendar(office: Office, day: date, *, by: UUID | None = None) -> bool:
    """The staff have nothing to say of this day any more; False where they had not."""
    known = holiday.drop(office.session, day)
    if known:
        _recount(office, by)
    return known


def _recount(office: Office, by: UUID | None) -> None:
    """By when open tickets are due is counted anew by the chore, as after a change of the times allowed."""
    office.session.flush()
    setting.put(office.session, Subject.RECOUNT.value, {"after": ""}, now=office.now, by=by)
