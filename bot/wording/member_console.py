"""What the staff read of the roster of members, of its branches, and of who says to be whom."""

from bot.rules.member import Line
from bot.store.member import Membership, MemberState

TITLE, NEW, BRANCHES = "党员", "加一位党员", "支部"
HINT = "整个姓名、整个电话或名册编号"
CODE, NAME, PHONE, BRANCH, KIND, TAGS, STATE = "编号", "姓名", "电话", "支部", "类别", "标签", "状态"
SECRETARY, HAS_LEFT, BRANCH_NAME, BRANCH_CODE, AREA = "支部书记", "已转出", "支部名称", "支部编号", "社区"
NONE, NONE_WORDS = (
    "名册还是空的",
    "用表格导入党员名册（导入导出里的“党员名册”），或者一位一位加。只登记用得到的：姓名、电话、支部。",
)
KINDS = {Membership.COMMUNITY.value: "社区党员", Membership.DOUBLE.value: "双报到"}
STATES = {
    MemberState.LISTED.value: "没绑定",
    MemberState.CLAIMED.value: "等核对",
    MemberState.ACTIVE.value: "已绑定",
    MemberState.LEFT.value: "已转出",
}
TONES = {MemberState.CLAIMED.value: "amber", MemberState.ACTIVE.value: "green"}
NAME_HINT, NAME_KEPT = "按名册写", "不改就空着"
PHONE_HINT = "可以不填；不填就只能用邀请码绑定"
TAGS_HINT = "用顿号分开，例如：流动、骨干"
REASON, REASON_HINT = "为什么要看", "写明办哪一件事，会记进操作记录"
ALL, ALL_BRANCHES, ALL_STATES = "全部", "全部支部", "全部状态"
WHOLE_CITY = "全部社区"
CLAIM_WAITS = "有居民说自己是这位党员。当面或电话核对过身份，再点“是本人”。"


def kind(one: Line) -> str:
    """社区党员，书记."""
    return KINDS[one.kind] + ("，书记" if one.is_secretary else "")


def tags(one: Line) -> str:
    return "、".join(one.tags)


def state(one: Line) -> str:
    return STATES[one.state]
