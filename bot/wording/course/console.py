"""What the staff read on the pages of courses."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.wording.booking.times import clock
from bot.wording.course.common import FORMATS, LECTURERS, LESSON_STATES, STATES

__all__ = ["FORMATS", "LECTURERS", "LESSON_STATES", "STATES"]

TITLE, NEW = "课程", "新建课程"
VIEWS = (("/console/courses", "一周"), ("/console/courses/list", "列表"), ("/console/courses/list?view=past", "上完的"))
NAME, FORMAT, KIND, LECTURER, STATE, SERIES = "课程名", "类别", "讲师类别", "讲师", "状态", "系列"
STATION, SPOT, PLACES, WORDS = "站点", "教室", "名额", "说明"
MEMBERS_ONLY, WHOLE = "只限党员报名", "整门报名：报一次就上后面每一节"
DAY = "日期"
FIRST, FROM, UNTIL, REPEAT, LESSONS, LAST = "第一节日期", "开始", "结束", "重复", "一共几节", "到哪天为止"
BUT_HOLIDAYS = "跳过法定节假日"
REPEATS = {"once": "只上一次", "weekly": "每周", "fortnightly": "每两周"}
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
NAME_HINT = "居民会直接说这个名字，短一点，别和别的重名"
LECTURER_HINT = "写岗位或身份，比如“社区书记”"
SERIES_HINT = "几门课属于一个系列时填，比如“微党校”"
PLACES_HINT = "不限就填0；候补、留名额都自动"
SPOT_HINT = "比如“二楼教室”，同一间教室撞了时间会提醒"
LAST_HINT = "填了就排到这天，不看上面的节数"
LESSON_WORDS = "这一节讲什么"
LIVE_URL, REPLAY_URL, REPLAY_UNTIL = "直播网址", "回放网址", "回放看到哪天"
URL_HINT, REPLAY_HINT = "以https://开头", "不填就一直能看"
MATERIAL, MATERIAL_URL = "资料名", "网址"
ANY_FORMAT, ANY_KIND = "全部类别", "全部讲师"
HINT = "课程名、系列或讲师"
NONE, NONE_WORDS = "还没有课程", "新建一门，写清谁讲、哪天上、多少名额，发布后居民在公众号里就能看到、报名。"
NO_LESSONS = "这一周没有课"


def day(on: date) -> str:
    return f"{on.month}月{on.day}日 {WEEKDAYS[on.weekday()]}"


def hours(start: datetime, end: datetime) -> str:
    return f"{clock(start)}–{clock(end)}"


def taken(count: int, most: int) -> str:
    """How many places are taken, of how many."""
    return f"{count}/{most}" if most else f"{count}，不限"


def told(people: int) -> str:
    """How many people will hear of it."""
    return f"会通知{people}位居民。" if people else "没有居民要通知。"


def counts(kinds: Mapping[str, tuple[int, int]], names: Mapping[str, str]) -> Sequence[str]:
    """By kind, what was held this year."""
    return [f"{names[kind]}{lessons}节，{came}人次" for kind, (lessons, came) in kinds.items()]
