"""Reads what is said about the time of day: 下午, 三点半, 差五分三点, 15:30, 七八点, 9到11点, 半个小时后."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.nlu.numbers import read
from bot.nlu.times.days import COUNT, LATER, NOT_LASTING, PASSING, counted


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day, and the hours that are said with it; from 24 on they belong to the night that follows."""

    opens: int
    closes: int
    earliest: int
    latest: int

    def hour(self, said: int) -> int:
        """Return 15 for 下午三点, 24 for 晚上十二点, 0 for 凌晨十二点."""
        return min((said, said + 12, said + 24, said - 12), key=self._distance)

    def _distance(self, hour: int) -> int:
        return 99 if hour < 0 else max(self.earliest - hour, hour - self.latest, 0)


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as it was said: `minutes` past midnight, perhaps in the other half of the day; `until` ends a range."""

    minutes: int
    until: int | None = None
    unsure: bool = False  # 一点 is a little as often as one o'clock
    fixed: bool = False  # the half of the day was said: 3pm


_PARTS = {
    word: part
    for words, part in (
        ("凌晨", Part(0, 6, 0, 6)),
        ("清晨 大清早 清早 一大早 大早上 早晨 早上 一早 打早 早 晨", Part(6, 10, 4, 11)),
        ("上午 上半天", Part(8, 12, 6, 12)),
        ("中午 晌午 少午 正午", Part(11, 14, 10, 14)),
        ("午后 下午 下半天", Part(12, 18, 12, 19)),
        ("傍晚 黄昏 擦黑", Part(17, 20, 17, 20)),
        ("晚上 晚间 晚黑 夜里 夜晚 夜间 晚 夜", Part(18, 22, 17, 28)),
        ("半夜 深夜 午夜", Part(23, 29, 22, 29)),
    )
    for word in words.split()
}
_WORDS = "|".join(sorted((word for word in _PARTS if len(word) > 1), key=len, reverse=True))

_ONES = "一二三四五六七八九"
_HOUR = rf"(?:2[0-4]|[01]?\d|二十[一二三四]?|十[{_ONES}]?|[零〇两{_ONES}])"
_MINUTE = rf"""(?:[0-5]\d|[二三四五]?十[{_ONES}]?|[零〇][{_ONES}])(?![\d个人元块岁斤栋号楼平])|[\d{_ONES}](?=分)"""
_LACK = rf"(?:一刻|[12]?\d|[一二]?十[{_ONES}]?|[{_ONES}])"
_TO = r"\s?(?:到|至|[-–—~～]{1,2})\s?"
_FREE = r"(?:(?<![\d零一二三四五六七八九十百.第这那前几:快])|(?<=[周期拜][一二三四五六])|(?<=尽快))"
# 五点五元, 2点5公里, 三点意见, 20点积分, 我说两点: not an hour.
_NO_AMOUNT = rf"""(?!(?:\d{{1,2}}|[二三四五六七八九零])(?!\d|个|位|名|栋|幢|楼|单元|号|人|点|-)
    |[^\w]?(?:意见|建议|要求|问题|希望|原因|理由|想法|疑问|需求|说明|诉求|看法|感受|好处|不满|积分|式|几|一线)
    |(?<=[说提讲][两{_ONES}\d]点)(?:[，。：:、]|$))"""

PATTERNS = (
    rf"""(?P<offset>{NOT_LASTING}(?:(?P<offset_by>{PASSING})|等)?
        (?P<offset_count>半|{COUNT})\s?(?P<offset_half>个半|个|半)?(?P<offset_unit>小时|钟头|分钟|刻钟)
        (?(offset_by){LATER}?(?![了没])|{LATER}))""",
    rf"""(?P<pair>{_FREE}(?:(?P<neighbours>[一二]两|[两二]三|三四|四五|五六|六七|七八|八九|九十|十一、?十?二)
        |(?P<pair_first>\d\d?|[两{_ONES}])、(?P<pair_second>\d\d?|十?[{_ONES}]|十))\s?点(?![五意建要])(?:钟|多|半)?)""",
    rf"""(?P<span>{_FREE}(?P<span_from>{_HOUR}){_TO}(?P<span_to>{_HOUR})
        \s?点(?P<span_half>半)?(?:钟|整)?{_NO_AMOUNT})""",
    rf"""(?P<clock>{_FREE}(?:差(?P<lack>{_LACK})(?:分钟?)?[到就]?)?(?P<hour>{_HOUR})
        \s?(?:点(?:钟|整)?|时(?=\d|整|许|[，。,]|$|[一二三四五]?十?[{_ONES}]?分))
        (?:(?P<half>半)|(?P<quarters>[一二两三123])刻|过?(?P<minute>{_MINUTE})分?|差(?P<lack_after>{_LACK})分?)?
        (?:钟|多|过(?![来去后期]))?{_NO_AMOUNT})""",
    r"""(?P<digital>(?<![\d:.])(?P<digital_hour>2[0-4]|[01]?\d):(?P<digital_minute>[0-5]\d)(?::[0-5]\d)?(?!\d)
        \s?(?P<digital_half>[aApP][mM])?)""",
    r"(?P<english>(?<![\d:])(?P<english_hour>1[0-2]|[1-9])\s?(?P<english_half>[aApP][mM])(?![a-zA-Z]))",
    rf"""(?P<part>(?:{_WORDS})(?!好)|(?<=[今明后昨前天儿个一二三四五六日号末])(?:[早晚](?!一?[点些]|[餐饭会班到了报])|[晨夜])
        |早(?=[七八九六\d][点:]|十点))""",
)


def _offset(words: re.Match[str]) -> timedelta:
    count, unit, half = words["offset_count"], words["offset_unit"], words["offset_half"] or ""
    minutes = {"分钟": 1, "刻钟": 15}.get(unit, 60)
    number = 0.5 if count == "半" else float(counted(count))
    return timedelta(minutes=minutes * (number + (0.5 if "半" in half and count != "半" else 0)))


def _clock(words: re.Match[str]) -> Clock | None:
    hour = read(words["hour"])
    if hour is None or hour > 24:
        return None
    lack = words["lack"] or words["lack_after"]
    said = words["half"] or words["quarters"] or words["minute"] or lack
    minutes = hour * 60 + _past_the_hour(words) - (15 if lack == "一刻" else read(lack) or 0 if lack else 0)
    unsure = words["hour"] == "一" and not said and not words["clock"].endswith(("钟", "整", "过", "多"))
    return Clock(minutes % (25 * 60), unsure=unsure)


def _past_the_hour(words: re.Match[str]) -> int:
    if words["half"]:
        return 30
    if words["quarters"]:
        return 15 * (read(words["quarters"]) or 0)
    return read(words["minute"]) or 0 if words["minute"] else 0


def _pair(words: re.Match[str]) -> Clock | None:
    """七八点, 十一二点, 9、10点; None for what is not two hours in a row."""
    neighbours = words["neighbours"]
    if neighbours:
        first = 11 if len(neighbours) > 2 else read(neighbours[0]) or 0
        return Clock(first * 60, until=first * 60 + 60)
    first, second = read(words["pair_first"]) or 0, read(words["pair_second"]) or 0
    return Clock(first * 60, until=second * 60) if second == first + 1 else None


def _span(words: re.Match[str]) -> Clock:
    half = 30 if words["span_half"] else 0
    return Clock((read(words["span_from"]) or 0) * 60, until=(read(words["span_to"]) or 0) * 60 + half)


def _digital(words: re.Match[str]) -> Clock:
    return _english_clock(int(words["digital_hour"]), int(words["digital_minute"]), words["digital_half"])


def _english(words: re.Match[str]) -> Clock:
    return _english_clock(int(words["english_hour"]), 0, words["english_half"])


def _english_clock(hour: int, minute: int, half: str | None) -> Clock:
    if half:
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return Clock(hour * 60 + minute, fixed=bool(half))


def _part(words: re.Match[str]) -> Part:
    return _PARTS[words["part"]]


READERS: Mapping[str, Callable[[re.Match[str]], Clock | Part | timedelta | None]] = {
    "offset": _offset,
    "pair": _pair,
    "span": _span,
    "clock": _clock,
    "digital": _digital,
    "english": _english,
    "part": _part,
}
