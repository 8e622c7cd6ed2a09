"""What the staff read about cabinets in the back office: short, and every signal as a word."""

from bot.rules.locker.book import Did
from bot.rules.locker.commission import Verdict
from bot.rules.locker.device import DoorState, Polarity, Reason
from bot.rules.locker.fleet import DoorNow, Inside, Line, Standing
from bot.store.locker import ParcelKind, ParcelState
from bot.store.locker.fleet import Which
from bot.wording.locker.common import KINDS, SIZES

TITLE, OVERDUE, BOOK, COURIERS = "柜子", "超时的件", "开门记录", "投递员"
CODE, WHERE, STATE, HEARD, TAKEN, BROKEN = "编号", "位置", "状态", "最近消息", "占用", "停用的门"
FIRMWARE, BATTERY, DOOR, DUE, WHAT, WHOM = "固件", "电量", "门", "到期", "什么", "收件人"
WHEN, HAPPENED, BY_RIGHT, WHO, WHY, WHOLE = "时间", "发生了什么", "凭什么", "谁", "原因", "整柜"
HINT, BOOK_HINT = "编号、位置、固件版本", "柜子编号"
NONE, NONE_WORDS, SEE_ALL = "这里没有柜子", "柜子用工作簿导入；您看得到的是您负责范围里的。", "看全部柜子"
NOTHING_OVERDUE = "没有超时的件"
NOTHING_OVERDUE_WORDS = "放了太久没取的会列在这里，码照样能用；可以打电话，也可以移到服务站保管。"
NO_LINES, NO_LINES_WORDS = "还没有开门记录", "每次开门都记在这里：什么时候、哪个门、凭什么。只增不改。"
NO_COMPANY = "请写明是哪家公司的。"
SELF_TEST = "安装自检"
CLEAR_CODE_HOW = "在柜子的键盘上输入。这个门本小时内发出的离线码马上作废。"
KEY_HOW = "整行放进柜机的密钥文件。离开这一页就看不到了，请不要发到群里。"
WHICH = {
    Which.ALL: "在用",
    Which.AWAY: "离线",
    Which.FAULT: "有故障",
    Which.SHUT: "停用输码",
    Which.OFF: "已撤下",
}
DID = {
    Did.ASKED: "申请开门",
    Did.OPENED: "门开了",
    Did.CLOSED: "门关上了",
    Did.NOT_OPENED: "门没开",
    Did.CLEARED: "作废离线码",
    Did.REMOVED: "移到服务站",
    Did.SHUT: "输错太多，停用输码",
    Did.RELEASED: "恢复输码",
}
RIGHTS = {
    Reason.PICKUP: "收件人在聊天里",
    Reason.FAMILY: "代取码",
    Reason.CODE: "取件码",
    Reason.LISTED_CODE: "取件码（柜机离线）",
    Reason.OFFLINE_CODE: "离线码",
    Reason.DEPOSIT: "存件",
    Reason.STAFF: "工作人员",
    Reason.MASTER: "两人同意全开",
    Reason.UNASKED: "没有人申请",
}
DOORS = {DoorState.LOCKED: "关着", DoorState.OPEN: "开着", DoorState.UNKNOWN: "不明"}
STATES = {
    ParcelState.ASKED: "在问收件人",
    ParcelState.RESERVED: "留着格子",
    ParcelState.PLACED: "正在存",
    ParcelState.STORED: "在柜里",
}
VERDICTS = {
    Verdict.NOT_BEGUN: ("", "请把所有的门都关好，柜里不要有东西，然后点“都关好了，开始”。会打开1号门。"),
    Verdict.RUNNING: ("blue", "开门指令发出了，正在等柜机回话。"),
    Verdict.SHUT_IT: ("blue", "1号门开了，柜机也报了。请把它关好，再等几秒。"),
    Verdict.RIGHT: ("green", "正常：开门、关门柜机都报对了。"),
    Verdict.REVERSED: ("red", "极性反了：门关着，柜机却报开着。记下后，请在柜机上改用另一种极性，再测一次。"),
    Verdict.SILENT: ("amber", "没有信号：门动了柜机看不见，多半没有接开关线。记下后，开门改由当事人说开没开。"),
    Verdict.FAILED: ("red", "没有成功：柜机没有执行。请检查锁板的接线，再来一次。"),
}
POLARITIES = {
    Polarity.CLOSED_WHEN_LOCKED: "锁上时接通（closed_when_locked）",
    Polarity.CLOSED_WHEN_OPEN: "打开时接通（closed_when_open）",
}


def state(one: Standing) -> str:
    """Everything that is to be known first."""
    said = ["已撤下"] if not one.active else ["没有连过"] if one.heard_at is None else []
    if not said:
        said.append("离线" if one.is_away else "在线")
    said += ["已报修"] if one.is_dead else []
    said += ["停用输码"] if one.is_shut else []
    return " · ".join([*said, *([f"超时{one.counted.overdue}件"] if one.counted.overdue else [])])


def signal(one: Standing) -> str:
    """The colour that goes with it."""
    if one.is_dead or (one.is_away and one.heard_at is not None):
        return "red"
    return "green" if not one.is_away else "amber"


def taken(one: Standing) -> str:
    return f"{one.counted.taken}/{one.counted.doors}"


def faults(one: Standing) -> str:
    return str(one.counted.broken) if one.counted.broken else "无"


def battery(one: Standing) -> str:
    return f"{one.battery}%" if one.battery is not None else "市电"


def whom(one: Inside) -> str:
    """As little of a person as is enough to call them."""
    if one.by_station:
        return "由服务站代管"
    return one.phone or "在公众号上"


def who(line: Line) -> str:
    """A post, two posts, or a resident under a short name."""
    if line.second:
        return f"{line.who}、{line.second}"
    if not line.who:
        return "无" if line.reason == Reason.UNASKED else "凭码"
    return f"居民{line.who}" if line.reason not in (Reason.STAFF, Reason.MASTER) else line.who


def door(one: DoorNow) -> str:
    """A door in one breath, for those who do not see the grid."""
    said = [f"{one.number}号门", SIZES_SHORT[one.size], DOORS[one.state]]
    said += ["停用"] if one.out_of_order else []
    said += ["正在开"] if one.under_way else []
    return "，".join([*said, inside(one)])


def inside(one: DoorNow) -> str:
    """What is behind a door."""
    if one.inside is not None:
        return "超时" if one.inside.is_overdue else STATES[one.inside.state]
    return "像是有东西" if one.occupied else "空"


def kind(one: Inside) -> str:
    return {ParcelKind.OWN: "自存", ParcelKind.HANDOVER: "转交"}.get(one.kind, KINDS[one.kind])


def line(one: Line) -> str:
    """A line of the book as a sentence."""
    where = f"{one.door}号门" if one.door else WHOLE
    return f"{where} {DID[one.did]}"


def clear_code(number: int) -> str:
    return f"{number}号门的清除码"


def new_key(number: int) -> str:
    return f"第{number}号通信密钥和锁密钥"


SIZES_SHORT = {size.value: words for size, words in SIZES.items()}
