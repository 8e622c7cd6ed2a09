"""Reads 原定周五，往后推一天: a moment that is told from another one."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.nlu.times.days import COUNT, counted
from bot.nlu.times.values import Moment

_PUT_OFF = re.compile(
    r"(?:(?P<later>往后[推挪延移]|推迟|延[后迟期]|顺延|推后)|往前[提挪移])(?:个|一?下)?"
    rf"\s?(?P<count>半|{COUNT})\s?(?P<half>个半|个|半)?(?P<unit>天|周|星期|礼拜|小时|钟头|分钟)"
)
_LENGTHS = {
    "天": timedelta(days=1),
    "周": timedelta(days=7),
    "星期": timedelta(days=7),
    "礼拜": timedelta(days=7),
    "小时": timedelta(hours=1),
    "钟头": timedelta(hours=1),
    "分钟": timedelta(minutes=1),
}


def put_off(text: str, moment: Moment) -> Moment:
    """Return the moment, moved by what is said behind it."""
    words = _PUT_OFF.search(text, moment.span[1])
    if words is None:
        return moment
    number = 0.5 if words["count"] == "半" else counted(words["count"]) + (0.5 if "半" in (words["half"] or "") else 0)
    length = _LENGTHS[words["unit"]] * (number if words["later"] else -number)
    try:
        end = moment.end + length if moment.end else None
        return replace(moment, start=moment.start + length, end=end, span=(moment.span[0], words.end()))
    except OverflowError:  # beyond the calendar's last year
        return moment
