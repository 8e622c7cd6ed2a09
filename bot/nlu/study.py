"""What residents say about lessons to watch: live or again, and that they have watched one to the end."""

import re

from bot.nlu.assent import asks

_LIVE = re.compile(r"直播|在线|线上")
_AGAIN = re.compile(r"回放|录像|录播|重播|回看|录下来|补看|补课|昨天|上次|上节|前天|上周")
_RECORDED = re.compile(r"回放|录像|录播|重播")
_LAST = re.compile(r"上一?[次节堂回]|那[次节堂]|刚才|刚刚")
_ABOUT_IT = re.compile(r"学时|下载|转发|收费|要钱|打不开|看不")
_FINISHED = re.compile(r"(?:看|学|听)完[了啦咯]|(?:看|学|听)[完起]了$")
_REPLAY = re.compile(r"回放|录像|录播|课|视频|直播|学时")
MOST_ALONE = 8  # characters in which 看完了 alone can mean nothing else


def wants_live(text: str) -> bool:
    """Whether what is shown as it happens was meant."""
    return _LIVE.search(text) is not None


def wants_replay(text: str) -> bool:
    """Whether what was recorded was meant."""
    return _AGAIN.search(text) is not None


def asks_for_one(text: str) -> bool:
    """Whether a recording is asked for, and not what it counts or costs, or why it does not run."""
    return _RECORDED.search(text) is not None and not _ABOUT_IT.search(text)


def means_last(text: str) -> bool:
    """Whether the lesson that was held last is meant: 上次那堂课."""
    return _LAST.search(text) is not None


def has_finished(text: str) -> bool:
    """Whether somebody says that they watched something to the end.

    >>> has_finished("看完了"), has_finished("党课的回放我看完了"), has_finished("看完了怎么算学时？")
    (True, True, False)
    """
    if _FINISHED.search(text) is None or asks(text):
        return False
    return is_alone(text) or _REPLAY.search(text) is not None


def is_alone(text: str) -> bool:
    """Whether hardly anything else was said."""
    return len(text.strip()) <= MOST_ALONE
