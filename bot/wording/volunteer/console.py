"""What the staff read on the pages of volunteers: the week, the people, the pattern, the hours."""

from datetime import date

from bot.rules.volunteer import ShiftShown
from bot.store.activity import Standing, State
from bot.store.volunteer import VolunteerState
from bot.wording.activity.console import TABS
from bot.wording.volunteer.dialogue import RULES, duration

__all__ = ["RULES", "TABS", "duration"]

TITLE, PEOPLE, PLANS, HOURS = "志愿", "志愿者", "固定班", "时长"
VIEWS = (
    ("/console/volunteers", "班表"),
    ("/console/volunteers/people", PEOPLE),
    ("/console/volunteers/plans", PLANS),
    ("/console/volunteers/hours", HOURS),
)
WEEKDAYS = "一二三四五六日"
STATES = {
    VolunteerState.PENDING.value: "待审",
    VolunteerState.APPROVED.value: "在岗",
    VolunteerState.PAUSED.value: "停排",
    VolunteerState.REFUSED.value: "未通过",
    VolunteerState.LEFT.value: "已退出",
}
SHIFT_STATES = {
    State.DRAFT.value: "草稿",
    State.PUBLISHED.value: "",
    State.OVER.value: "已结束",
    State.CANCELLED.value: "已取消",
}
STANDINGS = {
    Standing.ENROLLED.value: "已排",
    Standing.CAME.value: "已签到",
    Standing.WAITING.value: "候补",
    Standing.OFFERED.value: "留着名额",
}
NO_SHIFTS, NO_SHIFTS_WORDS = "这一周没有班", "在“固定班”里写上每周几点到几点、要几个人，班表自己排出两周。"
NO_PEOPLE, NO_PEOPLE_WORDS = "还没有志愿者", "居民在公众号里说“我要当志愿者”，就会出现在这里。"
NO_PLANS, NO_PLANS_WORDS = "还没有固定班", "写一条，系统每小时往后排两周，公共假日自动跳过。"
NO_HOURS, NO_HOURS_WORDS = "这一年还没有时长", "志愿者到班签到，班结束后自动记上。"
ADD_PLAN, STATION, WEEKDAY, FROM, UNTIL = "加一个固定班", "站点", "星期", "开始", "结束"
MINIMUM, MAXIMUM, NAME, DUTIES, ON_HOLIDAYS = "最少人数", "最多人数", "名称", "做什么", "公共假日也排"
MINIMUM_HINT = "少于这个数，提前24小时和3小时告诉站里"
MINUTES_WRONG = "时长要写整数分钟，从0到1440。"
DUTIES_HINT = "志愿者排班时会看到"
WHO, WHEN, SHIFT, TIME, RULE, REASON = "谁", "时间", "班", "时长", "怎么算的", "原因"
HINT = "名称"
NOBODY = "已删除信息的居民"
EXPORT_TITLE = "志愿时长"


def weekday(number: int) -> str:
    return f"周{WEEKDAYS[number]}"


def day(which: date) -> str:
    """A day as the head of a column: 周六 11月28日."""
    return f"{weekday(which.weekday())} {which.month}月{which.day}日"


def manned(one: ShiftShown) -> str:
    """How many of how many: 2/3人."""
    return f"{one.have}/{one.activity.places}人"


def lacks(one: ShiftShown) -> str:
    """What it lacks, "" where it has enough or is over."""
    return f"差{one.lacks}人" if one.lacks and one.activity.is_published else ""


def week_counts(shifts: int, short: int) -> str:
    return f"这一周{shifts}个班，{f'{short}个缺人' if short else '都够人'}"
