"""Tells asking, wanting and telling apart by the forms of speech, whatever the subject."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

TELL, WANT, ASK, HOW = range(4)

_HOW = re.compile(
    r"怎么(?!还|又|没|老|总|不)|如何|怎样|什么(?:流程|手续|材料|条件|程序)|多少钱|收费|"
    r"哪里(?:办|弄|看|交|领|可以)|步骤|教我|(?:需要|要)(?:带|准备)?什么"
)
_ASK = re.compile(
    r"吗|么|什么|哪|谁|几|多少|多久|为什么|能不能|可不可以|是不是|有没有|要不要|会不会|需不需要|是否|算不算|行不行|还是|不$|没$|呢$"
)
_WANT = re.compile(
    r"帮我|帮忙|给我|给们|我要|我想|想要|需要|我来|替我|请(?:把|帮|给|派|来)|叫个?|来个|约|把.{1,8}(?:给|了)|派|安排"
)
_PRIOR_WEIGHT = 3.0


def mode(text: str, *, asks: bool = False) -> int:
    """`asks`: a question mark was written."""
    if _HOW.search(text):
        return HOW
    if _WANT.search(text):
        return WANT
    if asks or _ASK.search(text):
        return ASK
    return TELL


class Habits:
    """In which modes each entry is spoken of, learned from its phrases."""

    def __init__(self, modes: Iterable[tuple[int, int]], entries: int) -> None:
        """`modes`: the entry's number and the mode of each phrase."""
        seen = [Counter[int]() for _ in range(entries)]
        for entry, one in modes:
            seen[entry][one] += 1
        total = sum(seen, Counter[int]())
        count = sum(total.values()) + 4
        share = [(total[one] + 1) / count for one in range(4)]
        self._gain: Sequence[tuple[float, ...]] = [
            tuple(
                log((own[one] + _PRIOR_WEIGHT * share[one]) / (sum(own.values()) + _PRIOR_WEIGHT) / share[one])
                for one in range(4)
            )
            for own in seen
        ]

    def gain(self, entry: int, one: int) -> float:
        """How much likelier than usual this mode is of this entry, as a logarithm."""
        return self._gain[entry][one]
