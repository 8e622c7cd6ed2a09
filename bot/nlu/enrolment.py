"""What residents say about what they have enrolled in: to give one up, to see them, how many are coming."""

import re

from bot.nlu.assent import asks, people
from bot.nlu.numbers import read

_GIVES_UP = re.compile(
    r"取消|退[了掉出]?|不[想能]?(?:去|来|参加|报)|不[想能]?上(?:课|了)|上不[了成]|[去来]不[了成到]|参加不[了成]|莫法[去来]|没法[去来]|不得[去来]"
)
_ABOUT = re.compile(r"活动|报名|报的|名额|课|班|讲座")
_MINE = re.compile(
    r"我(?:都|现在|已经)?(?:报|参加)了?(?:名)?(?:的|了)?(?:哪些|什么|啥子?|几个)?(?:的)?活动|我的(?:活动|报名)"
)
_TO_JOIN = re.compile(r"想|要|帮我|给我|咋|怎么")
_LEFT = re.compile(r"名额|位子|位置|没报满|没满|还能报|还可以报")
_HEADS = re.compile(
    r"(\d{1,2}|[一两二三四五六七八九十]{1,2})\s*(?:个|位|名|张|口)\s*(?:大人|娃娃|娃儿|娃|小孩|孩子|老人|朋友|票|名额|人)?"
)
_FAMILY = re.compile(r"一家(\d|[一两二三四五六七八九])口")
_TWO = re.compile(r"我们俩|我俩|两口子|老两口|我和(?:我)?(?:老伴|老公|老婆|娃儿|娃娃|孩子|妈|爸|老汉)")
_ORDINAL = re.compile(r"第\s*(?:\d|[一二三四五六七八九十])+\s*个|[一这那哪]个活动|算我一个|加我一个|报?个名|这个|那个")
_CHECKS_IN = re.compile(r"签到|签个到|签一?下到|打卡|报到")
_WAITS = re.compile(
    r"^(?:那|就|我|给|帮|请|要|嘛|先|可以)*(?:候补|候到|候起|排队|排到|排起|等到|等起)(?:一个|起|到|嘛|吧|哈|噻|了|我|要得|好)*[。！!]?$"
)
LEAST_PART = 3  # characters of a name by which somebody means it who has enrolled in it
_CODE = re.compile(r"(?<!\d)(\d{4}|\d{3}\s?\d{3})(?!\d)")


def names_part(text: str, name: str) -> bool:
    """Whether a good part of a name was said: 汤圆会 of 邻里汤圆会."""
    return any(name[at : at + LEAST_PART] in text for at in range(len(name) - LEAST_PART + 1))


def gives_up(text: str) -> bool:
    """Whether somebody says that they will not come; no question about how that is done."""
    return _GIVES_UP.search(text) is not None and not asks(text)


def speaks_of_one(text: str) -> bool:
    """Whether an activity, a lesson or an enrolment is spoken of without its name."""
    return _ABOUT.search(text) is not None


def speaks_of_activities(text: str) -> bool:
    """Whether activities are spoken of, and not simply something one enrolled in."""
    return "活动" in text


def asks_for_mine(text: str) -> bool:
    """Whether somebody wants to see what they have enrolled in."""
    return _MINE.search(text) is not None and not _TO_JOIN.search(text) and not gives_up(text)


def waits(text: str) -> bool:
    """Whether a short answer agrees to the waiting list by naming it: 那就候补嘛."""
    return _WAITS.search(text.strip()) is not None


def asks_for_places(text: str) -> bool:
    """Whether only what has places left is wanted."""
    return _LEFT.search(text) is not None


def checks_in(text: str) -> bool:
    """Whether somebody says that they are there."""
    return _CHECKS_IN.search(text) is not None


def word_of_the_day(text: str) -> str:
    """The four digits that stand on the wall, or the six of a screen; "" where none were said."""
    found = _CODE.search(text)
    return "".join(found[1].split()) if found else ""


def persons(text: str, *, asked: bool) -> int:
    """How many are coming, 0 where the text says nothing of it; `asked`: a bare number says it.

    >>> persons("两个大人一个娃娃", asked=False)
    3
    """
    text = _ORDINAL.sub("，", text)
    if family := _FAMILY.search(text):
        return read(family[1]) or 0
    if heads := sum(read(found[1]) or 0 for found in _HEADS.finditer(text)):
        return heads
    if _TWO.search(text):
        return 2
    if told := people(text):
        return told
    return (read(text.strip(" 。，,.!！")) or 0) if asked else 0
