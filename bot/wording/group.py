"""What is said in a group, where others read along: short and open, and nothing of anybody's own."""

import re
from collections.abc import Mapping

from bot.nlu.danger import Danger
from bot.rules import group as rules
from bot.rules.group.gateway import MessageReused, NotProven
from bot.rules.group.telling import DANGER, TROUBLE, WAITS
from bot.store.group import GroupKind, PostState
from bot.wording import contact, danger, explain, resident, ticket
from bot.wording.activity import dialogue as say_activity
from bot.wording.booking import dialogue as say_booking
from bot.wording.locker import chat as say_locker

PRIVATE = "这件事群里不方便说。请点开公众号私聊我，马上给您办。"
PERSON = "好的，请点开公众号私聊我，我转给工作人员。"
ACKNOWLEDGED = {
    "human": PERSON,
    "complaint": ticket.IN_GROUP,
    "suggest": ticket.IN_GROUP,
    "ticket_status": ticket.IN_GROUP_STATUS,
    "find_contact": contact.IN_GROUP,
    "join_activity": say_activity.IN_GROUP,
    "enrol_course": say_activity.IN_GROUP,
    **dict.fromkeys(("book_service", "book_venue"), say_booking.IN_GROUP),
    **dict.fromkeys(("my_bookings", "cancel_booking", "reschedule_booking"), say_booking.IN_GROUP),
    **dict.fromkeys(("open_locker", "store_parcel", "my_parcels"), say_locker.IN_GROUP),
    **dict.fromkeys(("bind_profile", "push_settings", "my_data", "delete_my_data"), resident.IN_GROUP),
}
NOT_SURE = "这个我拿不准。请点开公众号私聊我，说清楚一点，或者找工作人员。"
ENOUGH = "您问得有点快，群里先到这儿。请点开公众号私聊我，随便问。"
ONLY_WORDS = "群里我只看文字。照片、语音请点开公众号私聊我发。"
MORE = "详情私聊我。"
PRIVATELY = "私聊我"
LEADS = "点这里接着说，不用再讲一遍："
AGO = "接着您在群里说的："

PHONE_HIDDEN, CODE_HIDDEN, DOOR_HIDDEN = "（电话私聊发您）", "（号码私聊发您）", "（门牌私聊发您）"
HOTLINES = frozenset({"962777", "962965"})  # six digits, and everybody's
_ADDRESS = re.compile(r"(https?://\S+)")
_PHONE = re.compile(
    r"(?<![\d-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[-— ]?\d{3,4}[-— ]?\d{4}(?!\d)"
)
_LOCAL = re.compile(r"(?<![\d.:-])[2-9]\d{3}[- ]?\d{4}(?![\d:元])")
_CODE = re.compile(r"(?<![\d-])\d{6,}[Xx]?(?![\d元])")
_SPACED = re.compile(r"(?<![\d-])\d{3}[ -]\d{3}(?![\d-])")
_DOOR = re.compile(
    r"\d+\s*(?:栋|幢|号楼)\s*\d+\s*(?:单元|室|号)\s*\d*\s*[室号]?|\d+\s*单元\s*\d{2,4}\s*[室号]?|(?<![\d-])\d{1,3}-\d{1,2}-\d{3,4}(?![\d-])|(?<!\d)\d{3,4}室"
)


_REGISTERS = re.compile(r"^登记本群[:： ]*([a-z0-9][a-z0-9-]{0,31})$")


def registers(text: str) -> str:
    """The code in 登记本群 dy-wg3, "" for any other words."""
    found = _REGISTERS.match(text.strip())
    return found[1] if found else ""


def registered(name: str) -> str:
    return f"好的，这个群登记为“{name}”。"


def discreet(text: str) -> str:
    """The text without what looks like a telephone, a code or a door; everybody's hotlines and links stay.

    >>> discreet("取件码381204，电话13800000000，3栋2单元501")
    '取件码（号码私聊发您），电话（电话私聊发您），（门牌私聊发您）'
    """
    parts = _ADDRESS.split(text)
    return "".join(part if index % 2 else _hidden(part) for index, part in enumerate(parts))


def _hidden(text: str) -> str:
    text = _DOOR.sub(DOOR_HIDDEN, text)
    for found in (_PHONE, _LOCAL):
        text = found.sub(PHONE_HIDDEN, text)
    text = _SPACED.sub(CODE_HIDDEN, text)
    return _CODE.sub(lambda found: found[0] if found[0] in HOTLINES else CODE_HIDDEN, text)


def brief(text: str, lines: int, characters: int) -> str:
    """So many lines at most, cut at a sentence; the whole where it is short."""
    said = [line.strip() for line in text.strip().splitlines() if line.strip()]
    short = "\n".join(said[:lines])
    if len(short) <= characters:
        return short
    cut = short[:characters]
    end = max(cut.rfind(mark) for mark in "。！？；\n")
    return cut[: end + 1].strip() if end > characters // 3 else cut[: characters - 1] + "…"


def acknowledged(target: str) -> str:
    """That it was heard, and where it goes on, without a word of what it is about."""
    return ACKNOWLEDGED.get(target.removeprefix("action:"), PRIVATE)


def leads(text: str, address: str) -> str:
    """Below it the link that carries what was said; unchanged where nobody could follow it."""
    return f"{text}\n{LEADS}{address}" if address else text


GO_ON, LEAVE_IT = "登记", "不用了"


def whether(words: str) -> str:
    """A complaint that comes out of a group becomes one only when the person says so."""
    return f"您刚才在群里说：\n“{words}”\n要我登记下来交给工作人员吗？"


LEFT = "好的，不登记。想说的时候再找我。"


def waits(facts: Mapping[str, object]) -> str:
    """To whoever looks after the group."""
    if facts["state"] == PostState.AWAITING_STAFF:
        return f"有一条消息等您点确认，才会发到“{facts['group']}”。请在企业微信里点“发送”。"
    return f"发到“{facts['group']}”的一条消息，不确定到没到。请到群里看一眼，再到后台“社群”点一下。"


MENDS = {  # why nothing goes into a group of that kind, and what to do about it
    GroupKind.WEBHOOK: "推送的密钥不对，或推送被移出了群。请到后台“社群”换上新的。",
    GroupKind.MEMBERS_INTERNAL: "助手不在群里，或还没人@过它。请把助手加进群，@它说一句话。",
    GroupKind.CUSTOMER: "企业微信里看不到这个群了，或者已经解散。请到后台“居民群”看看。",
    GroupKind.GATEWAY: "网关没有接上。请告诉运维人员。",
}


def trouble(facts: Mapping[str, object]) -> str:
    return f"“{facts['group']}”现在发不进去：{MENDS[GroupKind(str(facts['kind']))]}"


def cried_out(facts: Mapping[str, object]) -> str:
    """To the grid workers and the duty of the group's area; not who it was."""
    where = f"“{facts['group']}”里" if facts["group"] else "有个群里"
    what = DANGERS[Danger(str(facts["danger"]))]
    return f"【危险】{where}有人说到{what}。安全提示已发，请马上到群里看，联系本人，必要时报警。"


DANGERS = {
    Danger.GAS: "燃气泄漏",
    Danger.FIRE: "着火",
    Danger.TRAPPED: "有人被困",
    Danger.ELECTRIC: "触电或电线危险",
    Danger.LIFE: "轻生",
    Danger.PERSON_DOWN: "有人倒下或生命危险",
}
NOTICES = {WAITS: waits, TROUBLE: trouble, DANGER: cried_out}
CRY = danger.IN_GROUP


@explain.register
def not_there(_refusal: rules.GroupNotThere) -> str:
    return "没有这个群，或者已经停用。请到“社群”里看看。"


@explain.register
def code_wrong(_refusal: rules.GroupCodeWrong) -> str:
    return "代号请用小写字母、数字和短横线，最多32个。"


@explain.register
def code_taken(_refusal: rules.GroupCodeTaken) -> str:
    return "这个代号已经有了，请换一个。"


@explain.register
def chat_taken(_refusal: rules.GroupChatTaken) -> str:
    return "这个群号已经是另一个群的了，请核对。"


@explain.register
def name_missing(_refusal: rules.GroupNameMissing) -> str:
    return "请写上群的名字。"


@explain.register
def hook_wrong(_refusal: rules.HookWrong) -> str:
    return "推送地址不对。请在群里的“消息推送”中复制完整地址。"


@explain.register
def cannot(_refusal: rules.GroupCannot) -> str:
    return "平台不允许这类群这样做，请换一种群，或者去掉这一项。"


@explain.register
def not_waiting(_refusal: rules.PostNotWaiting) -> str:
    return "这条消息已经有结果了，请刷新再看。"


@explain.register
def not_proven(_refusal: NotProven) -> str:
    return "签名不对，或者时间差得太多，请检查密钥和服务器时间。"


@explain.register
def message_reused(_refusal: MessageReused) -> str:
    return "这个消息 id 已经用在另一条消息上了，请换一个。"


@explain.register
def carried_unknown(_refusal: rules.CarriedUnknown) -> str:
    return "这个链接没有了。请直接把要办的事说给我听。"


@explain.register
def carried_over(_refusal: rules.CarriedOver) -> str:
    return "这个链接过了一天，不能用了。请直接把要办的事说给我听。"


@explain.register
def carried_used(_refusal: rules.CarriedUsed) -> str:
    return "这个链接已经用过了。请直接把要办的事说给我听。"
