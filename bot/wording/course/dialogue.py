"""How courses are talked of: what is on, one course, one lesson, enrolling in one or in all."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.rules.course import Lecture
from bot.rules.queue import HOLD
from bot.store.activity import Activity, ActivityEnrolment
from bot.store.course import Course, Material
from bot.wording.booking.times import clock, date_of, day
from bot.wording.course.common import FORMATS, LECTURERS

IN_GROUP = "报名请点开公众号私聊我，几句话就好。"
NOTHING_ON = "最近还没有排出课。排好了问“有什么课”就能看到。"
ALL_FULL = "最近的课都报满了，可以候补。点一下看看："
OTHERS, OTHER_DAY = "暂时没有这一类的课。最近的有：", "那个时间没有排课。最近的有："
WHICH, WHICH_WORDS = "想报哪门课？点一下，或者直接说课名：", ("课程", "课名")
WHICH_DAY, DAY_WORDS = "想上哪一节？点一下，或者说哪天：", ("哪一节", "日期", "时间")
JOIN, QUEUE, PAGE = "报名", "候补", "打开课程页"
GONE = "这门课已经结束或取消了。说“有什么课”看看别的。"
WEEKDAYS = "一二三四五六日"
MOST_SAID = 4  # lessons of a course that are told one by one


def line(one: Lecture, now: datetime) -> str:
    """One lesson in a list."""
    start = one.activity.starts_at.astimezone(now.tzinfo)
    return f"{one.course.title}：{day(start, now)}{clock(start)}，{places(one)}"


def places(one: Lecture) -> str:
    """How many places there still are, and for whom."""
    left = "不限名额" if one.left is None else f"还有{one.left}个名额" if one.left else "已报满，可候补"
    return f"{left}（限党员）" if one.activity.members_only else left


def listed(lines: Sequence[str], *, head: str = "") -> str:
    return "\n".join([head or "最近的课：", *lines, "想看哪门、报哪门，直接说课名。"])


def nothing_on(subject: str) -> str:
    """No course on that subject, above those that there are."""
    return f"{no_such(subject)}最近的有："


def no_such(subject: str) -> str:
    return f"还没有排“{subject}”这样的课。"


def lesson_story(one: Lecture, now: datetime) -> str:
    """One lesson with all there is to say."""
    start, end = (moment.astimezone(now.tzinfo) for moment in (one.activity.starts_at, one.activity.ends_at))
    lines = [
        one.course.title,
        f"时间：{date_of(start)}{clock(start)}–{clock(end)}",
        f"地点：{one.where}" if one.where else "",
        taught_by(one.course),
        f"名额：{places(one)}",
        one.activity.words or one.course.words,
    ]
    return "\n".join(filter(None, lines))


def course_story(lessons: Sequence[Lecture], now: datetime) -> str:
    """A course of several lessons, the next ones with their day and places."""
    course = lessons[0].course
    nights = [_lesson_line(one, now) for one in lessons[:MOST_SAID]]
    where = lessons[0].where if len({one.where for one in lessons}) == 1 else ""
    lines = [
        f"{course.title}，还有{len(lessons)}节",
        f"地点：{where}" if where else "",
        taught_by(course),
        *nights,
        f"后面还有{len(lessons) - MOST_SAID}节。" if len(lessons) > MOST_SAID else "",
        "这门课整门报：一次报上后面每一节。" if course.whole else "",
        course.words,
    ]
    return "\n".join(filter(None, lines))


def brief(lessons: Sequence[Lecture], now: datetime) -> str:
    """A course in a group: when, where, by whom, places."""
    one = lessons[0]
    start = one.activity.starts_at.astimezone(now.tzinfo)
    said = "，".join(filter(None, (f"{day(start, now)}{clock(start)}", one.where, places(one))))
    return "\n".join(filter(None, (f"{one.course.title}：{said}", taught_by(one.course))))


def taught_by(course: Course) -> str:
    """By whom, and which sort of lesson it is."""
    by = (
        f"{course.lecturer}（{LECTURERS[course.lecturer_kind]}）"
        if course.lecturer
        else LECTURERS[course.lecturer_kind]
    )
    return f"主讲：{by}，{FORMATS[course.format]}"


def material_lines(found: Sequence[Material]) -> str:
    """What may be read for it."""
    return f"资料：{'、'.join(one.title for one in found[:3])}，说名字就发您。" if found else ""


def when(its: Activity, where: str, now: datetime) -> str:
    start = its.starts_at.astimezone(now.tzinfo)
    return "，".join(filter(None, (f"{date_of(start)}{clock(start)}", where)))


def which_day(one: Lecture, now: datetime) -> str:
    """A lesson on a button."""
    start = one.activity.starts_at.astimezone(now.tzinfo)
    return f"{date_of(start)}{clock(start)}"


def heading(on: date, today: date) -> str:
    """A day above its lessons."""
    soon = {0: "今天 ", 1: "明天 ", 2: "后天 "}.get((on - today).days, "")
    return f"{soon}{on.month}月{on.day}日 周{WEEKDAYS[on.weekday()]}"


def span(start: datetime, end: datetime) -> str:
    return f"{clock(start)}–{clock(end)}"


def read_back(one: Lecture, persons: int, now: datetime) -> str:
    said = when(one.activity, one.where, now)
    return f"请核对：{one.course.title}\n{said}\n人数：{persons}人\n没问题回复“确认”；哪里不对直接说新的。"


def read_back_waiting(one: Lecture, persons: int, now: datetime) -> str:
    has = f"只剩{one.left}个名额，不够{persons}人" if one.left else "名额满了"
    return (
        f"{one.course.title}{has}。\n{when(one.activity, one.where, now)}\n要给您候补{persons}人吗？"
        f"有人退了按先后发消息给您，名额留{_hold()}分钟。要就回复“确认”。"
    )


def read_back_whole(lessons: Sequence[Lecture], persons: int, now: datetime) -> str:
    """Every lesson of a course at once."""
    first, last = lessons[0], lessons[-1]
    said = f"从{when(first.activity, first.where, now)}\n到{date_of(last.activity.starts_at.astimezone(now.tzinfo))}"
    count = f"一共{len(lessons)}节，每节都给您报上"
    return f"请核对：{first.course.title}（整门课）\n{said}，{count}\n人数：{persons}人\n没问题回复“确认”。"


def read_back_whole_waiting(lessons: Sequence[Lecture], full: Sequence[Activity], persons: int, now: datetime) -> str:
    """Some lessons of a course are full, or all."""
    title, days = lessons[0].course.title, "、".join(date_of(one.starts_at.astimezone(now.tzinfo)) for one in full[:3])
    if len(full) == len(lessons):
        return (
            f"{title}每一节都满了。要给您候补{persons}人吗？哪一节有人退了就发消息给您，名额留{_hold()}分钟。"
            "要就回复“确认”。"
        )
    more = f"等{len(full)}节" if len(full) > len(full[:3]) else ""
    return (
        f"{title}有{len(full)}节满了（{days}{more}）。要的话，有名额的{len(lessons) - len(full)}节先给您报上，"
        f"满了的替您候补，{persons}人。要就回复“确认”。"
    )


def enrolled_whole(course: Course, mine: Sequence[ActivityEnrolment], start: datetime) -> str:
    return (
        f"报好了：{course.title}，后面{len(mine)}节都有您，{mine[0].persons}人\n第一节：{date_of(start)}{clock(start)}\n"
        "每节前一天提醒您；哪节去不了就说“取消报名”，让给邻居。"
    )


def queued_whole(course: Course, got: int, waits: int) -> str:
    has = f"{got}节报好了，" if got else ""
    return f"{course.title}：{has}{waits}节替您候补。有名额马上发消息；不等了就说“取消报名”。"


def have_it(title: str) -> str:
    return f"您已经报了{title}。"


def form_title(title: str) -> str:
    return f"{title}的报名" if title else "课程报名"


def _lesson_line(one: Lecture, now: datetime) -> str:
    start = one.activity.starts_at.astimezone(now.tzinfo)
    about = f"，{one.activity.words}" if one.activity.words else ""
    return f"{date_of(start)}{clock(start)}：{places(one)}{about}"


def _hold() -> int:
    return int(HOLD.total_seconds() // 60)
