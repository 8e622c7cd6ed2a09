"""What the staff read about groups in the back office."""

from bot.store.group import Audience, GroupKind, PostState

TITLE = "社群"
HINT = "名字或代号"
ADD = "加一个群"
NONE, NONE_WORDS = "还没有群", "加上以后，可以往里发消息，也管得住助手在群里怎么说话。"
CODE, CODE_HINT = "代号", "小写字母、数字、短横线，例如 dy-wg3；定了不能改"
NAME, NAME_HINT = "群名", "工作人员看得懂就行，例如：示例社区党员群"
KIND = "哪一种群"
AUDIENCE = "谁在群里"
WITHIN, WITHIN_HINT = "归哪里管", "社区或站点的编号；不填就是全部范围"
BAD_PLACE = "没有这个编号，或者不归您管。"
CHAT, CHAT_HINT = "群号", "党员内部群空着存好，再到群里@助手说“登记本群 代号”就行；别的群照平台给的填"
HOOK, HOOK_HINT = "推送地址", "只推送群要填：群里“消息推送”的完整地址。存好以后不再显示，要换就填新的"
RECEIVES, PUSHES, CARDS = "@助手就回答", "可以往里发", "可以发卡片"
A_MINUTE, A_DAY = "每分钟最多几条", "每天最多几条"
KINDS = {
    GroupKind.MEMBERS_INTERNAL: "党员内部群",
    GroupKind.CUSTOMER: "居民客户群",
    GroupKind.WEBHOOK: "只推送群",
    GroupKind.GATEWAY: "网关接入群",
}
ABOUT_KINDS = {
    GroupKind.MEMBERS_INTERNAL: "企业微信成员的群。@助手就回答，消息由助手自己发。",
    GroupKind.CUSTOMER: "居民的微信群。助手不在群里，不会在群里回话；要发的建成任务，群主点了确认才发出。",
    GroupKind.WEBHOOK: "有“消息推送”的内部群。只能往里发，收不到群里的话。",
    GroupKind.GATEWAY: "由贵方自己的合法系统接入。把@助手的话交来，把回答带回去；微站不会自己往里发。",
}
AUDIENCES = {Audience.MEMBERS: "党员", Audience.RESIDENTS: "居民", Audience.STAFF: "工作人员"}
STATES = {
    PostState.QUEUED: ("等着发", ""),
    PostState.SENDING: ("正在发", ""),
    PostState.AWAITING_STAFF: ("等人点确认", "amber"),
    PostState.SENT: ("已发出", "green"),
    PostState.UNSURE: ("不确定到没到", "amber"),
    PostState.FAILED: ("没发出去", "red"),
    PostState.EXPIRED: ("过时没发", "red"),
}
TEST = "这是一条测试消息，收到请忽略。"
NOT_USED = "已停用"
UNREADABLE = "（内容读不出来）"
ALL = "全部范围"
_NOT_SET_UP = "企业微信的设置不对，请告诉运维人员"
_NOT_OURS = "看不到这个群了，或者已经解散"
_BUSY = "平台忙，会再试"
REASONS = {  # the platform's code that begins what is written down, or its beginning, and what a person reads
    "-1": _BUSY,
    "-2": "连不上平台，会再试",
    "-3": "发出去以后没有回音",
    "45009": "一分钟发得太多，会接着发",
    "45033": _BUSY,
    "41063": _BUSY,
    "93000": "推送密钥不对，或推送被移出了群",
    "93004": "推送被移出了群",
    "93001": "这个群不让发",
    "93006": "没有这个群",
    "93008": "助手或推送不在群里",
    "846605": "回得太晚，平台不收了",
    "846607": "还没人在群里@过助手",
    "846608": "回得太晚，平台不收了",
    "846609": "助手的线断了，会再试",
    "44001": "内容是空的",
    "44004": "内容是空的",
    "45002": "内容太长",
    **dict.fromkeys(("40001", "40013", "48002", "60011", "60020", "853000"), _NOT_SET_UP),
    **dict.fromkeys(("41048", "60111", "84074"), "群主不能用客户联系，请换群主或告诉运维人员"),
    **dict.fromkeys(("40050", "90501"), _NOT_OURS),
    "cannot be read": "内容读不出来",
    "no answer": "发出去以后没有回音",
    "cannot be reached": "连不上平台，会再试",
    "the sender stopped": "发到一半，服务重启了",
    "the answer is not": "收到的回音看不懂",
    "the group has no key": "还没填推送地址",
    "the group's chat id": "还不知道是哪个群：请到群里@助手说“登记本群 代号”",
    "nobody is known": "不知道群主是谁，没人能点发送",
    "the platform takes no message": "平台不收这个群的消息",
    "the platform could not deliver": "平台没能发到群里",
    "the group has had": "这个群这段时间的次数用完了",
}


def reason(said: str) -> str:
    """Why a post stands where it does, in plain words."""
    code = said.partition(" ")[0]
    known = REASONS.get(code) or next((words for begins, words in REASONS.items() if said.startswith(begins)), "")
    if known:
        return known
    return f"平台没有收（代码{code}），请告诉运维人员" if code.isdigit() else "没发出去，请告诉运维人员"


def can(receives: bool, pushes: bool, confirms: bool) -> str:
    """What the assistant may do in a group, in a few words."""
    found = [RECEIVES] if receives else []
    found += ["发出前要人确认" if confirms else PUSHES] if pushes else []
    return "，".join(found) or "什么都不做"
