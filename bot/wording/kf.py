"""What is read in customer service: the greeting, where somebody comes from, and that the bot is back."""

from collections.abc import Mapping

from bot.rules.kf import BACK, STAFF_TOLD, NoSession, NotInWeCom
from bot.rules.place import Address
from bot.wording import contact, explain

WELCOME = "您好，这里是微站，我是社区的小助手。办事、报修、反映问题，直接打字说就行，比如："
BACK_WITH_BOT = "人工服务到这里，小助手接着为您服务。还有事随时说。"
YES, NO = "记住", "不用"
REMEMBERED = "记下了。以后说要办的事就行，不用再报楼栋。想删掉就说“删除我的信息”。"
NOT_REMEMBERED = "好的，不记。要办什么事，直接说就行。"
TO_WECOM = "到企业微信里接"
TO_WECOM_HINT = "您要在微信客服的接待人员里，并且正在接待。接过去后小助手不再说话，结束会话后才回来。"
_STAFF = {
    "not_serving": "没能把居民转到您的企业微信：您现在不在接待中。请在企业微信的“微信客服”里开始接待，再试一次。",
    "refused": "没能把居民转到您的企业微信：平台不允许。请在后台继续回复。",
}


def from_group(group: str) -> str:
    """The greeting of somebody who comes by a group's link."""
    return f"您好，这里是微站，我是社区的小助手。您是从“{group}”过来的，这里只有您和我看得到。要办什么事，直接打字说："


def may_we_remember(address: Address) -> str:
    """Below the greeting, asked once."""
    return f"您是住在{contact.place(address)}吗？要记住吗？以后反映问题、找网格员就不用再说住哪。"


def back(_facts: Mapping[str, object]) -> str:
    return BACK_WITH_BOT


def staff_told(facts: Mapping[str, object]) -> str:
    return _STAFF[str(facts["why"])]


NOTICES = {BACK: back, STAFF_TOLD: staff_told}


@explain.register
def _(_refusal: NoSession) -> str:
    return "这位居民不在微信客服里，或者已经有人在企业微信里接待，请刷新看看。"


@explain.register
def _(_refusal: NotInWeCom) -> str:
    return "您的账号还没填企业微信里的名字，请管理员在“账号”里补上。"
