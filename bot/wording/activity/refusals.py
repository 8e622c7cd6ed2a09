"""How the rules of activities say no, and what can be done instead."""

from bot.rules.activity import (
    BeginsInThePast,
    EndsBeforeItBegins,
    EnrolledAlready,
    EnrolmentOver,
    MembersOnly,
    NoOffer,
    NoPlaceLeft,
    NotEnrolled,
    NotToChange,
    PlacesTaken,
    QueuedAlready,
    TooManyEnrolments,
    TooManyPersons,
)
from bot.rules.bulletin import NoticeEndsBeforeItBegins
from bot.wording import explain
from bot.wording.activity.nouns import noun


@explain.register
def _(refusal: NoPlaceLeft) -> str:
    if refusal.left:
        return f"{refusal.title}只剩{refusal.left}个名额了。"
    return f"{refusal.title}刚刚报满了。"


@explain.register
def _(refusal: EnrolledAlready) -> str:
    return f"您已经报了{refusal.title}，报名号{refusal.number}。要改人数，先说“取消报名”再报。"


@explain.register
def _(refusal: QueuedAlready) -> str:
    return f"您已经在候补{refusal.title}了，有名额会发消息给您。"


@explain.register
def _(refusal: EnrolmentOver) -> str:
    called = noun(refusal.kind)
    return f"{refusal.title}已经开始或不办了，这里报不了、退不了。别的{called.name}可以问“{called.ask}”。"


@explain.register
def _(refusal: MembersOnly) -> str:
    return f"{refusal.title}只限党员，登记过的党员才能报。您是党员的话说“我是党员”，支部核对后就能报。"


@explain.register
def _(refusal: TooManyPersons) -> str:
    return f"一次最多报{refusal.most}个人，更多的请打电话到站里。"


@explain.register
def _(refusal: TooManyEnrolments) -> str:
    called = noun(refusal.kind)
    return f"您已经报了{refusal.most}{called.one}，都还没结束，退掉一{called.one[0]}再报。说“我的报名”可以看。"


@explain.register
def _(_refusal: NoOffer) -> str:
    return "这个名额已经让出去了。还想去，直接说它的名字，我帮您候补。"


@explain.register
def _(_refusal: NotEnrolled) -> str:
    return "没有这条报名，可能已经取消了。说“我的报名”可以看。"


@explain.register
def _(refusal: PlacesTaken) -> str:
    return f"已经报了{refusal.taken}人，名额不能比这少。要减人，先联系报名的居民。"


@explain.register
def _(_refusal: EndsBeforeItBegins) -> str:
    return "结束时间要在开始时间之后，请改一下。"


@explain.register
def _(_refusal: BeginsInThePast) -> str:
    return "开始时间已经过了，请先改时间再发布。"


@explain.register
def _(refusal: NotToChange) -> str:
    return f"{refusal.title}已经结束或取消了，不能再改。要再办，请新建一个。"


@explain.register
def _(_refusal: NoticeEndsBeforeItBegins) -> str:
    return "“到哪天”要在“从哪天”之后，请改一下。"
