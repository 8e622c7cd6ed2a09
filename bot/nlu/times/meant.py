"""Chooses among the times of a text the one that is asked for: 本来约的明天，改到后天 is about 后天."""

import re
from datetime import datetime

from bot.nlu.times.phrases import Phrase, on_day_of
from bot.nlu.times.put_off import put_off
from bot.nlu.times.resolve import moment
from bot.nlu.times.values import Moment, Opening, Precision

_CLAUSE = r"[^，。,？?！!；;]"
_TO = r"(?:个|一?下|一哈)?[到成至在为]?了?\s*$"
_MOVED = re.compile(rf"(?:[改换挪推调移延]|提前|推迟|顺延){_TO}")
_ASKED = re.compile(rf"(?:[约订定排放选]{_TO}|[要想就][约订定]?\s*$)")
_OLD = re.compile(
    rf"(?:本来|原来|原本|原先|原定|原约|之前|先前|上次|上回|不是|不要|不约|别|把我?|取消){_CLAUSE}{{0,6}}$"
)
_CHANGED = re.compile(r"(?:的?(?:那个|那单|单子|订单|预[约定]|约|号)?)?\s*(?:改|换|挪|推|取消|退|不要|就?算了)")
_BLOCKED = re.compile(rf"{_CLAUSE}{{0,6}}?(?:不行|没空|没得空|来不|不在|没时间|不得空|去不|不方便|赶不|不得行|没人|才)")
_BUSY = re.compile(
    rf"{_CLAUSE}{{0,6}}?(?:有事|上班|出差|出门|要去)"
)  # of a day; at an hour it may be what is asked for
_REQUEST = re.compile(
    rf"{_CLAUSE}{{0,3}}?(?:(?<!起)来|能|可以|得行|行不|有空|有没有|上门|去|做|见|方便|取|送|修|约|想|帮|给我|要个"
    r"|[吗嘛不吧]?(?:[，。,？?！!；;]|$))"
)
_EXCEPT = re.compile(r"除(?:了|开|去)?$")
_MOST = 24  # times in a text that are looked at
_NEAR = 20  # characters between a day and the hour that is said later


def choose(text: str, found: list[Phrase], now: datetime, opening: Opening | None) -> Moment | None:
    """Return the moment that is meant; of equals the first; one that is over only where there is no other."""
    best, best_weight = None, -100
    for index, said in enumerate(found[:_MOST]):
        phrase = _with_day(text, index, found[:_MOST])
        candidate = moment(phrase, now, opening) if _is_request(text, phrase) else None
        if candidate is None:
            continue
        weight = _weight(text, said, candidate) + _of_day(phrase)
        if weight > best_weight:
            best, best_weight = candidate, weight
    return best and put_off(text, best)


def _is_request(text: str, phrase: Phrase) -> bool:
    """False for 除了周三, and for a part of some day that only a story is set in: 晚上好不容易眯着."""
    side = phrase.start
    if _EXCEPT.search(text[max(0, phrase.begin - 3) : phrase.begin]):
        return False
    return bool(side.day or side.clock or phrase.offset or _REQUEST.match(text, phrase.end))


def _with_day(text: str, index: int, found: list[Phrase]) -> Phrase:
    """Return the phrase; where it has no day of its own, on the day that was named nearest to it."""
    phrase = found[index]
    if phrase.start.day or phrase.offset:
        return phrase
    others = (*reversed(found[:index]), *found[index + 1 :])
    other = next((other for other in others if _lends(text, other, phrase)), None)
    return on_day_of(phrase, other) if other else phrase


def _lends(text: str, other: Phrase, phrase: Phrase) -> bool:
    day = other.start.day
    if not day or day.last or day.past or other.bound or other.stop:
        return False
    if other.begin > phrase.end and (other.start.clock or other.start.part):
        return False
    gap = max(phrase.begin - other.end, other.begin - phrase.end)
    return gap <= (_NEAR if phrase.start.clock else _NEAR // 2) and not _is_blocked(text, other)


def _is_blocked(text: str, phrase: Phrase) -> bool:
    """Whether it is the time at which somebody cannot: 后天有事, 三点不行."""
    return bool(_BLOCKED.match(text, phrase.end) or (not phrase.start.clock and _BUSY.match(text, phrase.end)))


def _of_day(phrase: Phrase) -> int:
    if phrase.start.day is None:
        return 0
    return -6 if phrase.start.day.past else 2


def _weight(text: str, phrase: Phrase, candidate: Moment) -> int:
    before = text[max(0, phrase.begin - 12) : phrase.begin]
    weight = {Precision.MINUTE: 3, Precision.PART: 2, Precision.DAY: 1}[candidate.precision]
    if _MOVED.search(before):
        weight += 6
    elif _OLD.search(before) or _CHANGED.match(text, phrase.end):
        weight -= 5
    elif _ASKED.search(before):
        weight += 6
    if _is_blocked(text, phrase):
        weight -= 3
    return weight
