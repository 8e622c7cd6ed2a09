"""Finds the numbers that open or name something: tickets and bookings, phones, pick-up codes, locker doors."""

import re
from dataclasses import dataclass

from bot.nlu.numbers import SPOKEN, read, spoken


@dataclass(frozen=True, slots=True)
class Found:
    """A number in the form in which it is kept, and where it stands."""

    value: str
    span: tuple[int, int]


def _verbose(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_TICKET = re.compile(r"(?<![A-Za-z0-9])([TBStbs])\s?(\d{6})\s?[-—–_]?\s?(\d{4})(?!\d)")
_PHONE = _verbose(
    rf"""(?<!\d)(?:(?:\+|00)?86[\s-]?)?(?P<mobile>1[3-9]\d(?:[\s-]?\d{{4}}){{2}})(?!\d)
    |(?<![\d-])(?P<fixed>0\d{{2,3}}[\s-]?\d{{4}}[\s-]?\d{{3,4}})(?![\d-])
    |(?P<read_out>[幺一1][3-9三四五六七八九][{SPOKEN}\d]{{9}})(?![{SPOKEN}\d])"""
)
_PHONE_HINT = re.compile(rf"\d[\s-]?\d{{2}}|[{SPOKEN}]{{5}}")
_CODE = _verbose(
    rf"""(?<!号)码(?:就?是|为)?[：:=，,\s]*
        (?P<after>\d{{3}}[\s-]\d{{3}}(?!\d)|\d\d\s\d\d\s\d\d(?!\d)|\d{{4,8}}|[{SPOKEN}]{{4,8}}|\d{{1,2}}-\d{{1,2}}-\d{{4}})
        (?![\d年月-])
    |(?:输入?|凭|用|开[柜箱]门?|取件|取快递|签到)\D{{0,4}}?(?P<used>(?<!\d)\d{{6}}|(?<=签到)\s?\d{{4,6}})(?!\d)
    |(?<![\d-])(?P<before>\d{{6}})[，,\s]{{0,2}}(?:是?(?:我的)?(?:取件)?码|开[柜箱门]|取件|取快递|取一?下)
    |^\W*(?P<bare>\d{{6}})\W*$"""
)
_CODE_HINT = re.compile(r"\d{4}|码|\d\s\d\d\s\d")

_LOCKER = r"(?:(?:快递|储物|存储|存物|智能|寄存|自提)?[柜桂鬼贵跪匮归规轨])"  # 柜, and what the phone hears
_NUMBER = rf"(?:[A-Za-z]?\d{{1,3}}|[{SPOKEN}十百]{{1,4}})"
_FREE = rf"(?<![\dA-Za-z{SPOKEN}十百.])"
_BOX = r"(?:格口|格子|格|仓门|仓|小门|小?箱子?)"
_NO_DOOR = r"(?!\s?(?:楼|栋|幢|线|单元|院|文件|下午|上午|早|晚|[^，。,]{0,3}(?:活动|预约|课|班|来|去|会)))"
_NO_DAY = r"(?!门|放|始|会|课|学|业|工|班|展|户|通|店|讲|发|车|证)"  # 6号开门 is about the sixth
_DOORS = tuple(
    _verbose(pattern)
    for pattern in (
        rf"(?:{_FREE}{_NUMBER}\s?号?)?柜子?\s?(?:的|里的?|里面的?)?\s?第?{_FREE}(?P<door>{_NUMBER})\s?号?{_BOX}",
        rf"{_FREE}(?P<door>{_NUMBER})\s?号?\s?{_BOX}(?!子?[铺车])",
        rf"{_FREE}(?P<door>{_NUMBER})\s?[号好耗]?的?\s?{_LOCKER}(?!台|员|机|橱|定|范|划|律|道)",
        rf"""{_LOCKER}[子门们口]{{0,2}}(?:编号|号码|号|是|的)?\s?第?{_FREE}
        (?P<door>{_NUMBER}(?=\s?号)|\d{{1,3}}(?![\d天个次点月块元小分年:.-]))\s?号?{_NO_DOOR}""",
        rf"(?:打开|开启|弹开|开|取|拿)(?:一?[下哈]|个|到)?\s?第?{_FREE}(?P<door>{_NUMBER})\s?号{_NO_DOOR}",
        rf"{_FREE}(?P<door>{_NUMBER})\s?号门?(?:给我)?[打弹]?开{_NO_DAY}",
    )
)
_DOOR_HINT = _verbose(
    rf"""[\d{SPOKEN}十]\s?(?:[号好耗]|的?\s?[格柜桂鬼贵跪匮归规轨箱仓])
    |[柜桂鬼贵跪匮归规轨].{{0,5}}[\d{SPOKEN}十]"""
)


def ticket(text: str) -> Found | None:
    """Return T261122-0007, also where it was written small or without the dash."""
    words = _TICKET.search(text)
    return Found(f"{words[1].upper()}{words[2]}-{words[3]}", words.span()) if words else None


def phone(text: str) -> Found | None:
    """Return the digits of 138 0000 0000, 028-0000-0003 or 幺三八零零零零零零零零."""
    words = _PHONE.search(text) if _PHONE_HINT.search(text) else None
    digits = words and _digits(_taken(words))
    return Found(digits, words.span()) if words and digits else None


def pickup_code(text: str) -> Found | None:
    """Return the digits after 码, six digits that are to open something, or six digits and nothing else."""
    words = _CODE.search(text) if _CODE_HINT.search(text) else None
    if words is None:
        return None
    said = _taken(words).strip()
    return Found(said if said.count("-") == 2 else _digits(said) or said, words.span())


def door(text: str) -> Found | None:
    """Return the number in 3号柜, 柜门6号 and 打开十四号; in 2号柜15号格 it is the compartment's."""
    if not _DOOR_HINT.search(text):
        return None
    words = next((found for pattern in _DOORS if (found := pattern.search(text))), None)
    if words is None:
        return None
    number = read(words["door"])
    return Found(words["door"].upper() if number is None else str(number), words.span())


def _digits(text: str) -> str | None:
    return spoken(re.sub(r"[\s-]", "", text))


def _taken(words: re.Match[str]) -> str:
    return next(value for value in words.groups() if value)
