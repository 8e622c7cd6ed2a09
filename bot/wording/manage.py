"""What the staff read where the house itself is looked after: accounts, what can be set, what goes to other offices."""

from datetime import datetime

from bot.nlu.kinds import Trouble
from bot.rules.accounts import Account, NoSuchPart, NotYours, OwnAccount
from bot.rules.setting import Subject
from bot.store.account_list import Named
from bot.store.contact import Role
from bot.store.forwarding import Form, State, Way
from bot.wording import account, explain
from bot.wording.console import ROLES
from bot.wording.ticket import TROUBLES

__all__ = ["ROLES", "TROUBLES", "account"]

TITLE = "管理"
HUB = (
    ("/console/figures", "年度数字", "服务了多少人、办了多少事，每个数都有算法和明细，可以导出"),
    ("/console/manage/forwarding", "转办", "转给别的部门的件，卡住的在这里重试或先搁下"),
    ("/console/manage/destinations", "转办单位", "件会转给谁、怎么转"),
    ("/console/groups", "社群", "助手在哪些群里、能做什么，往群里发的消息到没到"),
    ("/console/customer-groups", "居民群", "企业微信客户群：入群欢迎语、进群二维码、关键词，拿来发通知"),
    ("/console/manage/staff", "账号", "谁能进来，看得到哪一片"),
    ("/console/manage/settings", "设置", "时限、派单、安静时段、保存多久、人工对话"),
    ("/console/audit", "操作记录", "谁看了什么、改了什么"),
)

# accounts
STAFF = "账号"
STAFF_HINT = "登录名、名称、企业微信账号"
NO_STAFF, NO_STAFF_WORDS, ADD_STAFF = "还没有账号", "给每个岗位开一个账号，不要几个人合用。", "加账号"
LOGIN, NAME, ROLE, PART, POST, WECOM, STANDS, SEEN = (
    "登录名",
    "名称",
    "角色",
    "负责范围",
    "岗位",
    "企业微信账号",
    "状态",
    "最近用过",
)
LOGIN_HINT = "2到32位小写字母、数字、点、横线，例如 grid3"
NAME_HINT = "写岗位，不写人名，例如：第3网格网格员。居民会看到"
PART_HINT = "社区、站点或网格的编号；管理员、审计员不填就是全部"
POST_HINT = "通讯录里的岗位编号；填了，派给这个岗位的工单就是他的"
WECOM_HINT = "填了才会在企业微信里收到工单"
EVERYTHING, NO_POST = "全部范围", "没有岗位"
ACTIVE, LOCKED, DROPPED, FIRST = "在用", "已锁定", "已停用", "还没登录过"

# forwarding
FORWARDING, FORWARDING_HINT = "转办", "工单编号、单位"
NUMBER, WHERE, STATE, REASON, TRIES, SINCE, NEXT = "编号", "转给", "状态", "原因", "试过", "从什么时候", "下次"
NO_STUCK, NO_STUCK_WORDS = "没有卡住的", "转不出去的、先搁下的，会列在这里。"
STATES = {
    State.PENDING: "等着转",
    State.SENDING: "正在转",
    State.ACCEPTED: "对方已收",
    State.ACKNOWLEDGED: "对方有回音",
    State.CLOSED: "对方办结",
    State.FAILED: "没转成，还会自动重试",
    State.PARKED: "先搁下了",
}
OUTCOMES = {"retried": "人工重试", "parked": "搁下"}
DESTINATIONS, DESTINATIONS_HINT = "转办单位", "编号、名称"
NO_DESTINATIONS = "还没有转办单位"
NO_DESTINATIONS_WORDS = "加一个单位，以后新开的件就会按类别自动转过去。"
ADD_DESTINATION = "加单位"
CODE, OFFICE, WAY, ADDRESS, SECRET, JURISDICTION, FORM = "编号", "名称", "怎么转", "地址", "密钥", "辖区代码", "格式"
KINDS, WITHIN, TALKS, CONTACT, WHOLE = "类别", "负责哪一片", "能来回说进展", "带联系人", "带完整原话"
CODE_HINT = "小写字母、数字、横线，定了不能改，例如 city"
OFFICE_HINT = "居民会看到，例如：示例市政后台"
ADDRESS_HINT = "https:// 开头；邮件写 smtp://用户@主机/收件人@example.org"
KEY_HINT = "接口密钥、签名密钥或邮箱密码；Webhook 至少16位。改的时候不填就是不变，存着的看不到"
WITHIN_HINT = "社区或站点的编号，不填就是全部"
KINDS_HINT = "不勾就是全部类别"
CONTACT_HINT = "居民自己同意过的才带"
ALL_KINDS, ALL_PLACES = "全部类别", "全部范围"
WAYS = {Way.OPEN311: "Open311 接口", Way.WEBHOOK: "签名 Webhook", Way.EMAIL: "邮件", Way.CSV: "CSV 文件夹"}
FORMS = {Form.JSON: "JSON", Form.XML: "XML"}
TAKEN_CODE, BAD_CODE = "这个编号已经有了", "只能用小写字母、数字、横线，最多32位"
BAD_ADDRESS, BAD_SECRET, BAD_AREA = "地址写法不对，看下面的提示", "Webhook 的密钥至少16位", "没有这个编号的社区或站点"
HTTPS_ONLY = "要用 https:// 开头的地址"
PARK_WHY, PARK_HINT = "为什么先不转", "写清楚，例如：已打电话说过，对方在办"

# settings
SETTINGS = "设置"
SUBJECTS = {
    Subject.LIMITS: "办理时限",
    Subject.ROUTING: "派单",
    Subject.RETENTION: "保存多久",
    Subject.HAND_OVER: "人工对话",
}
QUIET = "安静时段"
ABOUT = {
    "limits": "多久要首次答复、再次答复、办结，按分钟填：60是1小时，420是1个工作日；在办的件马上按新时限算",
    "routing": "哪一类先派给谁，以后新开的件按这个派",
    "quiet": "晚上不打扰居民的时段",
    "retention": "各种记录留多久，只能比答应居民的短",
    "hand_over": "多久没人回、多久没人说话，就交还小助手",
}
MINUTES_HINT = "工作时间，分钟"
DANGER_HINT = "昼夜都算，分钟"
ROWS = {"usual": "一般", "soon": "急件", "slow": "要查勘的", "danger": "危险"}
STEPS = {"first": "首次答复", "next": "再次答复", "solved": "办结"}
URGENT_KINDS, SLOW_KINDS = "算急件的类别", "要查勘的类别"
OWNERS = {
    Role.GRID_WORKER: "网格员",
    Role.PROPERTY: "物业",
    Role.COMMUNITY: "社区窗口",
    Role.POLICE: "社区民警",
    Role.STATION: "服务站",
}
PERIODS = {
    "inbox": "居民说的话和回复",
    "outbox": "发出去的消息",
    "missed": "没听懂的话（已遮住个人信息）",
    "ticket": "办结的工单（之后匿名）",
    "booking": "结束的预约（之后匿名）",
    "parcel": "取走的件（之后匿名）",
}
BEGINS, ENDS, QUIET_HINT = "从", "到", "例如 21:30；两个一样就是没有安静时段"
UNANSWERED, IDLE = "居民等了多少分钟没人回，交还小助手", "多少分钟没人说话，交还小助手"
IN_ORDER = "首次答复不能比办结晚"


def days_hint(most: int) -> str:
    return f"天，30到{most}"


def limit_label(row: str, step: str) -> str:
    """急件 · 办结."""
    return f"{ROWS[row]} · {STEPS[step]}"


def part(named: Named | None) -> str:
    return f"{named.name}（{named.code}）" if named else EVERYTHING


def post(named: Named | None) -> str:
    return f"{named.name}（{named.code}）" if named else NO_POST


def stands(account: Account) -> str:
    if account.dropped:
        return DROPPED
    if not account.active:
        return LOCKED
    return FIRST if account.must_change else ACTIVE


def kinds(codes: list[str]) -> str:
    return "、".join(TROUBLES[Trouble(code)] for code in codes if code in set(Trouble)) or ALL_KINDS


def counts(by_state: dict[str, int]) -> str:
    """对方已收12件，没转成1件."""
    return "，".join(f"{STATES[State(state)]}{number}件" for state, number in by_state.items() if number)


def outcome(name: str) -> str:
    """What came of an attempt."""
    known = {**{state.value: words for state, words in STATES.items()}, **OUTCOMES}
    return known.get(name, name)


def changed(at: datetime, login: str) -> str:
    return f"{at.year}年{at.month}月{at.day}日 {at.hour}:{at.minute:02d} {login}改过"


@explain.register
def _(_refusal: NotYours) -> str:
    return "这不在您负责的范围里，请换一个，或者请上一级管理员来加。"


@explain.register
def _(_refusal: OwnAccount) -> str:
    return "不能锁定、停用自己的账号，也不能改自己的角色。请另一位管理员来改。"


@explain.register
def _(_refusal: NoSuchPart) -> str:
    return "没有这个编号，请核对社区、站点、网格或岗位的编号。"
