"""How polls are talked of: the question, one's vote, the result."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.poll import (
    MOST_WORDS,
    NotAsked,
    PollEndsTooSoon,
    PollOver,
    Totals,
    VotesCast,
    WhoseActivity,
    WrongChoice,
    WrongOptions,
)
from bot.store.poll import Poll, Segment, Shows
from bot.wording import explain

NONE = "现在没有您可以投的票。有了新的，说“有啥子投票”就能看到。"
WHICH = "现在可以投这几个，点一个："
IN_GROUP = "投票请点开公众号私聊我，您投了什么别人看不到。"
NO_RESULTS = "最近没有结束的投票。"
GONE = "这个投票已经结束了。说“投票结果”看结果。"
DONE, PAGE = "就投这些", "看投票"
NAMELESS = "不记名；结束前可以改。"
SEGMENTS = {
    Segment.EVERYBODY.value: "全体居民",
    Segment.MEMBERS.value: "党员",
    Segment.ENROLLED.value: "报名参加的人",
}
SHOWS = {Shows.AFTER_VOTE.value: "投了就看得到", Shows.AT_END.value: "结束后才看得到"}


def until(at: datetime) -> str:
    return f"{at.month}月{at.day}日{at.hour}:{at.minute:02d}"


def question(row: Poll, closes: datetime, *, voted: Sequence[str] | None) -> str:
    """The question with its terms, and what they voted before."""
    how = f"最多选{row.most}个，一个一个点，或者回数字比如“1、2”。" if row.most > 1 else "点一个："
    lines = [
        row.question,
        row.words,
        f"{until(closes)}截止，{NAMELESS}",
        f"您现在投的是：{'、'.join(voted)}。要改就重新选：" if voted else how,
    ]
    return "\n".join(filter(None, lines))


def chosen_so_far(chosen: Sequence[str], left: int) -> str:
    more = f"还可以选{left}个，或者点“{DONE}”。" if left else f"点“{DONE}”就投出去。"
    return f"选了：{'、'.join(chosen)}。{more}"


def voted(options: Sequence[str], closes: datetime) -> str:
    return f"投好了：{'、'.join(options)}。{until(closes)}前都可以改，再说“投票”就行。"


def result(row: Poll, totals: Totals, *, final: bool) -> str:
    """The sums, in the order of the options."""
    head = "结果" if final else "到现在"
    lines = [f"{option}：{count}票（{totals.share(count)}%）" for option, count in totals.options]
    return "\n".join([f"{row.question}\n{head}，{totals.people}人投了：", *lines])


def later(closes: datetime) -> str:
    return f"结果{until(closes)}结束后公布，说“投票结果”就能看。"


@explain.register
def _(_refusal: PollOver) -> str:
    return GONE


@explain.register
def _(_refusal: NotAsked) -> str:
    return "这个投票问的是别的居民。说“有啥子投票”看看您能投的。"


@explain.register
def _(refusal: WrongChoice) -> str:
    return f"请选1到{refusal.most}个。" if refusal.most > 1 else "请选一个。"


@explain.register
def _(refusal: WrongOptions) -> str:
    some = f"选项要{refusal.least}到{refusal.most}个，一行一个，不能重复，每个最多{MOST_WORDS}字"
    return f"{some}；最多可选数不能超过选项数。"


@explain.register
def _(_refusal: PollEndsTooSoon) -> str:
    return "截止时间要在现在和开始时间之后，请改一改。"


@explain.register
def _(_refusal: VotesCast) -> str:
    return "已经有人投了，只能改说明和截止时间。要改问题和选项，请新建一个。"


@explain.register
def _(_refusal: WhoseActivity) -> str:
    return "问报名的人，请写活动或课次的编码；没有这个编码也会看到这句话。"
