"""When somebody asks for what can be voted on, or answers a question of several choices by its numbers."""

import re

_ASKS = re.compile(
    r"^(?:请问|现在|最近|这会儿|今天|社区|小区|我们|我要|我想|我来|想|要|去|来|参加|参与|看看|看一?下|看|有|还有|正在)*"
    r"(?:啥子?|什么|哪些|没有|没得|个)?(?:线上|网上|居民|民意)*(?:投票|投个票|问卷|问卷调查|民意调查|意见征询)(?:活动)?(?:有|是)?"
    r"(?:吗|没有?|不|没得|哪些|啥子?|什么|入口|在哪里?|列表)?[？?。！!吧嘛呢哈]*$"
)
_RESULTS = re.compile(
    r"^(?:看看|看一?下|看|查一?下|查|我要看|想看)?(?:那个|上次|上回)?(?:的)?投票(?:的)?(?:结果|情况|咋样了?|怎么样了?|出来没有?)[？?。！!吧嘛呢]*$"
)
_APART = re.compile(r"[\s,，、和与.+]+")


def asks(text: str) -> bool:
    """Whether somebody wants to vote, or to know on what one can.

    >>> asks("有啥子投票"), asks("业委会选举怎么投票")
    (True, False)
    """
    return _ASKS.match(text.strip()) is not None


def asks_for_results(text: str) -> bool:
    """Whether somebody wants to know how a vote ended."""
    return _RESULTS.match(text.strip()) is not None


def numbers(text: str) -> list[int]:
    """Several choices said by their numbers: 1、3; empty where it says anything else."""
    parts = [part for part in _APART.split(text.strip()) if part]
    if not parts or not all(part.isascii() and part.isdigit() and len(part) == 1 for part in parts):
        return []
    return list(dict.fromkeys(int(part) for part in parts))
