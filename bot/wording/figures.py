"""What the figures of a year are called, what exactly each of them counts, and how a row of it reads."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.nlu.kinds import Trouble
from bot.rules.figures import Group
from bot.store.locker.parcel import ParcelKind
from bot.wording.course.common import FORMATS
from bot.wording.inbox import TROUBLES
from bot.wording.suggestion import WISHES

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
    "lessons": Said("开课", "场", "已经上完的课，按类别分；取消的不算。"),
    "attendances": Said("到课", "人次", "课上签到的人，扫码、签到码、工作人员点名都算，没报名直接来的也算。"),
    "lecturers": Said("讲师", "位", "一年里上过课的讲师，同名的算一位；课程上没写讲师的不算。"),
    "by_residents": Said("居民讲课", "场", "讲师是身边榜样的课。"),
    "members": Said("参学党员", "人", "名册上的党员，一年里有学时的，一人只算一次。"),
    "shifts": Said("志愿值班", "班", "已经值完的志愿者班次。"),
    "volunteers": Said("志愿者", "人", "一年里值过班的志愿者，一人只算一次；已经离开的不算。"),
    "suggestions": Said("收到建议", "条", "居民提的建议，按收到的时间算。"),
    "suggestions_answered": Said("答复建议", "条", "已经答复提建议的人，按第一次答复的时间算。"),
    "suggestions_adopted": Said("采纳建议", "条", "采纳了的和已经办成的建议，按采纳的时间算。"),
    "suggestions_published": Said("公开建议", "条", "放在“您说我办”页上的建议。"),
    "polls": Said("征求意见", "次", "问居民的投票，按开始的时间算。"),
    "votes": Said("投票", "票", "投票收到的票，记在开始的那一天；投票不记名。"),
    "contests": Said("征集", "次", "发布过的征集，按开始的时间算。"),
    "contest_entries": Said("征集作品", "件", "居民投的作品，撤回的不算。"),
    "organisers": Said("办活动的单位", "家", "一年里办过活动的单位或居民队伍，同名的算一家。"),
}
GROUPS = {Group.SERVICE: "生活服务", Group.LEARNING: "共享学习"}
_KINDS: Mapping[str, str] = {
    **FORMATS,
    **{wish.value: name for wish, name in WISHES.items()},
    ParcelKind.PARCEL.value: "快递",
    ParcelKind.TAKEAWAY.value: "外卖",
    ParcelKind.OWN.value: "自己存的",
    ParcelKind.HANDOVER.value: "转交",
}


def kind(what: str) -> str:
    """What a row was, in words."""
    if what in set(Trouble):
        return TROUBLES[Trouble(what)]
    return _KINDS.get(what, what.removeprefix("faq:"))


def file(place: str, year: int) -> str:
    """What the workbook is called."""
    return f"{year}年年度数字 {place}"
