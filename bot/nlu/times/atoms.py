"""Cuts the time words out of a text: each becomes one atom, already read against today."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.nlu.times import dates, days, hours
from bot.nlu.times.days import Day
from bot.nlu.times.hours import Clock, Part


@dataclass(frozen=True, slots=True)
class Atom:
    """One time word: exactly one of its readings is set."""

    begin: int
    end: int
    day: Day | None = None
    part: Part | None = None
    clock: Clock | None = None
    offset: timedelta | None = None
    every: bool = False  # 每天, 平时: what hangs on it is no moment


# Whatever time is written with has one of these; most messages stop here.
_HINT = re.compile(
    r"[点天周星拜号日月早晚午晨夜儿后前节旦夕黑晌时钟:/昏年双]|过[\d一二两三四五六七八九十几半]|[\dPp][pPaAMm]"
    "|[五六七八十]一|三十|三八|中秋|重阳|腊八|清明|冬至|国庆|圣诞|元宵|初[一二三四五六七八九十]"
    r"|20\d\d|\d-0"
)
# What a time can begin with, so that the long pattern is tried at few places.
_FIRST = (
    r"(?=[\d零〇一二两三四五六七八九十廿半几差等再过每天逢平通周星礼上下这本当双今明后昨前大外万去年月"
    "元情妇植劳青儿建教国圣清冬母父感除春端中重腊正初农阴旧凌早晨晌少午傍黄擦晚夜深打])"
)
_EVERY = r"(?P<every>每(?:天|日|晚|早|年|个?月|个)?|天天|逢|平时|平常|通常|一般(?=是?[周早上下中晚]))"
_WORDS = re.compile(
    f"{_FIRST}(?:{'|'.join((_EVERY, days.PATTERNS[0], *dates.PATTERNS, *hours.PATTERNS, *days.PATTERNS[1:]))})",
    re.VERBOSE,
)
_LITTLE = tuple("早晚快慢多少好差有大小高低轻重近远点宜些再")  # 早一点, 便宜一点
_NOT_AN_HOUR = re.compile(r"[都也儿点不没空水电声消力小啊吧嘛]|就[好行]")
_AN_HOUR = re.compile(r"左右|[以之]?[后前]|[到至\-~—～]|过来|来(?!着)|上门|可以|行|见|$")


def scan(text: str, today: date) -> list[Atom]:
    """Return the time words in order; `text` is plain (see bot.nlu.numbers)."""
    if not _HINT.search(text):
        return []
    atoms: list[Atom] = []
    for words in _WORDS.finditer(text):
        atom = _read(words, today)
        if atom is not None and not (atom.clock and atom.clock.unsure and not _is_hour(text, atom, atoms)):
            atoms.append(atom)
    return atoms


def _read(words: re.Match[str], today: date) -> Atom | None:
    kind, (begin, end) = words.lastgroup or "", words.span()
    if kind == "every":
        return Atom(begin, end, every=True)
    if kind in hours.READERS:
        found = hours.READERS[kind](words)
        match found:
            case Part():
                return Atom(begin, end, part=found)
            case Clock():
                return Atom(begin, end, clock=found)
            case _:
                return Atom(begin, end, offset=found) if found else None
    day = _day(kind, words, today)
    return Atom(begin, end, day=day) if day else None


def _day(kind: str, words: re.Match[str], today: date) -> Day | None:
    reader = days.READERS.get(kind) or dates.READERS[kind]
    try:
        return reader(words, today)
    except (ValueError, OverflowError):  # 2月30号, or beyond the calendar's last year
        return None


def _is_hour(text: str, atom: Atom, atoms: list[Atom]) -> bool:
    """Whether 一点 is one o'clock: what stands around it must say so."""
    last = atoms[-1] if atoms else None
    beside = last is not None and not text[last.end : atom.begin].strip()
    if beside and last and last.part:
        return True
    before = text[max(atom.begin - 1, 0) : atom.begin]
    if before in _LITTLE or _NOT_AN_HOUR.match(text, atom.end):
        return False
    if before in ("到", "至", "-", "~"):
        return True
    return bool(_AN_HOUR.match(text, atom.end)) and (beside or before in ("", "，", "。", ",", " "))
