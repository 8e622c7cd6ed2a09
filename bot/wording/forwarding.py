"""What other offices read of a ticket, and what residents and staff read of what those offices say."""

from collections.abc import Mapping
from datetime import datetime

from bot.rules.forwarding.deciding import BeingSent, NoWhy
from bot.rules.forwarding.values import Record, Stage, Update
from bot.store.ticket import Urgency, What
from bot.wording import contact as say_contact
from bot.wording import explain
from bot.wording.ticket import TROUBLES

MOST = 4000  # characters of a description. Source: GeoReport v2
STAGES: Mapping[Stage, str] = {
    Stage.RECEIVED: "受理",
    Stage.ASSIGNED: "已派",
    Stage.WORKING: "处理中",
    Stage.SCHEDULED: "已排期",
    Stage.DONE: "已办结",
    Stage.ELSEWHERE: "转其他部门",
    Stage.NOT_OURS: "不属职责",
    Stage.DUPLICATE: "重复",
    Stage.NEEDS_MORE: "退回补充",
    Stage.REOPENED: "重开",
    Stage.WITHDRAWN: "已撤销",
}
SENTENCES: Mapping[Stage, str] = {
    Stage.RECEIVED: "{title}已经受理。",
    Stage.ASSIGNED: "{title}已经派人。",
    Stage.WORKING: "{title}正在处理。",
    Stage.SCHEDULED: "{title}已经安排时间。",
    Stage.DONE: "{title}说办好了。",
    Stage.ELSEWHERE: "{title}已转给其他部门办理。",
    Stage.NOT_OURS: "{title}说这件不归他们管，社区会另外找人办。",
    Stage.DUPLICATE: "{title}说已有人反映过同一件，并在一起办。",
    Stage.NEEDS_MORE: "{title}请您补充情况。",
    Stage.REOPENED: "{title}重新处理这件事了。",
    Stage.WITHDRAWN: "{title}撤销了这件。",
}
URGENCIES = {Urgency.NORMAL: "一般", Urgency.URGENT: "紧急", Urgency.DANGER: "危险"}
UPDATES: Mapping[What, str] = {
    What.ADDED: "居民补充",
    What.PLACED: "居民补充了地点",
    What.SOLVED: "社区说已经办好",
    What.ELSEWHERE: "社区已转其他部门",
    What.NOT_OURS: "社区说不归社区管",
    What.WITHDRAWN: "居民撤销了",
    What.MERGED: "和另一件并在一起办",
    What.CLOSED: "已办结",
}
WITH_PICTURE = "居民补充了照片（照片在社区）"
NO_PLACE = "地点不详"
SERVICES = "居民反映"
REFERENCE = "你方的编号；同一个编号只登记一次"
TEST_WORDS = "这是一条测试，请不用处理。"


def description(record: Record) -> str:
    """The whole of it as a text; the first line is our reference alone, by which it is found again."""
    again = f"第{record.round}次：居民说没有办好" if record.round > 1 else ""
    lines = (
        record.reference,
        f"{TROUBLES[record.trouble]}（{URGENCIES[record.urgency]}）",
        again,
        f"地点：{where(record)}",
        record.words,
    )
    return _cut("\n".join(filter(None, lines)))


def where(record: Record) -> str:
    """Community, compound and building by their names, and how the resident put it."""
    compound, _, rest = record.place.partition(" ")
    number, _, unit = rest.partition(" ")
    named = compound + (say_contact.building(number) if number else "") + (f"{unit}单元" if unit else "")
    said = f"（{record.said_place}）" if record.said_place else ""
    return f"{record.community}{named}{said}" or NO_PLACE


def updated(update: Update) -> str:
    """What happened since, in one line."""
    said = f"：{update.said}" if update.said else ""
    what = WITH_PICTURE if update.has_picture else UPDATES.get(update.what, STAGES[update.stage])
    return _cut(f"{what}{said}")


def subject(record: Record, update: Update | None) -> str:
    """The subject of a letter."""
    news = f"（{UPDATES.get(update.what, STAGES[update.stage])}）" if update else ""
    return f"{record.reference} {TROUBLES[record.trouble]} {where(record)}{news}"


def letter(record: Record, update: Update | None) -> str:
    """The text of a letter."""
    phone = f"\n联系人：{record.contact.name} {record.contact.phone}" if record.contact else ""
    if update is None:
        return f"{description(record)}\n登记时间：{_at(record.opened_at)}{phone}\n"
    return f"{record.reference}\n{_at(update.at)} {updated(update)}\n"


def heard(title: str, stage: Stage, said: str) -> str:
    """What the resident reads of what an office says."""
    return SENTENCES[stage].format(title=title) + said


def stage_named(name: str) -> Stage | None:
    """The stage that offices call so in Chinese."""
    return next((stage for stage, word in STAGES.items() if word == name.strip()), None)


def _at(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _cut(text: str) -> str:
    return text if len(text) <= MOST else text[: MOST - 1] + "…"


@explain.register
def _(_refusal: BeingSent) -> str:
    return "这件正在往外发，请过几分钟再看。"


@explain.register
def _(_refusal: NoWhy) -> str:
    return "请写明为什么先不发。"
