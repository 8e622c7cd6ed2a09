"""Is it open, until when, when next: weekly hours with holidays, weekends worked for them, and closures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.store import Session, holiday
from bot.store.holiday import DayKind, SpecialDay

AHEAD_DAYS = 60  # further than any holiday lasts; what is shut for longer has no known opening
Week = Mapping[str, Sequence[Sequence[str]]]
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Shut:
    """A time in which it is closed whatever the hours say."""

    start: datetime
    end: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether it is open at a moment. All moments are local.

    `until`: when it closes, `opens`: when it opens next; None means no end in sight.
    `special`: the holiday that keeps it closed today. `shut`: the closure in force, with its reason.
    """

    is_open: bool
    until: datetime | None = None
    opens: datetime | None = None
    special: SpecialDay | None = None
    shut: Shut | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The special days from the day on for which it was asked."""

    days: Mapping[date, SpecialDay] = field(default_factory=dict)

    def intervals(self, week: Week, day: date) -> Sequence[Sequence[str]]:
        """The opening intervals of one day, "HH:MM" each.

        On a holiday those under "holiday". On a weekend day that is worked those of a working day:
        of the first from Monday to Friday that has any.
        """
        special = self.days.get(day)
        if special is not None and special.kind is DayKind.HOLIDAY:
            return week.get("holiday", ())
        own = week.get(str(day.weekday()), ())
        if special is None or day.weekday() < 5:
            return own
        return next((week[str(number)] for number in range(5) if week.get(str(number))), own)


def calendar(session: Session, today: date) -> Calendar:
    """The special days that matter from today on."""
    return Calendar(holiday.special_days(session, today, AHEAD_DAYS + 1))


def opening(week: Week, calendar: Calendar, now: datetime, closures: Sequence[Shut] = ()) -> Opening:
    """How it stands at `now`, which is aware and local."""
    in_force = next((shut for shut in closures if shut.start <= now < shut.end), None)
    horizon = _midnight(now, AHEAD_DAYS)
    for start, end in _joined(_spans(week, calendar, now, closures)):
        if start <= now < end:
            return Opening(True, until=end if end < horizon else None)
        if start > now:
            return Opening(False, None, start, _holiday_today(week, calendar, now), in_force)
    return Opening(False, None, None, _holiday_today(week, calendar, now), in_force)


def _holiday_today(week: Week, calendar: Calendar, now: datetime) -> SpecialDay | None:
    special = calendar.days.get(now.date())
    return special if special and not calendar.intervals(week, now.date()) else None


def _spans(week: Week, calendar: Calendar, now: datetime, closures: Sequence[Shut]) -> Iterator[Span]:
    """Each time it is open from today on, earliest first, closures cut out."""
    for number in range(AHEAD_DAYS):
        midnight = _midnight(now, number)
        for start, end in sorted(map(tuple, calendar.intervals(week, midnight.date()))):
            yield from _without((_at(midnight, start), _at(midnight, end)), closures)


def _without(span: Span, closures: Sequence[Shut]) -> Iterator[Span]:
    """What closures leave of a span."""
    start, end = span
    for shut in sorted(closures, key=lambda shut: shut.start):
        if shut.end <= start or shut.start >= end:
            continue
        if shut.start > start:
            yield start, shut.start
        start = min(end, shut.end)
    if start < end:
        yield start, end


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """Spans that touch as one: 00:00–24:00 every day never closes."""
    last: Span | None = None
    for span in spans:
        if last is not None and span[0] <= last[1]:
            last = last[0], max(last[1], span[1])
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _midnight(now: datetime, days: int) -> datetime:
    return datetime.combine(now.date() + timedelta(days=days), time(), now.tzinfo)


def _at(midnight: datetime, clock: str) -> datetime:
    """The moment of a day's "HH:MM", "24:00" being its end."""
    hour, minute = map(int, clock.split(":"))
    return midnight + timedelta(hours=hour, minutes=minute)
