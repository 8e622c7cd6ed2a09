"""What the staff read of lesson pushes: written, read by a second person, previewed, watched, planned."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.rules.group import Posted
from bot.rules.lesson_push import Fate, Who
from bot.rules.lesson_push.planning import MADE, NO_LESSON, TOO_LATE
from bot.store.activity import Activity
from bot.store.group import GroupChat, PostState
from bot.store.lesson_push import LessonPushMass, MassState, PlanState, PushState
from bot.store.outbox import Via
from bot.wording.booking.times import clock, date_of

TITLE, NEW, PLANS, NEW_PLAN = "推送", "写一条推送", "每周计划", "定一个每周计划"
NONE, NONE_WORDS = "还没有推送", "写一条，选发给谁，预览能到多少人，请另一位同事看过以后发出。"
NAME, WORDS, LESSON, LIVE, MATERIAL, MATERIAL_URL, LINK = (
    "标题",
    "正文",
    "哪节课",
    "直播链接",
    "资料名称",
    "资料链接",
    "其他链接",
)
WORDS_HINT = "一两句话说清楚；时间地点选了课会自动带上，课改时间了也会跟着改"
LIVE_HINT = "选了课就不用填"
WHO, KIND, SECRETARIES, TAGS, CAME, CAME_HOW, SHORT = (
    "发给谁",
    "类别",
    "只发给书记",
    "标签",
    "按这节课",
    "到没到",
    "只发给今年学时没满的",
)
TAGS_HINT = "有其中一个标签就发；不限就空着"
BRANCHES, GROUPS, AREA, MASS = (
    "哪些支部",
    "同时发到群",
    "社区",
    "别的办法到不了的，用群发（每人每月四条，用一条少一条）",
)
DAY, CLOCK, CLOCK_HINT = "哪天发", "几点发", "都空着：审批通过就发；安静时段里会等到早上"
WEEKDAY, UNTIL, COURSE, PLAN_CLOCK = "每周几", "到哪天为止", "哪门课", "几点"
PLAN_WORDS_HINT = "下一节课的名称、时间、地点自动带上"
ANY_LESSON, ANY_COURSE, ANY_KIND = "不带课", "最近的一节课，不限课程", "不限"
ANY_WORD = "不限"
WHOS = {Who.MEMBERS.value: "党员", Who.RESIDENTS.value: "愿意收课程的居民", Who.NOBODY.value: "不发个人，只发群"}
CAMES = {"came": "到了的", "but": "没到的"}
WEEKDAYS = tuple((str(number), f"周{day}") for number, day in enumerate("一二三四五六日"))
STATES = {
    PushState.DRAFT.value: ("草稿", ""),
    PushState.PROPOSED.value: ("等审批", "amber"),
    PushState.APPROVED.value: ("等发送", "blue"),
    PushState.SENDING.value: ("发送中", "blue"),
    PushState.OVER.value: ("发完了", "green"),
    PushState.STOPPED.value: ("已停止", "red"),
}
WHYS = {"": "", "staff": "工作人员停止的", "lesson": "课取消或已经结束"}
PLAN_STATES = {
    PlanState.PROPOSED.value: ("等审批", "amber"),
    PlanState.ACTIVE.value: ("进行中", "green"),
    PlanState.ENDED.value: ("已结束", ""),
}
NOTES = {"": "还没发过", MADE: "上次发了", NO_LESSON: "上次没课，没发", TOO_LATE: "上次错过了时间，没发"}
FATES = {
    Fate.CUSTOMER: "客服消息，现在就到",
    Fate.TEMPLATE: "模板消息，先到标题和时间，全文等TA下次来信",
    Fate.SUBSCRIPTION: "订阅通知，用掉一次同意",
    Fate.MASS: "群发，用掉本月四条中的一条",
    Fate.HELD: "等TA下次来信时送到",
    Fate.LEFT: "没关注公众号，到不了",
    Fate.REFUSED: "退订了课程推送，不发",
    Fate.UNBOUND: "名册上还没绑定，到不了",
    Fate.WAITING: "正在发",
    Fate.DELIVERED: "送到了",
    Fate.UNSURE: "不确定到没到，不会重发",
    Fate.FAILED: "没发成",
    Fate.WITHDRAWN: "没发就撤回了",
}
WAYS = {
    Via.REPLY.value: "回复里带到",
    Via.CUSTOMER.value: "客服消息",
    Via.TEMPLATE.value: "模板消息",
    Via.SUBSCRIPTION.value: "订阅通知",
    Via.MASS.value: "群发",
}
POSTS = {
    PostState.QUEUED: "排队中",
    PostState.SENDING: "正在发",
    PostState.AWAITING_STAFF: "等同事在企业微信里点发送",
    PostState.SENT: "发了",
    PostState.UNSURE: "不确定发没发",
    PostState.FAILED: "没发成",
    PostState.EXPIRED: "过时没发",
}
MASSES = {
    MassState.OPEN.value: "正在发",
    MassState.SENT.value: "发了",
    MassState.FAILED.value: "没发成",
    MassState.UNSURE.value: "不确定",
}
CUSTOMER_HEAD, TEMPLATE_HEAD, GROUP_HEAD = "公众号里", "模板消息", "群里"


_REASONS = {
    "": "",
    "no message allowed before the next contact": "窗口已关，等TA来信",
    "told in short; the words follow at the next contact": "先到了标题和时间，全文等TA来信",
    "does not follow the account": "没关注公众号",
    "quiet hours": "安静时段",
    "outdated": "过时了",
    "no longer true": "撤回了",
    "handed over with a reply": "",
    "the sender stopped half-way": "发到一半断了，不知道到没到",
    "asked, no answer yet": "还没有回音",
    "fewer than two people are left": "不到两个人，群发不了",
    "reported: reached nobody": "平台报告一个也没到",
    "stopped": "停止了",
}
NIGHT = "现在是安静时段，{at}开始发。"


def reason(said: str) -> str:
    """Why, in plain words; the platform's own as its number."""
    if said in _REASONS:
        return _REASONS[said]
    code = said.split(" ", 1)[0]
    return f"平台退回（{code}）" if code.lstrip("-").isdigit() else said


def night(morning: datetime) -> str:
    return NIGHT.format(at=f"{date_of(morning)}{clock(morning)}")


def group_line(chat: GroupChat) -> str:
    """What becomes of a message for that group."""
    if not chat.can_push:
        return f"{chat.name}：不能主动发"
    return f"{chat.name}：要同事在企业微信里点一下才发出" if chat.needs_human_confirm else f"{chat.name}：直接发"


def posted(name: str, post: Posted | None) -> str:
    if post is None:
        return f"{name}：还没发，或者这个群不能发"
    return f"{name}：{POSTS[post.state]}{'，' + reason(post.reason) if post.reason else ''}"


def mass(one: LessonPushMass) -> str:
    """群发给12人：发了，平台报告到了11人、没到1人."""
    told = f"，平台报告到了{one.sent}人、没到{one.failed or 0}人" if one.sent is not None else ""
    return f"群发给{one.people}人：{MASSES[one.state]}{told}{'（' + reason(one.reason) + '）' if one.reason else ''}"


def lesson(held: Activity, start: datetime) -> str:
    return f"{date_of(start)}{clock(start)} {held.title}"


def counts(found: Mapping[Fate, int]) -> list[tuple[str, int]]:
    """In the order of the words."""
    return [(words, found[fate]) for fate, words in FATES.items() if found.get(fate)]


def ways(found: Mapping[Via, int]) -> str:
    return "、".join(f"{WAYS[via.value]}{many}" for via, many in found.items() if via.value in WAYS)


def weekly(weekday: int, at: str) -> str:
    """每周二 19:00."""
    return f"每{WEEKDAYS[weekday][1]} {at}"


def summed(people: int, reached: int) -> str:
    return f"一共 {people} 人，不用等来信就能到的 {reached} 人"


def sequence(labels: Sequence[str]) -> str:
    return "、".join(labels) or "没有"
