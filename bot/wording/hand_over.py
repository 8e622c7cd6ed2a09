"""What is read when a person takes a conversation over: by the resident at each end, by the staff at their desk."""

from collections.abc import Mapping
from datetime import datetime

from bot.rules.hand_over import ENDED, SAID, STAFF_TOLD, Asked, Ended, NoWords, Standing, TakenBy, Talk, TalkOver
from bot.rules.hand_over.talk import Line, Speaker
from bot.store.hand_over import Owner
from bot.store.outbox import State
from bot.wording import explain
from bot.wording.station import when

LEAVE = "退出人工"
COMING = f"好的，已帮您转给工作人员，看到就回您。您直接说是什么事。\n不等了就回“{LEAVE}”；有危险先拨110、119、120。"
PATIENCE = f"已经转给工作人员了，请稍等。不等了就回“{LEAVE}”。"
LEFT = "好的，小助手接着为您服务。要再找工作人员，说“找工作人员”就行。"
ENDINGS = {
    Ended.DONE: "人工服务到这里，小助手接着为您服务。还有事随时说。",
    Ended.IDLE: "这会儿没有新消息，人工服务先到这里，小助手接着为您服务。要找人再说“找工作人员”。",
    Ended.UNANSWERED: "抱歉，工作人员现在都在忙。您说的已留给他们，有空就回；小助手先为您服务，急事请打电话。",
}
_LEAVES = ("退出人工", "退出人工服务", "结束人工", "不要人工", "不用人工", "取消人工", "转回机器人", "不等了")
_SIGNS = " 。！!，,~～吧啊哈嘛哦噻了"
_TOLD = {
    Standing.COMING.value: "有居民找工作人员",
    "said": "居民在等您回话",
    Ended.UNANSWERED.value: "有居民没等到回话，请尽快回",
}

TITLE, LISTED = "对话", "找人工的居民"
HINT = "经办岗位"
NONE, NONE_WORDS = "没有人在等", "居民在公众号里说“找工作人员”，就会出现在这里。"
NONE_OVER, NONE_OVER_WORDS = "还没有结束的对话", "交还给小助手的对话会留在这里，180天后删掉。"
RESIDENT, OWNER, WAITS, BEGAN, ENDED_AT = "居民", "谁在接", "没回的话", "开始", "结束"
VIEWS = {"": "进行中", "over": "已结束"}
SPEAKERS = {Speaker.RESIDENT: "居民", Speaker.BOT: "小助手", Speaker.STAFF: "工作人员"}
KINDS = {
    "image": "图片",
    "picture": "图片",
    "voice": "语音",
    "video": "视频",
    "location": "位置",
    "link": "链接",
    "card": "小程序卡片",
}
STANDS = {
    State.WAITING: "正在发",
    State.SENDING: "正在发",
    State.SENT: "已送达",
    State.HELD: "发不到，等居民下次来信",
    State.UNSURE: "不确定是否送达",
    State.FAILED: "没送到",
}


def leaves(text: str) -> bool:
    """Whether the words ask to be with the bot again."""
    return text.strip(_SIGNS) in _LEAVES or text.strip() in _LEAVES


def asked(found: Asked, now: datetime, counter: str) -> str:
    """What a resident reads who wants a person; `counter` says where one is found otherwise."""
    if found.standing is Standing.COMING:
        return COMING
    if found.standing is Standing.NOBODY:
        return counter
    later = f"{when(found.opens, now)}上班后" if found.opens else "上班后"
    return f"工作人员现在不在，{later}会看您的话并回您。您可以先把事情说在这里。\n{counter}"


def said(facts: Mapping[str, object]) -> str:
    """An answer of the staff: 【示例社区生活服务站】师傅下午到."""
    return f"【{facts['title']}】{facts['words']}"


def ended(facts: Mapping[str, object]) -> str:
    return ENDINGS[Ended(str(facts["why"]))]


def staff_told(facts: Mapping[str, object]) -> str:
    """In WeCom: that somebody waits, with what they said, masked."""
    words = f"：“{facts['words']}”" if facts.get("words") else ""
    return f"{_TOLD[str(facts['why'])]}{words}。请到后台“{TITLE}”里回。"


NOTICES = {SAID: said, ENDED: ended, STAFF_TOLD: staff_told}


def owner(talk: Talk) -> str:
    """Who has it, in the list."""
    if talk.owner is Owner.BOT:
        return f"{talk.title or '没有人接'}，已结束"
    if talk.owner is Owner.PERSON:
        return talk.title
    return "等人接" if talk.live else "留言，等回"


def code(name: str) -> str:
    """How a resident is called who has no name here: 居民 3f2a9c."""
    return f"{RESIDENT} {name}"


def line(one: Line) -> str:
    """The words, or what it was instead."""
    return one.words or f"（{KINDS.get(one.kind, '消息')}，这里看不了）"


def stands(one: Line) -> str:
    return STANDS[one.stands] if one.stands is not None else ""


def waiting(number: int) -> str:
    return f"{number}位居民在等回话" if number else ""


@explain.register
def _(_refusal: TalkOver) -> str:
    return "这次对话已经结束，居民现在由小助手接着服务。"


@explain.register
def _(refusal: TakenBy) -> str:
    return f"{refusal.title}正在接待这位居民，请让他回，或者请他先交还。"


@explain.register
def _(_refusal: NoWords) -> str:
    return "请写一句再发。"
