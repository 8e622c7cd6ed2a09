"""The calendar of courses as the staff see it: a week's lessons, day by day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.rules.access import Scope
from bot.rules.course.reading import as_lectures
from bot.rules.course.values import WEEK, Lecture
from bot.rules.office import Office
from bot.store import course as courses
from bot.store import holiday
from bot.store.activity import State
from bot.store.holiday import DayKind


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar; `festival` where it is a public holiday."""

    day: date
    festival: str
    lectures: tuple[Lecture, ...]


def week(
    office: Office, scope: Scope, day: date, *, formats: Collection[str] = (), kinds: Collection[str] = ()
) -> list[Day]:
    """The week of that day, from Monday on; only these formats and kinds of lecturer, where any are given."""
    monday = day - timedelta(days=day.weekday())
    since = datetime.combine(monday, time(), office.zone)
    special = holiday.special_days(office.session, monday, 7)
    there = courses.between(office.session, scope, since, since + WEEK, tuple(State))
    wanted = [one for one in there if not formats or one[0].format in formats]
    found = as_lectures(office, [one for one in wanted if not kinds or one[0].lecturer_kind in kinds])
    return [
        Day(
            on,
            special[on].name if on in special and special[on].kind is DayKind.HOLIDAY else "",
            tuple(one for one in found if one.activity.starts_at.astimezone(office.zone).date() == on),
        )
        for on in (monday + timedelta(days=number) for number in range(7))
    ]
