"""Which of their details a resident speaks of: the phone, where they live, or all there is."""

import re
from enum import StrEnum


class Part(StrEnum):
    """What a resident may tell of themselves."""

    PHONE = "phone"
    HOME = "home"


_PHONE = re.compile(r"手机|电话|号码|座机")
_HOME = re.compile(r"住址|地址|门牌|房号|房屋|楼栋|[几这哪]栋|单元|我家|我住|搬[家到]")
_ALL = re.compile(r"所有|全部|全都|一切|都(?:删|去|抹|清)|信息|资料|数据|账号|账户|档案|记录|痕迹|注销|一个字")


def parts(text: str) -> frozenset[Part]:
    """The details a text names; both where it names none.

    >>> sorted(parts("换手机号了"))
    [<Part.PHONE: 'phone'>]
    """
    named = {part for part, words in ((Part.PHONE, _PHONE), (Part.HOME, _HOME)) if words.search(text)}
    return frozenset(named or Part)


def only(text: str) -> Part | None:
    """The one detail a text is about, None where it is about more than one."""
    named = parts(text)
    return next(iter(named)) if len(named) == 1 and not _ALL.search(text) else None
