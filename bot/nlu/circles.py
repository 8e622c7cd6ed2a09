"""What residents say who want to know which places to learn at they can walk to."""

import re

_ASKS = re.compile(
    r"学习圈|(?:分钟|走路|步行|附近|周边|小区).{0,12}(?:学习点|学习的地方|能学习|共享站)"
    r"|(?:哪些|哪里有|有没有|有几个).{0,4}学习点"
)


def asks(text: str) -> bool:
    """Whether that is asked for.

    >>> asks("我们小区15分钟能到哪些学习点")
    True
    """
    return _ASKS.search(text) is not None
