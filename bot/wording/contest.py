"""How contests are talked of: what is asked for, one's entry, its number, how it ends."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.rules.contest import (
    ContestEndsTooSoon,
    ContestOver,
    EnoughPictures,
    EntryGone,
    HasEntries,
    ReasonMissing,
    ResultsTold,
    StillRunning,
    TooManyEntries,
)
from bot.store.contest import Contest, EntryState
from bot.wording import explain

IN_GROUP = "要参加征集，请点开公众号私聊我，作品在私聊里收。"
NONE = "现在没有正在征集的作品。有了新的，说“有啥子征集”就能看到。"
WHICH = "参加哪一个？点一下："
TITLE_OF_WORK, NAME_TO_SHOW = "作品叫什么名字？", "展出时署什么名？想写什么写什么，比如“{example}”；不写电话和门牌。"
EXAMPLE_NAME = "3栋的夕阳红"
WHICH_WORDS, TITLE_WORDS, NAME_WORDS = ("哪一个", "征集"), ("作品名", "名字", "题目"), ("署名",)
JOIN, PAGE = "我要参加", "看作品展"
PERSONAL = "署名里请不要写电话和门牌，换一个："
FORM_TITLE = "参加征集"
NOTHING_SENT = "您还没有投过作品。说“有啥子征集”看看现在收什么。"
MINE = "您投的作品："
MORE_PICTURES = "还有照片接着发，最多{most}张；发完不用回。工作人员看过就展出，结果马上告诉您。"
WITHDRAW, ADD_PICTURE = "撤回{number}号", "给{number}号发照片"
SEND_NOW = "请把作品照片发过来，最多{most}张。拍正、拍亮一点，不要拍到电话和门牌。"
PHOTO_SKIPPED = "好的。作品照片随时可以补，说“我的作品”就行；没有照片不好展出。"
GONE = "这个征集已经结束了。"
STATES = {
    EntryState.WAITING.value: "等工作人员看",
    EntryState.SHOWN.value: "已展出",
    EntryState.SENT_BACK.value: "退回了，可以换照片再发",
    EntryState.WITHDRAWN.value: "已撤回",
}


def until(at: datetime) -> str:
    return f"{at.month}月{at.day}日{at.hour}:{at.minute:02d}"


def line(its: Contest, closes: datetime, *, is_open: bool) -> str:
    return f"{its.title}：{until(closes) + '截止' if is_open else '已截止'}"


def story(its: Contest, closes: datetime, *, is_open: bool) -> str:
    """All of it."""
    each = f"每人最多{its.most}件" if is_open else ""
    lines = [its.title, its.words, f"{until(closes)}截止" if is_open else "已截止", each, its.results]
    return "\n".join(filter(None, lines))


def listed(lines: Sequence[str]) -> str:
    return "\n".join(["现在的作品征集：", *lines])


def read_back(its: str, title: str, name: str) -> str:
    return f"请核对：{its}\n作品：{title}\n署名：{name}（会公开展出）\n没问题回复“确认”，马上给编号。"


def entered(its: str, number: int, most: int) -> str:
    return f"收到了，{its}，您的编号：\n{number}号\n{SEND_NOW.format(most=most)}"


def picture_kept(number: int, count: int, most: int) -> str:
    return f"{number}号收到第{count}张照片。" + (
        MORE_PICTURES.format(most=most) if count < most else "收满了，工作人员看过就展出。"
    )


def mine(its: str, number: int, title: str, state: str, prize: str) -> str:
    won = f"，{prize}" if prize else ""
    return f"{its} {number}号《{title}》：{STATES[state]}{won}"


def withdrawn(number: int) -> str:
    return f"好的，{number}号撤回来了，不再展出。"


def _shown(facts: Mapping[str, object]) -> str:
    return f"您投给“{facts['title']}”的{facts['number']}号作品已经展出了，说“有啥子征集”就能看到。"


def _sent_back(facts: Mapping[str, object]) -> str:
    return (
        f"您投给“{facts['title']}”的{facts['number']}号作品先退回了：{facts['reason']}。改好说“我的作品”再发照片就行。"
    )


def _results(facts: Mapping[str, object]) -> str:
    prizes = facts.get("prizes")
    won = [f"{number}号得了{prize}" for number, prize in prizes] if isinstance(prizes, list) else []
    yours = f"恭喜您，{'，'.join(won)}！" if won else "谢谢您参加。"
    return f"“{facts['title']}”出结果了。{yours}\n{facts['words']}"


NOTICES = {"entry_shown": _shown, "entry_sent_back": _sent_back, "contest_results": _results}


@explain.register
def _(_refusal: ContestOver) -> str:
    return "现在不收作品了。说“有啥子征集”看看别的。"


@explain.register
def _(refusal: TooManyEntries) -> str:
    return f"每人最多{refusal.most}件，您已经投满了。要换就先说“我的作品”撤回一件。"


@explain.register
def _(refusal: EnoughPictures) -> str:
    return f"这件已经有{refusal.most}张照片了，够了，谢谢。"


@explain.register
def _(_refusal: EntryGone) -> str:
    return "这件作品已经撤回或者处理过了，请刷新看看。"


@explain.register
def _(_refusal: ReasonMissing) -> str:
    return "请写上要告诉投稿人的话。"


@explain.register
def _(_refusal: StillRunning) -> str:
    return "还在收作品，截止以后再公布结果。"


@explain.register
def _(_refusal: ResultsTold) -> str:
    return "结果已经公布过了，只公布一次。"


@explain.register
def _(_refusal: ContestEndsTooSoon) -> str:
    return "截止时间要在现在和开始时间之后，请改一改。"


@explain.register
def _(_refusal: HasEntries) -> str:
    return "已经有人投稿，每人件数不能再改少。"
