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
