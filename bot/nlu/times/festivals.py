"""The days people name instead of counting: festivals of both calendars and 初五, 腊月二十三."""

import re
from datetime import date, timedelta

from lunardate import LunarDate

from bot.nlu.numbers import read

_FIXED = {
    "元旦": (1, 1),
    "情人节": (2, 14),
    "妇女节": (3, 8),
    "三八": (3, 8),
    "植树节": (3, 12),
    "劳动节": (5, 1),
    "五一": (5, 1),
    "青年节": (5, 4),
    "儿童节": (6, 1),
    "六一": (6, 1),
    "建党节": (7, 1),
    "七一": (7, 1),
    "建军节": (8, 1),
    "八一": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
    "双十一": (11, 11),
    "双十二": (12, 12),
    "平安夜": (12, 24),
    "圣诞": (12, 25),
}
_LUNAR = {
    "春节": (1, 1),
    "大年初一": (1, 1),
    "元宵": (1, 15),
    "正月十五": (1, 15),
    "端午": (5, 5),
    "七夕": (7, 7),
    "中元": (7, 15),
    "七月半": (7, 15),
    "中秋": (8, 15),
    "八月十五": (8, 15),
    "重阳": (9, 9),
    "九月九": (9, 9),
    "腊八": (12, 8),
}
_NTH_WEEKDAY = {"母亲节": (5, 6, 2), "父亲节": (6, 6, 3), "感恩节": (11, 3, 4)}  # month, weekday from Monday = 0, which
_TERMS = {"清明": (4, 4.81), "冬至": (12, 21.94)}  # month, constant of the 21st century
_EVES = ("除夕", "大年三十", "年三十")
_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_JUST_OVER = timedelta(days=30)  # 双十一的快递, said two weeks after it

# 五一 and its like are also plain numbers: only before a word that makes them a holiday.
_HOLIDAY = r"(?=节|假|放假|期间|长假|小长假|黄金周|[那当]天|当日|的时候|[之以]?[前后]|上班|值班|[，。？?！!、,]|$)"
_DIGITS = "零一二三四五六七八九十"
PATTERN = rf"""(?:农历|阴历|旧历)?(?:
    (?<![{_DIGITS}\d第双])(?:三八|五一|六一|七一|八一|十一){_HOLIDAY}
    |元旦|情人节|妇女节|植树节|劳动节|青年节|儿童节|建党节|建军节|教师节|国庆(?![路村街])|双十[一二]|平安夜|圣诞
    |清明(?!上河)|冬至|母亲节|父亲节|感恩节|除夕|大年三十|年三十
    |春节|大年初一|元宵(?=[节那前后晚当]|$)|正月十五|端午|七夕|中元(?=节)|七月半|中秋|八月十五(?![号日])|重阳|九月九(?![号日\d十])|腊八
    |(?:[正冬腊]月|大年)(?:初[{_DIGITS}]|[廿二]?十?[一二三四五六七八九十])
    |(?<![当最起年读上升念是娃儿从])初[{_DIGITS}](?=[那早上下晚开来去有能还就以之前后到，。,]|$)
)节?"""


def named(name: str, today: date) -> date | None:
    """Return the day of that name that is next, or was within the month; None where the calendar does not have it."""
    name = re.sub("^(?:农历|阴历|旧历)", "", name)
    for year in range(today.year - 1, today.year + 3):
        day = _in_year(name, year)
        if day is not None and day >= today - _JUST_OVER:
            return day
    return None


def _in_year(name: str, year: int) -> date | None:
    """Return the day in that year, for days of the lunar calendar in the lunar year."""
    short = name.removesuffix("节")
    fixed = _FIXED.get(name) or _FIXED.get(short)
    if fixed:
        return date(year, *fixed)
    lunar = _LUNAR.get(name) or _LUNAR.get(short)
    if lunar:
        return _lunar(year, *lunar)
    if name in _NTH_WEEKDAY:
        return _nth_weekday(year, *_NTH_WEEKDAY[name])
    if short in _TERMS:
        return _solar_term(year, *_TERMS[short])
    if short in _EVES:
        first = _lunar(year + 1, 1, 1)
        return first - timedelta(days=1) if first else None
    return _counted(short, year)


def _counted(name: str, year: int) -> date | None:
    """初五, 大年初五, 腊月二十三; 初 without a month is the first month's."""
    day = read(re.sub("^(?:[正冬腊]月|大年)?初?", "", name))
    return _lunar(year, _MONTHS.get(name[0], 1), day) if day else None


def _lunar(year: int, month: int, day: int) -> date | None:
    try:
        found: date = LunarDate(year, month, day).to_solar_date()
    except ValueError:  # a year beyond the table, or a month of 29 days
        return None
    return found


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _solar_term(year: int, month: int, constant: float) -> date:
    """Source: the usual formula for the 21st century, day = ⌊0.2422·y + C⌋ - ⌊y / 4⌋."""
    y = year % 100
    return date(year, month, int(0.2422 * y + constant) - y // 4)
