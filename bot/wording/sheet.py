"""What the staff read where workbooks go in and out."""

from bot.rules.access import OnlyAPart
from bot.sheets.difference import Difference
from bot.sheets.table import NoTable, Why
from bot.wording import explain

TITLE = "导入导出"
KINDS = {
    "stations": ("站点", "一行一个站点：地址、电话、时间、便民设施、临时关门"),
    "grids": ("网格和楼栋", "一行一栋楼和管它的网格；空库里先导这张"),
    "contacts": ("通讯录", "一行一个岗位：管哪里、电话、时间、请假和代班"),
    "services": ("服务和场地", "一行一项：服务项目、本站规定、服务人员、场地"),
    "courses": ("课程", "一行一节课，编号写成课程编号-第几节；课程名、讲师这些每一行写一样"),
    "activities": ("活动", "一行一个活动：时间、地点、名额、主办方；改了时间地点会通知报名的人"),
    "lockers": ("柜子", "一行一个柜子：在哪里、格口、锁板"),
    "residents": ("居民", "一行一位居民：电话和住处。导出时隐去，除非写明原因"),
    "party-members": ("党员名册", "一行一位党员：支部、类别、标签。导出时隐去姓名电话，除非写明原因"),
    "staff": ("账号", "一行一个工作台账号：角色、负责范围、岗位"),
}
WHY = {
    Why.TOO_LARGE: "文件太大了，请拆成几份再上传。",
    Why.TOO_MANY_ROWS: "行数太多了，请拆成几份再上传。",
    Why.NOT_READABLE: "这个文件打不开，可能坏了或者加了密码。请用Excel另存为.xlsx再试。",
    Why.OTHER_FORM: "只能用.xlsx或.csv的表。",
}
NO_FILE = "请先选一个文件。"
NO_REASON = "导出完整信息要写明原因，会记在操作记录里。"
ASIDE = "检查之后有别的改动，下面是最新的结果，请再核对一次。"
LOST = "这次检查的结果已经失效，请重新上传。"


def unreadable(error: NoTable) -> str:
    """Why a file was not taken."""
    return WHY[error.why]


def too_many(rows: int, most: int) -> str:
    return f"表里有{rows}行，网页上一次最多{most}行，请拆成几份，或者请管理员用命令导入。"


def wrong(count: int) -> str:
    return f"有{count}处不对，什么都没有改。改好表再上传。"


def checked(told: Difference) -> str:
    """What would change."""
    words = f"共{told.rows}行：新增{told.new}，改动{told.different}，不变{told.same}。"
    return words + (f"另有{len(told.gone)}行不再有。" if told.gone else "")


def done(told: str, rows: str) -> str:
    return f"已导入：{rows}行，其中{told}行有变化。"


@explain.register
def _(_refusal: OnlyAPart) -> str:
    return "这是全市的表，您的账号只管其中一部分，请找管理员来导。"
