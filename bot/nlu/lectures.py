"""What residents say of giving a lesson: what about, as whom, how their offer stands, and what they answer."""

import re

_ABOUT = re.compile(
    r"我报的(?:讲课|课|讲座)|我(?:要)?讲的课|讲课报名|(?:讲课|讲师).{0,4}(?:怎么样|咋样|有消息|通过|进度|结果|下文)"
)
_ANSWERS = re.compile(r"^(?:讲课)?(?:补充|回答)[:：，,\s]*(\S.*)$", re.DOTALL)
_TOPIC = re.compile(
    r"我(?:会|懂|能讲|想教|想讲|来教|来讲|可以教|可以讲)|教(?:大家|邻居|娃|孩子|老人|老年人|街坊)|讲(?:党史|健康|法律|消防|科学)"
)
_GENERAL = re.compile(
    r"^.{0,4}(?:当|做|报|申请|登记|想来|来|要|可以来)?.{0,3}(?:讲师|讲课|主讲|讲一?堂课|讲一?课|登台|开课|讲座)[吗嘛呢吧。！]*$"
)
_TUTOR = re.compile(r"专业|医生|护士|律师|老师|教师|教授|中医|教练|工程师|会计|消防|民警|银行")
_PIONEER = re.compile(r"党员|模范|先锋|先进|书记|退伍|老兵|劳模")
_NEIGHBOUR = re.compile(r"邻居|居民|普通|热心|爱好|自己学")
LEAST = 6  # characters of a topic


def asks_for_offer(text: str) -> bool:
    """Whether somebody asks what became of their offer to teach."""
    return _ABOUT.search(text) is not None


def answer(text: str) -> str:
    """What is answered to the staff, "" where the text is no answer.

    >>> answer("补充：要一个投影仪")
    '要一个投影仪'
    """
    found = _ANSWERS.match(text.strip())
    return found[1].strip() if found else ""


def names_topic(text: str) -> bool:
    """Whether the first words say what the lesson would be about."""
    return len(text) >= LEAST and _TOPIC.search(text) is not None and _GENERAL.match(text) is None


def kind_of(text: str) -> str:
    """The kind of lecturer that speaks, as the store calls it; "" where nothing says so."""
    for kind, pattern in (("pioneer", _PIONEER), ("tutor", _TUTOR), ("neighbour", _NEIGHBOUR)):
        if pattern.search(text):
            return kind
    return ""
