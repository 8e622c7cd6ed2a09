"""How watching a lesson and the hours of a year are talked of."""

from datetime import datetime

from bot.rules.study import Picture, Record, Showing
from bot.store.study import Earned, Rule, Source
from bot.wording.booking.times import clock, date_of, day

IN_GROUP = "这个请点开公众号私聊我，学时和看课的链接只发给您自己。"
NOTHING_TO_WATCH = "现在没有直播，也没有回放可以看。有了会写在课程里；想看有什么课，说“有什么课”。"
WHICH = "想看哪一节？点一下："
REMIND, TELL = "开播提醒我", "有回放告诉我"
WILL_REMIND = "好的，开播前十五分钟发消息给您。"
WILL_TELL = "好的，回放放上来就告诉您，只说一次。"
OPEN_LIVE, OPEN_REPLAY, OPEN_LEARNING = "进直播", "看回放", "打开我的学习"
NO_PAGES = "看课要用公众号里的链接，现在还没开通，请问问站里。"
WATCHED = "看完了"
NOTHING_OPENED = "没有查到您打开过、还没记学时的回放。先说“看回放”打开一节，看完再来说“看完了”。"
WHICH_WATCHED = "看完的是哪一节？点一下："
GONE = "这节课找不到了。说“有什么课”看看别的。"
SOURCES = {Source.ATTENDANCE: "到课", Source.REPLAY: "看回放", Source.MANUAL: "工作人员登记"}
RULES = {
    Rule.WHOLE: "按时到课，按整节课时长计",
    Rule.LATE: "来得晚，从签到算到下课",
    Rule.REPLAY: "看完回放并写了收获，按整节课时长计",
    Rule.STAFF: "工作人员核实后登记",
}


def hours(minutes: int) -> str:
    """Hours with at most one place behind the point: 90 minutes are 1.5.

    >>> hours(90), hours(120)
    ('1.5', '2')
    """
    return f"{int(minutes * 10 / 60) / 10:g}"


def state(one: Picture, now: datetime) -> str:
    """Where a lesson's pictures stand, and what comes next."""
    its = one.activity
    start = its.starts_at.astimezone(now.tzinfo)
    if one.showing is Showing.BEFORE:
        return f"{its.title}{day(start, now)}{clock(start)}开始直播，链接开始前十五分钟放在这里。"
    if one.showing is Showing.LIVE:
        return f"{its.title}正在直播。" if now >= start else f"{its.title}马上直播，{clock(start)}开始。"
    if one.showing is Showing.WAITING:
        return f"{its.title}已经结束，回放还没放上来。"
    if one.showing is Showing.REPLAY:
        until = f"，能看到{date_of(one.until.astimezone(now.tzinfo))}" if one.until else ""
        return f"{its.title}的回放可以看{until}。看完说“{WATCHED}”，答一句收获，就记学时。"
    if one.showing is Showing.EXPIRED:
        return f"{its.title}的回放已经过期看不了了。要补学时请问问站里。"
    if one.showing is Showing.CANCELLED:
        return f"{its.title}取消了，没有直播。"
    return f"{its.title}没有直播，请到现场听；录了回放会写在课程里。"


def label(one: Picture, now: datetime) -> str:
    """One lesson among several to choose from."""
    start = one.activity.starts_at.astimezone(now.tzinfo)
    return f"{one.activity.title} {start.month}月{start.day}日"


def ask_words(title: str, least: int) -> str:
    return f"《{title}》听下来，您最大的收获是什么？用自己的话说一两句，至少{least}个字。"


def counted(title: str, minutes: int) -> str:
    return f"记上了：《{title}》回放，{hours(minutes)}学时。说“我的学时”看全部。"


def record(its: Record, now: datetime) -> str:
    """A year in a few lines: how much, how much is missing, the last entries."""
    minutes = its.totals.minutes
    head = f"{its.year}年您学了{hours(minutes)}学时"
    if its.target is None:
        head += "。"
    elif its.missing:
        head += f"，目标{hours(its.target)}学时，还差{hours_up(its.missing)}学时。"
    else:
        head += f"，目标{hours(its.target)}学时，已经完成！"
    last = [f"· {line(one, now)}" for one in its.earned[:3]]
    return "\n".join([head, *(last or ["还没有记录。来听课签到，或者看完回放说“看完了”，就会记上。"])])


def hours_up(minutes: int) -> str:
    """What is missing, never told smaller than it is."""
    return f"{-(-minutes * 10 // 60) / 10:g}"


def line(one: Earned, now: datetime) -> str:
    """One entry: what, when, how long, how."""
    entry = one.entry
    held = (entry.held_at if one.lesson is None else one.lesson.starts_at).astimezone(now.tzinfo)
    return f"{held.month}月{held.day}日 {title(one)}，{hours(entry.minutes)}学时（{SOURCES[Source(entry.source)]}）"


def title(one: Earned) -> str:
    return one.lesson.title if one.lesson is not None else one.entry.title


def rule(one: Earned) -> str:
    """By which rule the hours were given."""
    return RULES[Rule(one.entry.rule)]
