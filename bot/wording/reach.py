"""What the staff read before they send: how it will arrive, or what happens instead."""

from datetime import datetime

from bot.rules.quiet import NoQuietHours
from bot.rules.reach import Reach, WhyNot
from bot.store.outbox import Via
from bot.wording import explain

_WAYS = {
    Via.TEMPLATE: "模板消息，窗口已关也能送到",
    Via.SUBSCRIPTION: "订阅通知，用掉居民的一次同意",
    Via.MASS: "群发，用掉这位居民本月四条中的一条",
}
_WHY_NOT = {
    WhyNot.UNKNOWN: "这位居民没有用过公众号，发不到",
    WhyNot.LEFT: "居民已取消关注，发不到",
    WhyNot.SHUT: "窗口已关：将在居民下次来信时送达",
    WhyNot.USED_UP: "客服消息已发完：将在居民下次来信时送达",
}
_CALL = "，并列入电话名单"
_CALL_ONLY = "，会列入电话名单"


def how(reach: Reach, now: datetime) -> str:
    """客服消息，还可发3条，窗口剩31小时."""
    if reach.why_not is not None:
        waits = reach.why_not in (WhyNot.SHUT, WhyNot.USED_UP)
        return _WHY_NOT[reach.why_not] + ((_CALL if waits else _CALL_ONLY) if reach.will_call else "")
    if reach.via is Via.CUSTOMER:
        said = f"客服消息，还可发 {reach.left} 条，窗口剩 {reach.hours} 小时"
    else:
        said = _WAYS[Via(str(reach.via))]
    return said if reach.waits_until is None else f"{said}；现在是安静时段，{_when(reach.waits_until, now)}送出"


def _when(at: datetime, now: datetime) -> str:
    day = "今天" if at.date() == now.astimezone(at.tzinfo).date() else "明天"
    return f"{day} {at:%H:%M} "


@explain.register
def _(_refusal: NoQuietHours) -> str:
    return "请按“21:30”这样写安静时段的起止时间。"
