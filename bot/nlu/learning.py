"""What residents say about courses: which kind, taught by what sort of lecturer, on what, and which are their own."""

import re

from bot.nlu.assent import asks

_FORMATS = {  # by the names that the station counts lessons under
    "theory": r"理论|宣讲",
    "secretary": r"书记.{0,6}(?:课|讲)|讲.{0,3}书记",
    "members_words": r"初心",
    "red_culture": r"红色|革命|红军|长征",
    "other_culture": r"(?<!红色)文化活动|传统文化|文艺|非遗|民俗|川剧|戏曲",
    "skills": r"技能|兴趣|手艺",
}
_PARTY = frozenset({"theory", "secretary", "members_words"})  # 党课 may be any of these
_LECTURERS = {
    "tutor": r"导师|专家|专业老师|教授",
    "pioneer": r"先锋|模范",
    "neighbour": r"榜样|(?:邻居|街坊|居民|邻里).{0,4}(?:讲|教|上)",
}
_MINE = re.compile(
    r"我(?:都|现在|已经)?(?:报|选|参加)了?(?:名)?(?:的|了)?(?:哪些|什么|啥子?|几门|几个)?(?:的)?(?:课|班)"
)
_OWN = re.compile(r"我的(?:课(?!时|题)|课程|课表|班)|我有(?:哪些|什么|啥子?|几门)课")
_TO_JOIN = re.compile(r"想|要报|要学|帮我|给我|咋|怎么|取消|退|回放|直播|学时")
_SUBJECT = re.compile(
    r"(?:有没有?得?|有得|有|教|学|开|上|报名|报|关于)(?:一?[个门]|[那这][个门])?(?:教|学|讲)?(?P<what>[\u4e00-\u9fff]{2,6}?)(?:的)?(?:兴趣|培训|入门)?(?:课|班|讲座|培训)"
)
_NO_SUBJECT = re.compile(
    r"^(?:什么|啥子?|哪些|哪样|几节|几门|新的?|免费的?|别的|其他的?|老年人?的?|娃儿?的?|亲子|这些?|那些?|今天|明天|后天|这周|下周|周末|本周|最近|晚上|白天|些?(?:什么|啥子?)|一些?|名|不要钱|没有?|课|我.*|你.*)+$"
)
_FOR_WHOM = re.compile(r"有|没|第|给|适合|老年|老人|娃|孩|年轻|党")
_ENDINGS = re.compile(r"(?:入门|基础|初级|中级|高级|提高|进阶|体验|公益|兴趣|培训|学习|课程|课|班)+$")
_GENERIC = frozenset(re.findall("..", "课程入门基础初级提高体验讲座学习社区示例培训活动老师我们身边一课讲堂课堂"))
_ASKS = re.compile(r"有没得?|有没有|有哪些|有什么|有啥|讲(?:些)?(?:什么|啥)|(?:什么|啥)(?:时候|课)|哪天|几点|在哪")
_WHAT_IS_ON = re.compile(r"(?:有|上|开)(?:得|了|些)?(?:什么|啥子?|哪些|哪样|几节)(?:新)?课|有没得?课|有课[吗没么不]")
_WANTS_IN = re.compile(r"报名|报[上个一]|(?:帮我|给我|我要|我想).{0,3}(?:报|参加|上|学)|占.{0,3}[位座名]")
_TO_DO = re.compile(r"当(?:个|一)?(?:讲师|导师)|申请|报名|怎么|咋个?|签到|回放|直播|录像|取消|不去|条件|学时")
_LESSONS = re.compile(r"课|班|讲座|培训")
LEAST, MOST = 2, 4  # characters of a subject


def formats(text: str) -> frozenset[str]:
    """The kinds of lesson that are spoken of."""
    found = frozenset(name for name, words in _FORMATS.items() if re.search(words, text))
    return found or (_PARTY if "党课" in text else frozenset())


def lecturers(text: str) -> frozenset[str]:
    """The kinds of lecturer that are spoken of."""
    return frozenset(name for name, words in _LECTURERS.items() if re.search(words, text))


def asks_by_kind(text: str) -> bool:
    """Whether somebody asks what there is of a kind of lesson or lecturer, and wants nothing done about one."""
    return bool(formats(text) or lecturers(text)) and _ASKS.search(text) is not None and not _TO_DO.search(text)


def asks_what_is_on(text: str) -> bool:
    """Whether somebody asks which courses there are: 周四有什么课."""
    return _WHAT_IS_ON.search(text) is not None and not _TO_DO.search(text)


def wants_in(text: str) -> bool:
    """Whether somebody wants to enrol, and does not only ask how."""
    return _WANTS_IN.search(text) is not None and not asks(text)


def asks_for_mine(text: str) -> bool:
    """Whether somebody wants to see the courses they have enrolled in."""
    return (_OWN.search(text) or _MINE.search(text)) is not None and not _TO_JOIN.search(text)


def speaks_of_lessons(text: str) -> bool:
    """Whether a lesson or a course is spoken of, and not simply something one enrolled in."""
    return _LESSONS.search(text) is not None


def names(title: str) -> tuple[str, ...]:
    """What residents may call a course of that title besides: 书法入门 is the 书法课.

    >>> names("书法入门（示例）")
    ('书法课', '书法班')
    """
    plain = re.split(r"[（(：:]", title)[0].strip()
    subject = _ENDINGS.sub("", plain)
    if subject == plain or formats(plain) or not LEAST <= len(subject) <= MOST:
        return ()
    return tuple(name for name in (f"{subject}课", f"{subject}班") if name != plain)


def is_about(text: str, title: str) -> bool:
    """Whether a word of the title stands in the text: 书法 of 书法入门."""
    plain = re.split(r"[（(]", title)[0]
    pairs = {plain[at : at + LEAST] for at in range(len(plain) - 1)}
    return any(pair in text for pair in pairs - _GENERIC if pair.isalnum())


def subject(text: str) -> str:
    """What a course is asked for on, "" where nothing is said: 有没有插花课 asks for 插花.

    >>> subject("有没有插花课")
    '插花'
    """
    found = _SUBJECT.search(text)
    what = found["what"] if found else ""
    return "" if not what or len(what) > MOST or _NO_SUBJECT.match(what) or _FOR_WHOM.search(what) else what
