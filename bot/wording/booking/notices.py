"""What residents are told of their bookings without having asked."""

from collections.abc import Mapping
from datetime import datetime

from bot.wording.booking.dialogue import DECLINE_OFFER, TAKE_OFFER
from bot.wording.booking.times import clock, date_of


def _when(facts: Mapping[str, object]) -> datetime:
    return datetime.fromisoformat(str(facts["start"]))


def _code(facts: Mapping[str, object]) -> str:
    return f"到访码：{facts['code']}，师傅到了再告诉他。" if facts.get("code") else ""


def _left(facts: Mapping[str, object]) -> str:
    return f"不能来请提前说，再有{facts['left']}次约了没在就要打电话约了。" if facts.get("left") else ""


def _tomorrow(facts: Mapping[str, object]) -> str:
    start = _when(facts)
    said = f"提醒：明天{date_of(start)}{clock(start)}，您约了{facts['title']}（{facts['number']}）。"
    return f"{said}{_code(facts)}要改要退现在说还来得及。{_left(facts)}"


def _soon(facts: Mapping[str, object]) -> str:
    start = _when(facts)
    end = "请留人在家。" if facts.get("visit") else "请按时到。"
    return f"提醒：今天{clock(start)}您约了{facts['title']}（{facts['number']}），{end}{_code(facts)}"


def _done(facts: Mapping[str, object]) -> str:
    return f"{facts['title']}（{facts['number']}）做完了。满意吗？回复“满意”“一般”或“不满意”。"


def _missed(facts: Mapping[str, object]) -> str:
    start = _when(facts)
    counts = f"再有{facts['left']}次，就要打电话才能约了。" if facts.get("left") else "以后约服务请先打电话。"
    wrong = f"记错了请打{facts['phone']}。" if facts.get("phone") else "记错了请回复“人工”。"
    return f"{date_of(start)}{clock(start)}的{facts['title']}（{facts['number']}）记为没在。{counts}{wrong}"


def _orphaned(facts: Mapping[str, object]) -> str:
    start = _when(facts)
    call = f"急的话请打{facts['phone']}。" if facts.get("phone") else "急的话请回复“人工”。"
    which = f"{date_of(start)}{clock(start)}的{facts['title']}（{facts['number']}）"
    return f"{which}，原来的师傅来不了了，站里正在换人，换好告诉您。{call}"


def _reassigned(facts: Mapping[str, object]) -> str:
    start = _when(facts)
    return (
        f"{date_of(start)}{clock(start)}的{facts['title']}（{facts['number']}）换了一位师傅，时间不变。{_code(facts)}"
    )


def _offered(facts: Mapping[str, object]) -> str:
    start, until = _when(facts), datetime.fromisoformat(str(facts["until"])).astimezone(_when(facts).tzinfo)
    return (
        f"您候补的{facts['title']}有位置了：{date_of(start)}{clock(start)}。给您留到{clock(until)}，"
        f"回复“{TAKE_OFFER}”就约上，不要就回复“{DECLINE_OFFER}”。"
    )


def _lapsed(facts: Mapping[str, object]) -> str:
    return f"给您留的{facts['title']}过了时间没回复，已经让给后面的人。还想约就再跟我说。"


def _over(facts: Mapping[str, object]) -> str:
    return f"您候补的{facts['title']}没等到空位，不好意思。想换一天，直接说哪天就行。"


def _made(facts: Mapping[str, object]) -> str:
    start = _when(facts)
    when = f"{date_of(start)}{clock(start)}（{facts['number']}）"
    return f"站里给您约好了：{facts['title']}，{when}。{_code(facts)}要改要退跟我说。"


def _moved(facts: Mapping[str, object]) -> str:
    start = _when(facts)
    which = f"{facts['title']}（{facts['number']}）"
    return f"{which}改到了{date_of(start)}{clock(start)}。{_code(facts)}不方便就说“改预约”。"


def _cancelled(facts: Mapping[str, object]) -> str:
    start = _when(facts)
    call = f"有疑问请打{facts['phone']}。" if facts.get("phone") else ""
    which = f"{date_of(start)}{clock(start)}的{facts['title']}（{facts['number']}）"
    return f"抱歉，{which}取消了：{facts['reason']}。想再约，直接说哪天几点。{call}"


NOTICES = {
    "booking_tomorrow": _tomorrow,
    "booking_soon": _soon,
    "booking_done": _done,
    "booking_missed": _missed,
    "booking_orphaned": _orphaned,
    "booking_reassigned": _reassigned,
    "booking_offered": _offered,
    "booking_wait_lapsed": _lapsed,
    "booking_wait_over": _over,
    "booking_made": _made,
    "booking_moved": _moved,
    "booking_cancelled": _cancelled,
}
