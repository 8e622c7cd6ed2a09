"""Finds the numbers that open or name something: tickets and bookings, phones, pick-up codes, locker doors."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.nlu.numbers import SPOKEN, read, spoken


@dataclass(frozen=True, slots=True)
class Found:
    """A number in the form in which it is kept, and where it stands."""

    value: str
    span: tuple[int, int]


_TICKET = re.compile(r"(?<![A-Za-z0-9])([TBStbs])\s?(\d{6})\s?[-—–_]?\s?(\d{4})(?!\d)")
_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)?86[\s-]?)?(?P<mobile>1[3-9]\d(?:[\s-]?\d{4}){2})(?!\d)"
    r"|(?<![\d-])(?P<fixed>0\d{2,3}[\s-]?\d{4}[\s-]?\d{3,4})(?![\d-])"
    rf"|(?P<read_out>[幺一1][3-9三四五六七八九][{SPOKEN}\d]{{9}})(?![{SPOKEN}\d])"
)
_DIGITS = rf"(?:\d{{3}}[\s-]\d{{3}}(?!\d)|\d{{2}}\s\d{{2}}\s\d{{2}}(?!\d)|\d{{4,8}}|[{SPOKEN}]{{4,8}})"
_CODE = re.compile(
    rf"(?<!号)码(?:就?是|为)?[：:=，,\s]*(?P<after>{_DIGITS}|\d{{1,2}}-\d{{1,2}}-\d{{4}})(?![\d年月-])"
    r"|(?:输入?|凭|用|开[柜箱]门?|取件|取快递|签到)\D{0,4}?(?P<used>(?<!\d)\d{6}|(?<=签到)\s?\d{4,6})(?!\d)"
    r"|(?<![\d-])(?P<before>\d{6})[，,\s]{0,2}(?:是?(?:我的)?(?:取件)?码|开[柜箱门]|取件|取快递|取一?下)"
    r"|^\W*(?P<bare>\d{6})\W*$"
)
_CODE_HINT = re.compile(r"\d{4}|码|\d\s\d\d\s\d")

_LOCKER = r"(?:(?:快递|储物|存储|存物|智能|寄存|自提)?[柜桂鬼贵跪匮])"  # 柜, and what the phone hears
_N = rf"(?:[A-Za-z]?\d{{1,3}}|[{SPOKEN}十百]{{1,4}})"
_FREE = rf"(?<![\dA-Za-z{SPOKEN}十百.])"
_BOX = r"(?:格口|格子|格|仓门|仓|小门|小?箱子?)"
_OPEN = r"(?:打开|开启|开|取|拿|弹开)"
_NO_DOOR = r"(?!\s?(?:楼|栋|幢|线|单元|院|文件|下午|上午|早|晚|[^，。,]{0,3}(?:活动|预约|课|班|来|去|会)))"
_DOORS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"柜子?\s?(?:的|里的?|里面的?)?\s?(?:第)?{_FREE}(?P<door>{_N})\s?号?{_BOX}",  # 2号柜的15号格
        rf"{_FREE}(?P<door>{_N})\s?号?\s?{_BOX}(?!子?[铺车])",
        rf"{_FREE}(?P<door>{_N})\s?号?(?:的)?\s?{_LOCKER}(?!台|员|机|橱)",
        rf"{_LOCKER}[子门们口]{{0,2}}(?:编号|号码|号|是|的)?\s?(?:第)?{_FREE}(?P<door>(?:{_N}(?=\s?号)|\d{{1,3}}(?![\d天个次点月块元小分年:.-])))\s?号?{_NO_DOOR}",
        rf"{_OPEN}(?:一?[下哈]|个|到)?\s?(?:第)?{_FREE}(?P<door>{_N})\s?号{_NO_DOOR}",
        rf"{_FREE}(?P<door>{_N})\s?号门?(?:给我)?(?:打|弹)?开(?!门|放|始|会|课|学|业|工|班|展|户|通|店|讲|发|车|证)",
    )
)
_DOOR_HINT = re.compile(rf"[\d{SPOKEN}十]\s?(?:号|的?\s?[格柜桂鬼贵跪匮箱仓])|[柜桂鬼贵跪匮].{{0,5}}[\d{SPOKEN}十]")


def ticket(text: str) -> Found | None:
    """T261122-0007, also in small letters and without the dash."""
    words = _TICKET.search(text)
    return Found(f"{words[1].upper()}{words[2]}-{words[3]}", words.span()) if words else None


def phone(text: str) -> Found | None:
    """Digits only: 138 0000 0000, 028-0000-0003, 幺三八零零…"""
    words = _PHONE.search(text)
    if words is None:
        return None
    digits = spoken(re.sub(r"[\s-]", "", _taken(words)))
    return Found(digits, words.span()) if digits else None


def pickup_code(text: str) -> Found | None:
    """The digits after 码, six digits that are to open something, or six digits and nothing else."""
    words = _CODE.search(text) if _CODE_HINT.search(text) else None
    if words is None:
        return None
    said = _taken(words).strip()
    return (
        Found(spoken(re.sub(r"[\s-]", "", said)) or said, words.span())
        if said.count("-") < 2
        else Found(said, words.span())
    )


def door(text: str) -> Found | None:
    """3号柜, 柜门6号, 打开十二号, 2号柜15号格 (the compartment)."""
    if not _DOOR_HINT.search(text):
        return None
    words = _first(pattern.search(text) for pattern in _DOORS)
    if words is None:
        return None
    number = read(words["door"])
    return Found(words["door"].upper() if number is None else str(number), words.span())


def _first(found: Iterable[re.Match[str] | None]) -> re.Match[str] | None:
    return next((words for words in found if words), None)


def _taken(words: re.Match[str]) -> str:
    return next(value for value in words.groups() if value)
