"""Turns a phrase into a moment: which day when none was said, which half of the day, within which opening hours."""

from datetime import datetime, time, timedelta

from bot.nlu.times.days import Day, later
from bot.nlu.times.hours import Clock, Part
from bot.nlu.times.phrases import Phrase, Side
from bot.nlu.times.values import Moment, Opening, Precision

_NOON = 12 * 60
_EARLY, _LATE = 7 * 60, 20 * 60  # when people have somebody come, where no opening hours are given


def moment(phrase: Phrase, now: datetime, opening: Opening | None) -> Moment | None:
    """Return the phrase's moment, the next one that fits where words leave it open. Moments may lie in the past."""
    try:
        return _moment(phrase, now, opening)
    except OverflowError:  # beyond the calendar's last year
        return None


def _moment(phrase: Phrase, now: datetime, opening: Opening | None) -> Moment | None:
    span = (phrase.begin, phrase.end)
    if phrase.offset:
        return Moment(now.replace(second=0, microsecond=0) + phrase.offset, None, Precision.MINUTE, span)
    side = phrase.start
    if side.clock:
        start = _at(side.clock, side, now, opening)
        if phrase.bound == "before":
            opens = side.part.opens if side.part else 0
            return Moment(_on(start, time(opens)) if opens < 24 else start, start, Precision.PART, span)
        return Moment(start, _end(phrase, start, now, opening), Precision.MINUTE, span)
    if side.part and not (phrase.stop and phrase.stop.clock):
        return _part(phrase, side.part, now, span)
    if side.day:
        return _days(phrase, side.day, now, span)
    return None


def _at(clock: Clock, side: Side, now: datetime, opening: Opening | None) -> datetime:
    base = midnight(side.day, now)
    minutes = _minutes(clock, side, now, opening)
    start = base + timedelta(minutes=minutes)
    if side.day is None and start < now.replace(second=0, microsecond=0):
        minutes = _minutes(clock, side, None, opening)
        start = base + timedelta(days=1, minutes=minutes)
    return start


def _minutes(clock: Clock, side: Side, now: datetime | None, opening: Opening | None) -> int:
    """Minutes past the day's midnight. `now` None: a day on which nothing is over yet."""
    hour, rest = divmod(clock.minutes, 60)
    if side.part and hour <= 12 and not clock.fixed:
        return side.part.hour(hour) * 60 + rest
    if clock.fixed or hour > 12 or hour == 0:
        return clock.minutes
    late = clock.minutes if hour == 12 else clock.minutes + _NOON
    is_today = now is not None and (side.day is None or side.day.first == now.date())
    return _likelier(clock.minutes, late, now if is_today else None, opening, stated=side.day is not None)


def _likelier(early: int, late: int, now: datetime | None, opening: Opening | None, *, stated: bool) -> int:
    """Three o'clock is at three or at fifteen: when it is open and not yet over."""
    open_ = [minutes for minutes in (early, late) if opening and opening.covers(time(minutes // 60 % 24, minutes % 60))]
    usual = early if early >= _EARLY else late
    choices = open_ or [usual]
    if now is None:
        return usual if usual in choices else choices[0]
    over = now.hour * 60 + now.minute
    ahead = [minutes for minutes in choices if minutes >= over]
    if not ahead and not open_ and late >= over and (stated or late <= _LATE):
        return late
    return min(ahead) if ahead else choices[0]


def _end(phrase: Phrase, start: datetime, now: datetime, opening: Opening | None) -> datetime | None:
    clock, side = phrase.start.clock, phrase.stop
    if clock and clock.until is not None:
        minutes = start.hour * 60 + start.minute + (clock.until - clock.minutes) % _NOON
        return _on(start, time(0)) + timedelta(minutes=minutes)
    if side is None or side.clock is None:
        return None
    if side.day or side.part:
        return _at(side.clock, Side(side.day or Day(start.date()), side.part), now, opening)
    end = _on(start, time(0)) + timedelta(minutes=side.clock.minutes)
    while end <= start:  # 下午四点到六点: the second hour is in the half of the day that the first one is in
        end += timedelta(hours=12)
    return end


def _part(phrase: Phrase, part: Part, now: datetime, span: tuple[int, int]) -> Moment:
    base = midnight(phrase.start.day, now)
    if phrase.start.day is None and base + timedelta(hours=part.closes) <= now:
        base += timedelta(days=1)
    closes = phrase.stop.part.closes if phrase.stop and phrase.stop.part else part.closes
    return Moment(base + timedelta(hours=part.opens), base + timedelta(hours=closes), Precision.PART, span)


def _days(phrase: Phrase, day: Day, now: datetime, span: tuple[int, int]) -> Moment:
    start = midnight(day, now)
    if phrase.bound == "before":
        return Moment(min(start, midnight(None, now)), start, Precision.DAY, span)
    last = later(phrase.stop.day, day.first) if phrase.stop and phrase.stop.day else day.last
    return Moment(start, midnight(Day(last), now) if last else None, Precision.DAY, span)


def midnight(day: Day | None, now: datetime) -> datetime:
    return datetime.combine(day.first if day else now.date(), time(0), tzinfo=now.tzinfo)


def _on(moment: datetime, hour: time) -> datetime:
    return moment.replace(hour=hour.hour, minute=hour.minute)
