"""Joins time words into what was meant together: 明天 + 下午 + 三点, from … to …, before, after."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.nlu.times.atoms import Atom
from bot.nlu.times.days import Day, later
from bot.nlu.times.hours import Clock, Part

_BESIDE = re.compile(r"[\s,，、的()]*(?:大概|大约|差不多|那天|当天|就|在|嘛|嘞|和|跟|哈)?[\s的()]*")
_UNTIL = re.compile(r"\s*(?:左右|开始|起)?\s*(?:一直)?(?:到|至|[-–—~～]{1,2})\s*")
_BOUND = re.compile(
    r"\s*(?:钟|左右)?(?:(?P<after>以后|之后|过后|往后|后(?![面台门天续排])|起)|(?P<before>以前|之前|前(?![面台门天后排])|为止))"
)


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a range, or all there is: a day, a part of it, an hour."""

    day: Day | None = None
    part: Part | None = None
    clock: Clock | None = None

    def plus(self, atom: Atom) -> "Side | None":
        """Return this with one more word; None when the word begins something new."""
        if atom.clock:
            return None if self.clock else Side(self.day, self.part, atom.clock)
        if atom.part:
            return None if self.clock or self.part not in (None, atom.part) else Side(self.day, atom.part)
        if atom.day is None:
            return None
        if self.day is None:
            return Side(atom.day, self.part, self.clock)
        day = None if self.part or self.clock else _together(self.day, atom.day)
        return Side(day) if day else None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name one time together."""

    begin: int
    end: int
    start: Side = Side()
    stop: Side | None = None
    offset: timedelta | None = None
    every: bool = False
    bound: str = ""  # "after" or "before"


def joined(text: str, atoms: list[Atom]) -> list[Phrase]:
    """Return the times of the text in order, without what comes back every day or week."""
    return [_bounded(text, phrase) for phrase in _runs(text, atoms) if not phrase.every]


def _runs(text: str, atoms: list[Atom]) -> Iterator[Phrase]:
    current: Phrase | None = None
    for atom in atoms:
        grown = current and _grown(text[current.end : atom.begin], current, atom)
        if current and not grown:
            yield current
        current = grown or _begun(atom)
    if current:
        yield current


def _begun(atom: Atom) -> Phrase:
    return Phrase(atom.begin, atom.end, Side(atom.day, atom.part, atom.clock), offset=atom.offset, every=atom.every)


def _grown(gap: str, phrase: Phrase, atom: Atom) -> Phrase | None:
    if phrase.offset or atom.offset or atom.every:
        return None
    if not gap or _BESIDE.fullmatch(gap):
        side = (phrase.stop or phrase.start).plus(atom)
        if side:
            start, stop = (phrase.start, side) if phrase.stop else (side, None)
            return Phrase(phrase.begin, atom.end, start, stop, every=phrase.every)
        return replace(phrase, end=atom.end) if phrase.every else None
    if phrase.stop is None and _UNTIL.fullmatch(gap):
        stop = Side(atom.day, atom.part, atom.clock)
        return Phrase(phrase.begin, atom.end, phrase.start, stop, every=phrase.every)
    return None


def _together(first: Day, second: Day) -> Day | None:
    """下周的周三, 12月5号（周六）, 周六周日; None for two days that have nothing to do with each other."""
    if first.last and second.repeats:
        inside = later(second, first.first)
        return Day(inside, past=first.past) if inside <= first.last else None
    if second.first == first.first or (first.repeats == "month" and second.repeats == "week"):
        return first
    if not first.last and second.first - first.first == timedelta(days=1):
        return Day(first.first, second.last or second.first, past=first.past)
    return None


def _bounded(text: str, phrase: Phrase) -> Phrase:
    bound = _BOUND.match(text, phrase.end) if phrase.stop is None and not phrase.offset else None
    if not bound:
        return phrase
    return replace(phrase, end=bound.end(), bound=bound.lastgroup or "")


def on_day_of(phrase: Phrase, other: Phrase) -> Phrase:
    """The phrase on the day that another phrase names: 明天我想约个保洁，上午十点."""
    begin, end = min(phrase.begin, other.begin), max(phrase.end, other.end)
    return replace(phrase, start=replace(phrase.start, day=other.start.day), begin=begin, end=end)
