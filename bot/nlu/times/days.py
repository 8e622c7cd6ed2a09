"""Reads the days that are told from today: 明儿, 下周三, 周末, 过两天, 三天后, 端午."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.nlu.numbers import read
from bot.nlu.times import festivals


@dataclass(frozen=True, slots=True)
class Day:
    """One day, or the days from first to last."""

    first: date
    last: date | None = None
    repeats: str = ""  # "week" or "month": how its name comes back, where it was left open which one is meant
    past: bool = False  # the words themselves say so: 昨天, 上周三


DayReader = Callable[[re.Match[str], date], Day | None]

COUNT = r"(?:\d{1,2}|十[来几多]|[二两三四五六七八九]?十[一二三四五六七八九]?|[一两三][两三五]|[一二两三四五六七八九])"
LATER = r"(?:以后|之后|过后|后(?![面台门]))"
NOT_LASTING = r"(?<![了满超过每隔足提])"  # 等了三天后, 超过三天后
PASSING = r"(?<![通经超不难])再?过"
_WEEK = r"(?:周|星期|礼拜)"
_WEEKDAY = r"[一二三四五六日天末](?!福)|[1-7](?![\d点:号])"
_UNIT = r"(?:天|周|个?星期|个?礼拜|个月)"

PATTERNS = (
    rf"""(?P<festival>(?P<festival_name>{festivals.PATTERN})
        (?:前(?P<festival_before>[一两三])天|后(?P<festival_after>[一两三])天|的?第(?P<festival_nth>[二三四五六七])天)?)""",
    r"""(?P<relative>明后(?:这?两)?天|今明(?:这?两)?天|大[后前][天儿日]天?|[外万]后天|(?<!先天)后[天日](?!性|班)
        |[前昨今明][天日]|(?:[今明后昨]儿(?![子媳女童歌科])|前儿(?![子媳女童]))[个天]?
        |今(?=[早晚晨夜]|[上下中]午)|(?<![证说声文透聪照])明(?=[早晚晨]|[上下中]午)|昨(?=[早晚晨夜]|[上下]午)
        |前(?=晚(?![饭餐]))|(?<![以之今])后(?=[上下]午))""",
    rf"""(?P<week>(?P<which_week>上上|上|下下|下|这|本)(?:一?个)?{_WEEK}(?:(?P<day_of_that>{_WEEKDAY})|(?![围边年全到期岁]))
        |(?:(?<![一二两三四五六七八九十几半\d])|(?<=[周期拜][一二三四五六])){_WEEK}(?P<day_of_week>{_WEEKDAY})|双休日)""",
    rf"""(?P<after>{NOT_LASTING}(?:(?P<after_by>{PASSING})|等)?
        (?P<after_count>半(?=个月)|几|{COUNT})\s?(?P<after_unit>{_UNIT})(?(after_by){LATER}?(?![了没])|{LATER}))""",
    rf"(?P<ago>(?<![提少])(?P<ago_count>{COUNT})\s?(?P<ago_unit>{_UNIT})(?:以前|之前|前(?![台面])))",
    r"(?P<year_end>(?<![每年])年底)",
)


def later(day: Day, first: date) -> date:
    """Return the end of a range: the next day of its name that does not come before `first`."""
    found = day.last or day.first
    for _ in range(24):
        if found >= first or not day.repeats:
            break
        found = found + timedelta(days=7) if day.repeats == "week" else months_on(found, 1)
    return found


def months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def counted(count: str) -> int:
    """Read a match of COUNT: 两三 is two at least, 十来 ten."""
    if count[-1:] in ("来", "几", "多") or (len(count) == 2 and count[1] in "两三五" and count[0] in "一两三"):
        count = count[0]
    return read(count) or 0


def _relative(words: re.Match[str], today: date) -> Day:
    text = words["relative"]
    pair = {"明后": (1, 2), "今明": (0, 1)}.get(text[:2])
    if pair:
        return Day(today + timedelta(days=pair[0]), today + timedelta(days=pair[1]))
    offset = _RELATIVE[text[:2] if text[0] in "大外万" else text[0]]
    return Day(today + timedelta(days=offset), past=offset < 0)


def _week(words: re.Match[str], today: date) -> Day:
    which, name = words["which_week"], words["day_of_that"] or words["day_of_week"]
    weeks = {"上上": -2, "上": -1, "下": 1, "下下": 2}.get(which or "", 0)
    monday = today - timedelta(days=today.weekday() - 7 * weeks)
    if which and not name:
        return Day(max(monday, today) if weeks == 0 else monday, monday + timedelta(days=6), past=weeks < 0)
    if name in (None, "末"):  # None: 双休日
        return _weekend(monday, today, stated=bool(which))
    day = monday + timedelta(days=_WEEKDAYS[name])
    if weeks == 0 and (day < today or (day == today and not which)):  # its own day is called 今天
        day += timedelta(days=7)
    return Day(day, repeats="" if which else "week", past=weeks < 0)


def _weekend(monday: date, today: date, *, stated: bool) -> Day:
    saturday, sunday = monday + timedelta(days=5), monday + timedelta(days=6)
    if sunday < today:
        return Day(saturday, sunday, past=True)
    if today == sunday and not stated:
        return Day(saturday + timedelta(days=7), sunday + timedelta(days=7))
    return Day(max(saturday, today), sunday)


def _after(words: re.Match[str], today: date) -> Day:
    return Day(_moved(words["after_count"], words["after_unit"], today, 1))


def _ago(words: re.Match[str], today: date) -> Day:
    return Day(_moved(words["ago_count"], words["ago_unit"], today, -1), past=True)


def _moved(count: str, unit: str, today: date, sign: int) -> date:
    if count == "半":
        return today + timedelta(days=15 * sign)
    number = 3 if count == "几" else counted(count)
    if unit == "个月":
        return months_on(today, number * sign)
    return today + timedelta(days=number * sign * (1 if unit == "天" else 7))


def _festival(words: re.Match[str], today: date) -> Day | None:
    day = festivals.named(words["festival_name"], today)
    if day is None:
        return None
    before, after, nth = (
        counted(words[name] or "零") for name in ("festival_before", "festival_after", "festival_nth")
    )
    return Day(day + timedelta(days=after - before + max(nth - 1, 0)), past=day < today)


def _year_end(_words: re.Match[str], today: date) -> Day:
    return Day(today.replace(month=12, day=31))


_RELATIVE = {"今": 0, "明": 1, "后": 2, "大后": 3, "外后": 3, "万后": 3, "昨": -1, "前": -2, "大前": -3}
_NAMES = ("一1", "二2", "三3", "四4", "五5", "六6", "日天7")
_WEEKDAYS = {char: index for index, chars in enumerate(_NAMES) for char in chars}
READERS: Mapping[str, DayReader] = {
    "festival": _festival,
    "relative": _relative,
    "week": _week,
    "after": _after,
    "ago": _ago,
    "year_end": _year_end,
}
