"""What volunteers and the station's staff are told of shifts without having asked."""

from collections.abc import Mapping
from datetime import datetime

from bot.wording.booking.times import clock, date_of
from bot.wording.volunteer.dialogue import duration


def _time(facts: Mapping[str, object]) -> str:
    start = datetime.fromisoformat(str(facts["start"]))
    until = f"–{clock(datetime.fromisoformat(str(facts['end'])))}" if facts.get("end") else ""
    return f"{date_of(start)}{clock(start)}{until} {facts['title']}"


def _at(facts: Mapping[str, object]) -> str:
    return f"，{facts['where']}" if facts.get("where") else ""


def _approved(_facts: Mapping[str, object]) -> str:
    return "您的志愿者登记通过了，欢迎！说“还有哪些班”看班次，说“周六上午我来”就排上。"


def _refused(facts: Mapping[str, object]) -> str:
    why = f"：{facts['reason']}" if facts.get("reason") else ""
    return f"您的志愿者登记这次没有通过{why}。谢谢您的心意，有疑问回复“人工”。"


def _paused(_facts: Mapping[str, object]) -> str:
    return "您的志愿排班先停了，排上的班已经让出来。有疑问回复“人工”。"


def _wanted(facts: Mapping[str, object]) -> str:
    return f"有位志愿者来不了：{_time(facts)}{_at(facts)}。您能来就回复“我来接班”，先回的先得。"


def _offered(facts: Mapping[str, object]) -> str:
    return f"有位志愿者想请您替一班：{_time(facts)}{_at(facts)}。您能来就回复“我来接班”。"


def _taken(facts: Mapping[str, object]) -> str:
    return f"您的{_time(facts)}有人接了，您不用来了。"


def _thanks(facts: Mapping[str, object]) -> str:
    return f"辛苦了，谢谢您！{_time(facts)}记上志愿时长{duration(int(str(facts['minutes'])))}。说“我的志愿时长”看总数。"


def _short(facts: Mapping[str, object]) -> str:
    when = "不到3小时就开始" if facts.get("soon") else "明天这时候之前开始"
    lacks = f"现在{facts['have']}人，至少要{facts['minimum']}人"
    return f"志愿班缺人：{_time(facts)}，{when}，{lacks}。请到后台“活动—志愿”里找人。"


def _dropped(facts: Mapping[str, object]) -> str:
    who = facts.get("name") or "一位志愿者"
    return f"{who}临时来不了{_time(facts)}：{facts['reason']}。现在{facts['have']}人，至少要{facts['minimum']}人。"


def _swapped(facts: Mapping[str, object]) -> str:
    return f"换班：{_time(facts)}，{facts.get('before') or '一位志愿者'}换成{facts.get('name') or '另一位志愿者'}。"


NOTICES = {
    "volunteer_approved": _approved,
    "volunteer_refused": _refused,
    "volunteer_paused": _paused,
    "shift_wanted": _wanted,
    "shift_offered": _offered,
    "shift_taken": _taken,
    "shift_thanks": _thanks,
    "shift_short": _short,
    "shift_dropped": _dropped,
    "shift_swapped": _swapped,
}
