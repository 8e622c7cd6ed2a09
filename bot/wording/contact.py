"""How people of the community are told: who it is, how to reach them, who stands in, what if it is urgent."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.rules.contact import Found, Reached
from bot.rules.hours import Opening
from bot.rules.place import Address
from bot.store.contact import Role
from bot.wording.station import hours, until, when

ROLES = {
    Role.GRID_WORKER: "网格员",
    Role.BUILDING_HEAD: "微网格员（楼栋长）",
    Role.POLICE: "社区民警",
    Role.PROPERTY: "物业",
    Role.COMMUNITY: "社区居委会",
    Role.SECRETARY: "社区书记",
    Role.STATION: "服务站",
}
WHICH_ROLE = "您想找哪一位？点一下，或者回复数字："
IN_GROUP = "群里不方便发电话。请点开公众号私聊我，马上告诉您。"
KEEP, NO = "记住", "不用"
KEEP_THIS, OTHER, FORGET = "以后就按这栋", "换一栋", "别再记了"
NOT_KEPT = "好的，不记，以后也不再问。"
FORGOTTEN = "好的，已经忘掉您住哪栋了，以后也不再问。"
NOBODY = "还没登记这位的联系方式。请到社区服务窗口问问，急事拨12345；有危险先拨110、119、120。"
_YES = (
    "好",
    "好的",
    "好嘛",
    "好哇",
    "可以",
    "行",
    "要得",
    "嗯",
    "嗯嗯",
    "是",
    "是的",
    "对",
    "记到",
    "记嘛",
    "记吧",
    "记起",
    "记住吧",
    "同意",
    "ok",
)
_NO = (
    "不",
    "不要",
    "不用了",
    "不用记",
    "不记",
    "不必",
    "别记",
    "莫记",
    "不好",
    "不行",
    "算了",
    "不需要",
    "不要记",
    "不可以",
    "不得行",
    "不同意",
)
_URGENT = {
    Role.POLICE: "急事别等：有危险马上拨110，火警119，急救120。",
    Role.PROPERTY: "爆水管、电梯困人这样的急事直接打电话；有危险先拨110、119、120。",
}
_ON_DUTY = "有危险先拨110、119、120。"
_OFF_DUTY = "不在班又急的，拨12345；有危险先拨110、119、120。"


def place(address: Address) -> str:
    """A compound, or a building of it: 示例花园3栋, 示例大厦A座."""
    if not address.is_building:
        return address.compound
    unit = f"{address.door.unit}单元" if address.door.unit else ""
    return f"{address.compound}{building(address.number)}{unit}"


def building(number: str) -> str:
    return f"{number}栋" if number[-1:].isdigit() else f"{number}座"


def which_building(role: Role, compounds: Sequence[str]) -> str:
    example = f"，比如“{compounds[0]}3栋”" if compounds else ""
    return f"您住哪个小区、哪一栋{example}？说了我好查是哪位{ROLES[role]}。"


def which_compound(role: Role) -> str:
    return f"您问的是哪个小区的{ROLES[role]}？点一下，或者说小区名字："


def which_number(compound: str, role: Role) -> str:
    return f"{compound}的哪一栋？每栋的{ROLES[role]}不一样，回复“3栋”这样就行。"


def which_of(number: str) -> str:
    return f"不止一个小区有{building(number)}，您说的是哪个小区？"


def which_unit(address: Address, role: Role) -> str:
    return f"{place(address)}各单元的{ROLES[role]}不一样，您住几单元？"


def unit(number: str) -> str:
    return f"{number}单元"


def no_such_building(compound: str, number: str, numbers: Sequence[str]) -> str:
    known = "、".join(map(building, numbers))
    return f"{compound}没有查到{building(number)}。这里有{known}，请再说一次是哪栋："


def nowhere(number: str) -> str:
    return f"没查到{building(number)}。请连小区名字一起说，或者点一下小区："


WHICH_OF_THESE = "您说的是哪一个？点一下，或者回复数字："
PLACE_AGAIN = "没听出是哪里。请说小区名字和楼栋，或者点一下小区："


def answer(found: Found, address: Address | None, opening: Opening, now: datetime) -> str:
    """Who it is and how to reach them."""
    of = f"{place(address)}的" if address is not None else ""
    lines = [
        _who(of, found),
        f"电话：{found.who.phone}",
        f"时间：{hours(found.who.hours)}（{at_work(opening, now)}）",
        f"地址：{found.who.address}" if found.who.address else "",
        _URGENT.get(found.wanted, _ON_DUTY if opening.is_open else _OFF_DUTY),
    ]
    return "\n".join(filter(None, lines))


def at_work(opening: Opening, now: datetime) -> str:
    """Whether somebody is on duty now, or when again."""
    if opening.is_open:
        return f"现在在班，到{until(opening, now)}" if opening.until else "现在在班"
    why = f"今天{opening.special.name}放假" if opening.special else "现在不在班"
    return f"{why}，{when(opening.opens, now)}上班" if opening.opens else why


def ask_them(who: Reached) -> str:
    """After several vain attempts: somebody who can look it up."""
    return f"这样说不清楚也没关系，请打{who.title}问：{who.phone}，{hours(who.hours)}。有危险先拨110、119、120。"


def of_community(label: str, community: str) -> str:
    return f"{label}（{community}）"


def may_we_remember(address: Address) -> str:
    """Asked once, with its reason and the way back."""
    return f"\n\n要我记住您住{place(address)}吗？下次找人就不用再说，随时可以让我忘掉。"


def remembered(address: Address) -> str:
    return f"记住了：{place(address)}。下次问网格员、物业就不用再说了。"


def from_memory(address: Address) -> str:
    return f"\n\n（按您让我记住的{place(address)}查的）"


def agreed(text: str) -> bool | None:
    """Whether a short answer says yes or no to being remembered; None when it says something else."""
    said = text.strip(" 。！!，,~～吧啊哈嘛哦噻").lower()
    if text.strip(" 。！!，,~～") in _NO or said in _NO:
        return False
    return True if text.strip(" 。！!，,~～").lower() in _YES or said in _YES else None


def _who(of: str, found: Found) -> str:
    """The post that was asked for; where its holder is away or missing, whom to ask instead."""
    role, who = f"{of}{ROLES[found.wanted]}", found.who.title
    if not found.absent:
        return f"{role}：{who}" if not found.is_next_best else f"{role}暂时空缺，请找{who}："
    away = f"{role}是{found.absent}，请假到{_day(found.back)}" if found.back else f"{role}是{found.absent}，请假中"
    return f"{away}，请找{who}：" if found.is_next_best else f"{away}，这段时间由{who}代班："


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
