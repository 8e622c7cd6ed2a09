"""What the figures of a year are called, what exactly each of them counts, and how a row of it reads."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.nlu.kinds import Trouble
from bot.store.locker.parcel import ParcelKind
from bot.wording.inbox import TROUBLES

TITLE = "年度数字"
ALL, YEAR, PLACE, FIGURE, VALUE, UNIT, DEFINITION = "全部", "年份", "范围", "数字", "数", "单位", "怎么算的"
AT, REF, WHAT, MANY = "时间", "编号", "内容", "数"
WEEKS = "近13周"
CITY_ONLY = "只有全市的数，分不出社区"
HINT = "按编号找"
NONE, NONE_WORDS = "这一年还没有", "有了记录，数字和明细会自己出来。"
OF_SOLVED = "占办结的"


@dataclass(frozen=True, slots=True)
class Said:
    """A figure in words: its name, its unit, and in one plain sentence what is counted."""

    name: str
    unit: str
    definition: str


FIGURES: Mapping[str, Said] = {
    "residents": Said("服务居民", "人", "反映过问题、约过服务并做完、存取过件或到过活动的居民，一人一年只算一次。"),
    "visits": Said("上门服务", "次", "凭居民的到访码确认、并记了完成的上门服务。"),
    "bookings": Said("完成预约", "单", "记了完成的服务和场地预约，按约定的时间算。"),
    "complaints": Said("收到反映", "件", "居民反映的问题，按登记的时间算，并单的各算一件。"),
    "solved": Said("办结反映", "件", "现在是办结状态的问题，按最后一次办结的时间算；重新打开的不算。"),
    "in_time": Said("按时办结", "件", "办结反映里，没有超过办结时限的；等居民补充的时间不算在内。"),
    "answers": Said("回答提问", "次", "知识库直接答上来的提问；聊天记录只留180天，更早的不在内。"),
    "parcels": Said("存储柜存放", "件", "真正放进格口并关上门的快递、外卖和物品。"),
    "activities": Said("举办活动", "场", "已经办完的活动，取消的不算。"),
    "participants": Said("参加活动", "人次", "活动里签到的人，带来的人也算，来几次算几次。"),
    "organisers": Said("办活动的单位", "家", "一年里办过活动的单位或居民队伍，同名的算一家。"),
}
_PARCELS = {
    ParcelKind.PARCEL.value: "快递",
    ParcelKind.TAKEAWAY.value: "外卖",
    ParcelKind.OWN.value: "自己存的",
    ParcelKind.HANDOVER.value: "转交",
}


def kind(what: str) -> str:
    """What a row was, in words."""
    if what in set(Trouble):
        return TROUBLES[Trouble(what)]
    return _PARCELS.get(what, what.removeprefix("faq:"))


def file(place: str, year: int) -> str:
    """What the workbook is called."""
    return f"{year}年年度数字 {place}"
