"""Reads the days of the calendar: 12月5号, 12/6, 2026-12-05, 5号, 下个月3号, 月底, 12月."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from bot.nlu.numbers import read
from bot.nlu.times.days import Day, DayReader, later, months_on

_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[元一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]|[一二三四五六七八九])"
_WHICH = r"(?:上|这|本|当|下下|下)"
_YEAR = r"今年|明年|后年|去年|20\d\d年"
_NUMBER = r"\d零一二三四五六七八九十百"
_JUST_OVER = timedelta(days=60)  # 11月5号 on the 25th is the one that was: nothing is booked eleven months ahead
# 5号 is a house, a door or a line of the metro as often as a day.
_NO_PLACE = rf"(?:(?<![栋幢座楼层附街路道巷段院柜门格箱第编版开取选按扫找牌排{_NUMBER}./:-])(?<!排在)|(?<=[号日]-))"
_NO_THING = r"""(?!楼|线|院|门|[^，。,、\s来去上下早晚]{0,3}[柜格箱仓]|桌|床|房|厅|店|坑|文件|车|码|公[交路]|桩|机|井|馆
    |教室|会议室|单元|电梯|诊室|窗口|选手|路|地块|摊|库|球|字|电池|附|[a-zA-Z]|\d{1,2}(?!\d|\s?[点:时月])|\d{3})"""
_NO_COUNT = rf"(?![{_NUMBER}号日次个元块份人斤点月年成栋楼单级.])"

PATTERNS = (
    r"""(?P<full>(?<!\d)(?P<full_year>20\d\d)\s?[-/.年]\s?(?P<full_month>1[0-2]|0?[1-9])\s?[-/.月]
        \s?(?P<full_day>3[01]|[12]\d|0?[1-9])(?!\d)[日号]?)""",
    rf"""(?P<md>(?<![{_NUMBER}个几])(?:(?P<md_year>{_YEAR})的?)?(?P<md_month>{_MONTH})\s?月
        \s?(?P<md_day>{_DAY})(?:\s?[日号]{_NO_THING}|{_NO_COUNT}))""",
    r"""(?P<slash>(?<![\d/.:-])(?P<slash_month>1[0-2]|0?[1-9])(?:/|[.](?=\d\d?[日号])|-(?=0[1-9](?![\d-])))
        (?P<slash_day>3[01]|[12]\d|0?[1-9])(?![\d/.%])[日号]?(?![单栋楼人柜]|的[人户居业]))""",
    rf"""(?P<month>(?:(?<![{_NUMBER}个几半])(?:(?P<month_year>{_YEAR})的?)?(?P<month_number>{_MONTH})\s?月份?
        |(?P<month_which>{_WHICH})个?月份?|(?<![每个岁满])月(?=[底初末尾]|中旬|中(?![间秋药介])))
        (?:的?(?P<month_part>[底末尾初]|中旬|中(?![间秋药介]))|(?![饼亮经子嫂租卡费薪供票大]|\d)))""",
    rf"""(?P<dom>(?:(?P<dom_which>{_WHICH})个?月的?)?{_NO_PLACE}(?:(?P<dom_from>{_DAY})\s?(?:到|至|[-–—~～])\s?)?
        (?P<dom_day>{_DAY})\s?(?:号{_NO_THING}|(?<=\d)日(?![游元内程])))""",
)


def _full(words: re.Match[str], today: date) -> Day:
    day = date(int(words["full_year"]), int(words["full_month"]), int(words["full_day"]))
    return Day(day, past=day < today)


def _month_day(words: re.Match[str], today: date) -> Day:
    return _dated(words["md_year"], _month_of(words["md_month"]), read(words["md_day"]) or 0, today)


def _month_of(text: str) -> int:
    return 1 if text == "元" else read(text) or 0


def _slash(words: re.Match[str], today: date) -> Day:
    return _dated(None, int(words["slash_month"]), int(words["slash_day"]), today)


def _dated(year: str | None, month: int, day: int, today: date) -> Day:
    if year:
        found = date(_year(year, today), month, day)
        return Day(found, past=found < today)
    for ahead in range(8):  # 2月29号 may be years away
        try:
            found = date(today.year + ahead, month, day)
        except ValueError:
            continue
        if found >= today - _JUST_OVER:
            return Day(found, past=found < today)
    raise ValueError(month, day)


def _year(text: str, today: date) -> int:
    relative = {"今年": 0, "明年": 1, "后年": 2, "去年": -1}.get(text)
    return int(text[:4]) if relative is None else today.year + relative


def _month(words: re.Match[str], today: date) -> Day:
    """12月, 明年三月, 12月底, 下个月初, 这个月, 月底."""
    which, number, part = words["month_which"], words["month_number"], words["month_part"] or ""
    this = today.replace(day=1)
    if number:
        year = words["month_year"]
        first = this.replace(month=_month_of(number))
        first = first.replace(year=_year(year, today) if year else today.year + (first < this))
    else:
        first = _shifted(this, which)
    found = _within(first, part)
    if found.first < today and not which and not number:  # 月初, said on the 22nd
        found = _within(months_on(first, 1), part)
    past = (found.last or found.first) < today
    return Day(found.first if past else max(found.first, today), found.last, past=past)


def _within(first: date, part: str) -> Day:
    last = first.replace(day=monthrange(first.year, first.month)[1])
    if not part:
        return Day(first, last)
    return Day({"初": first, "中": first.replace(day=15)}.get(part[0], last))


def _day_of_month(words: re.Match[str], today: date) -> Day:
    which, since, number = words["dom_which"], words["dom_from"], read(words["dom_day"]) or 0
    if since:
        first = _numbered(read(since) or 0, which, today)
        return Day(first.first, later(_numbered(number, which, today), first.first), past=first.past)
    return _numbered(number, which, today)


def _numbered(number: int, which: str | None, today: date) -> Day:
    this = today.replace(day=1)
    if which:
        day = _shifted(this, which).replace(day=number)
        return Day(day, past=day < today)
    for ahead in range(3):
        month = months_on(this, ahead)
        if number <= monthrange(month.year, month.month)[1] and month.replace(day=number) >= today:
            return Day(month.replace(day=number), repeats="month")
    raise ValueError(number)


def _shifted(month: date, which: str | None) -> date:
    return months_on(month, {"上": -1, "下": 1, "下下": 2}.get(which or "", 0))


READERS: Mapping[str, DayReader] = {
    "full": _full,
    "md": _month_day,
    "slash": _slash,
    "month": _month,
    "dom": _day_of_month,
}
