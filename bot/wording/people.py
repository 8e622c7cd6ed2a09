"""What the staff read about residents: the list, one of them, and what may be done."""

from bot.privacy import masked_number
from bot.rules.people import Card, Row
from bot.store.booking.tables import State as BookingState
from bot.store.profile import Told
from bot.wording.inbox import STATES as TICKET_STATES
from bot.wording.inbox import where
from bot.wording.resident import HOLDINGS, NEWS, UNIT
from bot.wording.ticket import TROUBLES

__all__ = ["HOLDINGS", "NEWS", "TICKET_STATES", "TROUBLES", "UNIT"]

TITLE = "居民"
HINT = "整个手机号、小区或楼栋、代号"
CODE, HOME, PHONE, SINCE, RUNNING, FOLLOWS = "代号", "住处", "手机", "第一次联系", "没办完的", "公众号"
NONE, NONE_WORDS = "还没有居民", "居民第一次给公众号发消息，或者您用表格导入登记过的居民，就会出现在这里。"
REASON, REASON_HINT = "为什么要看", "写明办哪一件事，会记进操作记录，例如：T261122-0001 上门前联系"
ERASE_REASON, ERASE_HINT = "为什么删", "写明是居民本人要求的，怎么提的，会记进操作记录"
CHANNELS = {
    "official_account": "公众号",
    "wecom_kf": "微信客服",
    "group": "群",
    "gateway": "群",
    "wecom_app": "企业微信",
}
BOOKINGS = {
    BookingState.BOOKED: "已约",
    BookingState.ARRIVED: "进行中",
    BookingState.DONE: "已完成",
    BookingState.CANCELLED: "已取消",
    BookingState.NO_SHOW: "未到",
    BookingState.ORPHANED: "等换人",
}
TOLD = {Told.PHONE.value: "留手机号", Told.BUILDING.value: "留楼栋", Told.ROOM.value: "留房号"}
YES, NO, NOT_TOLD = "在关注", "没关注", "没留"


def home(row: Row) -> str:
    return where(row.compound, row.building) or NOT_TOLD


def phone(row: Row) -> str:
    """138****00, and whether somebody made sure of it."""
    return f"{row.phone}{'' if row.verified else '（没核实）'}" if row.phone else NOT_TOLD


def follows(row: Row) -> str:
    return YES if row.follows else NO


def told_phone(card: Card, *, clear: bool) -> str:
    number = card.known.phone
    if not number:
        return NOT_TOLD
    return (number if clear else masked_number(number)) + ("" if card.known.verified else "（没核实）")


def told_home(card: Card, *, clear: bool) -> str:
    """The building in clear, what lies behind its door only when it is asked for."""
    home = card.known.home
    if home is None:
        return NOT_TOLD
    building = where(home.compound, home.number)
    inside = "".join(filter(None, (f"{home.door.unit}单元" if home.door.unit else "", card.known.room)))
    if not inside:
        return building
    return f"{building}{inside}" if clear else f"{building}（房号已隐藏）"


def has_more(card: Card) -> bool:
    """Whether there is anything that is hidden."""
    return bool(card.known.phone or card.known.room or (card.known.home and card.known.home.door.unit))
