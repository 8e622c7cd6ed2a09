"""Short words at a cabinet: how big, for whom, may it be put there, did it open, who opened it."""

import re
from enum import StrEnum


class Wish(StrEnum):
    """What a resident says about deliveries into the cabinet."""

    ONCE = "once"
    ALWAYS = "always"
    NOT_NOW = "not_now"
    NEVER = "never"


OPENED_CHOICES = {"门开了": "yes", "没有开": "no"}
MAY_CHOICES = {"同意放柜": "once", "以后都可以放": "always", "这次不放": "not_now", "以后都不放": "never"}
GO_CHOICES = {"开门存件": "go", "不存了": "stop"}
SIZES = {"小格": "s", "中格": "m", "大格": "l"}

HINTS = frozenset("柜码取拿领投存放门开关")  # no word of this page is without one of these
_NOISE = re.compile(r"[\s，。,.!！?？~～、]+|[吧嘛哈哦噻啊呀呢的了]+$")
_SIZE = (
    ("l", re.compile(r"大格|大的|最大|大号|大件|大箱|行李箱|^大$|一袋米|大柜")),
    ("m", re.compile(r"中格|中的|中等|中号|^中$|不大不小")),
    ("s", re.compile(r"小格|小的|最小|小号|小件|^小$|钥匙|信封|文件")),
)
_ALWAYS = re.compile(
    r"^(?:我的)?(?:快递|件|外卖)?(?:以后|今后|往后)?(?:都|一律|全部)(?:可以|能|给我)?(?:直接)?(?:放|存)(?:进|到|在)?柜(?:子)?(?:里|头)?$"
)
_NEVER = re.compile(
    r"^(?:我的)?(?:快递|件|外卖)?(?:以后|今后|往后|都|一律|再|也|就)*(?:不要|别|不准|不许|不)(?:再|给我|往|把)*(?:快递|件)?(?:放|存)(?:进|到|在)?柜(?:子)?(?:里|头)?(?:面)?(?:送上门|送到家)?$"
)
_LATER = re.compile(r"以后|今后|往后|都|一律|再")
_YES = re.compile(r"^(?:我)?(?:同意|可以|要得|好|好嘛|行|得行|放|放嘛|放柜|放柜子|没问题|嗯|是|ok|OK)(?:放柜|放柜子)?$")
_NO = re.compile(r"^(?:我)?(?:不同意|不可以|不要|不行|不得行|不放|不准|别放|不要放柜|不要放|不)(?:柜子?)?$")
_OPENED = re.compile(
    r"^(?:柜?门)?(?:已经|都)?(?:开了|打开了|弹开了|开咯|取到了|拿到了|取走了|拿走了|拿出来了|到手了)$|^(?:门开|取到|拿到)$|^开$"
)
_SHUT = re.compile(
    r"^(?:柜?门)?(?:还是|根本)?(?:没有?|没得|莫|未)(?:打|弹)?(?:开|反应|动静|取到|拿到).{0,3}$|^(?:打不开|没动)$"
)
_PUT_IN = re.compile(r"^(?:我)?(?:已经)?(?:放好|存好|放进去|存进去|放|关好|关上|投好|塞进去)(?:门)?(?:了|咯)$")
_WHO = re.compile(
    r"(?:哪个|谁|啥子人|什么人|有没有人|有人|几个人).{0,6}(?:开|动|打开)过?.{0,4}(?:柜|格|箱|门|我的)|(?:柜|格|箱|门).{0,6}(?:被|遭)?(?:哪个|谁|人).{0,3}(?:开|动)过?|开(?:柜|门)记录"
)
_NEW_CODE = re.compile(
    r"(?:换|重新?发|再发|补发|重置|新)(?:我|给我)?(?:一?[个遍下次])?.{0,3}(?:取件)?码|码.{0,4}(?:重新?发|再发|补发)|(?:取件)?码.{0,6}(?:泄露|被人看到|遭看到)"
)
_FAMILY = re.compile(
    r"(?:让|叫|喊|请|给|帮我给)?(?:我)?(?:家人|家里人|屋头人|老公|老婆|爱人|儿子|女儿|娃儿|妈|爸|母亲|父亲|孙子|孙女|邻居|朋友|同事|室友|保姆).{0,4}(?:帮我|替我|代|来|去)*.{0,2}(?:取|拿|领)"
)
_STUCK = re.compile(r"打不开|开不了|不开|没反应|没开|不弹|无效|不对|错误|失效|不灵|用不了|不管用")
_WORD = re.compile(r"投递码\D{0,4}([A-Za-z0-9]{8})(?![A-Za-z0-9])")
_DIGITS = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_NO_PHONE = re.compile(r"^(?:没有?|没得|莫得|不晓得|不知道|不用|跳过|无)(?:手机号?|电话|号码)?$")
_TAKEAWAY = re.compile(r"外卖|送餐|饭|奶茶")
_FOR_OTHERS = re.compile(
    r"(?:给|帮|替|留给|转交|交给|送给).{0,8}(?:邻居|家人|老公|老婆|儿子|女儿|朋友|同事|师傅|别人|他|她|房客|室友|保洁|楼上|楼下|对门)|(?:让|叫|喊).{0,6}来(?:拿|取)|转交"
)
_COURIER = re.compile(r"(?:我是|我们是)?(?:快递员|快递小哥|骑手|外卖员|送货|送餐员|配送员)|投件|投递(?!码)|派件")


def size_in(text: str) -> str | None:
    """The size a text asks for: `s`, `m` or `l`."""
    return next((size for size, words in _SIZE if words.search(text)), None)


def wish_in(text: str) -> Wish | None:
    """What a short message says of deliveries into the cabinet, when nobody asked."""
    said = _bare(text)
    if len(said) > 20:
        return None
    if _NEVER.match(said):
        return Wish.NEVER if _LATER.search(said) else Wish.NOT_NOW
    return Wish.ALWAYS if _ALWAYS.match(said) else None


def consent(text: str) -> Wish | None:
    """The answer to whether something may be put there."""
    said = _bare(text)
    if found := wish_in(text):
        return found
    if _NO.match(said):
        return Wish.NOT_NOW
    return Wish.ONCE if _YES.match(said) else None


def opened(text: str) -> bool | None:
    """The answer to whether the door opened."""
    said = _NOISE.sub("", text.strip()) if len(text) > 30 else re.sub(r"[\s，。,.!！?？~～、]+", "", text)
    if _SHUT.match(said):
        return False
    return True if _OPENED.match(said.removesuffix("谢谢")) else None


def is_put_in(text: str) -> bool:
    """Whether somebody says that it is in and the door is shut."""
    return _PUT_IN.match(re.sub(r"[\s，。,.!！~～、]+", "", text)) is not None


def asks_who(text: str) -> bool:
    """Whether somebody wants to know who opened their door."""
    return _WHO.search(text) is not None


def wants_new_code(text: str) -> bool:
    """Whether somebody wants another pick-up code."""
    return len(text) <= 40 and _NEW_CODE.search(text) is not None


def for_family(text: str) -> bool:
    """Whether somebody else is to fetch it."""
    return len(text) <= 40 and _FAMILY.search(text) is not None


def is_stuck(text: str) -> bool:
    """Whether a code or a door is said not to work."""
    return _STUCK.search(text) is not None


def courier_word(text: str) -> str | None:
    """The word with which the station lets a courier in."""
    found = _WORD.search(text)
    return found[1].upper() if found else None


def skips_phone(text: str) -> bool:
    """Whether there is no telephone number to tell."""
    return _NO_PHONE.match(_bare(text)) is not None


def shown_digits(text: str) -> str | None:
    """The four digits on a cabinet's display."""
    found = _DIGITS.search(text)
    return found[1] if found else None


def is_takeaway(text: str) -> bool:
    return _TAKEAWAY.search(text) is not None


def is_for_others(text: str) -> bool:
    """Whether it is put there for somebody else to fetch."""
    return _FOR_OTHERS.search(text) is not None


def is_courier(text: str) -> bool:
    return _COURIER.search(text) is not None


def _bare(text: str) -> str:
    return _NOISE.sub("", text.strip())
