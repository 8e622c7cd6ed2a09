"""How suggestions are talked of: the number, what is asked besides, how it stands, what both sides are told."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.nlu.wishes import Wish
from bot.rules.place import Address
from bot.rules.suggestion import (
    MOST_PICTURES,
    AlreadyDecided,
    Heard,
    Line,
    NoSuchOutcome,
    NothingSaid,
    NotPublic,
    OwnSuggestion,
    StillPersonal,
    TooManyPictures,
)
from bot.store.suggestion import State, Suggestion, What
from bot.wording import contact as say_contact
from bot.wording import explain

WISHES = {
    Wish.COURSE: "活动课程",
    Wish.FACILITY: "环境设施",
    Wish.SERVICE: "服务",
    Wish.SPACE: "空间利用（金角银边）",
    Wish.OTHER: "其他",
}
STATES = {
    State.RECEIVED: "已收到，等答复",
    State.ANSWERED: "已答复",
    State.ADOPTED: "已采纳，正在落实",
    State.NOT_ADOPTED: "这次没有采纳",
    State.DONE: "办成了",
    State.PASSED_ON: "按反映问题在办",
    State.WITHDRAWN: "您已撤回",
}
MOST_LISTED = 24  # characters of a suggestion in a list
IN_GROUP = "谢谢您的点子。群里不方便登记，请点开公众号私聊我再说一遍，马上给您编号。"
WHAT = "您有什么建议？一句话就行，比如“希望周末也开老年课”。看到哪块空地角落没用起来，也可以说。"
WHICH_KIND = "这条算哪一类？点一下，说不清就回“跳过”。"
WHERE = "这块地方在哪里？说小区、楼栋或者旁边有什么，也可以发个定位；说不清就回“跳过”。"
SKIP = "跳过"
PICTURE_TOO = "有照片直接发来，还有要补充的也接着说；没有就不用回了。"
CORNER_PICTURE = "拍张现场照片发来，更好安排；没有就不用回了。"
NOTHING_MORE = "好的，就这样登记。答复了马上告诉您；想问到哪一步了，说“我的建议怎么样了”。"
MORE_AGAIN = "还有就接着发，没有就不用回了。"
SUPPORT, OTHERWISE = "支持这一条", "我的不一样"
NONE_YET = "您还没有提过建议。有点子直接说，比如“我建议多摆几条凳子”。"
WHICH = "您提过这几条，想看哪一条？点一下，或者回复数字："
NO_SUCH_NUMBER = "没查到这个编号的建议，可能还没公开。您自己的说“我的建议怎么样了”就能看。"
PUBLIC = "看“您说我办”"
PUBLIC_NONE = "还没有公开的建议。您有什么点子？直接说“我建议……”就行。"
SUPPORTED_BEFORE = "您已经支持过这一条了，一人一次。有结果马上告诉您。"
PASSED_FROM_TICKET = "这条是给社区的建议，已转到建议那边答复您，新编号{number}。"
WITH_PICTURES = "照片也一起收下了。"


def made(row: Suggestion, *, pictures: bool) -> str:
    """The number on a line of its own."""
    kind = "" if row.kind == Wish.OTHER else f"归到“{WISHES[Wish(row.kind)]}”。"
    kept = WITH_PICTURES if pictures else ""
    return f"谢谢您的建议，记下了，编号：\n{row.number}\n{kind}{kept}每一条都有人答复，答复了马上告诉您。"


def like_yours(other: Heard) -> str:
    """A neighbour's that wants the same."""
    many = f"，已有{other.supports}人支持" if other.supports else ""
    return f"另外，有邻居也提过：“{other.words}”（{other.number}{many}）。要不要一起支持这一条？"


def sorted_as(wish: Wish) -> str:
    return f"好的，归到“{WISHES[wish]}”。"


def placed(address: Address | None) -> str:
    return f"地点记下了：{say_contact.place(address)}。" if address else "地点记下了。"


def added(number: str) -> str:
    return f"补充好了，已加到{number}里。"


def picture_added(number: str) -> str:
    return f"照片收到，已加到{number}里。"


def withdrawn(number: str) -> str:
    return f"好的，{number}撤回来了。以后有点子随时说。"


def supported(number: str, count: int) -> str:
    return f"好的，算您一个，{number}现在有{count}人支持。有结果马上告诉您。"


def in_a_list(row: Suggestion) -> str:
    return f"{row.number} {STATES[State(row.state)].partition('，')[0]}"


def status(row: Suggestion, excerpt: str, answer: str, became: str, supports: int) -> str:
    """How the author's own stands: where, what was answered, who else wants it."""
    lines = [
        row.number,
        f"“{excerpt}”" if excerpt else "",
        f"现在：{STATES[State(row.state)]}",
        f"答复：{answer}" if answer else "",
        f"落实：{became}" if became else "",
        f"有{supports}位邻居也支持。" if supports else "",
        "有要补充的接着说就行。" if row.is_open else "",
    ]
    return "\n".join(filter(None, lines))


def public(one: Heard) -> str:
    """A public one, to anybody."""
    lines = [
        f"{one.number} {WISHES[one.wish]}",
        f"“{one.words}”",
        f"现在：{STATES[one.state]}",
        f"答复：{one.reply}" if one.reply else "",
        f"落实：{one.became}" if one.became else "",
        f"{one.supports}人支持" if one.supports else "",
    ]
    return "\n".join(filter(None, lines))


def public_list(found: Sequence[Heard]) -> str:
    lines = [f"{one.number} {_short(one.words)}：{STATES[one.state].partition('，')[0]}" for one in found]
    return "\n".join(["大家提的，公开的有这些：", *lines])


def _short(words: str) -> str:
    return words if len(words) <= MOST_LISTED else f"{words[:MOST_LISTED]}…"


def to_support(one: Heard) -> str:
    return f"支持{one.number}"


def counts(total: int, answered: int, done: int) -> str:
    """The line on top of the public page."""
    return f"公开{total}条，答复{answered}条，办成{done}条"


_NEWS = {
    What.ANSWERED: "{about}有答复了：{note}",
    What.ADOPTED: "{about}采纳了{note}",
    What.NOT_ADOPTED: "{about}这次没有采纳：{note}\n谢谢您的热心，有别的点子随时说。",
    What.DONE: "{about}办成了{became}{note}",
    What.PASSED_ON: "{about}更像是要处理的问题，已转给负责的人去办，新编号{became}。到哪一步了，发编号就能查。",
    What.PUBLISHED: "{about}放到“您说我办”里了，不写您的名字、电话和门牌，邻居可以一起支持。",
}
_TO_SUPPORTERS = {
    What.ANSWERED: "有答复了，发编号就能看。",
    What.ADOPTED: "采纳了，正在落实。",
    What.NOT_ADOPTED: "这次没有采纳，发编号看原因。",
    What.DONE: "办成了{became}",
    What.PASSED_ON: "转给负责的人去办了，谢谢您支持。",
}


def _news(what: What) -> Callable[[Mapping[str, object]], str]:
    def words(facts: Mapping[str, object]) -> str:
        became = str(facts.get("became") or "")
        if facts.get("supports"):
            said = _TO_SUPPORTERS[what].format(became=f"：{became}。" if became else "，谢谢您支持。")
            return f"您支持的建议“{facts['excerpt']}”（{facts['number']}）{said}"
        note = str(facts.get("note") or "")
        about = f"您的建议“{facts.get('excerpt', '')}”（{facts['number']}）"
        if what is What.DONE:
            note, became = (f"。{note}" if note else "。"), (f"：{became}" if became else "")
        elif what is What.ADOPTED:
            note = f"：{note}" if note else "。"
        return _NEWS[what].format(about=about, note=note, became=became)

    return words


NOTICES = {f"suggestion_{what.value}": _news(what) for what in _NEWS}
STEPS = {
    What.RECEIVED: "收到",
    What.ADDED: "补充",
    What.PLACED: "说了地点",
    What.SORTED: "归类",
    What.ANSWERED: "答复",
    What.ADOPTED: "采纳",
    What.NOT_ADOPTED: "不采纳",
    What.DONE: "办成",
    What.PASSED_ON: "转为工单",
    What.PUBLISHED: "公开",
    What.UNPUBLISHED: "撤下公开",
    What.WITHDRAWN: "撤回",
}


def step(line: Line) -> str:
    """A line of the history, for the staff."""
    return f"{line.by or '居民'}{STEPS[line.what]}"


def days(since: datetime, now: datetime) -> int:
    """How many days it waits."""
    return max(0, (now - since).days)


@explain.register
def _(refusal: AlreadyDecided) -> str:
    return f"{refusal.number}现在是“{STATES[State(refusal.state)]}”，这一步办不了。请刷新看看。"


@explain.register
def _(_refusal: NothingSaid) -> str:
    return "请先写几句话：提建议的人和邻居会看到。"


@explain.register
def _(_refusal: StillPersonal) -> str:
    return "公开的话里还有电话或者门牌，请去掉再公开。"


@explain.register
def _(_refusal: NoSuchOutcome) -> str:
    return "没找到这个编号或标题。活动、课程写编码，通知写标题，工单写编号；或者选“用文字说明”。"


@explain.register
def _(_refusal: OwnSuggestion) -> str:
    return "这是您自己提的，不用再支持。邻居支持了会显示人数。"


@explain.register
def _(_refusal: NotPublic) -> str:
    return "这条现在不能支持了。说“大家提了哪些建议”看看别的。"


@explain.register
def _(_refusal: TooManyPictures) -> str:
    return f"一条建议最多收{MOST_PICTURES}张照片，已经收满了，谢谢。"
