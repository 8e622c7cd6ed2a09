"""Why a lesson push cannot be done so, and what to do instead."""

from bot.rules.lesson_push import (
    BadLink,
    NothingFailed,
    PlanOver,
    PushDecided,
    PushLessonGone,
    PushNotDraft,
    PushNotThere,
    PushOver,
    PushToNobody,
    PushTooLate,
    SameHand,
)
from bot.wording import explain


@explain.register
def _(_refusal: PushNotThere) -> str:
    return "没有这条推送，请回到列表再找。"


@explain.register
def _(_refusal: PushNotDraft) -> str:
    return "这条已经审批过，不能再改；要改请先停止，再写一条新的。"


@explain.register
def _(_refusal: PushToNobody) -> str:
    return "还没选发给谁：选一类人，或者勾一个群。"


@explain.register
def _(_refusal: PushTooLate) -> str:
    return "发送时间已经过了，或者到那时候课已经结束了，请改发送时间。"


@explain.register
def _(_refusal: PushLessonGone) -> str:
    return "这节课没有发布、已取消或者已经结束，请换一节。"


@explain.register
def _(_refusal: SameHand) -> str:
    return "自己写的不能自己审批，请另一位同事来看一遍。"


@explain.register
def _(_refusal: PushDecided) -> str:
    return "别人刚刚处理过，或者内容又改了；请刷新后再看一遍。"


@explain.register
def _(_refusal: PushOver) -> str:
    return "这条推送已经结束或停止了。"


@explain.register
def _(_refusal: NothingFailed) -> str:
    return "没有可以重发的：不确定送到没有的不会重发，免得有人收到两次。"


@explain.register
def _(_refusal: BadLink) -> str:
    return "链接要以 https:// 或 http:// 开头，请核对。"


@explain.register
def _(_refusal: PlanOver) -> str:
    return "计划已经到期或结束，请重新定一个。"
