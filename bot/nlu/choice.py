"""Which of the offered choices a person means: by number, by position, by name, or none of them."""

import re
from collections.abc import Sequence

NONE_OF_THEM = -1

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = re.compile(
    r"^(?:我?(?:要|选|就|是|点|按)*)?(?:第)?([1-9一二两三四五六七八九])(?:个|项|号|条|种|那个)?(?:[.。、)）]|吧|嘛|哈|噻|呢|的|咯|好了)*$"
)
_LAST = re.compile(r"^(?:我?(?:要|选|就|是)*)?最后(?:那|一|1)?(?:一)?(?:个|项|条)?(?:吧|嘛|哈)*$")
_NONE = re.compile(
    r"^(?:这?些?)?(?:都|全|一个都|哪个都)(?:不是|不对|不要|没有|莫得|不得行|错了)(?:的|哈|哦|噢|啊|呢|嘛|这些|这几个)*$|^没有我要的$|^都?不是这个?些?(?:意思|问题)?$"
)
_NOISE = re.compile(r"[\s，。,.!！?？~～、“”\"'「」【】]+")


def choose(text: str, labels: Sequence[str]) -> int | None:
    """Index of the label meant, NONE_OF_THEM, or None when the text is about something else."""
    said = _bare(text)
    if not said or len(said) > 40:
        return None
    if _NONE.match(said):
        return NONE_OF_THEM
    if found := _NUMBER.match(said):
        number = _DIGITS.get(found[1]) or int(found[1])
        return number - 1 if number <= len(labels) else None
    if _LAST.match(said):
        return len(labels) - 1 if labels else None
    return _by_name(said, labels)


def _bare(text: str) -> str:
    return _NOISE.sub("", text.translate(_FULL_WIDTH))


def _by_name(said: str, labels: Sequence[str]) -> int | None:
    """The one label that is said, or of which at least half is said; None when several could be meant."""
    bare = [_bare(label) for label in labels]
    if said in bare:
        return bare.index(said)
    holding = [index for index, label in enumerate(bare) if 2 * len(said) >= len(label) >= 2 and said in label]
    return holding[0] if len(holding) == 1 else None


_FULL_WIDTH = {0xFF01 + n: chr(0x21 + n) for n in range(94)}  # also what a link sends instead of & < > # %
