"""What the staff read about the call list."""

from bot.rules.call import CallOver, NoReasonToDrop
from bot.store.call import CallState
from bot.wording import explain

STATES = {
    CallState.OPEN: "等着打电话",
    CallState.CALLED: "已打电话告知",
    CallState.DROPPED: "不用打了",
    CallState.ARRIVED: "消息后来送到了",
}


def tries(number: int) -> str:
    """How often nobody took the call, "" where it was not tried yet."""
    return f"打过{number}次没接" if number else ""


@explain.register
def _(_refusal: CallOver) -> str:
    return "这一条已经有人处理了，或者消息已经送到，请看别的。"


@explain.register
def _(_refusal: NoReasonToDrop) -> str:
    return "请写明为什么不用打电话。"


TITLE = "电话名单"
HINT = "内容、代号"
WHO, WHAT, SINCE, TRIES, OUTCOME, BY = "居民", "要告诉什么", "从什么时候", "打过", "结果", "谁办的"
NONE, NONE_WORDS = "没有要打的电话", "消息送不到居民手机上、又必须让他知道的，会列在这里，请打电话告诉他。"
NONE_DONE, NONE_DONE_WORDS = "还没有打过的", "打通的、不用打的、后来自己送到的，会留在这里。"
VIEWS = {
    CallState.OPEN: "要打的",
    CallState.CALLED: "打通的",
    CallState.DROPPED: "不用打的",
    CallState.ARRIVED: "后来送到的",
}
NO_PHONE = "没留手机，请到工单里看地址上门，或等他来信"


def short(words: str) -> str:
    """The notice in one line."""
    plain = " ".join(words.split())
    return plain if len(plain) <= 80 else plain[:79] + "…"
