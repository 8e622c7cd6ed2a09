"""How volunteers' shifts are talked of: becoming one, the rota, claiming, giving up, swapping, hours."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.volunteer import ShiftShown, Statement
from bot.rules.volunteer.limits import LATE_DROP
from bot.store.activity import Activity, ActivityEnrolment, Standing
from bot.store.volunteer import Rule, VolunteerHours
from bot.wording.booking.times import clock, date_of, day

TITLE = "志愿者登记"
IN_GROUP = "登记、排班请点开公众号私聊我，电话不会公开。"
NAME = "怎么称呼您？比如“王阿姨”。"
SKILLS = "您会做什么、愿意做什么？比如“看门口、教用手机”。"
TIMES, ANY_TIMES = "一般什么时候有空？", ("工作日白天", "晚上", "周末", "都可以")
PHONE = "留个电话，临时有变化站里好找您，只有站里看得到。"
PHONE_WRONG = "这个号码好像不对，手机号是11位，请再说一次。"
NAME_WORDS, SKILLS_WORDS = ("称呼", "名字"), ("擅长", "会做的")
TIMES_WORDS, PHONE_WORDS = ("时间",), ("电话", "手机", "号码")
WELCOME = "登记好了，欢迎您！说“还有哪些班”看班次，说“周六上午我来”就排上。"
APPLIED = "登记好了，谢谢您！站里看过就告诉您，通过了就能排班。"
PENDING = "您已经登记了，站里正在看，通过了马上告诉您。"
PAUSED = "您的志愿排班先停着。想接着来，请跟站里说一声。"
NOTHING_AHEAD = "最近两周的班都还没排出来。排出来了说“还有哪些班”就能看到。"
NONE_THAT_DAY = "这天没有班。最近的有："
HEAD = "最近的班（点一下就排上）："
TAIL = "也可以直接说“周六上午我来”。"
WHICH, WHICH_DROP, WHICH_SWAP = "您来哪一班？点一下：", "哪一班来不了？点一下：", "哪一班要换？点一下："
PAGE = "打开排班表"
CLAIM, NOT_NOW = "排上", "先不排"
WAIT = "候补"
NOT_CLAIMED = "好的，先不排。想来了随时说。"
NOTHING_OF_MINE = "您现在没有排上的班。想来就说“还有哪些班”。"
DROP, SWAP, KEEP = "来不了", "找人换班", "还是来"
KEPT = "好的，班给您留着，到时候见。"
TO_ALL, NO_SWAP = "问所有志愿者", "不换了"
NO_SWAPS = "现在没有人要换班。想来就说“还有哪些班”。"
SWAPS_HEAD = "这些班有人想换，点一下就是您的："
SWAP_KEPT = "好的，不换了，班还是您的。"
REALLY_LEAVE, LEAVE, STAY = "不当志愿者了，排上的班都会让出来，确定吗？", "确定", "还是当"
LEFT = "好的，谢谢您这段时间的帮忙。想回来随时说“我要当志愿者”。"
STAYS = "好的，接着一起干！"
NOT_ONE_YET = "您还没有登记志愿者。说“我要当志愿者”，几句话就登记好。"
RULES = {Rule.WHOLE.value: "整班", Rule.LATE.value: "从签到起算", Rule.STAFF.value: "站里更正"}


def read_back(name: str, skills: str, times: str, phone: str) -> str:
    return (
        f"请核对：志愿者登记\n称呼：{name}\n会做：{skills}\n有空：{times}\n电话：{phone}\n"
        "回复“确认”，就是同意站里存这些，只用来排班、联系您；说“不当志愿者了”或“删除我的信息”就删。哪里不对直接说新的。"
    )


def time_of(its: Activity, now: datetime) -> str:
    """From when until when: 11月28日（周六）9:00–12:00."""
    start, end = its.starts_at.astimezone(now.tzinfo), its.ends_at.astimezone(now.tzinfo)
    return f"{date_of(start)}{clock(start)}–{clock(end)}"


def to_tap(its: Activity, now: datetime) -> str:
    """A shift on a button: 周六（28日）9:00–12:00 值班."""
    start, end = its.starts_at.astimezone(now.tzinfo), its.ends_at.astimezone(now.tzinfo)
    return f"{day(start, now)}{clock(start)}–{clock(end)} {its.title}"


def stands(one: ShiftShown) -> str:
    """How a shift stands: what it lacks first."""
    if one.lacks:
        return f"还差{one.lacks}人"
    return f"还能来{one.left}人" if one.left else "已满，可候补"


def line(one: ShiftShown, now: datetime) -> str:
    return f"{time_of(one.activity, now)} {one.activity.title}：{stands(one)}"


def listed(lines: Sequence[str], head: str = HEAD) -> str:
    return "\n".join([head, *lines, TAIL])


def really_claim(one: ShiftShown, now: datetime) -> str:
    duties = f"\n做什么：{one.activity.words}" if one.activity.words else ""
    full = "" if one.left else "这班满了，要帮您候补吗？有人退了发消息给您。"
    return f"{time_of(one.activity, now)} {one.activity.title}，{one.where}{duties}\n{full or '给您排上？'}"


def claimed(its: Activity, where: str, now: datetime) -> str:
    hours = int(LATE_DROP.total_seconds() // 3600)
    return (
        f"排上了：{time_of(its, now)} {its.title}，{where}。谢谢您！\n"
        f"前一天和开始前一小时提醒您，到了说“签到”和墙上的四位数。来不了请提前{hours}小时说，或者说“换班”。"
    )


def queued(its: Activity, now: datetime) -> str:
    return f"已帮您候补{time_of(its, now)} {its.title}，有人退了马上发消息给您。"


def mine_line(its: Activity, mine: ActivityEnrolment, now: datetime) -> str:
    waits = {Standing.WAITING.value: "（候补）", Standing.OFFERED.value: "（给您留着，回复“要这个名额”）"}
    return f"{time_of(its, now)} {its.title}{waits.get(mine.state, '')}"


def mine(lines: Sequence[str]) -> str:
    return "\n".join(["您排上的班：", *lines, "来不了就说“周六来不了”，想换就说“换班”。"])


def really_drop(its: Activity, now: datetime) -> str:
    return f"{time_of(its, now)} {its.title}来不了了？也可以先找人换班。"


def why(its: Activity, now: datetime) -> str:
    return f"{time_of(its, now)} {its.title}快开始了，请说一句原因，站里好马上找人。"


def dropped(its: Activity, now: datetime) -> str:
    return f"好的，{time_of(its, now)} {its.title}帮您退了。下次有空再来。"


def to_whom(its: Activity, now: datetime) -> str:
    return f"{time_of(its, now)} {its.title}，换给谁？可以问所有志愿者，或者直接说对方的称呼。"


def offered(its: Activity, asked: int, now: datetime, name: str = "") -> str:
    who = name or f"{asked}位志愿者"
    if not asked:
        return f"{time_of(its, now)} {its.title}挂出来了，现在还没有别的志愿者可以问。没人接，班还是您的。"
    return f"好的，已经问了{who}。有人接了马上告诉您；没人接之前，{time_of(its, now)} {its.title}还是您的班。"


def taken_over(its: Activity, where: str, now: datetime) -> str:
    return f"接好了：{time_of(its, now)} {its.title}，{where}，是您的班了。谢谢您！对方和站里都会知道。"


def nobody_called(name: str) -> str:
    return f"没找到唯一一位叫“{name}”的志愿者。可以点“{TO_ALL}”。"


def duration(minutes: int) -> str:
    """So many hours: 3小时, 2小时45分钟."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}小时{f'{rest}分钟' if rest else ''}" if hours else f"{rest}分钟"


def statement(found: Statement, now: datetime) -> str:
    if not found.shifts:
        return f"{found.year}年还没有记上志愿时长。到班签到，结束后自动记。"
    lines = [_hours_line(line, its, now) for line, its in found.lines]
    head = f"{found.year}年您一共{found.shifts}班，{duration(found.minutes)}。谢谢您！"
    return "\n".join([head, *lines, "签到就按整班算，晚到超过15分钟从签到起算。记错了请跟站里说。"])


def _hours_line(line: VolunteerHours, its: Activity, now: datetime) -> str:
    start = its.starts_at.astimezone(now.tzinfo)
    return f"{date_of(start)} {its.title}：{duration(line.minutes)}（{RULES[line.rule]}）"
