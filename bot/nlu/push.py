"""What a resident wants of the news: which kinds, on or off, or those alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_KINDS: Mapping[str, str] = {
    "course": r"课程?|讲座|党课|学习|直播|回放",
    "activity": r"活动|演出|比赛|集市",
    "notice": r"停水|停电|停气|社区通知|公告|政策|通告",
    "volunteer": r"志愿",
}
_KIND = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _KINDS.items()))
_OFF = re.compile(
    r"退订|取消|关[了掉闭]?|不[要想收]|别[再给发]?|莫[再给发]?|停(?!水|电|气)[了掉止]?|屏蔽|少[发点]|免打扰|不用|太多"
)
_ON = re.compile(r"订阅|打开|开启|开通|开起|想收|要(?!是)|接收|留[着到]?|恢复|提醒我")
_ALONE = re.compile(
    r"[只光][给想]?(?:我)?(?:要|收|留|发|看)|(?:其他|其它|别|其余)的?(?:都|全)?(?:关|不要|停|退)|改成只"
)
_NIGHT = re.compile(r"晚上|夜[里间]|半夜|免打扰|睡觉")
_BREAK = re.compile(r"[，。,.!！；;\s]+|但是?|不过")


@dataclass(frozen=True, slots=True)
class Wish:
    """`wanted` by kind; `every` says the same of all kinds. Neither: they want to see how it is set."""

    wanted: Mapping[str, bool]
    every: bool | None = None
    night: bool = False


def read(text: str) -> Wish:
    """What the text wants of the news.

    >>> read("把课程推送关掉").wanted
    {'course': False}
    """
    if _NIGHT.search(text):
        return Wish({}, night=True)
    named = _named(text)
    if _ALONE.search(text) and named:
        return Wish({kind: kind in named for kind in _KINDS})
    if named:
        wanted = dict(_each(text))
        return Wish(wanted) if wanted else Wish({})
    off, on = _OFF.search(text), _ON.search(text)
    if off:
        return Wish({}, every=False)
    return Wish({}, every=True) if on else Wish({})


def _named(text: str) -> list[str]:
    return [str(found.lastgroup) for found in _KIND.finditer(text)]


def _each(text: str) -> Iterator[tuple[str, bool]]:
    """Each kind with the nearest word for on or off in its clause; a kind without one goes with the next that has."""
    waiting: list[str] = []
    for clause in filter(None, _BREAK.split(text)):
        kinds = list(_KIND.finditer(clause))
        said = sorted([(word.start(), False) for word in _OFF.finditer(clause)] + _switches_on(clause))
        if not said:
            waiting += [str(kind.lastgroup) for kind in kinds]
            continue
        for kind in kinds:
            nearest = min(said, key=lambda one: _distance(one[0], kind, clause))
            yield str(kind.lastgroup), nearest[1]
        yield from ((kind, said[0][1]) for kind in waiting)
        waiting = []


def _switches_on(clause: str) -> list[tuple[int, bool]]:
    """Words for on that are no part of a word for off, such as 要 in 不要."""
    taken = [range(*word.span()) for word in _OFF.finditer(clause)]
    starts = [word.start() for word in _ON.finditer(clause)]
    cancelled = "取消订阅" in clause
    return [] if cancelled else [(at, True) for at in starts if not any(at in span for span in taken)]


def _distance(at: int, kind: re.Match[str], clause: str) -> int:
    """How far a word is from a kind; one behind it, before the next kind, is nearer than one before it."""
    if at >= kind.end():
        others = sum(1 for other in _KIND.finditer(clause) if kind.end() <= other.start() < at)
        return at - kind.end() + 100 * others
    return kind.start() - at + 1
