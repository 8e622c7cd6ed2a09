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
ALL = "全部范围"
REASONS = {  # the beginning of what is written down, and what a person reads
    "45009": "一分钟发得太多，会接着发",
    "93000": "推送密钥不对，或推送被移出了群",
    "44004": "内容是空的",
    "45002": "内容太长",
    "cannot be read": "内容读不出来",
    "no answer": "发出去以后没有回音",
    "cannot be reached": "连不上平台，会再试",
    "the sender stopped": "发到一半，服务重启了",
    "the answer is not": "收到的回音看不懂",
}


def reason(said: str) -> str:
    """Why a post stands where it does, in plain words."""
    return next((words for begins, words in REASONS.items() if said.startswith(begins)), said)


def can(receives: bool, pushes: bool, confirms: bool) -> str:
    """What the assistant may do in a group, in a few words."""
    found = [RECEIVES] if receives else []
    found += ["发出前要人确认" if confirms else PUSHES] if pushes else []
    return "，".join(found) or "什么都不做"
