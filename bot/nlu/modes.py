"""Tells asking, wanting, telling and reporting a trouble apart by the forms of speech, whatever the subject."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

TELL, WANT, ASK, HOW, REPORT = MODES = range(5)

_HOW = re.compile(
    r"怎么(?!还|又|没|老|总|不|样)|如何|怎样|什么(?:流程|手续|材料|条件|程序)|多少钱|收费|"
    r"哪里(?:办|弄|看|交|领|可以)|步骤|教我|(?:需要|要)(?:带|准备)?什么|"
    r"(?:要是|如果|万一|假如).*(?:扣|罚|影响|怎么)|扣不扣|罚不罚|(?:要不要|会不会|用不用)(?:被)?(?:扣|罚|交钱|给钱|收费)"
)
_ASK = re.compile(
    r"吗|么|什么|哪|谁|几|多少|多久|为什么|能不能|可不可以|是不是|有没有|要不要|会不会|需不需要|是否|算不算|行不行|还是|不$|没$|呢$"
)
_WANT = re.compile(
    r"帮我|帮忙|给我|给们|我要|我想|想要|需要|我来|替我|请(?:把|帮|给|派|来)|叫个?|来个|约|把.{1,8}(?:给|了)|派|安排"
)
_REPORT = re.compile(
    r"有人(?!吗|没有|在吗|在不)|没人(?:管|修|扫|清|处理|来|捡)|天天|老是|总是|一直|三天两头|到处(?:都)?|"
    r"[过进出]不(?:了|去|到|来)|睡不(?:着|好)|受不了|了?(?:好|很|几|半|[一两三])(?:久|多?天|个?月|个?星期|年)[了都没]|"
    r"(?:坏|堵|漏|烂|垮|塌|裂|断|垮|占|挡|倒)(?:了|起|着|死)|(?:吵|臭|熏|脏|吓|急)死|得很$|堆(?:满|起|着|了|在)|又(?:在|是|把|开始)"
)
_REQUEST = re.compile(r"[帮给替]我|帮忙|(?:^|我)要(?!是|不)|(?:^|我)想要|请(?:帮|给|替|把)")
_PRIOR_WEIGHT = 3.0


def mode(text: str, *, asks: bool = False) -> int:
    """`asks`: a question mark was written."""
    if _HOW.search(text):
        return HOW
    if _WANT.search(text):
        return WANT
    if asks or _ASK.search(text):
        return ASK
    return REPORT if _REPORT.search(text) else TELL


def requests(text: str) -> bool:
    """Whether something is plainly asked for, whatever else is said."""
    return _REQUEST.search(text) is not None


class Habits:
    """In which modes each entry is spoken of, learned from its phrases."""

    def __init__(self, modes: Iterable[tuple[int, int]], entries: int) -> None:
        """`modes`: the entry's number and the mode of each phrase."""
        seen = [Counter[int]() for _ in range(entries)]
        for entry, one in modes:
            seen[entry][one] += 1
        total = sum(seen, Counter[int]())
        count = sum(total.values()) + len(MODES)
        share = [(total[one] + 1) / count for one in MODES]
        self._gain: Sequence[tuple[float, ...]] = [
            tuple(
                log((own[one] + _PRIOR_WEIGHT * share[one]) / (sum(own.values()) + _PRIOR_WEIGHT) / share[one])
                for one in MODES
            )
            for own in seen
        ]

    def gain(self, entry: int, one: int) -> float:
        """How much likelier than usual this mode is of this entry, as a logarithm."""
        return self._gain[entry][one]
