"""How the rules of volunteers say no, and what can be done instead."""

from bot.rules.volunteer import (
    DecidedAlready,
    MinimumAboveMaximum,
    NoSuchShift,
    NotAVolunteer,
    NotForYou,
    NotYourShift,
    ReasonMissing,
    ShiftEndsBeforeItBegins,
    ShiftsOverlap,
    SwapGone,
    VolunteerAlready,
)
from bot.wording import explain


@explain.register
def _(_refusal: VolunteerAlready) -> str:
    return "您已经登记过志愿者了。说“还有哪些班”看班次。"


@explain.register
def _(_refusal: NotAVolunteer) -> str:
    return "排班要先登记志愿者，站里通过了才能排。说“我要当志愿者”，几句话就好。"


@explain.register
def _(_refusal: NoSuchShift) -> str:
    return "这一班已经开始或不排了。说“还有哪些班”看别的。"


@explain.register
def _(refusal: ShiftsOverlap) -> str:
    return f"这个时间您已经有{refusal.title}了，一个人顾不了两头。说“我的班次”可以看。"


@explain.register
def _(refusal: ReasonMissing) -> str:
    if not refusal.hours:
        return "请写一句原因，本人会看到。"
    return f"离开始不到{refusal.hours}小时，请说一句原因，站里好马上找人。"


@explain.register
def _(_refusal: NotYourShift) -> str:
    return "这一班不在您名下，可能已经退了或换了。说“我的班次”可以看。"


@explain.register
def _(_refusal: SwapGone) -> str:
    return "这一班刚刚有人接了，或者不换了。说“还有哪些班”看别的。"


@explain.register
def _(_refusal: NotForYou) -> str:
    return "这一班是请别人接的。说“还有哪些班”看别的。"


@explain.register
def _(_refusal: ShiftEndsBeforeItBegins) -> str:
    return "结束时间要在开始时间之后，请改一下。"


@explain.register
def _(_refusal: MinimumAboveMaximum) -> str:
    return "最少人数要从1人起，也不能比最多人数还多，请改一下。"


@explain.register
def _(_refusal: DecidedAlready) -> str:
    return "这位志愿者已经处理过了，或者退出了。刷新一下看看。"
