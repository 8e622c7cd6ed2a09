"""Finds the building, unit and room that a resident names: 3-2-501, 九栋三单元七零二, 7幢, A座1203, 二单元五楼3号."""

import re
from dataclasses import dataclass

from bot.nlu.numbers import SPOKEN, plain, read


@dataclass(frozen=True, slots=True)
class Place:
    """Parts of an address inside a compound, each a number as text or empty; at least one is there."""

    building: str
    unit: str
    room: str
    span: tuple[int, int]

    def as_slot(self) -> dict[str, str]:
        parts = {"building": self.building, "unit": self.unit, "room": self.room}
        return {name: value for name, value in parts.items() if value}


_COUNT = "零〇一二三四五六七八九十百"  # no 两: 两栋 counts, 二栋 names
_NUMBER = rf"(?:\d{{1,3}}|[{_COUNT}]{{1,4}})"
_FREE = rf"(?<![\dA-Za-z{_COUNT}-])"
_UNIT_WORD = r"(?:单[元员源圆原]|但[元愿])"  # the others are what the phone hears
_ROOM_NUMBER = rf"""(?:\d{{3,4}}|[{SPOKEN}]{{3,4}}
    |[一二三四五六七八九]百(?:零[一二三四五六七八九]|[一二三]?十[一二三四五六七八九]?)
    |[一二三]千[零一二三四五六七八九百十]{{1,6}})"""
_NO_COUNT = rf"(?![\d{_COUNT}多个户人块元年月天点岁米度次栋幢:])"


def _verbose(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_HINT = _verbose(
    rf"""[\dA-Za-z{_COUNT}]\s?(?:[栋幢座\#楼室房户层门杠横—–_/.-]|号[院楼房栋室]|{_UNIT_WORD}|[号动洞冻懂东][\s\d{_COUNT}])
    |(?:住在?|家是|牌号?是?|房号是?)\s?[\d{_COUNT}]"""
)
_GAP = re.compile(r"\s?[,，、的之/-]?\s?")
_BUILDING = _verbose(
    rf"""{_FREE}(?:(?P<number>[A-Za-z]?\d{{1,3}}|[{_COUNT}]{{1,4}})\s?
        (?:号?[栋幢](?!楼[都的全里])|号楼|\#楼?|座(?=\s?\d)|[楼号座动洞冻懂东](?=\s?{_NUMBER}\s?{_UNIT_WORD}))
    |(?P<letter>[A-Za-z])\s?(?:号楼|[座栋幢]))"""
)
_UNIT = _verbose(rf"(?<![第\d{_COUNT}])(?P<unit>{_NUMBER}|[A-Da-d甲乙丙丁])\s?(?:{_UNIT_WORD}|门(?=\s?\d{{3}}))")
_SHORT_UNIT = re.compile(r"(?P<unit>\d{1,2})\s?[-—–]\s?(?=\d{3,4}(?!\d))")  # 3栋2-501
_ROOM = _verbose(rf"(?P<room>{_ROOM_NUMBER}){_NO_COUNT}(?:号房|[号室房](?![楼柜]))?")
_FLAT = _verbose(
    rf"""(?P<floor>{_NUMBER})\s?[楼层]\s?(?P<flat>{_NUMBER})\s?(?:[号室](?![楼线柜])|$|(?=[，。,\s]))
    |(?P<on>\d{{1,2}})-(?P<door>\d{{1,2}})(?!\d)"""
)
_ROOM_ALONE = _verbose(
    rf"""(?:住在?|家是|房号是?|门牌号?是?)\s?(?P<after>{_ROOM_NUMBER}){_NO_COUNT}[号室]?
    |{_FREE}(?P<before>\d{{3,4}}|[{SPOKEN}]{{3,4}})(?:室|号房|房(?![间子]))"""
)
_DASHED = _verbose(
    rf"""(?<![\d.-])(?P<building>[A-Za-z]?\d{{1,3}}|[{_COUNT}]{{1,3}})
    \s?(?P<dash>[-—–_/.杠横~])\s?(?P<unit>\d{{1,2}}|[{_COUNT}]{{1,2}})\s?(?P=dash)\s?
    (?:(?P<floor>\d{{1,2}})\s?(?P=dash)\s?(?P<flat>\d{{1,2}})|(?P<room>{_ROOM_NUMBER}))(?![\d{_COUNT}-])"""
)
_TWO = _verbose(
    r"""(?<![\d.-])(?P<building>\d{1,2})\s?[-—–]\s?(?P<room>\d{1,2}(?:0[1-9]|1\d|2\d))
    (?![\d元块人个度次页户岁斤米平点年号-])"""
)


def bare(words: str) -> str:
    """What is looked for, without blanks and without the counting word of a building."""
    return words.replace(" ", "").removesuffix("栋")


def find(text: str) -> Place | None:
    """Return the first address in the text, None when there is none."""
    text = plain(text)
    if not _HINT.search(text):
        return None
    return _dashed(text) or _worded(text) or _room_alone(text)


def _dashed(text: str) -> Place | None:
    words = _DASHED.search(text)
    if words:
        room = _flat(words["floor"], words["flat"]) if words["floor"] else _name(words["room"])
        if words["dash"] in "/." and room.startswith("20"):  # 12/5/2026
            return None
        return Place(_name(words["building"]), _name(words["unit"]), room, words.span())
    words = None if _BUILDING.search(text) else _TWO.search(text)
    return Place(_name(words["building"]), "", words["room"], words.span()) if words else None


def _worded(text: str) -> Place | None:
    building = _BUILDING.search(text)
    unit = _next(text, building, _UNIT, _SHORT_UNIT) if building else _UNIT.search(text)
    last = unit or building
    if last is None:
        return None
    room = _next(text, last, _ROOM, _FLAT)
    span = (building or last).start(), (room or last).end()
    number = _name(building["number"] or building["letter"]) if building else ""
    return Place(number, _name(unit["unit"]) if unit else "", _room(room) if room else "", span)


def _next(text: str, last: re.Match[str], *patterns: re.Pattern[str]) -> re.Match[str] | None:
    """Return the first pattern that matches right behind, a comma or a dash away at most."""
    gap = _GAP.match(text, last.end())
    begin = gap.end() if gap else last.end()
    return next((found for pattern in patterns if (found := pattern.match(text, begin))), None)


def _room_alone(text: str) -> Place | None:
    words = _ROOM_ALONE.search(text)
    return Place("", "", _name(words["after"] or words["before"]), words.span()) if words else None


def _room(words: re.Match[str]) -> str:
    groups = words.groupdict()
    if groups.get("room"):
        return _name(groups["room"])
    return _flat(words["floor"] or words["on"], words["flat"] or words["door"])


def _flat(floor: str, flat: str) -> str:
    """五楼3号 is room 503."""
    return f"{read(floor) or 0}{read(flat) or 0:02d}"


def _name(text: str) -> str:
    number = read(text)
    return text.upper() if number is None else str(number)
