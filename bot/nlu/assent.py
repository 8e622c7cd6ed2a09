"""Short words inside a form: yes, no, leave it, go on, change that; and what is mere padding around an answer."""

import re

from bot.nlu.numbers import read

_NOISE = re.compile(r"[\s，。,.!！?？~～、:：;；“”\"'（）()]+")
_TAIL = re.compile(r"(?:吧|嘛|哈|哦|噢|啊|呀|呢|噻|咯|了|的|哒|哩|谢谢|谢了)+$")
_AGREES = re.compile(
    r"^(?:嗯+|是|对|好|行|中|可以|确认|确定|没错|没问题|莫得问题|没得问题|不改|就这样|就这么定|就这个|就这么办|要得|得行|对头|对对|好好|ok|okay|yes|y"
    r"|下单|提交|定|约|就约|帮我约|约上|订|预约|安逸|巴适|要|同意|成)+$",
    re.IGNORECASE,
)
_DISAGREES = re.compile(
    r"^(?:不对|不是|错|错了|不行|不得行|不好|不可以|有错|搞错|弄错|说错|要改|改一下|改一哈|改改|重新填)+$"
)
_LEAVES = re.compile(
    r"^(?:那|还是|就|我|先|暂时)*(?:算|不用|不要|不约|不订|不定|不借|不办|不弄|不填|不搞|不整|退出|取消|放弃|不预约|罢"
    r"|改天再说|以后再说|下次再说|不想约|不想弄|不想要|不需要|取消预约|先不约|先不|取消吧)(?:预约|这个|它|哈)*$"
)
_GOES_ON = re.compile(
    r"^(?:那|我|请|好)*(?:继续|接着|接到|往下|下一步|刚才那个|刚才的|刚刚那个|回到刚才|说到哪|刚才说到哪)"
    r"(?:说|办|约|填|来|弄|预约|整)*$"
)
_CHANGES = re.compile(r"改|换|变|错|不对|重新|更正|调")
_PADDING = re.compile(
    r"(?:不对|不是|说错|错|要不|还是|那个|那就|那么|那|就|嘛|吧|哈|哦|噢|呢|啊|呀|噻|咯|了|的|我们|我|你们|你|您|师傅|阿姨"
    r"|麻烦|请|帮我|帮|给我|给|想|要|约|订|定|预约|安排|改成|改到|改在|改为|改|换成|换到|换|挪到|推到|推迟|提前|调到|成|到|在"
    r"|来|过来|上门|有空|没空|没得空|不得空|有人|在家|不在家|都|可以|得行|不得行|行|不行|好|左右|之前|以前|之后|以后|前|后|吗"
    r"|么|不|没有|有没有|时间|日期|时候|地址|电话|手机|号码|号|是|为|住|家|家里|屋头|我家|打|联系|这个|只有|最好|也|或者|比较"
    r"|方便|点|一点|吃了饭|嗯|对|哎|诶|呃|额|借|用|去|做|弄|能|能不能|再|晚|早|些|一个|个)"
)
_WISHES = re.compile(r"改|换|挪|推|约|订|定|要|想|可以|得行|有空|方便|来|行|就|上门|过来|安排|吧|嘛")
_SOONEST = re.compile(r"越快越好|尽快|最快|最早|最近的|马上|立刻|现在就|赶快|赶紧|快点来")
_ANY = re.compile(r"^(?:随便|都行|都可以|哪天都|几点都|啥时候都|什么时候都|你定|你们定|听你的|看你们|无所谓|任意)")
_ASKS = re.compile(r"怎么|咋|哪|几点|多少|好多钱|吗|为啥|为什么|什么|啥子|是不是|有没有|[?？]|呢$")
_ENDS_ASKING = re.compile(r"(?:吗|呢|[?？])$")
_KEEPS = re.compile(r"^(?:算了|不取消|别取消|莫取消|留着|留到|不退|还是要|还要|保留|先不取消|不用取消|不取消了)")
_ALL = re.compile(r"全部|所有|都取消|都退|都不要|一起取消|通通|统统")
_PEOPLE = re.compile(r"(\d{1,4}|[零一二两三四五六七八九十百]{1,5})\s*(?:多|来|几)?\s*(?:个|位|口|名)?人")
_MOST_BESIDE = 8  # characters of something else around an answer that says it is one


def agrees(text: str) -> bool:
    """Whether a short answer says yes."""
    return _said(_AGREES, text)


def disagrees(text: str) -> bool:
    """Whether a short answer says that something is wrong, without saying what."""
    return _said(_DISAGREES, text)


def leaves(text: str) -> bool:
    """Whether a short answer leaves what is under way."""
    return _said(_LEAVES, text)


def goes_on(text: str) -> bool:
    """Whether somebody wants to go on with what they had begun."""
    return _said(_GOES_ON, text)


def changes(text: str) -> bool:
    """Whether something is to be other than it was said."""
    return _CHANGES.search(text) is not None


def beside(text: str, span: tuple[int, int]) -> str:
    """What a text says besides the words at `span`, without padding.

    >>> beside("那就明天吧", (2, 4))
    ''
    """
    rest = text[: span[0]] + "，" + text[span[1] :]
    return _PADDING.sub("", _NOISE.sub("", rest))


def is_answer(text: str, rest: str) -> bool:
    """Whether a text is an answer, given what it says besides it: nothing, or little beside a wish."""
    return not rest or (len(rest) <= _MOST_BESIDE and _WISHES.search(text) is not None)


def wants_soonest(text: str) -> bool:
    """Whether the next time that can be had is what is wanted."""
    return _SOONEST.search(text) is not None


def takes_any(text: str) -> bool:
    """Whether any of them will do."""
    return _ANY.match(_NOISE.sub("", text)) is not None


def asks(text: str) -> bool:
    """Whether a text is a question rather than what was asked for."""
    return _ASKS.search(text) is not None


def ends_asking(text: str) -> bool:
    """Whether a text ends as a question does, whatever stands in it."""
    return _ENDS_ASKING.search(text.strip()) is not None


def keeps(text: str) -> bool:
    """Whether what was to be cancelled shall stay."""
    return _KEEPS.match(_NOISE.sub("", text)) is not None


def means_all(text: str) -> bool:
    """Whether all of them are meant."""
    return _ALL.search(text) is not None


def _said(pattern: re.Pattern[str], text: str) -> bool:
    bare = _NOISE.sub("", text)
    return bool(pattern.match(bare) or pattern.match(_TAIL.sub("", bare)))


def people(text: str) -> int:
    """How many people a text speaks of, 0 where it says none: 排练，十二个人."""
    found = _PEOPLE.search(text)
    return (read(found[1]) or 0) if found else 0
