"""What the staff read about tickets: the views, the states in one word, and every step in the line."""

import re
from collections.abc import Mapping

from bot.nlu.kinds import Trouble
from bot.rules.desk import Event
from bot.rules.place import Address
from bot.rules.ticket import NobodyThere, NoTwin
from bot.store.ticket import State, Urgency, What, Who
from bot.store.ticket.listing import View
from bot.wording import contact as say_contact
from bot.wording import explain
from bot.wording.ticket import TROUBLES

__all__ = ["TROUBLES"]

BAR = "100米"
VIEWS = {
    View.MINE: "我的",
    View.UNTAKEN: "未接",
    View.OVERDUE: "超时",
    View.COUNTER: "本站",
    View.ALL: "全部",
    View.DONE: "已结",
}
NONE = {
    View.MINE: ("手上没有工单", "分给您的工单会出现在这里。"),
    View.UNTAKEN: ("没有等着接的工单", "居民一反映，新工单就出现在这里。"),
    View.OVERDUE: ("没有超时的工单", "过了答复时限的会排在这里，最急的在最上面。"),
    View.COUNTER: ("本站没有工单", "归服务站、社区窗口的，和还没分出去的，会出现在这里。"),
    View.ALL: ("都办完了", "还没有没办结的工单。想看办过的，点“已结”。"),
    View.DONE: ("还没有办结的工单", "办结、转出和并掉的工单会留在这里。"),
}
STATES = {
    State.RECEIVED: ("待安排", "amber"),
    State.ASSIGNED: ("待接单", "amber"),
    State.WORKING: ("处理中", "green"),
    State.SCHEDULED: ("已约时间", "green"),
    State.NEEDS_MORE: ("等居民补充", ""),
    State.REOPENED: ("重新打开", "red"),
    State.SOLVED: ("待评价", "blue"),
    State.ELSEWHERE: ("已转其他部门", ""),
    State.NOT_OURS: ("不归社区", ""),
    State.DUPLICATE: ("已并单", ""),
    State.CLOSED: ("已结", ""),
}
URGENT = {Urgency.DANGER: "危险", Urgency.URGENT: "急"}
KINDS = (
    ("answered", "答复", "写给居民，他会直接看到。"),
    ("asked", "请补充", "想请居民补充什么？等他回复时，办结时限暂停。"),
    ("scheduled", "约时间", "哪天几点去？例如：明天下午3点物业上门修。"),
    ("solved", "办结", "怎么解决的？居民会看到，并评价。"),
    ("not_ours", "不归社区", "归谁管、怎么找？居民会看到。"),
    ("elsewhere", "转部门", "转给了哪个部门？居民会看到。"),
    ("noted", "内部备注", "只有工作人员看得到，不会发给居民。"),
)
CHANNELS = {
    "official_account": "公众号",
    "wecom_kf": "微信客服",
    "wecom_report": "居民上报",
    "group": "群",
    "gateway": "群",
}
SOMEBODY = "工作人员"
GONE = "居民已离开，信息已删除；答复发不到，只留在记录里。"
RATINGS = {1: "满意", 2: "一般", 3: "不满意"}
_STEPS: Mapping[What, str] = {
    What.OPENED: "居民反映",
    What.ROUTED: "系统分给{to}",
    What.TAKEN: "{by}接单",
    What.SCHEDULED: "{by}约了时间",
    What.ASKED: "{by}请居民补充",
    What.ANSWERED: "{by}答复居民",
    What.ADDED: "居民补充",
    What.PLACED: "居民说了地点",
    What.FOLLOWED: "又有人反映同一件事",
    What.MERGED: "并入{into}",
    What.HANDED_BACK: "{by}退回",
    What.REFEREED: "由{to}定夺",
    What.PASSED_ON: "转派给{to}",
    What.NOTED: "{by}的备注",
    What.SOLVED: "{by}办结",
    What.ELSEWHERE: "{by}转其他部门",
    What.NOT_OURS: "{by}答复不归社区管",
    What.RATED: "居民评价：{rating}",
    What.REOPENED: "重新打开",
    What.WITHDRAWN: "居民撤销",
    What.CLOSED: "已结",
}


def step(event: Event) -> str:
    """One step in words; one that this page has no words for yet by its name."""
    facts = {
        "by": event.title or SOMEBODY,
        "to": event.facts.get("to") or "社区窗口",
        "into": event.facts.get("into", ""),
        "rating": RATINGS.get(_number(event.facts.get("rating")), ""),
    }
    return _STEPS.get(event.what, event.what.value).format(**facts)


def told(event: Event) -> str:
    """What was written at that step: to the resident, by the resident, or among the staff."""
    if event.facts.get("picture"):
        return "（照片）"
    return next((str(event.facts[name]) for name in ("note", "said", "reason") if event.facts.get(name)), "")


def side(event: Event) -> str:
    """Whose step it was, for the colour of its dot."""
    if event.what in (What.NOTED, What.HANDED_BACK):
        return "staff inside"
    return {Who.RESIDENT: "resident", Who.STAFF: "staff", Who.SYSTEM: ""}[event.by]


def where(compound: str, building: str) -> str:
    """示例花园3栋; "" where it is not known."""
    return compound + (say_contact.building(building) if building else "")


def excerpt(masked: str) -> str:
    """花园*栋*电梯坏了 → 花园某栋电梯坏了: the building stands beside it in clear."""
    return _HIDDEN_DOOR.sub(r"某\1", masked)


_HIDDEN_DOOR = re.compile(r"\*(栋|幢|号楼|单元|-)\*")


def place(address: Address | None) -> str:
    return say_contact.place(address) if address is not None else ""


def state(state: State) -> tuple[str, str]:
    """The state in a word, and its colour."""
    return STATES[state]


def urgent(urgency: Urgency) -> str:
    return URGENT.get(urgency, "")


def kinds(words: str) -> list[Trouble]:
    """The troubles whose name has these words."""
    return [trouble for trouble, name in TROUBLES.items() if words and words in name]


def plain(words: str) -> str:
    """花园 3栋 → 花园3, t261122 → T261122: as numbers and places are compared."""
    return words.upper().replace(" ", "").removesuffix("栋")


def here(others: list[str]) -> str:
    """第1网格网格员 正在看这件."""
    return f"{'、'.join(others)} 正在处理" if others else ""


def meanwhile(events: list[Event]) -> str:
    """What has happened while somebody was writing."""
    return "；".join(f"{step(one)}{'：' + told(one) if told(one) else ''}" for one in events)


@explain.register
def _(_refusal: NobodyThere) -> str:
    return "请选要转给谁；他可能刚刚请假，请重新选一位。"


@explain.register
def _(_refusal: NoTwin) -> str:
    return "没有找到要并入的工单。请核对编号，两件都要还没办结。"


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
