"""How somebody says that they are a member of the Party, and which name and digits they tell."""

import re

DIGITS = 4
MOST, MOST_ASKED = 16, 10  # characters
_SAYS_I = ("我", "你好我", "您好我", "是")
_SIGNS = re.compile(r"[\s，,。.!！~～、：:；;]+")
_SAYS_SO = re.compile(
    r"(?:你好|您好)?(?:我|我也)?(?:是|想|要|来)?(?:一名|一个|个|名)?(?:绑定|认证|登记|核对|报到)?(?:社区|双报到|在职|退休|老|中共)*"
    r"党员(?:身份)?(?:绑定|认证|登记|核对|报到)?(?:了|的|哦|啊|呢)?"
)
_WANTS = re.compile(
    r"党员(?:的)?(?:身份|信息|资料)?(?:绑定|认证|登记|核对|报到)|(?:绑定|认证|登记|核对)(?:一下|我的|成为?|为)?(?:社区|双报到)?党员"
    r"|双报到(?:绑定|登记|核对)"
)
_OTHER = re.compile(r"[?？吗么怎咋啥表]|什么|哪|不是|转|费|入党|发展|预备|志愿|活动")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,12}")
_FILLERS = re.compile(r"我的|我叫|我是|名字|姓名|叫|是|手机号?码?|电话号?码?|尾号|后四位|后4位|最后四位|最后4位")


def says_to_be_one(text: str) -> bool:
    """Whether that is all they say.

    >>> says_to_be_one("我是党员"), says_to_be_one("我是党员，想报名"), says_to_be_one("党员的组织关系怎么转")
    (True, False, False)
    """
    plain = _SIGNS.sub("", text)
    if len(plain) > MOST or ("党员" not in plain and "双报到" not in plain) or _OTHER.search(plain):
        return False
    said = _SAYS_SO.fullmatch(plain) is not None and plain.startswith(_SAYS_I)
    return said or (len(plain) <= MOST_ASKED and _WANTS.search(plain) is not None)


def asks_for_it(text: str) -> bool:
    """Whether they want it to be made sure of, in so many words: that is no answer to anything else.

    >>> asks_for_it("绑定党员"), asks_for_it("我是党员")
    (True, False)
    """
    return bool(_WANTS.search(text))


def name_and_digits(text: str) -> tuple[str, str] | None:
    """The name and the last four digits of the telephone; None where one of them is missing.

    >>> name_and_digits("我叫示例甲，尾号 0001")
    ('示例甲', '0001')
    """
    digits = re.findall(r"\d+", text)
    names = _NAME.findall(_FILLERS.sub(" ", re.sub(r"\d+", " ", text)))
    if len(digits) != 1 or len(names) != 1 or len(digits[0]) < DIGITS or len(digits[0]) > 12:
        return None
    return names[0], digits[0][-DIGITS:]
