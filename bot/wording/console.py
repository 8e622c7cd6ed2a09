"""What the staff read in the back office: short and plain, verbs on buttons, times as people say them."""

from datetime import datetime

from bot.rules.access import LockedOut, PasswordsDiffer, SamePassword, WrongLogin
from bot.rules.staff import WeakPassword
from bot.store.staff import StaffRole
from bot.wording import explain

NAME = "微站"
DAYS = "一二三四五六日"
ROLES = {
    StaffRole.STATION_STAFF: "站点工作人员",
    StaffRole.GRID_WORKER: "网格员",
    StaffRole.MANAGER: "站长",
    StaffRole.ADMINISTRATOR: "管理员",
    StaffRole.AUDITOR: "审计员",
    StaffRole.PROVIDER: "合作商户",
}
SAID = {
    "taken": "已接单，居民会收到通知。",
    "answered": "答复已发出。",
    "asked": "已请居民补充，时限暂停。",
    "scheduled": "时间已记下，居民会收到通知。",
    "solved": "已办结，居民会收到通知并评价。",
    "not_ours": "已答复居民。",
    "elsewhere": "已答复居民。",
    "noted": "备注已记下，只有工作人员看得到。",
    "passed_on": "已转派。",
    "handed_back": "已退回。",
    "merged": "已并到一起，居民会收到后面的进展。",
    "saved": "已保存。",
    "member_agreed": "已确认，会告诉本人。",
    "member_refused": "已记下，会请本人当面核对。",
    "push_proposed": "请另一位同事来看一遍，看过才发。",
    "push_approved": "已同意，到点就发。",
    "push_stopped": "已停止，没收到的不再发。",
    "push_retried": "没发成的正在再发。",
    "group_tested": "测试消息在路上，几秒钟后看“最近发的”。",
    "talk_to_wecom": "正在转到您的企业微信，请到那里接着回。",
    "customer_group_asked": "已交给平台，几秒钟后刷新看结果。",
    "group_dropped": "已停用，不再发，也不再回答。",
    "group_again": "好的，再发一次。",
    "activity_published": "已发布，居民看得到了。",
    "activity_cancelled": "已取消，报名的居民会收到通知。",
    "course_drawn_up": "草稿存好了，核对日期后点“发布”，居民才看得到。",
    "lesson_moved": "已保存；改了时间地点的，报名的居民会收到通知。",
    "bulletin_dropped": "已删掉，不再回答。",
    "aid_shown": "已给邻居看，也告诉了发的人。",
    "aid_refused": "没有发出去，已告诉发的人。",
    "aid_closed": "已撤下。",
    "suggestion_answered": "答复已发给提建议的人。",
    "suggestion_adopted": "已采纳，也告诉了提建议的人。",
    "suggestion_not_adopted": "已记下原因，也告诉了提建议的人。",
    "suggestion_done": "已记办成，提的人和支持的人都会收到。",
    "suggestion_published": "已公开到“您说我办”，原话、姓名、电话都不在上面。",
    "suggestion_unpublished": "已撤下，居民看不到了。",
    "suggestion_passed_on": "已转为工单，居民会收到新编号。",
    "suggestion_from_ticket": "已转为建议，居民会收到新编号。",
    "poll_published": "已发布，居民可以投了。",
    "poll_closed": "已结束，结果公布了。",
    "contest_published": "已发布，居民可以投稿了。",
    "entry_shown": "已展出，也告诉了投稿的人。",
    "entry_sent_back": "已退回，原因告诉了投稿的人。",
    "contest_announced": "结果已公布，投稿的人都会收到，只发一次。",
    "booking_made": "约好了，居民会收到通知；只打电话的，请在下面看到访码，当面或电话告诉他。",
    "booking_moved": "时间改好了，居民会收到通知。",
    "booking_cancelled": "已取消，原因已告诉居民；有人候补就会自动让给他。",
    "booking_arrived": "已记到访。",
    "booking_wrong_code": "到访码不对，请再核对一次。错5次就要打电话向居民核实。",
    "booking_done": "已完成，会请居民评价。",
    "booking_missed": "已记“没人在”，居民会收到通知。",
    "booking_assigned": "已派给新的商户，居民会收到通知。",
    "away_saved": "停约时间已记下，这段时间约不上他。",
    "provider_removed": "已停用，没做的单子已经另派或列入待派。",
    "contact_moved": "没办完的已转给现在负责的人。",
    "contact_stays": "现在没有别人负责，工单还在这里。",
    "station_cloned": "新站点已建好，请核对地址、电话和位置。",
    "knowledge_published": "已发布，几秒钟后助手就会这样回答。",
    "door_asked": "开门指令已发出，柜门动了这里会显示。",
    "all_asked": "已申请，请另一位同事在15分钟内来同意。",
    "all_opened": "全部开门的指令已发出。",
    "parcel_removed": "已记下，收件人会收到通知。",
    "codes_released": "可以输码了。",
    "password": "密码已改，其他设备已退出。",
    "erased": "已按居民要求删除。",
    "called": "已记下：打通了。不会再发同一条。",
    "not_reached": "已记下：没人接。排到后面再打。",
    "call_dropped": "已记下：不用打了。",
    "talk_taken": "现在由您接着，小助手不说话。",
    "talk_said": "已发出。",
    "talk_back": "已交还小助手，居民已被告知。",
    "locked": "已锁定，登录着的设备已退出。",
    "unlocked": "已解锁。",
    "account_dropped": "已停用。",
    "retried": "马上再试，过一会儿看结果。",
    "parked": "先搁下了，不会自动再转。",
    "destination_dropped": "已停用，以后不再转过去。",
    "session_ended": "那台设备已退出。",
    "signed_out": "已退出。",
    "timed_out": "太久没有操作，请重新登录。写了一半的内容还在。",
}
OLD_PASSWORD, NEW_PASSWORD, ONCE_MORE = "现在的密码", "新密码", "再输一次新密码"
HOW_LONG = "至少10个字符，几个不相干的词连起来最好记"
WRONG_OLD = "现在的密码不对"
TOO_LARGE = "文件太大了，请拆成几份再上传。刚才没有改动任何东西。"
INBOX, ME, DESIGN = "工单", "我", "界面样式"


def moment(at: datetime, now: datetime) -> str:
    """今天 15:40, 昨天 9:05, 11月20日 周五; with its year where that is another."""
    days = (now.date() - at.date()).days
    clock = f"{at.hour}:{at.minute:02d}"
    if days in _NEAR:
        return f"{_NEAR[days]} {clock}"
    day = f"{at.month}月{at.day}日"
    return f"{day} 周{DAYS[at.weekday()]}" if at.year == now.year else f"{at.year}年{day}"


_NEAR = {0: "今天", 1: "昨天", -1: "明天"}


def full(at: datetime) -> str:
    """2026年11月20日 周五 15:40."""
    return f"{at.year}年{at.month}月{at.day}日 周{DAYS[at.weekday()]} {at.hour}:{at.minute:02d}"


def age(at: datetime, now: datetime) -> str:
    """刚刚, 12分钟前, 5小时前, 3天前."""
    seconds = (now - at).total_seconds()
    return "刚刚" if seconds < 60 else f"{span(seconds)}前"


def span(seconds: float) -> str:
    """12分钟, 5小时, 3天."""
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{max(minutes, 1)}分钟"
    return f"{minutes // 60}小时" if minutes < 24 * 60 else f"{minutes // (24 * 60)}天"


def left(due: datetime, now: datetime) -> str:
    """剩5小时, 超时2天."""
    seconds = (due - now).total_seconds()
    return f"剩{span(seconds)}" if seconds >= 0 else f"超时{span(-seconds)}"


def news(count: int) -> str:
    return f"{count}条新工单"


ERRORS = {
    "missing": "请填写",
    "string_too_short": "至少{min_length}个字",
    "string_too_long": "最多{max_length}个字",
    "string_pattern_mismatch": "写法不对",
    "enum": "请选一项",
    "literal_error": "请选一项",
    "int_parsing": "请填数字",
    "float_parsing": "请填数字",
    "greater_than_equal": "不能小于{ge}",
    "less_than_equal": "不能大于{le}",
    "date_from_datetime_parsing": "请填日期",
    "date_parsing": "请填日期",
    "time_parsing": "请填时间",
    "uuid_parsing": "请选一项",
    "value_error": "{error}",
}
WRONG_FIELD = "这一项不对"


@explain.register
def _(_refusal: WrongLogin) -> str:
    return "账号或密码不对。请再试一次；忘了密码请找管理员重置。"


@explain.register
def _(refusal: LockedOut) -> str:
    return f"试错次数太多，请过{refusal.minutes}分钟再试，或者请管理员重置密码。"


@explain.register
def _(_refusal: PasswordsDiffer) -> str:
    return "两次输入的新密码不一样，请再输一次。"


@explain.register
def _(_refusal: SamePassword) -> str:
    return "新密码和旧密码一样，请换一个。"


@explain.register
def _(_refusal: WeakPassword) -> str:
    return "密码至少10个字符，不能和账号一样。可以用几个不相干的词连起来。"
