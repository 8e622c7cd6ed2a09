"""What the staff read of grids and posts: the tree, who is away, the fields of a post."""

from bot.sheets import words
from bot.sheets.hours import COLUMNS
from bot.store.contact import Contact
from bot.wording import contact as say

TITLE, CONTACTS = "网格", "通讯录"
HINT = "称呼、编号或电话"
CODE, NAME, ROLE, PHONE, LEAVE = "编号", "称呼", "职务", "电话", "请假"
NONE, NONE_WORDS = "还没有岗位", "网格员、民警、物业这些岗位，用“导入导出”里的通讯录表一次登记好。"
NO_GRIDS, NO_GRIDS_WORDS = "还没有网格", "用“导入导出”里的网格表，把小区、楼栋和网格一次登记好。"
IMPORT = "去导入"
NO_ONE = "-"
FIELDS = {
    "title": ("称呼", "写岗位，不写姓名，例如：第3网格网格员"),
    "phone": ("值班电话", "空着就是空缺，居民会找到上一级"),
    "leave_from": ("请假从", ""),
    "leave_until": ("请假到", "当天也算；不知道哪天回来就空着"),
    "stand_in": ("代班", "请假时居民找到的是代班的人"),
}
HOURS = "例如 9:00-12:00 13:30-18:00；全天写“全天”，休息就空着"
HOUR_LABELS = {column: words.heading(column) for column in COLUMNS}
NOBODY = "没有人代班"
BAD_LEAVE = "结束早于开始"
NEEDS_START = "请填从哪天开始"
NOT_CHOSEN = "请从列表里选"


def role(post: Contact) -> str:
    return words.names("role")[post.role]


def kind(name: str) -> str:
    """What a kind of grid is called."""
    return words.names("grid_kind")[name]


def leave(post: Contact) -> str:
    """The days of leave, short."""
    if post.leave_from is None:
        return ""
    return f"{_day(post.leave_from)}起" + (f"，到{_day(post.leave_until)}" if post.leave_until else "")


def door(number: str, unit: str) -> str:
    return say.building(number) + (say.unit(unit) if unit else "")


def _day(day: object) -> str:
    return str(day)
