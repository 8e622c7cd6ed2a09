"""What the staff read about bookings in the back office."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.rules.booking.calendar import Cell, Column
from bot.rules.booking.desk import Happened
from bot.store.booking import State, WaitState, What
from bot.wording.booking.times import clock

PLACE, ORDERS, WAITING, CALENDAR, CATALOGUE, PROVIDERS, MINE = (
    "预约",
    "订单",
    "候补",
    "日历",
    "服务项目",
    "商户",
    "我的订单",
)
TABS = (
    ("calendar", CALENDAR, "/console/bookings"),
    ("orders", ORDERS, "/console/bookings/orders"),
    ("waiting", WAITING, "/console/bookings/waiting"),
    ("catalogue", CATALOGUE, "/console/bookings/catalogue"),
    ("providers", PROVIDERS, "/console/bookings/providers"),
)
STATES: Mapping[State, tuple[str, str]] = {
    State.BOOKED: ("已约", "blue"),
    State.ARRIVED: ("已到访", "green"),
    State.DONE: ("已完成", "green"),
    State.CANCELLED: ("已取消", ""),
    State.NO_SHOW: ("没人在", "amber"),
    State.ORPHANED: ("待派人", "red"),
}
WAITS: Mapping[WaitState, tuple[str, str]] = {
    WaitState.WAITING: ("排着", "blue"),
    WaitState.OFFERED: ("等回复", "amber"),
    WaitState.TAKEN: ("约上了", "green"),
    WaitState.EXPIRED: ("过期", ""),
    WaitState.LEFT: ("不等了", ""),
}
NUMBER, SERVICE, TIME, WHO_DOES, STATE, PHONE = "编号", "项目", "时间", "谁做", "状态", "电话"
HINT = "编号或项目"
NONE, NONE_WORDS, NONE_BUTTON = "还没有预约", "居民在微信里约，或者您在日历上替打电话来的人约，都会列在这里。", "去日历"
FILTERS = (
    ("", "全部"),
    ("open", "没做的"),
    ("today", "今天的"),
    ("done", "做完的"),
    ("cancelled", "取消的"),
    ("missed", "没人在"),
)
RATINGS = {5: "满意", 3: "一般", 1: "不满意"}
THING, WHO, NAME, ADDRESS, NOTE, REASON = "做什么", "替谁约", "怎么称呼", "上门地址", "备注", "原因"
WHO_HINT = "电话号码；或者以前的单号（B、T开头）、在微信里的名字"
NAME_HINT = "只用于这一单"
ADDRESS_HINT = "上门的服务要写，只给上门的师傅看"
NOTE_HINT = "做什么用、多少人、要带什么"

_STEPS: Mapping[What, str] = {
    What.BOOKED: "约好",
    What.MOVED: "改时间",
    What.CANCELLED: "取消",
    What.ARRIVED: "到访",
    What.WRONG_CODE: "到访码不对",
    What.DONE: "完成",
    What.RATED: "评价",
    What.NO_SHOW: "没人在",
    What.ORPHANED: "商户走了，待派人",
    What.REASSIGNED: "换人",
    What.QUEUED: "排上候补",
    What.OFFERED: "通知有空位",
    What.TAKEN: "接受，约上",
    What.EXPIRED: "没回复，过期",
    What.DECLINED: "不要这个时间",
    What.LEFT: "不等了",
}
_BY = {"resident": "居民", "system": "系统"}
_DAYS = "一二三四五六日"
_VERDICTS = {"good": "满意", "fair": "一般", "bad": "不满意"}


def step(what: What) -> str:
    """A line of a history."""
    return _STEPS[what]


def by(who: str) -> str:
    """Who did it."""
    return _BY.get(who, who)


def told(one: Happened, zone: datetime) -> str:
    """What was said or changed with it; `zone` is any local moment."""
    facts = one.facts
    if one.what is What.MOVED:
        return f"{_moment(facts.get('from'), zone)} → {_moment(facts.get('to'), zone)}"
    if one.what is What.RATED:
        return _VERDICTS.get(str(facts.get("verdict")), "")
    if one.what is What.ARRIVED and facts.get("asked"):
        return "没用到访码，已打电话向居民核实"
    late = "（开始前2小时内）" if facts.get("late") else ""
    return f"{facts.get('reason') or ''}{late}"


def _moment(text: object, zone: datetime) -> str:
    at = datetime.fromisoformat(str(text)).astimezone(zone.tzinfo)
    return f"{at.month}月{at.day}日{clock(at)}"


def day(one: date, today: date) -> str:
    """今天 11月22日 周日."""
    near = {0: "今天 ", 1: "明天 ", -1: "昨天 "}.get((one - today).days, "")
    return f"{near}{one.month}月{one.day}日 周{_DAYS[one.weekday()]}"


def short_day(one: date) -> str:
    return f"周{_DAYS[one.weekday()]} {one.month}/{one.day}"


def week(one: date) -> str:
    """The week of a Monday."""
    return f"{one.year}年{one.month}月{one.day}日起的一周"


def span(start: datetime, end: datetime) -> str:
    """11月23日 周一 15:00–17:00."""
    return f"{start.month}月{start.day}日 周{_DAYS[start.weekday()]} {clock(start)}–{clock(end)}"


def cell(one: Cell, column: Column, *, moving: bool) -> str:
    """What tapping a free half hour does, for whoever does not see it."""
    what = "改到这里" if moving else "预约"
    return f"{short_day(column.day)} {clock(one.start)} {column.who.resource.name} 还空{one.free}位，{what}"


def lasts(minutes: int) -> str:
    return f"{minutes // 60}小时" if minutes % 60 == 0 else f"{minutes}分钟"


def lead(minutes: int) -> str:
    """How long before."""
    return "随时" if not minutes else f"提前{minutes // 1440}天" if minutes % 1440 == 0 else f"提前{lasts(minutes)}"
