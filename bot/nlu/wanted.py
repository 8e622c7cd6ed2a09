"""When somebody wants something, with what they left open: the day, a part of the day, the hours that may be meant."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.nlu import times
from bot.nlu.numbers import plain
from bot.nlu.times import Precision
from bot.nlu.times.atoms import Atom, scan

_NOON, _DAY = 12 * 60, 24 * 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a text says of a time.

    `days`: the day or the days meant, empty where none was said. `hours`: minutes past midnight, each one that may be
    meant: 七八点 are two, and an hour without its half of the day too. `since` and `until` bound a part of the day in
    minutes. `lasts`: minutes, where an end was said. `past`: only a time that is over was named.
    """

    days: tuple[date, ...] = ()
    hours: tuple[int, ...] = ()
    since: int = 0
    until: int = _DAY
    lasts: int = 0
    past: bool = False
    span: tuple[int, int] = (0, 0)


def wanted(text: str, now: datetime, day: date | None = None) -> Wanted | None:
    """The time that a text asks for; `day`: the one already spoken of, to which a bare hour belongs."""
    text = plain(text)
    atoms = scan(text, now.date())
    dated = any(atom.day or atom.offset for atom in atoms)
    clock = now if dated or day is None or day == now.date() else datetime.combine(day, time(), now.tzinfo)
    moment = times.find(text, clock) if atoms else None
    if moment is None:
        return None
    start, end, span = moment.start, moment.end, moment.span
    past = (end or start) < now if moment.precision is Precision.MINUTE else (end or start).date() < now.date()
    if moment.precision is Precision.DAY:
        last = end.date() if end else start.date()
        days = tuple(start.date() + timedelta(days=number) for number in range(min((last - start.date()).days, 13) + 1))
        return Wanted(days, past=past, span=span)
    days = (start.date() if dated or day is None else day,)
    if moment.precision is Precision.PART:
        until = _minutes(end, start) if end else _DAY
        return Wanted(days, since=_minutes(start, start), until=until, past=past, span=span)
    return _hours(text, atoms, days, start, end, span, past=past and dated)


def _hours(
    text: str,
    atoms: list[Atom],
    days: tuple[date, ...],
    start: datetime,
    end: datetime | None,
    span: tuple[int, int],
    *,
    past: bool,
) -> Wanted:
    """The hours an hour may mean; `past` only where its day was said."""
    inside = [atom for atom in atoms if span[0] <= atom.begin < span[1]]
    clock = next((atom.clock for atom in inside if atom.clock), None)
    first = _minutes(start, start)
    if clock is None:  # 两小时后
        return Wanted((start.date(),), (first,), past=past, span=span)
    sure = clock.fixed or any(atom.part for atom in inside) or clock.minutes >= 13 * 60 or clock.minutes < 60
    hours = [first]
    is_pair = clock.until is not None and clock.until - clock.minutes == 60 and not _is_range(text, span)
    if is_pair:
        hours.append(first + 60)
    if not sure:
        other = [(hour + _NOON) % _DAY for hour in hours]
        hours = sorted({*hours, *other})
    lasts = int((end - start).total_seconds() // 60) if end and not is_pair else 0
    return Wanted(days, tuple(sorted(hours)), lasts=lasts, past=past, span=span)


def _is_range(text: str, span: tuple[int, int]) -> bool:
    return any(sign in text[span[0] : span[1]] for sign in "到至-~—～–")


def _minutes(moment: datetime, since: datetime) -> int:
    """Minutes past the midnight of the day of `since`."""
    midnight = datetime.combine(since.date(), time(), since.tzinfo)
    return int((moment - midnight).total_seconds() // 60)


def days_in(text: str, now: datetime) -> list[date]:
    """Every single day that a text names, in its order: 明天那个改到后天 names two."""
    return [atom.day.first for atom in scan(plain(text), now.date()) if atom.day and not atom.day.last]
