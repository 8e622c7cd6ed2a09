"""What residents read about their complaints: the number, who has it, by when, how far it is, how it ended."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.nlu.kinds import Trouble
from bot.privacy import masked
from bot.rules.place import Address
from bot.rules.ticket import AlreadyOver, AlreadyTaken, Line, NoReason, NotSolved, Seen
from bot.store.ticket import State, What
from bot.wording import contact as say_contact
from bot.wording import explain

TROUBLES = {
    Trouble.GARBAGE: "垃圾和卫生",
    Trouble.NOISE: "噪音",
    Trouble.LIFT: "电梯",
    Trouble.LAMP: "路灯和照明",
    Trouble.PIPE_LEAK: "水管和下水道",
    Trouble.MANHOLE: "井盖和路面",
    Trouble.FIRE_LANE: "消防和通道",
    Trouble.PARKING: "停车",
    Trouble.DOG: "养狗",
    Trouble.HIGH_THROW: "高空抛物、坠物",
    Trouble.EBIKE_IN_LIFT: "电动车上楼、飞线",
    Trouble.SMELL: "油烟和气味",
    Trouble.ILLEGAL_BUILDING: "违章搭建",
    Trouble.GROUP_RENTING: "群租",
    Trouble.PROPERTY_SERVICE: "物业和服务",
    Trouble.EQUIPMENT: "公共设施",
    Trouble.SEEPAGE: "渗水漏水",
    Trouble.PESTS: "虫鼠",
    Trouble.OTHER: "其他",
}
STATES = {
    State.RECEIVED: "已登记，等社区安排人",
    State.ASSIGNED: "已登记，等负责的人接",
    State.WORKING: "正在处理",
    State.SCHEDULED: "已安排时间处理",
    State.NEEDS_MORE: "等您补充情况",
    State.REOPENED: "已重新打开，等负责的人接",
    State.SOLVED: "工作人员说办好了，等您评价",
    State.ELSEWHERE: "已转其他部门",
    State.NOT_OURS: "不归社区管",
    State.DUPLICATE: "和另一件并在一起办",
    State.CLOSED: "已办结",
}
IN_GROUP = "收到您的情况了。群里不方便细说，请点开公众号私聊我，马上给您登记。"
IN_GROUP_STATUS = "群里不方便说办理情况。请点开公众号私聊我，马上帮您查。"
WHAT = "请说说是什么事、在哪里，一句话就行，比如“2栋楼下垃圾三天没人收”。照片也可以直接发。"
WHERE = "在哪里？说小区和楼栋，或者发个定位；说不清就回“跳过”。"
WHERE_AGAIN = "没查到这个地方。请再说一次小区和楼栋，或者发个定位；说不清就回“跳过”。"
PICTURE_TOO = "有照片可以直接发来，还有要补充的也接着说；没有就不用回了。"
MORE_AGAIN = "还有就接着发，没有就不用回了。"
CONTACT_GOES, CONTACT_STAYS = "可以", "不用"
CONTACT_KEPT = "好的，只随这一件转给他们，别处不用。"
CONTACT_NOT_KEPT = "好的，不转。有进展我来告诉您。"
NOTHING_MORE = "好的，就这样登记。有进展会告诉您；想问到哪一步了，把编号发给我就行。"
SAME, ANOTHER, SKIP = "是同一件", "不是同一件", "跳过"
FALSE_ALARM = "是误会，撤销"
NONE_YET = "您还没有反映过问题。有事直接说，比如“2栋楼下垃圾三天没人收”。"
NO_SUCH_NUMBER = "没查到您名下有这个编号。请核对一下，或者说“我的投诉到哪一步了”看全部。"
WHICH_TICKET = "您反映过这几件事，想看哪一件？点一下，或者回复数字："
RATED_GOOD = "谢谢您的评价，这件事就办结了。以后有事随时说。"
RATED_FAIR = "谢谢，意见记下了，这件事先办结。还有没弄好的，随时再说。"
BY_PHONE = "现在还不能自动通知到人，请您再打个电话，报上编号。"
TOLD = "已经转过去了。"
SOMEBODY = "工作人员"


def opened(seen: Seen) -> str:
    """The number on a line of its own, who is responsible, and how to reach them."""
    where = f"，{_where(seen)}" if _where(seen) else ""
    return f"收到，已经登记：\n{seen.number}\n{TROUBLES[seen.trouble]}{where}。\n{gone_to(seen)}"


def gone_to(seen: Seen) -> str:
    """Who is responsible, and what the resident does where nobody hears of it by itself."""
    who = f"这件归{seen.holder}管" if seen.holder else "这件先归社区，由社区安排人"
    if seen.reached:
        return f"{who}，{TOLD}{f'急事打电话{seen.phone}。' if seen.phone else '急事打12345。'}"
    call = f"电话{seen.phone}" if seen.phone else "到社区窗口或者打12345"
    return f"{who}，{call}。{BY_PHONE}"


def may_contact_go(office: str, phone: str) -> str:
    """The one question for a contact, with its reason; `phone` is the one they told us, "" where they have not."""
    if phone:
        return f"{office}办这件事要能联系到您。您登记的电话{masked(phone)}可以随这件转给他们吗？不转也照样办。"
    return f"{office}办这件事要能联系到您。方便的话回个称呼和电话，只随这件转给他们；不方便就回“不用”，照样办。"


def moment(at: datetime, now: datetime) -> str:
    """今天17:00, 明天12:00, 11月24日12:00."""
    days = (at.date() - now.date()).days
    day = {0: "今天", 1: "明天"}.get(days, f"{at.month}月{at.day}日")
    return f"{day}{at.hour}:{at.minute:02d}"


def age(at: datetime, now: datetime) -> str:
    """刚刚, 5小时前, 3天前."""
    hours = int((now - at).total_seconds() // 3600)
    if hours < 1:
        return "刚刚"
    return f"{hours}小时前" if hours < 24 else f"{hours // 24}天前"


def your_own(other: Seen, now: datetime) -> str:
    """The same resident has complained of it before."""
    return (
        f"{age(other.created_at, now)}您反映过{_where(other)}的{TROUBLES[other.trouble]}问题："
        f"{other.number}，{STATES[other.state]}。是同一件吗？"
    )


def me_too(other: Seen, now: datetime) -> str:
    """Somebody else's complaint, without what points to them."""
    words = f"“{other.excerpt}”，" if other.excerpt else ""
    return (
        f"另外，{age(other.created_at, now)}有邻居反映过{_where(other)}的{TROUBLES[other.trouble]}问题："
        f"{words}{STATES[other.state]}。是同一件吗？"
    )


def joined(other: Seen, *, own: bool) -> str:
    if own:
        return f"好的，加到原来那件里一起办，编号：\n{other.number}"
    return f"好的，并到一起办，编号：\n{other.number}\n多一个人反映，更受重视。有进展会同时告诉您。"


def which_of(places: Sequence[Address]) -> str:
    numbers = {one.number for one in places if one.number}
    if len(numbers) == 1:
        return f"不止一个小区有{say_contact.building(numbers.pop())}，是哪个小区？说不清就回“跳过”。"
    return "是下面哪一个？点一下，或者说小区和楼栋；说不清就回“跳过”。"


def which_building(compound: str) -> str:
    return f"{compound}的哪一栋附近？说“3栋”这样就行；不在哪栋旁边就回“跳过”。"


def at_home(address: Address) -> str:
    return f"就在我家（{say_contact.place(address)}）"


def placed(seen: Seen) -> str:
    """The place is known now, and perhaps somebody else has it."""
    return f"地点记下了：{_where(seen)}。{gone_to(seen)}"


def added(number: str) -> str:
    return f"补充好了，已加到{number}里。"


def added_unsure(number: str) -> str:
    """Where it may have been about something else."""
    return f"已补充到{number}里。如果说的是另一件事，请先说“我要反映问题”。"


def picture_added(number: str) -> str:
    return f"照片收到，已加到{number}里。"


def location_added(number: str) -> str:
    return f"定位收到，已加到{number}里。"


def again_in_danger(number: str) -> str:
    """The same person in the same danger, once more."""
    return f"刚说的也加到{number}里了，按最急的一级在办。"


def withdrawn(number: str) -> str:
    return f"好的，{number}已经撤销。没事就好，有事随时说。"


def reopened(seen: Seen) -> str:
    return f"对不起，没给您办好。{seen.number}已经重新打开，{gone_to(seen)}\n哪里还没弄好？说一句，我一起记上。"


def in_a_list(seen: Seen) -> str:
    """One of several, to tap."""
    return f"{seen.number} {TROUBLES[seen.trouble]}"


def status(seen: Seen, lines: Sequence[Line], now: datetime, *, follows: bool) -> str:
    """How far it is: state, the way it has gone on one line, and what comes next."""
    where = f"，{_where(seen)}" if _where(seen) else ""
    yours = "（您跟着的）" if follows else ""
    told = "；".join(filter(None, (line.note for line in lines[-1:])))
    parts = [
        f"{seen.number}{yours}",
        f"{TROUBLES[seen.trouble]}{where}：{STATES[seen.state]}",
        " → ".join(_step(line, follows=follows) for line in lines[-MOST_STEPS:]),
        f"最近的话：{told}" if told else "",
        _next(seen, now),
    ]
    return "\n".join(filter(None, parts))


MOST_STEPS = 6
_STEPS: Mapping[What, str] = {
    What.OPENED: "收到",
    What.ROUTED: "转{who}",
    What.TAKEN: "{who}接单",
    What.SCHEDULED: "定了时间",
    What.ASKED: "请您补充",
    What.ANSWERED: "答复您",
    What.ADDED: "您补充",
    What.MERGED: "并到另一件",
    What.REFEREED: "由{who}定夺",
    What.PASSED_ON: "改派{who}",
    What.SOLVED: "办好",
    What.ELSEWHERE: "转其他部门",
    What.NOT_OURS: "不归社区管",
    What.RATED: "您评价",
    What.REOPENED: "重新打开",
    What.WITHDRAWN: "您撤销",
    What.CLOSED: "办结",
}


def _step(line: Line, *, follows: bool) -> str:
    """One step with its time; to a follower it is not "you" who opened or added."""
    said = _STEPS[line.what].format(who=line.title or SOMEBODY)
    at = f"{line.at.month}月{line.at.day}日{line.at.hour}:{line.at.minute:02d}"
    return f"{at} {said.replace('您', '') if follows else said}"


def _next(seen: Seen, now: datetime) -> str:
    """What comes next, and until when."""
    if seen.state is State.SOLVED:
        return "办得怎么样？回复“满意”“一般”或“没修好”。"
    if seen.state is State.NEEDS_MORE:
        return "请直接回复补充的情况，或者发照片。"
    if seen.due is not None and seen.due < now:
        return "已经超过答复时限，对不起。急的话请打12345。"
    if seen.state in (State.RECEIVED, State.ASSIGNED, State.REOPENED):
        return gone_to(seen)
    if seen.due is None:
        return ""
    return f"最迟{moment(seen.due, now)}前给您下一步。"


def _where(seen: Seen) -> str:
    """The place, by its names; where the chart does not know it, as it was said."""
    return say_contact.place(seen.address) if seen.address else seen.said_place


def news(what: What) -> Callable[[Mapping[str, object]], str]:
    """The words of the notice for one kind of step."""

    def words(facts: Mapping[str, object]) -> str:
        whose = "您跟着的" if facts.get("follows") else "您反映的"
        about = f"{whose}{TROUBLES[Trouble(str(facts['trouble']))]}问题（{facts['number']}）"
        note = str(facts.get("note") or "")
        said = f"：{note}" if note else "。"
        holder = str(facts.get("holder") or "") or SOMEBODY
        return _NEWS[what].format(about=about, said=said, holder=holder) + (
            _HOW_WAS_IT if what is What.SOLVED and not facts.get("follows") else ""
        )

    return words


_HOW_WAS_IT = "\n办得怎么样？回复：1 满意　2 一般　3 不满意（没修好就直接说“没修好”）"
_NEWS = {
    What.TAKEN: "{about}，{holder}已经接单，正在处理{said}",
    What.SCHEDULED: "{about}已安排时间{said}",
    What.ASKED: "{about}需要您补充一下{said}\n直接回复我就行，我会转过去；我要是没接上，先发一次编号。",
    What.ANSWERED: "{about}有答复了{said}",
    What.SOLVED: "{about}办好了{said}",
    What.ELSEWHERE: "{about}已转其他部门办理{said}",
    What.NOT_OURS: "{about}不归社区管{said}\n有疑问请打12345。",
    What.REOPENED: "{about}没有办好，已经重新处理。",
}
NOTICES = {f"ticket_{what.value}": news(what) for what in _NEWS}


@explain.register
def _(refusal: AlreadyTaken) -> str:
    return f"{refusal.number}已经由{refusal.holder}接单，请看看别的。"


@explain.register
def _(refusal: AlreadyOver) -> str:
    return f"{refusal.number}已经结束，不能再改。还有问题请重新说一遍，我再登记。"


@explain.register
def _(refusal: NotSolved) -> str:
    return f"{refusal.number}还没办好，现在不用评价。办好了会告诉您。"


@explain.register
def _(_refusal: NoReason) -> str:
    return "请写明原因，居民会看到。"
