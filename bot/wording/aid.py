"""How neighbours' help is talked of: posts, the list, hands held out, and what both are told."""

from collections.abc import Mapping, Sequence

from bot.rules.aid import LASTS, HandHeldOut, OwnPost, PostGone, TooManyPosts, WordsMissing
from bot.store.aid import AidKind, AidState
from bot.wording import explain

IN_GROUP = "要发求助或帮忙，请点开公众号私聊我，电话不会公开。"
KINDS = {AidKind.NEED.value: "求助", AidKind.OFFER.value: "能帮"}
NEED, OFFER = "我要求助", "我能帮忙"
WHICH_KIND = "您是要邻居帮忙，还是想帮邻居？"
WHAT_NEED, WHAT_OFFER = "要邻居帮什么？一句话说清楚。", "您能帮什么？一句话说清楚。"
WHEN, WHENS = "大概什么时候？", ("随时", "这两天", "周末")
WHERE = "大概在哪儿？说小区就行，不用说门牌。"
PHONE = "留个手机号。号码只在我们这里，双方都同意了才告诉对方。"
PHONE_WRONG = "这个号码好像不对，手机号是11位，请再说一次。"
WHAT_WORDS, WHEN_WORDS = ("内容", "事情"), ("时间",)
WHERE_WORDS, PHONE_WORDS = ("地点", "小区"), ("电话", "手机", "号码")
TITLE = "邻里互助"
NOTHING = "现在没有邻居发的互助信息。您要发一条吗？"
HEAD = "邻居发的："
TAIL = "想搭把手，点那一条；要发自己的，点下面："
AGREE, DISAGREE = "同意联系", "不用联系"
NOBODY_ASKS = "现在没有等您回复的互助。"
CLOSED = "好的，这条互助信息撤下来了。谢谢您告诉我。"
NOTHING_TO_CLOSE = "您现在没有挂着的互助信息。"
WHICH_TO_CLOSE = "撤哪一条？点一下："
DECLINED = "好的，没有把您的号码告诉对方，也跟对方说了。"
HELD_OUT = "好的，已经问对方了。对方同意，我马上把两边的手机号告诉彼此。"
AGREED = "好的，号码已经告诉彼此了，对方的号码马上发给您。"


def line(kind: str, words: str) -> str:
    """One post in a list."""
    return f"【{KINDS[kind]}】{words}"


def listed(lines: Sequence[str]) -> str:
    return "\n".join([HEAD, *lines])


def to_tap(kind: str, words: str) -> str:
    return f"{'我来帮' if kind == AidKind.NEED else '我需要'}：{words[:14]}"


def own(words: str) -> str:
    return words[:20]


def suggested(told: Mapping[str, str]) -> str:
    """What neighbours might read, for the staff to mend."""
    return "，".join(filter(None, (told.get("what"), told.get("when"), told.get("where"))))[:120]


def read_back(kind: str, what: str, when: str, where: str, phone: str) -> str:
    lines = [
        f"请核对：{KINDS.get(kind, '')}",
        what,
        f"时间：{when}" if when else "",
        f"地点：{where}",
        f"电话：{phone}（不公开）",
        "没问题回复“确认”；哪里不对直接说新的。",
    ]
    return "\n".join(filter(None, lines))


def posted() -> str:
    return f"收到了。工作人员看过就给邻居看，不写您的电话和门牌，挂{LASTS.days}天。办好了说“互助办好了”就撤下来。"


def consent(words: str, phone: str) -> str:
    return f"您愿意联系“{words}”。对方也同意的话，把您的手机号{phone}告诉对方，可以吗？回复“确认”。"


def _shown(facts: Mapping[str, object]) -> str:
    return f"您的互助信息已经给邻居看了：“{facts['words']}”。有人回应马上告诉您，挂{facts['days']}天。"


def _refused(facts: Mapping[str, object]) -> str:
    return f"您的互助信息没有发出去：{facts['reason']}。可以改一改再发，或者回复“人工”。"


def _offered(facts: Mapping[str, object]) -> str:
    who = "有邻居愿意帮您" if facts.get("kind") == AidKind.NEED else "有邻居需要您帮忙"
    return f"{who}：“{facts['words']}”。愿意互相留手机号，回复“{AGREE}”；不用就回复“{DISAGREE}”。"


def _matched(facts: Mapping[str, object]) -> str:
    phone = f"对方手机号：{facts['phone']}" if facts.get("phone") else "对方没留号码，请回复“人工”"
    return f"“{facts['words']}”接上了。{phone}。请白天联系，先别转钱；办好了说“互助办好了”。"


def _declined(facts: Mapping[str, object]) -> str:
    return f"“{facts['words']}”这边暂时不用了，谢谢您的热心。您的号码没有告诉对方。"


def _over(facts: Mapping[str, object]) -> str:
    words = f"“{facts['words']}”" if facts.get("words") else "您的互助信息"
    return f"{words}到期撤下来了。还需要就再发一条。"


NOTICES = {
    "aid_shown": _shown,
    "aid_refused": _refused,
    "aid_offered": _offered,
    "aid_matched": _matched,
    "aid_declined": _declined,
    "aid_over": _over,
}
STATES = {
    AidState.PENDING.value: "待审",
    AidState.OPEN.value: "展示中",
    AidState.REFUSED.value: "没通过",
    AidState.CLOSED.value: "已撤下",
    AidState.EXPIRED.value: "已到期",
}


@explain.register
def _(refusal: TooManyPosts) -> str:
    return f"您已经挂着{refusal.most}条了，办好一条说“互助办好了”，再发新的。"


@explain.register
def _(_refusal: PostGone) -> str:
    return "这条已经撤下来或处理过了。说“邻里互助”看看别的。"


@explain.register
def _(_refusal: OwnPost) -> str:
    return "这是您自己发的。办好了说“互助办好了”，我就撤下来。"


@explain.register
def _(_refusal: HandHeldOut) -> str:
    return "您已经回应过这一条了，对方回话我马上告诉您。"


@explain.register
def _(_refusal: WordsMissing) -> str:
    return "请先写上给邻居看的话，或者不通过的原因。"
