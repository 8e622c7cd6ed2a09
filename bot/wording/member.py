"""What is read about membership of the Party: in the chat, and why something cannot be done so."""

from collections.abc import Callable, Mapping

from bot.rules.member import (
    BranchCodeTaken,
    ClaimDecided,
    MaskedName,
    MemberAlready,
    MemberCodeTaken,
    MemberGone,
    MemberNotThere,
    MemberTaken,
)
from bot.wording import explain

IN_GROUP = "群里不方便核对身份。请点开公众号私聊我，说“绑定党员”，马上给您办。"
ASK = "请回复您在支部名册上的姓名，和手机号的后四位，例如“示例甲 0001”。只用来核对，不想核对就回“取消”。"
AGAIN = "没看懂，请一起发姓名和手机号后四位，例如“示例甲 0001”；不想核对就回“取消”。"
SAID = "收到了。和名册对得上的，工作人员确认后在这里告诉您；三天没有消息，请到党群服务中心当面核对。"
ACCEPTED = "收到了。工作人员确认后，在这里告诉您。"
YES, NO = "是我", "不是我"
NOT_ME = "好的，没有登记。这个码不是您的，请退回给支部。"
AGREED = "您的党员身份核对好了。以后支部的课程会推送给您，只限党员的课也能报名了；不想收推送，随时回“退订”。"
REFUSED = "您说的党员身份这次没有核对上。请带身份证到党群服务中心当面核对，或者联系您的支部。"

NOTICES: Mapping[str, Callable[[Mapping[str, object]], str]] = {
    "member_agreed": lambda _facts: AGREED,
    "member_refused": lambda _facts: REFUSED,
}


def is_it_you(name: str) -> str:
    """The name is masked: a neighbour may have scanned it by mistake."""
    return f"这是支部给{name}的邀请。请问您是本人吗？"


@explain.register
def _(_refusal: MemberNotThere) -> str:
    return "没有这位党员，请回到名册再找。"


@explain.register
def _(_refusal: MemberTaken) -> str:
    return "这份邀请已经有人在用了。如果不是您，请联系支部重新核对。"


@explain.register
def _(_refusal: MemberAlready) -> str:
    return "您的党员身份已经核对过了，不用再办。要改请联系您的支部。"


@explain.register
def _(_refusal: ClaimDecided) -> str:
    return "别人刚刚处理过了，请刷新后再看。"


@explain.register
def _(_refusal: MemberGone) -> str:
    return "这位党员已经转出，请先改回在册。"


@explain.register
def _(_refusal: MemberCodeTaken) -> str:
    return "这个编号已经有别的党员在用，请换一个。"


@explain.register
def _(_refusal: BranchCodeTaken) -> str:
    return "这个支部编号已经有了，请换一个。"


@explain.register
def _(_refusal: MaskedName) -> str:
    return "姓名或电话里有“*”，这是遮住以后的样子，请填完整的。"
