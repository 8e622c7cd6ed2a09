"""The words that every sentence about a cabinet is made of."""

from datetime import datetime

from bot.rules.locker.device import Reason
from bot.store.locker import ParcelKind, Size
from bot.wording.ticket import moment

KINDS = {
    ParcelKind.PARCEL: "快递",
    ParcelKind.TAKEAWAY: "外卖",
    ParcelKind.OWN: "您存的东西",
    ParcelKind.HANDOVER: "转交给您的东西",
}
SIZES = {Size.SMALL: "小格", Size.MIDDLE: "中格", Size.LARGE: "大格"}
RIGHTS = {
    Reason.PICKUP: "聊天里开柜",
    Reason.FAMILY: "用代取码开柜",
    Reason.CODE: "用取件码开柜",
    Reason.LISTED_CODE: "柜机离线时用取件码开柜",
    Reason.OFFLINE_CODE: "用离线码开柜",
    Reason.DEPOSIT: "存件开门",
    Reason.STAFF: "工作人员开门",
    Reason.MASTER: "工作人员两人同意后全部开门",
    Reason.UNASKED: "没有申请，柜门自己打开",
}


def what(kind: str, company: str = "") -> str:
    """快递（示例快递）."""
    return KINDS[ParcelKind(kind)] + (f"（{company}）" if company else "")


def where(place: object, door: object) -> str:
    """2栋1单元门口的柜子，3号门."""
    return f"{place}的柜子，{door}号门"


def until(due: datetime | None, now: datetime) -> str:
    """When it becomes overdue."""
    return f"{moment(due, now)}前取" if due else ""
