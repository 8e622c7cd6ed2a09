"""When somebody asks for a contest, wants to enter one, or asks after what they sent in."""

import re

_ASKS = re.compile(
    r"^(?:请问|现在|最近|社区|小区|有|还有|看看|看一?下|看)*(?:啥子?|什么|哪些|没有|没得)?(?:作品|书画|摄影|征文|文艺)*(?:征集|大赛|比赛征集|作品展|赛事)(?:活动)?"
    r"(?:吗|没有?|没得|哪些|啥子?|什么|在哪里?)?[？?。！!吧嘛呢哈]*$"
)
_ENTERS = re.compile(
    r"^(?:我要|我想|我来|想|要|我)?(?:报名)?(?:参加|参与|参赛|投稿|投|报|交)(?:一?[个幅张件份篇])?(?:(?P<what>.{0,16}?)(?:大赛|征集|比赛))?(?:的)?(?:作品|稿子?|参赛)?[。！!吧嘛哈]*$"
)
_CERTAIN = re.compile(r"大赛|征集|参赛|投稿|交作品|投作品|交.{0,3}作品")
_MINE = re.compile(
    r"^(?:查一?下|查|看看|看)?我的?(?:参赛|投稿|征集)?(?:的)?(?:作品|投稿|参赛作品)(?:呢|进度|怎么样了?|咋样了?|通过没有?|过没过|上墙没有?)?[？?。！!吧嘛]*$"
    r"|^(?:补|补发|补交|再发)(?:一?[张下])?作品?(?:的)?照片[。！!吧嘛]*$"
)


def asks(text: str) -> bool:
    """Whether somebody wants to know which contests there are.

    >>> asks("有啥子征集"), asks("我要参加书画大赛")
    (True, False)
    """
    return _ASKS.match(text.strip()) is not None


def wanted(text: str) -> str | None:
    """What somebody wants to send something in for, "" where they do not name it; None where they want no such thing.

    >>> wanted("我要参加书画大赛"), wanted("我要投稿"), wanted("我要参加活动")
    ('书画', '', None)
    """
    found = _ENTERS.match(text.strip())
    return (found["what"] or "") if found and _CERTAIN.search(text) else None


def asks_after_own(text: str) -> bool:
    """Whether somebody asks after what they sent in, or wants to send its picture."""
    return _MINE.match(text.strip()) is not None
