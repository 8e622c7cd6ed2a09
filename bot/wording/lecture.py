"""How residents' offers to teach are talked of: the form, what became of them, and what the staff read."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.rules.lecture import NoOfferOfYours, OfferDecided, TooManyOffers, WordsNeeded
from bot.store.course import LecturerKind
from bot.store.lecture import LectureOffer, OfferState
from bot.wording import explain
from bot.wording.booking.times import clock, date_of
from bot.wording.course.common import LECTURERS

TITLE = "讲课报名"
IN_GROUP = "想来讲课，请点开公众号私聊我，几句话就报上。"
TOPIC = "太好了！您想讲什么？一句话说清楚，比如“剪纸入门”。"
KIND = "您是哪一种？"
KINDS = {
    "专业人员": LecturerKind.TUTOR.value,
    "党员、先进模范": LecturerKind.PIONEER.value,
    "热心邻居": LecturerKind.NEIGHBOUR.value,
}
UNKNOWN, UNKNOWN_VALUE = "说不好", "unknown"
AUDIENCE, AUDIENCES = "讲给谁听？", ("都可以", "老人", "孩子", "党员")
WHEN = "什么时候方便？随便说，比如“下周六上午”或者“周末都行”。"
LENGTH, LENGTHS = "大概讲多久？", ("半小时", "1小时", "1个半小时", "2小时")
NEEDS, NEEDS_CHOICES = "要站里准备什么？", ("不用准备", "投影仪", "黑板", "大桌子")
PHONE = "留个电话，定时间好跟您商量，只有站里看得到。"
PHONE_WRONG = "这个号码好像不对，手机号是11位，请再说一次。"
TOPIC_WORDS, KIND_WORDS, AUDIENCE_WORDS = ("题目", "内容"), ("身份",), ("对象", "听众")
WHEN_WORDS, LENGTH_WORDS = ("时间",), ("多久", "时长")
NEEDS_WORDS, PHONE_WORDS = ("准备", "设备"), ("电话", "手机", "号码")
ANSWER, TAKE_BACK = "我来回答", "不讲了"
SAY_IT = "请说，我原样转给站里。"
ANSWERED = "好的，已经转给站里，看过就回您。"
TAKEN_BACK = "好的，讲课报名撤回了。想讲了随时再说。"
STATES = {
    OfferState.WAITING.value: "站里正在看",
    OfferState.ASKED.value: "站里想问您一句",
    OfferState.ACCEPTED.value: "已经排上课",
    OfferState.REFUSED.value: "这次没排上",
    OfferState.WITHDRAWN.value: "您撤回了",
}

OFFERS, LISTED, PEOPLE = "讲师", "讲课报名", "讲过课的"
VIEWS = (("/console/offers", "要看的"), ("/console/offers?view=past", "看过的"), ("/console/offers/lecturers", PEOPLE))
NONE, NONE_WORDS = "没有要看的", "居民在公众号里说“我想来讲课”，报名会出现在这里。"
NONE_TAUGHT, NONE_TAUGHT_WORDS = "今年还没有人讲过课", "课上完以后，讲师和场次自动出现在这里。"
NAME, LECTURER_KIND, LESSONS, CAME, HINT = "讲师", "类别", "讲了几节", "听课人次", "讲师"
PARTS = (
    ("topic", "题目"),
    ("audience", "对象"),
    ("when", "时间"),
    ("length", "多久"),
    ("needs", "准备"),
    ("phone", "电话"),
    ("asked", "站里问"),
    ("answer", "回答"),
)


def read_back(told: Mapping[str, str], kind: str) -> str:
    """Everything once more, with what the telephone is kept for."""
    lines = [f"{label}：{told[name]}" for name, label in PARTS if told.get(name)]
    who = [f"讲师类别：{LECTURERS[kind]}"] if kind in LECTURERS else []
    tail = "回复“确认”，就是同意站里存这些，只用来排课、联系您，讲完一年后删。哪里不对直接说新的。"
    return "\n".join(["请核对：讲课报名", *lines, *who, tail])


def offered(number: str) -> str:
    return f"报好了，编号{number}，谢谢您！站里看过就回您；想知道进度，说“我报的课怎么样了”。"


def mine(rows: Sequence[tuple[LectureOffer, Mapping[str, str]]]) -> str:
    return "\n".join(["您报的讲课：", *(_line(row, told) for row, told in rows)])


def _line(row: LectureOffer, told: Mapping[str, str]) -> str:
    asked = f"：{told['asked']}" if row.state == OfferState.ASKED and told.get("asked") else ""
    return f"{row.number} {told.get('topic', '')[:20]}：{STATES[row.state]}{asked}"


def kind(name: str) -> str:
    return LECTURERS.get(name, "没说")


def heard(days: str) -> str:
    """The days that were made out in free words: 11月28日（周六）."""
    found = [date.fromisoformat(one) for one in days.split(",") if one]
    return "、".join(date_of(datetime(one.year, one.month, one.day)) for one in found)  # noqa: DTZ001 - a day


def _when(facts: Mapping[str, object]) -> str:
    start = datetime.fromisoformat(str(facts["start"]))
    until = f"–{clock(datetime.fromisoformat(str(facts['end'])))}" if facts.get("end") else ""
    return f"{date_of(start)}{clock(start)}{until}" + (f"，{facts['where']}" if facts.get("where") else "")


def _asked(facts: Mapping[str, object]) -> str:
    return f"您报的讲课（{facts['number']}），站里想问一句：{facts['question']}\n请回复“补充”加您的回答。"


def _accepted(facts: Mapping[str, object]) -> str:
    count = facts.get("count")
    more = f"，一共{count}节，第一节" if isinstance(count, int) and count > 1 else "，"
    return f"您报的讲课排上了：{facts['title']}{more}{_when(facts)}。前一天提醒您，谢谢您！时间不合适回复“人工”。"


def _refused(facts: Mapping[str, object]) -> str:
    return f"您报的讲课（{facts['number']}）这次没排上：{facts['reason']}。谢谢您的心意，换个题目、换个时间随时再报。"


def _moved(facts: Mapping[str, object]) -> str:
    return f"您讲的{facts['title']}，时间是{_when(facts)}。不合适回复“人工”。"


def _tomorrow(facts: Mapping[str, object]) -> str:
    return f"提醒：明天您来讲{facts['title']}，{_when(facts)}。请早到15分钟，站里帮您准备。"


def _thanks(facts: Mapping[str, object]) -> str:
    came = int(str(facts["came"]))
    said = f"有{came}位邻居来听" if came else "讲完了"
    return f"辛苦了！您讲的{facts['title']}{said}，谢谢您。还想讲，随时说“我想来讲课”。"


def _off(facts: Mapping[str, object]) -> str:
    what = "整门课不办了" if facts.get("whole") else f"（{_when(facts)}）这一节不办了"
    return f"抱歉，您讲的{facts['title']}{what}，您不用准备了，谢谢您！有疑问回复“人工”。"


NOTICES = {
    "lecture_asked": _asked,
    "lecture_accepted": _accepted,
    "lecture_refused": _refused,
    "lecture_when": _moved,
    "lecture_tomorrow": _tomorrow,
    "lecture_thanks": _thanks,
    "lecture_off": _off,
}


@explain.register
def _(refusal: TooManyOffers) -> str:
    return f"您已经报了{refusal.most}个还没回音的，站里看过再报。说“我报的课怎么样了”看进度。"


@explain.register
def _(_refusal: OfferDecided) -> str:
    return "这份报名已经处理过，或者本人撤回了。刷新一下看看。"


@explain.register
def _(_refusal: NoOfferOfYours) -> str:
    return "您现在没有等回音的讲课报名。想讲就说“我想来讲课”。"


@explain.register
def _(_refusal: WordsNeeded) -> str:
    return "请先写一句话，本人会看到。"
