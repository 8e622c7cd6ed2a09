"""What volunteers say of shifts: which there are, that they come or cannot, to swap, their hours, to be one no more."""

import re

from bot.nlu.assent import asks
from bot.nlu.enrolment import gives_up
from bot.nlu.wanted import Wanted

_SHIFT = re.compile(r"值班|排班|班次|换班|志愿|值守|[的个这]班(?!级|主任|车|机)|[天五六日一二三四上下午晚]班")
_OTHERS = re.compile(
    r"活动|[课讲]|培训|比赛|演出|预约|保洁|维修|疏通|搬家|理发|陪诊|师傅|上门|快递|包裹|取件|外卖|柜|场地|活动室"
)
_LISTS = re.compile(
    r"(?:还|都)?(?:有|缺|差|剩)(?:哪些|什么|啥子?|哪天的?|几个|没有人?的?).{0,4}班|哪些班|哪天缺人|班表|值班表|缺人的班"
)
_LISTS_CLEARLY = re.compile(
    r"志愿.{0,4}(?:班次|值班|排班)|值班表|班次|哪天缺人|缺人的班|志愿服务.{0,3}(?:有哪些|有什么)"
)
_COMES = re.compile(r"我(?:可以|能|要|想)?(?:来|值|顶|上)(?!不)|我有空|算我|认领|我去值|给我排|排上我|报.{0,4}班")
_MINE = re.compile(
    r"我的(?:值班|班次|排班|志愿班|班$|班[，。？?！!])|我(?:值|排|领)了?(?:哪|什么|啥|几).{0,3}班|我(?:哪天|什么时候|几号|啥时候)(?:值班|有班)"
)
_SWAPS = re.compile(r"换班|换个班|替班|顶班|调班|跟人换|找人(?:换|替|顶)|班.{0,6}(?:让给|换给|转给)|哪个(?:能)?替我")
_TAKES = re.compile(r"(?:我|愿意|可以).{0,3}(?:接班|替班|顶班|接这个班|替他|替她|接他的|接她的)|^接班|^我来接|^我接")
_HOURS = re.compile(
    r"志愿(?:服务)?.{0,3}(?:时长|时数|小时|工时|记录)|服务时长|(?:做|值)了(?:多少|好多|几).{0,2}(?:小时|钟头|个班)"
)
_HOW = re.compile(r"怎么|咋|如何|哪|证明|证书|什么|啥")
_LEAVES = re.compile(r"(?:不想?|不再)(?:当|做|干)志愿者|退出志愿|志愿者?(?:不当|不做|退出|注销)|取消志愿者")


def speaks_of_others(text: str) -> bool:
    """Whether something is spoken of that is no shift, though one comes to it or does not."""
    return _OTHERS.search(text) is not None


def speaks_of_shifts(text: str) -> bool:
    """Whether shifts are spoken of at all."""
    return _SHIFT.search(text) is not None


def lists(text: str, *, surely: bool = False) -> bool:
    """Whether the shifts are asked for; `surely`: so that no class of a course can be meant."""
    return (_LISTS_CLEARLY if surely else _LISTS).search(text) is not None or (
        surely is False and lists(text, surely=True)
    )


def comes(text: str) -> bool:
    """Whether somebody says that they would keep a shift."""
    return _COMES.search(text) is not None and not gives_up(text) and not asks(text)


def asks_for_mine(text: str) -> bool:
    """Whether somebody wants to see which shifts are theirs."""
    return _MINE.search(text) is not None


def swaps(text: str) -> bool:
    """Whether somebody wants another one to keep their shift."""
    return _SWAPS.search(text) is not None and not takes(text)


def takes(text: str) -> bool:
    """Whether somebody takes what another one offers."""
    return _TAKES.search(text) is not None


def asks_for_hours(text: str) -> bool:
    """Whether somebody wants to know how long they have served."""
    return _HOURS.search(text) is not None and not _HOW.search(text)


def says_my(text: str) -> bool:
    """Whether it is their own that is spoken of."""
    return "我" in text


def leaves(text: str) -> bool:
    """Whether somebody wants to be a volunteer no more."""
    return _LEAVES.search(text) is not None


def fits(said: Wanted | None, start: int, end: int) -> bool:
    """Whether a shift, in minutes past midnight, is at the hour or in the part of the day that was said."""
    if said is None:
        return True
    if said.hours:
        return any(start <= hour < end for hour in said.hours)
    return start < said.until and said.since < end
