"""How activities are talked of: what is on, enrolling, waiting, giving up, checking in."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.activity import MOST_PERSONS, Shown
from bot.rules.queue import HOLD
from bot.store.activity import Activity, ActivityEnrolment, Kind, Standing
from bot.wording.activity.nouns import noun
from bot.wording.booking.times import clock, date_of, day

IN_GROUP = "报名请点开公众号私聊我，几句话就好。"
NOTHING_ON = "最近还没有排出活动。排好了问“有什么活动”就能看到。"
ALL_FULL = "最近的活动都报满了，可以候补。点一下看看："
WHICH = "想报哪个活动？点一下，或者直接说名字："
HOW_MANY = "一共去几个人？连您自己，说个数就行。"
PERSONS_WORDS, WHICH_WORDS = ("人数", "几个人"), ("活动",)
JOIN, QUEUE, PAGE = "报名", "候补", "打开活动页"
TAKE_OFFER, DECLINE_OFFER = "要这个名额", "不要这个名额"
NO_OFFER = "现在没有给您留着的名额。"
GIVE_UP, YES_GIVE_UP, KEEP_IT = "取消报名", "确定取消", "留着"
KEPT = "好的，名额给您留着。"
WHICH_TO_GIVE_UP = "不去哪一个？点一下："
GONE = "这个活动已经结束或取消了。说“有什么活动”看看别的。"
SOME_OTHER_DAY = "这天没有排活动。最近的有："


def line(one: Shown, now: datetime) -> str:
    """One activity in a list."""
    its = one.activity
    start = its.starts_at.astimezone(now.tzinfo)
    return f"{its.title}：{day(start, now)}{clock(start)}，{left(one)}"


def left(one: Shown) -> str:
    """How many places there still are."""
    if one.left is None:
        return "不限名额"
    return f"还有{one.left}个名额" if one.left else "已报满，可候补"


def listed(lines: Sequence[str], *, head: str = "") -> str:
    return "\n".join([head or "最近的活动：", *lines, "想看哪个、报哪个，直接说名字。"])


def full_story(one: Shown, now: datetime) -> str:
    """All there is to say of one."""
    its = one.activity
    start, end = its.starts_at.astimezone(now.tzinfo), its.ends_at.astimezone(now.tzinfo)
    until = clock(end) if end.date() == start.date() else f"{date_of(end)}{clock(end)}"
    lines = [
        its.title,
        f"时间：{date_of(start)}{clock(start)}–{until}",
        f"地点：{one.where}" if one.where else "",
        f"对象：{its.audience}" if its.audience else "",
        f"主办：{its.organiser}" if its.organiser else "",
        f"名额：{left(one)}",
        its.words,
    ]
    return "\n".join(filter(None, lines))


def when_and_where(its: Activity, where: str, now: datetime) -> str:
    start = its.starts_at.astimezone(now.tzinfo)
    return "，".join(filter(None, (f"{date_of(start)}{clock(start)}", where)))


def too_many(most: int = MOST_PERSONS) -> str:
    return f"这里一次最多报{most}个人，更多的请打电话到站里。"


def read_back(one: Shown, persons: int, now: datetime) -> str:
    """Everything once more before anybody is enrolled."""
    said = when_and_where(one.activity, one.where, now)
    return f"请核对：{one.activity.title}\n{said}\n人数：{persons}人\n没问题回复“确认”；哪里不对直接说新的。"


def read_back_waiting(one: Shown, persons: int, now: datetime) -> str:
    minutes = int(HOLD.total_seconds() // 60)
    said = when_and_where(one.activity, one.where, now)
    has = f"只剩{one.left}个名额，不够{persons}人" if one.left else "名额满了"
    return (
        f"{one.activity.title}{has}。\n{said}\n要给您候补{persons}人吗？"
        f"有人退了按先后发消息给您，名额留{minutes}分钟。要就回复“确认”。"
    )


def enrolled(its: Activity, mine: ActivityEnrolment, where: str, now: datetime) -> str:
    said = when_and_where(its, where, now)
    return (
        f"报好了：{its.title}，{mine.persons}人\n{said}\n报名号：{mine.number}\n"
        "前一天和开始前一小时提醒您；去不了就说“取消报名”，让给邻居。"
    )


def queued(its: Activity, before: int) -> str:
    ahead = f"前面还有{before}位" if before else "您排第一位"
    return f"已经帮您候补{its.title}，{ahead}。有名额马上发消息；不等了就说“取消报名”。"


def have_it(title: str) -> str:
    return f"您已经报了{title}。"


def mine_line(its: Activity, mine: ActivityEnrolment, where: str, now: datetime, position: int) -> str:
    """One line in the list of a resident's own."""
    said = when_and_where(its, where, now)
    if mine.state == Standing.WAITING:
        return f"候补：{its.title}，{said}，{mine.persons}人，排第{position}位"
    if mine.state == Standing.OFFERED:
        return f"给您留着：{its.title}，{said}，{mine.persons}人，回复“{TAKE_OFFER}”"
    came = "，已签到" if mine.state == Standing.CAME else ""
    return f"{its.title}：{said}，{mine.persons}人，报名号{mine.number}{came}"


def mine(lines: Sequence[str], kind: Kind | None = None) -> str:
    """All of a resident's own, or those of one kind."""
    return "\n".join([f"您报的{noun(kind).name if kind else ''}：", *lines])


def nothing_of_mine(kind: Kind | None) -> str:
    """There is nothing of that kind, or nothing at all."""
    if kind is None:
        return "您现在没有报名的活动和课。想看有什么，说“有什么活动”或“有什么课”。"
    return f"您现在没有报名的{noun(kind).name}。想看有什么，说“{noun(kind).ask}”。"


def give_up_one(title: str) -> str:
    return f"{GIVE_UP}：{title}"


def whole(title: str) -> str:
    """All that is to come of a course."""
    return f"{title}整门课"


def on_day(title: str, start: datetime) -> str:
    """One lesson of several."""
    return f"{title}{start.month}月{start.day}日"


def form_title(title: str) -> str:
    return f"{title}的报名" if title else "活动报名"


def really(title: str, start: datetime, count: int = 1) -> str:
    if count > 1:
        return f"{title}后面{count}节都不去了，确定取消报名吗？"
    return f"{title}（{date_of(start)}{clock(start)}）不去了，确定取消报名吗？"


def given_up(title: str, count: int = 1) -> str:
    said = f"后面{count}节" if count > 1 else ""
    return f"{title}{said}的报名取消了，名额让给邻居。下次有空再来。"


def offer_declined(title: str) -> str:
    return f"好的，{title}的名额让给后面的人，候补也取消了。"
