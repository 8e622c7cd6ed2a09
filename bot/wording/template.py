"""What a template message says of each kind of news: a few short parts, for each has a line of twenty characters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.store.ticket import What

MORE = "回复“进度”看详情"


@dataclass(frozen=True, slots=True)
class Parts:
    """The news by part, as `rules.means.USUAL_FIELDS` names them. `whole`: nothing is left to say in the chat."""

    said: Mapping[str, str | datetime]
    whole: bool


_PROGRESS: Mapping[What, str] = {
    What.TAKEN: "{holder}已接单",
    What.SCHEDULED: f"定了时间，{MORE}",
    What.ASKED: "需要您补充情况，请回复公众号",
    What.ANSWERED: f"有答复了，{MORE}",
    What.SOLVED: "办好了，请回复满意或没修好",
    What.ELSEWHERE: f"已转其他部门，{MORE}",
    What.NOT_OURS: f"不归社区管，{MORE}",
    What.REOPENED: "没有办好，已重新处理",
}


def _ticket(what: What) -> Callable[[Mapping[str, object], datetime], Parts]:
    def parts(facts: Mapping[str, object], at: datetime) -> Parts:
        progress = _PROGRESS[what].format(holder=facts.get("holder") or "工作人员")
        return Parts({"number": str(facts["number"]), "progress": progress, "at": at}, whole=not facts.get("note"))

    return parts


def _suggestion(progress: str) -> Callable[[Mapping[str, object], datetime], Parts]:
    """`progress`: how it stands; the answer itself follows in the chat."""

    def parts(facts: Mapping[str, object], at: datetime) -> Parts:
        return Parts({"number": str(facts["number"]), "progress": progress, "at": at}, whole=False)

    return parts


def _booking(where: str) -> Callable[[Mapping[str, object], datetime], Parts]:
    """`where`: what the line of the place says where it is not simply at home or at a counter."""

    def parts(facts: Mapping[str, object], _at: datetime) -> Parts:
        place = where or ("上门，请留人在家" if facts.get("visit") else "服务站，请按时到")
        when = datetime.fromisoformat(str(facts["start"]))
        whole = not (where or facts.get("code") or facts.get("left"))
        return Parts({"what": str(facts["title"]), "when": when, "where": place}, whole=whole)

    return parts


def _activity(more: str) -> Callable[[Mapping[str, object], datetime], Parts]:
    """`more`: what the last line says; where it went or whom to answer stands in the chat."""

    def parts(facts: Mapping[str, object], _at: datetime) -> Parts:
        when = datetime.fromisoformat(str(facts["start"]))
        return Parts({"what": str(facts["title"]), "when": when, "more": more}, whole=False)

    return parts


def _lesson_push(facts: Mapping[str, object], at: datetime) -> Parts:
    """What it calls to and when; the words and the links stand in the chat."""
    when = datetime.fromisoformat(str(facts["start"])) if facts.get("start") else at
    return Parts({"what": str(facts["title"]), "when": when}, whole=False)


def _member(more: str) -> Callable[[Mapping[str, object], datetime], Parts]:
    def parts(_facts: Mapping[str, object], at: datetime) -> Parts:
        return Parts({"what": "党员身份核对", "when": at, "more": more}, whole=False)

    return parts


_PARTS: Mapping[str, Callable[[Mapping[str, object], datetime], Parts]] = {
    **{f"ticket_{what.value}": _ticket(what) for what in _PROGRESS},
    "lesson_push": _lesson_push,
    "replay_ready": _lesson_push,
    "live_soon": _lesson_push,
    "member_agreed": _member("核对好了"),
    "member_refused": _member("没有核对上，回复看详情"),
    "activity_tomorrow": _activity("明天见；去不了请说“取消报名”"),
    "activity_soon": _activity("快开始了，到场请签到"),
    "activity_moved": _activity("时间或地点改了，回复看详情"),
    "activity_cancelled": _activity("不办了，您不用过来"),
    "activity_offered": _activity("候补有名额，请尽快回复"),
    "shift_wanted": _activity("有志愿者来不了，能来请回复"),
    "shift_offered": _activity("想请您替一班，请回复"),
    "shift_taken": _activity("有人接班了，您不用来"),
    "lecture_accepted": _activity("您的课排上了，回复看详情"),
    "lecture_when": _activity("您讲课的时间，回复看详情"),
    "lecture_tomorrow": _activity("明天您来讲课，请早到15分钟"),
    "lecture_off": _activity("您讲的课不办了，回复看详情"),
    "course_moved": _activity("时间或地点改了，回复看详情"),
    "course_cancelled": _activity("不办了，您不用过来"),
    "suggestion_answered": _suggestion("建议有答复了，请回复公众号看"),
    "suggestion_adopted": _suggestion("建议采纳了，请回复公众号看"),
    "suggestion_not_adopted": _suggestion("建议有结果了，请回复公众号看"),
    "suggestion_done": _suggestion("建议办成了，请回复公众号看"),
    "suggestion_passed_on": _suggestion("已转给负责的人办"),
    "booking_tomorrow": _booking(""),
    "booking_soon": _booking(""),
    "booking_orphaned": _booking("正在换人，换好告诉您"),
    "booking_reassigned": _booking("换了师傅，时间不变"),
    "booking_offered": _booking("候补有位，请尽快回复"),
    "booking_made": _booking(""),
    "booking_moved": _booking("改了时间，请看新时间"),
    "booking_cancelled": _booking("已取消，请看原因"),
}


def parts(kind: str, facts: Mapping[str, object], at: datetime) -> Parts | None:
    """The news for a template; `at` is local, when it happened. None for a kind nobody wrote parts for."""
    made = _PARTS.get(kind)
    return made(facts, at) if made else None
