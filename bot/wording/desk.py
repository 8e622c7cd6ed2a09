"""The desk's own words: hello, thanks, help, a person, sorry, not understood."""

from bot.wording.station import Reach

WELCOME = "您好，欢迎关注微站！我是社区的小助手，办事、服务、上课都可以问我。直接打字说就行，比如："
GREETING = "您好，我在。您说说要办什么事，或者点下面试试："
THANKS = "不客气，有事随时叫我。"
CANCELLED = "好的，这件事先放下了。想起别的随时说。"
NOTHING_TO_CANCEL = "现在没有正在办的事，您可以直接说要办什么。"
HELP = "办事指南、服务站、上课活动、找人反映情况，都可以直接用一句话问我。点一个试试："
WHICH = "您想问的是哪一个？点一下，或者回复数字："
NONE_OF_THEM = "以上都不是"
LOST = "这句我没听明白，换个说法再说一次，或者点下面："
LOST_WITH_GUESSES = "这句我没听太明白，您是想问这些吗？点一下，或者回复数字："
VOICE = "收到您的语音了，但我听不了语音。请点输入框里的“语音输入”把话变成文字发给我，或者点“找工作人员”。"
PICTURE = "图片收到了。请再用一句话告诉我是什么事，比如“2栋楼下垃圾没人收”。"
VIDEO = "视频收到了，不过我看不了视频。请用一句话告诉我是什么事，或者点“找工作人员”。"
LINK = "链接收到了，我打不开外面的网页。您想问什么，直接打字告诉我就行。"
CARD = "小程序卡片收到了，我打不开它。您想问什么，直接打字告诉我就行。"
UNKNOWN_KIND = "这种消息我还看不了，请用文字告诉我您要办什么。"
SCANNED = "扫码成功。您想办什么？直接打字说，或者点下面试试："
SCAN_RESULT = "扫到了，但这个码不是本社区的。您想办什么，直接打字告诉我就行。"
NOT_STORED = "抱歉，系统现在记不下您的消息，请过几分钟再发一次。急事请直接打电话到社区。"
PERSON_CHOICE = "找工作人员"
HELP_CHOICE = "看看我能做什么"

EXAMPLES = {
    "居住证怎么办": "faq:residence-permit",
    "服务站几点开门": "faq:station-hours",
    "怎么预约上门服务": "faq:booking-how-to",
    "怎么报名听课": "faq:course-how-to-enrol",
    PERSON_CHOICE: "action:human",
}


def sorry(number: str) -> str:
    """A bug, with the number under which the log has it."""
    return f"抱歉，系统出了点问题，已经记下（编号{number}）。请过一会儿再说一次，急事请直接打电话。"


def person(reach: Reach | None) -> str:
    """What happens when a resident wants a person."""
    if reach is None:
        return "请直接到社区服务窗口，工作人员当面帮您。急事请拨12345。"
    return (
        f"请直接找{reach.name}的工作人员：\n电话：{reach.phone}\n时间：{reach.hours}\n地址：{reach.address}\n"
        "不在上班时间又急的，请拨12345；有危险先拨110、119、120。"
    )


def not_by_chat_yet(title: str, reach: Reach | None) -> str:
    """A need we understand and cannot serve in the chat yet: who does."""
    if reach is None:
        return f"“{title}”请到社区服务窗口办理，聊天里暂时还办不了。"
    return f"“{title}”聊天里暂时还办不了，请找{reach.name}：\n电话：{reach.phone}\n时间：{reach.hours}"


def also_held(texts: list[str]) -> str:
    """Notices that could not reach the resident before, put below the answer."""
    return "\n\n——之前没送到您手上的消息——\n" + "\n\n".join(texts)
