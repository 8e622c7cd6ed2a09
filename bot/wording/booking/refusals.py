"""How the rules of bookings say no, and what can be done instead."""

from bot.rules.booking import (
    BegunAlready,
    HasItThen,
    MissedTooOften,
    NothingHeld,
    NotThen,
    OverAlready,
    SlotTaken,
    TooManyOpen,
    WaitsAlready,
)
from bot.rules.booking.desk import HasBegun, Meanwhile, NeedsAddress, NobodyCalled, NobodyFree, NoReason, NotAPhoto
from bot.rules.booking.provider import NotArrived, NotYours, TooEarly, TooManyCodes
from bot.wording import explain
from bot.wording.booking.times import clock, date_of


@explain.register
def _(refusal: SlotTaken) -> str:
    return f"{date_of(refusal.start)}{clock(refusal.start)}刚刚被别人约走了，请另选一个。"


@explain.register
def _(refusal: NotThen) -> str:
    return f"{date_of(refusal.start)}{clock(refusal.start)}约不了{refusal.title}，请换个时间。"


@explain.register
def _(refusal: TooManyOpen) -> str:
    return f"您已经约了{refusal.most}单还没做，做完或者取消一单再约。说“我的预约”可以看。"


@explain.register
def _(refusal: HasItThen) -> str:
    start = f"{date_of(refusal.start)}{clock(refusal.start)}"
    return f"您在{start}已经约了{refusal.title}（{refusal.number}），要改时间就说“改预约”。"


@explain.register
def _(refusal: MissedTooOften) -> str:
    call = f"请打{refusal.phone}约" if refusal.phone else "请到站里约"
    return f"最近有{refusal.misses}次约了没在，这段时间{call}。"


@explain.register
def _(refusal: BegunAlready) -> str:
    call = f"请直接打{refusal.phone}" if refusal.phone else "请直接打电话到站里"
    return f"{refusal.number}已经到时间了，改和退{call}。"


@explain.register
def _(refusal: OverAlready) -> str:
    return f"{refusal.number}已经结束或取消了。想再约，直接说做什么、哪天几点。"


@explain.register
def _(refusal: WaitsAlready) -> str:
    return f"您已经在候补{refusal.title}了，有空位会发消息给您。"


@explain.register
def _(_refusal: NothingHeld) -> str:
    return "这个时间已经让出去了。还想约，直接说做什么、哪天几点。"


@explain.register
def _(_refusal: NotYours) -> str:
    return "这一单不是派给您的，请核对编号。"


@explain.register
def _(refusal: TooManyCodes) -> str:
    return f"到访码错得太多，请打站里电话{refusal.phone}核实。"


@explain.register
def _(_refusal: NotArrived) -> str:
    return "请先输入居民的到访码，再点完成。"


@explain.register
def _(_refusal: TooEarly) -> str:
    return "还没到约好的时间，请到时间再记。"


@explain.register
def _(_refusal: NobodyCalled) -> str:
    return "请填电话号码；或者这位居民以前的单号（B、T开头）、在微信里的名字。"


@explain.register
def _(_refusal: Meanwhile) -> str:
    return "您看的时候这一单有了变化，刚才的操作没有做。请看过下面的经过再来一次。"


@explain.register
def _(_refusal: NoReason) -> str:
    return "请写取消的原因，居民会看到。"


@explain.register
def _(_refusal: HasBegun) -> str:
    return "已经到时间了，不能再改或取消。请记“完成”或“没人在”。"


@explain.register
def _(_refusal: NobodyFree) -> str:
    return "这一位那时候没空，或者不做这一项，请选别人。"


@explain.register
def _(_refusal: NeedsAddress) -> str:
    return "上门的服务要写地址。"


@explain.register
def _(_refusal: NotAPhoto) -> str:
    return "这个文件不是照片，或者打不开。换一张，或者不传照片也能完成。"
