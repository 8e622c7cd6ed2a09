"""What residents are told of courses without having asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.wording.booking.times import clock, date_of

MOST = 4  # lessons that are named one by one


def _moved(facts: Mapping[str, object]) -> str:
    lessons = _lessons(facts)
    lines = [_change(one) for one in lessons[:MOST]]
    more = f"后面{len(lessons) - MOST}节也跟着改，说“我的课程”看全部。" if len(lessons) > MOST else ""
    return "\n".join(filter(None, (f"您报的{facts['title']}改了：", *lines, more, "报名照旧；去不了就说“取消报名”。")))


def _change(one: Mapping[str, object]) -> str:
    before, start = _at(one, "before"), _at(one, "start")
    where = f"，在{one['where']}" if one.get("where") else ""
    if before == start:
        return f"{date_of(start)}{clock(start)}这节换了地方{where}"
    return f"{date_of(before)}{clock(before)}那节，改到{date_of(start)}{clock(start)}{where}"


def _cancelled(facts: Mapping[str, object]) -> str:
    lessons = _lessons(facts)
    said = "、".join(date_of(_at(one, "start")) for one in lessons[:MOST])
    said = f"{said}等{len(lessons)}节" if len(lessons) > MOST else said
    why = f"原因：{facts['reason']}。" if facts.get("reason") else ""
    return f"抱歉，{facts['title']}后面的课不上了（{said}）。{why}您不用过来了，其他课可以问“有什么课”。"


def _lessons(facts: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    found = facts["lessons"]
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _at(one: Mapping[str, object], name: str) -> datetime:
    return datetime.fromisoformat(str(one[name]))


NOTICES = {"course_moved": _moved, "course_cancelled": _cancelled}
