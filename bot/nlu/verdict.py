"""Short answers about a complaint: how it was solved, nothing to add, never mind."""

import re
from enum import StrEnum


class Verdict(StrEnum):
    """What a resident thinks of how it was solved."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


CHOICES = {"满意": Verdict.GOOD.value, "一般": Verdict.FAIR.value, "不满意": Verdict.BAD.value}

_BY_NUMBER = {str(number): Verdict(value) for number, value in enumerate(CHOICES.values(), 1)}
MOST_REASON = 120  # characters
_CLAUSE = re.compile(r"[，,。；;！!\s]+")
_NOISE = re.compile(r"[\s，。,.!！~～、]+|[吧嘛哈哦噻啊呀呢的]+$")
_GOOD = re.compile(
    r"^(?:我)?(?:很|非常|挺|比较|十分|多|还)?(?:满意|巴适|安逸|可以)(?:得很|了|惨了)?$|^(?:已经|都)?(?:修好|弄好|解决|搞定|处理好)(?:了|咯)(?:谢谢)?(?:你们|您|了)*$|^好评$"
)
_FAIR = re.compile(r"^(?:一般|一般般|还行|马马虎虎|凑合|将就|差不多)$")
_BAD = re.compile(
    r"^(?:我)?(?:很|非常|一点都|一点也|完全|还是|太)?(?:不满意|差评|不得行|不安逸)$"
    r"|^(?:还是|根本|都|压根|又|其实|仍然)?(?:还)?(?:没有?|没得|莫|未|不)(?:有)?(?:人来)?(?:修好|弄好|解决|处理好?|搞好|搞定|整好|修|好)(?:啊|呀)?$"
    r"|^(?:还是|又|仍然)(?:坏|漏|堵|臭|吵|脏|不亮|黑|老样子|那样|这样|一样)(?:的|了|起的)?$|^(?:重新|再)(?:处理|修|弄|办)(?:一下|一哈)?$"
)
_SKIPS = re.compile(
    r"^(?:跳过|没有|没有了|没了|没得|没得了|莫得|莫得了|没照片|没有照片|没得照片|没图|没拍|不用|不用了|不用拍|不拍了|不发了|算了|就这些|就这样|不晓得|不知道|不清楚|说不清楚?|下一步|好|好的|嗯|行|要得|可以|没有其他)(?:了|谢谢)*$"
)
_WITHDRAWS = re.compile(
    r"^(?:我)?(?:想|要)?(?:撤销|撤回|撤了|撤单|取消投诉|取消工单|不投诉了|不报了|不反映了|不用处理了)(?:这个|投诉|工单|它|吧|了)*$"
    r"|^(?:是)?(?:误会|误报|搞错|弄错|报错|说错|点错|看错|闹误会)(?:一场)?(?:了)?(?:不好意思|撤销|撤了)?$"
)


def verdict(text: str) -> Verdict | None:
    """What a message says of the solution; None when it says something else.

    A word of discontent may have its reason behind it.

    >>> verdict("还是没修好")
    <Verdict.BAD: 'bad'>
    >>> verdict("不满意，昨晚又吵了")
    <Verdict.BAD: 'bad'>
    """
    head, why = _parted(text)
    if why and len(text) <= MOST_REASON and _BAD.match(_bare(head)):
        return Verdict.BAD
    said = _bare(text)
    if not said or len(said) > 12:
        return None
    if said in _BY_NUMBER:
        return _BY_NUMBER[said]
    if _BAD.match(said):
        return Verdict.BAD
    if _GOOD.match(said):
        return Verdict.GOOD
    return Verdict.FAIR if _FAIR.match(said) else None


def reason(text: str) -> str:
    """What stands behind a word of discontent."""
    return _parted(text)[1]


def skips(text: str) -> bool:
    """Whether a short answer means "nothing (more)"."""
    return _SKIPS.match(_bare(text)) is not None


def withdraws(text: str) -> bool:
    """Whether a short answer takes the complaint back."""
    return _WITHDRAWS.match(_bare(text)) is not None


def _parted(text: str) -> tuple[str, str]:
    head, *rest = _CLAUSE.split(text.strip(), maxsplit=1)
    return head, rest[0] if rest else ""


def _bare(text: str) -> str:
    return _NOISE.sub("", text.strip())
