"""What residents are told of activities without having asked."""

from collections.abc import Mapping
from datetime import datetime

from bot.wording.activity.dialogue import DECLINE_OFFER, TAKE_OFFER
from bot.wording.activity.nouns import noun
from bot.wording.booking.times import clock, date_of


def _when(facts: Mapping[str, object], name: str = "start") -> datetime:
    return datetime.fromisoformat(str(facts[name]))


def _at(facts: Mapping[str, object]) -> str:
    return f"，在{facts['where']}" if facts.get("where") else ""


def _tomorrow(facts: Mapping[str, object]) -> str:
    start = _when(facts)
    said = f"提醒：明天{date_of(start)}{clock(start)}，您报了{facts['title']}（{facts['persons']}人）{_at(facts)}。"
    return f"{said}{noun(facts.get('kind')).leave}，让给邻居。"


def _soon(facts: Mapping[str, object]) -> str:
    start = _when(facts)
    return f"提醒：今天{clock(start)}{facts['title']}{_at(facts)}。到了扫大屏，或者说“签到”和现场的签到码。"


def _moved(facts: Mapping[str, object]) -> str:
    start, before = _when(facts), _when(facts, "before")
    return (
        f"您报的{facts['title']}改了：原来{date_of(before)}{clock(before)}，"
        f"现在{date_of(start)}{clock(start)}{_at(facts)}。报名照旧；{noun(facts.get('kind')).leave}。"
    )


def _cancelled(facts: Mapping[str, object]) -> str:
    start, called = _when(facts), noun(facts.get("kind"))
    why = f"原因：{facts['reason']}。" if facts.get("reason") else ""
    return (
        f"抱歉，{date_of(start)}{clock(start)}的{facts['title']}不办了。{why}"
        f"您不用过来了，其他{called.name}可以问“{called.ask}”。"
    )


def _offered(facts: Mapping[str, object]) -> str:
    start, until = _when(facts), _when(facts, "until")
    return (
        f"您候补的{facts['title']}（{date_of(start)}{clock(start)}）有名额了，给您留到{clock(until)}。"
        f"回复“{TAKE_OFFER}”就报上，不要就回复“{DECLINE_OFFER}”。"
    )


def _lapsed(facts: Mapping[str, object]) -> str:
    return f"给您留的{facts['title']}过了时间没回复，名额已经让给后面的人。还想去就再跟我说。"


def _over(facts: Mapping[str, object]) -> str:
    called = noun(facts.get("kind"))
    return f"您候补的{facts['title']}没等到名额，不好意思。别的{called.name}可以问“{called.ask}”。"


NOTICES = {
    "activity_tomorrow": _tomorrow,
    "activity_soon": _soon,
    "activity_moved": _moved,
    "activity_cancelled": _cancelled,
    "activity_offered": _offered,
    "activity_lapsed": _lapsed,
    "activity_wait_over": _over,
}
