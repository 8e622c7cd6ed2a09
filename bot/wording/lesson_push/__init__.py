"""What residents read of a lesson push: in the chat, in a group, on its page."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.wording.booking.times import clock, date_of
from bot.wording.lesson_push import refusals

__all__ = ["NOTICES", "in_group", "links", "pushed", "refusals", "says_received", "thanks", "when"]

RECEIVED = "收到"
SAYS_RECEIVED = frozenset({"收到", "收到了", "收到啦", "已收到", "收到谢谢", "已阅"})
_SIGNS = " 。！!，,~～、.?？了啊哈哦嘛"


def says_received(text: str) -> bool:
    """Whether somebody says that they have read it, and nothing else."""
    plain = text.strip(_SIGNS)
    return plain in SAYS_RECEIVED or f"{plain}了" in SAYS_RECEIVED


def thanks(title: str) -> str:
    return f"好的，“{title}”您已经看到了，谢谢。要报名就说“报名”，不想再收课程推送就回“退订”。"


def pushed(facts: Mapping[str, object]) -> str:
    """The whole of it, with the way out."""
    return "\n".join([*_lines(facts), f"看到了请回“{RECEIVED}”；不想再收，回“退订”。"])


def in_group(facts: Mapping[str, object]) -> str:
    """The same for a group: nothing in it is anybody's own."""
    return "\n".join(_lines(facts))


def when(facts: Mapping[str, object]) -> str:
    """11月24日（周二）19:00; "" without a lesson."""
    if not facts.get("start"):
        return ""
    start = datetime.fromisoformat(str(facts["start"]))
    return f"{date_of(start)}{clock(start)}"


def links(facts: Mapping[str, object]) -> list[tuple[str, str]]:
    """What each link is called, and where it leads."""
    named = (
        ("看直播", facts.get("live")),
        (str(facts.get("material") or "学习资料"), facts.get("material_url")),
        ("更多", facts.get("link")),
    )
    return [(label, str(url)) for label, url in named if url]


def _lines(facts: Mapping[str, object]) -> list[str]:
    """With a page of ours the links stand there; without one they stand here."""
    at = "，".join(filter(None, (when(facts), str(facts.get("where") or ""))))
    page = str(facts.get("page") or "")
    below = [f"详情：{page}"] if page else [f"{label}：{url}" for label, url in links(facts)]
    lesson = str(facts.get("lesson_title") or "")
    named = lesson if lesson and lesson != facts["title"] else ""
    return list(filter(None, (f"【学习】{facts['title']}", named, at, str(facts.get("words") or ""), *below)))


NOTICES: Mapping[str, Callable[[Mapping[str, object]], str]] = {"lesson_push": pushed}
