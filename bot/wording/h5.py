"""What residents read on their pages: 您, short, the next step always named."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.rules.booking import CANCEL_FREELY, HOLD
from bot.store.booking import State
from bot.store.station import Facility
from bot.wording.booking.times import clock, date_of

NAME = "微站"
FACILITIES = {
    Facility.REST.value: "可歇脚",
    Facility.CHARGE.value: "可充电",
    Facility.DRINK.value: "有饮水",
    Facility.TOILET.value: "有卫生间",
    Facility.LEARN.value: "可学习",
}
BAR = "500米"
LARGE, USUAL = "大字", "标准字"
BACK = "返回"
SAID = {
    "booked": "约好了",
    "moved": "时间改好了",
    "cancelled": "已经取消，不收费用",
    "queued": "排上队了，有空位马上发消息给您",
    "left": "已经不排了",
    "suggestion_supported": "算您一个，有结果马上告诉您",
    "poll_voted": "投好了，结束前可以改",
    "activity_enrolled": "报好了，前一天和前一小时提醒您",
    "activity_queued": "排上队了，有名额马上发消息给您",
    "shift_claimed": "排上了，前一天和前一小时提醒您，谢谢您",
    "shift_queued": "候补上了，有人退了马上发消息给您",
    "shift_dropped": "退了，下次有空再来",
    "activity_given_up": "报名取消了，名额让给邻居",
    "will_tell": "好的，到时候发消息给您",
    "replay_counted": "记上了，学时加好了",
}
STANDS = {"free": "有空", "full": "约满", "closed": "休"}
STATES = {
    State.BOOKED.value: "已约好",
    State.ARRIVED.value: "师傅已到",
    State.DONE.value: "已完成",
    State.CANCELLED.value: "已取消",
    State.NO_SHOW.value: "没在",
    State.ORPHANED.value: "正在换师傅",
}
WEEKDAYS = "一二三四五六日"
MORNING, AFTERNOON, NIGHT = "上午", "下午", "晚上"
LEGEND = "有空：点日期选时间。约满：可以排队。休：没人当班，或者来不及安排。"
LEGEND_MOVE = "有空：点日期选时间。休：没人当班，或者来不及安排。"
WHICH_DOOR = "请写清楚小区、几栋几单元几号，比如“示例花园3栋2单元501”。"
CANCEL_HOURS = int(CANCEL_FREELY.total_seconds() // 3600)
HOLD_MINUTES = int(HOLD.total_seconds() // 60)
PROBLEMS = {
    "link": ("链接打不开了", "请回到公众号，发一句话，点新的链接。"),
    "entry": ("没能进来", "请退回公众号，再点一次；还不行就发一句话，点消息里的链接。"),
    "stranger": ("请从公众号打开", "这一页是您自己的。请回到公众号，点消息里的链接进来。"),
    "not_there": ("没有找到这一页", "可能已经办完或取消了。"),
    "refused": ("这一步没办成", ""),
    "forged": ("页面放太久了", "请返回刷新，再点一次。"),
    "bug": ("系统出了点问题", "工作人员已收到通知，请稍后再试。"),
}


def number(words: str) -> str:
    """The number under which a bug stands in the log."""
    return f"编号 {words}"


def which_place(names: Sequence[str]) -> str:
    """Several places have that number."""
    return f"不止一个小区有这一栋，请把小区名写上：{'、'.join(names)}。"


def month(first: date, today: date) -> str:
    """A month's heading, with the year where it is another one."""
    return f"{first.month}月" if first.year == today.year else f"{first.year}年{first.month}月"


def day_label(day: date, stand: str, free: int) -> str:
    """A day of the calendar, read out."""
    count = f"，{free}个时间" if free else ""
    return f"{day.month}月{day.day}日周{WEEKDAYS[day.weekday()]}，{STANDS[stand]}{count}"


def lasts(minutes: int) -> str:
    """How long it takes."""
    return f"每次约{minutes // 60}小时" if minutes % 60 == 0 else f"每次约{minutes}分钟"


def waits_for(day: date) -> str:
    """The day of a waiting list."""
    return f"候补 {day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def held(start: datetime, until: datetime) -> str:
    """What is held for somebody who waited."""
    return f"{date_of(start)}{clock(start)}有位置，给您留到{clock(until)}"


def too_far(most: int) -> str:
    """Further ahead than anything can be booked."""
    return f"只能约{most}天以内的"
