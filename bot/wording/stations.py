"""What the staff read of stations: the list, the fields, the holidays, and a new station from another."""

from bot.rules.station_clone import BadCode, CodeTaken, NoSuchStation
from bot.sheets import words
from bot.store.holiday import DayKind
from bot.wording import explain

TITLE, HOLIDAYS, CLONE = "站点", "节假日", "照着开一个新站点"
HINT = "名称、编号或地址"
CODE, NAME, KIND, STANDS, PHONE = "编号", "名称", "类型", "现在", "电话"
NONE, NONE_WORDS, IMPORT = "还没有站点", "用“导入导出”里的站点表登记第一个，之后可以照着它开新的。", "去导入"
HOURS = "例如 9:00-12:00 13:30-18:00；全天写“全天”，休息就空着"
CLOSURES = "一行一段，例如：2026-12-01 09:00到2026-12-03 18:00 装修"
SPOT = "高德、腾讯地图的坐标；不填就不会出现在“附近”"
PLACEHOLDERS = "居民问到时会这样写"
KINDS = list(words.names("station_kind").items())
FACILITIES = words.names("facility")
DAY_KINDS = {DayKind.HOLIDAY: "放假", DayKind.WORKDAY: "上班"}
DAY, DAY_KIND, DAY_NAME = "日期", "放假还是上班", "叫什么"
DAY_NAME_HINT = "例如：国庆节、社区活动日"
NEW_CODE, NEW_NAME, NEW_ADDRESS, NEW_PHONE = "新编号", "新站点名称", "新地址", "新电话"
NEW_CODE_HINT = "字母和数字，例如 S02"
COPIED = "类型、时间、便民设施、收费和服务项目都照抄；位置、临时关门和人员不抄。"
UNKNOWN_YEAR = "国家还没有公布这一年的安排，公布后会随升级更新；急用可以先自己填。"


def label(column: str) -> str:
    return words.heading(column)


def kind(name: str) -> str:
    return words.names("station_kind")[name]


def taken(code: str) -> str:
    return f"编号{code}已经有了，请换一个。"


BAD_CODE = "编号只用字母、数字、点和横线，最多32位。"


@explain.register
def _(refusal: CodeTaken) -> str:
    return taken(refusal.code)


@explain.register
def _(_refusal: BadCode) -> str:
    return BAD_CODE


@explain.register
def _(refusal: NoSuchStation) -> str:
    return f"没有编号为{refusal.code}的站点。"
