"""What one enrols in is called: an activity, a lesson, a shift."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.store.activity import Kind


@dataclass(frozen=True, slots=True)
class Noun:
    """`name` with its measure word `one`, and how to ask what else there is."""

    name: str
    one: str
    ask: str
    leave: str = "去不了就说“取消报名”"  # how to give it up


NOUNS: Mapping[str, Noun] = {
    Kind.ACTIVITY.value: Noun("活动", "个活动", "有什么活动"),
    Kind.LESSON.value: Noun("课", "门课", "有什么课"),
    Kind.SHIFT.value: Noun("班次", "个班次", "我要当志愿者", "来不了就说“来不了值班”，想换就说“换班”"),
}


def noun(kind: object) -> Noun:
    """The words for a kind, as rows and notices name it; what is older than kinds was an activity."""
    return NOUNS.get(str(kind or ""), NOUNS[Kind.ACTIVITY.value])
