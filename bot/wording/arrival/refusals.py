"""How arriving says no, and what can be done instead."""

from bot.rules.activity.rotating import CodeNotOurs, CodeOver
from bot.rules.arrival import (
    ArrivalOver,
    FullForWalkIns,
    NobodyFound,
    NobodyNamed,
    NoWalkIns,
    OnRosterAlready,
    TooEarly,
)
from bot.wording import explain
from bot.wording.booking.times import clock, date_of


@explain.register
def _(_refusal: CodeOver) -> str:
    return "这个二维码已经过了时间，大屏每分钟换一次。请扫大屏上现在的码，或者在公众号里说“签到”和大屏上的六位数。"


@explain.register
def _(_refusal: CodeNotOurs) -> str:
    return "这个签到码认不出来。请扫现场大屏上的码，或者在公众号里说“签到”和大屏上的六位数。"


@explain.register
def _(refusal: TooEarly) -> str:
    at = f"{date_of(refusal.opens_at)}{clock(refusal.opens_at)}"
    return f"{refusal.title}还没到签到的时候，{at}起可以签，到时再扫一次就行。"


@explain.register
def _(refusal: ArrivalOver) -> str:
    return f"{refusal.title}已经结束或者不办了，签不了到。当时在场的话，请工作人员在名单上帮您补。"


@explain.register
def _(refusal: NoWalkIns) -> str:
    return f"{refusal.title}只给报了名的人签到。请问问现场的工作人员，或者说“报名”看看别的。"


@explain.register
def _(refusal: FullForWalkIns) -> str:
    return f"{refusal.title}的名额都报满了，这次签不上。请问问现场工作人员有没有空位，他们可以帮您签。"


@explain.register
def _(refusal: OnRosterAlready) -> str:
    return f"名单里已经有“{refusal.name}”。不是同一个人的话，名字后面加个区别，比如“{refusal.name}2”。"


@explain.register
def _(_refusal: NobodyNamed) -> str:
    return "要写一个名字、电话、党员编号或者报名号。"


@explain.register
def _(refusal: NobodyFound) -> str:
    return f"名单里没有“{refusal.said}”，请核对编号。"
