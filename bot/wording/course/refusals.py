"""How the rules of courses say no, and what can be done instead."""

from bot.rules.course import (
    CourseClosed,
    MaterialThere,
    NoLessonDays,
    NoSuchCourse,
    PublishedAlready,
    TooManyLessons,
    UnsafeAddress,
)
from bot.wording import explain


@explain.register
def _(_refusal: NoSuchCourse) -> str:
    return "这门课没有了，可能已经撤下。说“有什么课”看看别的。"


@explain.register
def _(_refusal: NoLessonDays) -> str:
    return "这段时间里一节课也排不下，请改一下日期或星期。"


@explain.register
def _(refusal: TooManyLessons) -> str:
    return f"一门课最多排{refusal.most}节，请缩短时间或分成两期。"


@explain.register
def _(refusal: CourseClosed) -> str:
    return f"{refusal.title}已经结束或取消了，不能再改。要再开，请新建一门。"


@explain.register
def _(refusal: PublishedAlready) -> str:
    return f"{refusal.title}已经发布了，居民看得到。"


@explain.register
def _(_refusal: UnsafeAddress) -> str:
    return "网址要以https://开头，请检查后再存。"


@explain.register
def _(refusal: MaterialThere) -> str:
    return f"这门课已经有“{refusal.title}”了，请换个名字。"
