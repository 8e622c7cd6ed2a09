"""By when a complaint must be answered and solved: a pure function of what has happened to it.

Nothing is stored: whoever changes a holiday or a limit changes every clock that runs. Three clocks, as the law of
promises has it: the first answer, the next answer once the resident has spoken again, and the solution.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.nlu.kinds import Trouble
from bot.rules.hours import Calendar, Week
from bot.store.ticket import Urgency, What, Who

AHEAD_DAYS = 90  # further than any limit with its holidays
WARNS_AT = 0.75  # of the time allowed
WEEK: Week = {str(day): [["09:00", "12:00"], ["13:00", "17:00"]] for day in range(5)}
ALWAYS: Week = {str(day): [["00:00", "24:00"]] for day in range(7)} | {"holiday": [["00:00", "24:00"]]}
DAY = timedelta(hours=7)  # a working day of WEEK


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the hours in `week` each step may take."""

    first: timedelta
    next: timedelta
    solved: timedelta
    week: Mapping[str, Sequence[Sequence[str]]]


_USUAL = Limits(timedelta(hours=4), DAY, 5 * DAY, WEEK)
_SOON = Limits(timedelta(hours=1), timedelta(hours=3), 2 * DAY, WEEK)
_SLOW = Limits(timedelta(hours=4), DAY, 15 * DAY, WEEK)  # needs an inspection or another authority
_DANGER = Limits(timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=4), ALWAYS)

URGENT = frozenset({Trouble.LIFT, Trouble.MANHOLE, Trouble.FIRE_LANE, Trouble.PIPE_LEAK, Trouble.HIGH_THROW})
SLOW = frozenset({Trouble.ILLEGAL_BUILDING, Trouble.GROUP_RENTING, Trouble.SEEPAGE})


@dataclass(frozen=True, slots=True)
class Terms:
    """The times allowed for each sort of trouble; the staff may set others (`rules.setting.terms`)."""

    usual: Limits = _USUAL
    soon: Limits = _SOON
    slow: Limits = _SLOW
    danger: Limits = _DANGER
    urgent_kinds: frozenset[Trouble] = URGENT
    slow_kinds: frozenset[Trouble] = SLOW


USUAL_TERMS = Terms()


def urgency(trouble: Trouble, terms: Terms = USUAL_TERMS) -> Urgency:
    """How soon a trouble of that kind wants to be looked at where nobody is in danger."""
    return Urgency.URGENT if trouble in terms.urgent_kinds else Urgency.NORMAL


def limits(trouble: Trouble, urgency: Urgency, terms: Terms = USUAL_TERMS) -> Limits:
    """The times allowed."""
    if urgency is Urgency.DANGER:
        return terms.danger
    if urgency is Urgency.URGENT:
        return terms.soon
    return terms.slow if trouble in terms.slow_kinds else terms.usual


@dataclass(frozen=True, slots=True)
class Step:
    """What of a ticket's history matters to its clocks."""

    at: datetime
    what: What
    by: Who


class Light(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    WARNING = "warning"
    BREACHED = "breached"
    PAUSED = "paused"  # the resident was asked something
    MET = "met"
    LATE = "late"  # met after its time
    OFF = "off"  # nobody waits for it


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock. `due` is local; None while nothing can be said: paused, off, or no working hours in sight."""

    light: Light
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clocks:
    """The three clocks of a ticket."""

    first: Clock
    next: Clock
    solved: Clock

    @property
    def due(self) -> datetime | None:
        """What is due next."""
        open_ones = (clock for clock in (self.first, self.next, self.solved) if clock.light in _STILL)
        return min((clock.due for clock in open_ones if clock.due), default=None)


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours in which time counts."""

    week: Week
    calendar: Calendar
    zone: tzinfo

    def after(self, start: datetime, amount: timedelta) -> datetime | None:
        """When so much time has passed since the start; None where it does not within `AHEAD_DAYS`."""
        for begin, end in self._spans(start):
            if end - begin >= amount:
                return begin + amount
            amount -= end - begin
        return None

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much time counts between two moments."""
        end, total = end.astimezone(self.zone), timedelta()
        for begin, until in self._spans(start):
            if begin >= end:
                break
            total += min(until, end) - begin
        return total

    def _spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The hours that count from the start on, earliest first, none counted twice."""
        reached = start.astimezone(self.zone)
        for number in range(AHEAD_DAYS):
            midnight = datetime.combine(start.astimezone(self.zone).date() + timedelta(days=number), time(), self.zone)
            for opens, shuts in sorted(map(tuple, self.calendar.intervals(self.week, midnight.date()))):
                begin, end = max(_at(midnight, opens), reached), _at(midnight, shuts)
                if begin < end:
                    yield begin, end
                    reached = end


@dataclass(frozen=True, slots=True)
class _Run:
    """The times in which a clock ran; the last has no end while it runs. `met_at`: what was waited for came."""

    spans: tuple[tuple[datetime, datetime | None], ...]
    met_at: datetime | None = None
    over: bool = False  # nobody waits any more

    def begun(self, at: datetime) -> "_Run":
        return _Run((*self.spans, (at, None)), None)

    def stopped(self, at: datetime, *, met: bool = False, over: bool = False) -> "_Run":
        spans = tuple((start, at if end is None else end) for start, end in self.spans)
        return _Run(spans, at if met else None, over)

    @property
    def runs(self) -> bool:
        return bool(self.spans) and self.spans[-1][1] is None

    @property
    def waits(self) -> bool:
        """Whether what it counts has not come yet."""
        return bool(self.spans) and self.met_at is None and not self.over


_NOT_YET = _Run(())
_STILL = frozenset({Light.RUNNING, Light.WARNING, Light.BREACHED})
ANSWERS = frozenset({What.TAKEN, What.SCHEDULED, What.ASKED, What.ANSWERED, What.SOLVED, What.ELSEWHERE, What.NOT_OURS})
_SOLVES = frozenset({What.SOLVED, What.ELSEWHERE, What.NOT_OURS})
_ENDS = frozenset({What.MERGED, What.WITHDRAWN, What.CLOSED})
_SPEAKS = frozenset({What.ADDED, What.PLACED, What.REOPENED})
MOVES = frozenset({What.OPENED}) | ANSWERS | _ENDS | _SPEAKS  # whatever else happens, no clock changes


def read(steps: Sequence[Step], limits: Limits, calendar: Calendar, zone: tzinfo, now: datetime) -> Clocks:
    """How the clocks of a ticket stand at `now`; `calendar` knows the days from its opening on.

    Handing back, passing on and refereeing are not among what stops anything.
    """
    first = following = solved = _NOT_YET
    for step in steps:
        first, following, solved = _moved(step, first, following, solved)
    hours = Hours(limits.week, calendar, zone)
    return Clocks(
        _clock(first, limits.first, hours, now),
        _clock(following, limits.next, hours, now),
        _clock(solved, limits.solved, hours, now),
    )


def _moved(step: Step, first: _Run, following: _Run, solved: _Run) -> tuple[_Run, _Run, _Run]:
    """The three after one more thing has happened."""
    at = step.at
    if step.what is What.OPENED:
        return _NOT_YET.begun(at), _NOT_YET, _NOT_YET.begun(at)
    if step.what in _ENDS:
        return _ended(first, at), _ended(following, at), _ended(solved, at)
    if step.by is Who.STAFF and step.what in ANSWERS:
        first = first.stopped(at, met=True) if first.waits else first
        following = following.stopped(at, met=True) if following.waits else following
        if step.what in _SOLVES:
            solved = solved.stopped(at, met=True) if solved.waits else solved
        elif step.what is What.ASKED and solved.runs:
            solved = solved.stopped(at)
    elif step.what is What.REOPENED:  # by the resident, or by the office that had called it done
        solved = _NOT_YET.begun(at)
    elif step.by is Who.RESIDENT and step.what in _SPEAKS and solved.waits and not solved.runs:
        solved = solved.begun(at)
    if step.by is Who.RESIDENT and step.what in _SPEAKS and first.met_at is not None and not following.runs:
        following = _NOT_YET.begun(at)
    return first, following, solved


def _ended(run: _Run, at: datetime) -> _Run:
    """Whoever waited does not any more."""
    return run.stopped(at, over=True) if run.waits else run


def _clock(run: _Run, allowed: timedelta, hours: Hours, now: datetime) -> Clock:
    if not run.spans or run.over:
        return Clock(Light.OFF)
    due = _due(run, allowed, hours)
    if run.met_at is not None:
        return Clock(Light.LATE if due is not None and due < run.met_at else Light.MET, due)
    if due is not None and due < now:
        return Clock(Light.BREACHED, due)
    if not run.runs:
        return Clock(Light.PAUSED)
    warns = _due(run, allowed * WARNS_AT, hours)
    return Clock(Light.WARNING if warns is not None and warns <= now else Light.RUNNING, due)


def _due(run: _Run, allowed: timedelta, hours: Hours) -> datetime | None:
    """When the time allowed is used up by the times in which the clock ran; None where they left some of it."""
    left = allowed
    for start, end in run.spans:
        moment = hours.after(start, left)
        if end is None or end == run.met_at or (moment is not None and moment <= end):
            return moment
        left -= hours.between(start, end)
    return None


def _at(midnight: datetime, clock: str) -> datetime:
    """The moment of a day's "HH:MM", "24:00" being its end."""
    hour, minute = map(int, clock.split(":"))
    return midnight + timedelta(hours=hour, minutes=minute)
