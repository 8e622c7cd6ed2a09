"""What the staff read on the pages of suggestions, polls and contests."""

from bot.nlu.wishes import Wish
from bot.store.contest import EntryState
from bot.store.suggestion import Outcome, State, View
from bot.wording.activity.console import TABS
from bot.wording.poll import SEGMENTS, SHOWS

__all__ = ["SEGMENTS", "SHOWS", "TABS"]

SUGGESTIONS, POLLS, CONTESTS = "建议", "投票", "征集"
VIEWS = {
    View.WAITING.value: "等答复",
    View.OPEN.value: "已答复、在落实",
    View.OVER.value: "有结果的",
    View.PUBLISHED.value: "公开的",
}
HINT = "编号、类别或公开的话"
NUMBER, KIND, WORDS, STATE, WAITS, SUPPORTS, PUBLIC = "编号", "类别", "说了什么", "状态", "等了几天", "支持", "公开"
CAME, ANSWERED_AT = "哪天提的", "哪天答复"
NONE, NONE_WORDS = "这里没有建议", "居民在公众号里说“我建议……”，马上编号，就会到这里；每一条都要答复。"
YES, NO = "是", ""
KINDS = {
    Wish.COURSE.value: "活动课程",
    Wish.FACILITY.value: "环境设施",
    Wish.SERVICE.value: "服务",
    Wish.SPACE.value: "空间利用",
    Wish.OTHER.value: "其他",
}
STATES = {
    State.RECEIVED.value: "等答复",
    State.ANSWERED.value: "已答复",
    State.ADOPTED.value: "已采纳",
    State.NOT_ADOPTED.value: "未采纳",
    State.DONE.value: "已办成",
    State.PASSED_ON.value: "转为工单",
    State.WITHDRAWN.value: "已撤回",
}
STEPS = {"answered": "答复", "adopted": "采纳", "not_adopted": "不采纳"}
OUTCOMES = {
    Outcome.WORDS.value: "用文字说明",
    Outcome.ACTIVITY.value: "活动（写编码）",
    Outcome.COURSE.value: "课程（写编码）",
    Outcome.NOTICE.value: "通知（写标题）",
    Outcome.TICKET.value: "工单（写编号）",
}
GONE = "提的人已离开，原话已按规定删除。"

NEW_POLL, QUESTION, EXPLAINED, OPTIONS, MOST = "新建投票", "问题", "说明", "选项", "最多可选"
OPTIONS_HINT = "一行一个，2到8个，每个最多30字"
SEGMENT, ACTIVITY, COMMUNITY, WHEN_SHOWN = "问谁", "活动或课次编码", "社区", "居民什么时候看结果"
ACTIVITY_HINT = "只有选“报名参加的人”才要写"
FROM_DAY, FROM_TIME, UNTIL_DAY, UNTIL_TIME = "从哪天", "从几点", "到哪天", "到几点"
POLLS_NONE, POLLS_NONE_WORDS = "还没有投票", "问居民一句话，给2到8个选项，居民在公众号里点一下就投了，不记名。"
POLLS_HINT = "问题"
VOTES = "票数"
ENDS = "截止"
EVERYWHERE = "全市"
PROGRESS = {"draft": "草稿", "later": "还没开始", "open": "进行中", "over": "已结束"}

NEW_CONTEST, TITLE, TERMS, EACH = "新建征集", "名称", "要求", "每人最多几件"
CONTESTS_NONE, CONTESTS_NONE_WORDS = "还没有征集", "写清收什么、到哪天，居民在公众号里投稿，看过才展出。"
CONTESTS_HINT = "名称"
ENTRIES, TO_LOOK_AT, NAME, PRIZE = "作品", "要看的", "署名", "奖项"
ENTRY_STATES = {
    EntryState.WAITING.value: "要看的",
    EntryState.SHOWN.value: "已展出",
    EntryState.SENT_BACK.value: "已退回",
    EntryState.WITHDRAWN.value: "已撤回",
}


def days(count: int) -> str:
    """How long something waits."""
    return f"{count}天" if count else "今天"


def waiting(count: int) -> str:
    return f"{count}条等答复，先来的在前面。" if count else "都答复了。"
