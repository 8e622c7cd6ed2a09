"""What the staff read in WeCom: why a ticket comes to them, what it is, what became of their words."""

from collections.abc import Mapping
from datetime import datetime

from bot.nlu.kinds import Trouble
from bot.rules.forwarding.telling import STUCK, STUCK_LONG
from bot.rules.ticket import News, Seen
from bot.rules.ticket.telling import NEWS, SHOWN
from bot.store.ticket import State, Urgency
from bot.wording import contact as say_contact
from bot.wording.ticket import STATES, TROUBLES, moment

TAKE, PASS_ON, SOLVE = "接单", "转派", "办结"
HEADLINES = {
    News.GIVEN: "新工单",
    News.ADDED: "居民有补充",
    News.PICTURE: "居民补充了照片，请到后台看",
    News.PLACED: "居民说了地点",
    News.REOPENED: "居民说没办好，重新打开",
    News.RATED_BAD: "居民评价不满意，重新打开",
    News.WITHDRAWN: "居民撤销了",
    News.WARNED: "快到时限了，请尽快办",
    News.BREACHED: "已经超时，请马上办",
    News.BREACHED_BELOW: "下面的工单超时了，请过问",
    News.ASKED_FOR: "工单",
}
OUTSIDE = {  # of tickets that do not get through to another office
    STUCK: "转给{where}几次都没成功，还在自动重试；急的话请先打电话",
    STUCK_LONG: "转给{where}已经一天没成功，请过问",
}
WITHOUT_CARD = frozenset({STUCK, STUCK_LONG, News.ADDED, News.PICTURE, News.PLACED, News.WITHDRAWN})
PLACE, WORDS, DUE, HOLDER, NOTE = "地点", "原话", "最迟", "现在归", "补充"
URGENT = {Urgency.DANGER: "【危险】", Urgency.URGENT: "【急】"}
HOW_TO = "直接回复文字就转给居民；回“退回 原因”退给社区。"


def headline(facts: Mapping[str, object]) -> str:
    """Why it comes: 【急】新工单."""
    news = str(facts.get("news") or "")
    if news in OUTSIDE:
        return f"{URGENT.get(Urgency(str(facts['urgency'])), '')}{OUTSIDE[news].format(where=facts.get('note'))}"
    said = HEADLINES[News(news)] if news in set(News) else str(facts.get("note") or HEADLINES[News.ASKED_FOR])
    return f"{URGENT.get(Urgency(str(facts['urgency'])), '')}{said}"


def about(facts: Mapping[str, object]) -> str:
    """The number and what it is about: T261122-0001 垃圾和卫生."""
    return f"{facts['number']} {TROUBLES[Trouble(str(facts['trouble']))]}"


def where(facts: Mapping[str, object]) -> str:
    """The building, as far as it may be told here; "" where the chart does not know it."""
    return _building(str(facts.get("compound") or ""), str(facts.get("building") or ""))


def _building(compound: str, number: str) -> str:
    return f"{compound}{say_contact.building(number)}" if number else compound


def rows(facts: Mapping[str, object]) -> list[tuple[str, str]]:
    """What stands below the title, each with its name."""
    due, note = str(facts.get("due") or ""), str(facts.get("note") or "")
    now = datetime.fromisoformat(str(facts["at"]))
    found = [
        (PLACE, where(facts)),
        (WORDS, str(facts.get("excerpt") or "")),
        (DUE, moment(datetime.fromisoformat(due).astimezone(now.tzinfo), now) if due else ""),
        (NOTE, note if str(facts.get("news") or "") in set(News) else ""),
    ]
    return [(name, said) for name, said in found if said]


def stands(facts: Mapping[str, object]) -> str:
    """What became of a ticket, on the card of whoever does not have it any more: 已由第3网格网格员接单."""
    state, holder = State(str(facts["state"])), str(facts.get("holder") or "")
    if is_at_work(facts) and holder:
        return f"已由{holder}接单"
    if state in (State.ASSIGNED, State.REOPENED) and holder:
        return f"已转给{holder}"
    return STAND.get(state, STATES[state])


STAND = {State.SOLVED: "已办结，等居民评价", State.ELSEWHERE: "已转其他部门", State.DUPLICATE: "已和另一件并在一起"}


def is_at_work(facts: Mapping[str, object]) -> bool:
    """Whether somebody has taken it already."""
    return State(str(facts["state"])) in (State.WORKING, State.SCHEDULED, State.NEEDS_MORE)


def in_words(facts: Mapping[str, object]) -> str:
    """A notice without a card."""
    lines = [f"{name}：{said}" for name, said in rows(facts)]
    return "\n".join([headline(facts), about(facts), *lines, *([] if is_words_only(facts) else [HOW_TO])])


def shown_in_words(facts: Mapping[str, object]) -> str:
    """What a card says that cannot be changed any more."""
    return f"{about(facts)}：{stands(facts)}。"


def is_words_only(facts: Mapping[str, object]) -> bool:
    """Whether there is nothing to do about it, so that it needs no card."""
    return str(facts.get("news")) in WITHOUT_CARD


NOTICES = {NEWS: in_words, SHOWN: shown_in_words}

NONE_OPEN = "现在没有归您的工单。"
WHICH = "说的是哪一件？回复数字："
HELP = (
    "点卡片上的按钮接单、转派、办结。直接打字就转给居民（可带编号）。"
    "也可以发：我的工单、办结 编号 怎么办的、退回 编号 原因、我是谁。"
)
WORDS_ONLY = "我只认文字。要转给居民的话，请打字。"
COURTESY = "这句没有转给居民。要说给居民听，请多写几个字。"
CANCELLED = "好的，先放下了。"
NOTHING_TO_CANCEL = "没有在办的事。发“我的工单”看手上的。"
NOBODY_ELSE = "没有可以转的人。回“退回 原因”退给社区。"
ASKED = {"solve": "怎么办好的？写一句，居民会看到。", "back": "为什么退回？写一句，居民看不到。"}


def no_account(userid: str) -> str:
    """Somebody of the corporation whom we do not know."""
    return f"这里是社区工单，还没有绑定您的账号。请管理员在后台的账号里填上您的企业微信账号：{userid}"


def who(name: str, title: str) -> str:
    return f"您是{name}，以“{title}”的名义办件。" if name != title else f"您是{title}。"


def open_ones(count: int, most: int) -> str:
    more = f"，先列{most}件" if count > most else ""
    return f"手上有{count}件{more}。回复数字看卡片："


def in_a_list(seen: Seen, now: datetime) -> str:
    """One of several: number, matter, place, until when."""
    place = _building(seen.address.compound, seen.address.number) if seen.address else ""
    due = f" {moment(seen.due.astimezone(now.tzinfo), now)}前" if seen.due else ""
    return " ".join(filter(None, (seen.number, TROUBLES[seen.trouble], place))) + due


def coming(number: str) -> str:
    return f"{number}的卡片马上发来。"


def not_yours(number: str) -> str:
    return f"{number}不在您手上，也没发给过您。发“我的工单”看手上的。"


def yours_already(number: str) -> str:
    return f"{number}已经在您手上了。办好了点“办结”。"


def taken(seen: Seen) -> str:
    return f"接单成功：{seen.number}，{TROUBLES[seen.trouble]}。居民会收到通知。直接打字就转给居民，办好了点“办结”。"


def solved(number: str) -> str:
    return f"{number}已办结，请居民评价了。"


def answered(number: str) -> str:
    return f"已转给居民（{number}）。"


def handed_back(number: str, holder: str) -> str:
    return f"{number}已退回，现在归{holder or '社区'}。"


def passed_on(number: str, title: str) -> str:
    return f"{number}已转给{title}。"


def to_whom(number: str) -> str:
    return f"{number}转给谁？"


def asks_words(number: str, verb: str) -> str:
    """The one question before a step that needs words."""
    return f"{number}{ASKED.get(verb, '要对居民说什么？')}"
