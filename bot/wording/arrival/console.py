"""What stands on the hall's screen and on the staff's roster."""

from collections.abc import Mapping

from bot.rules.arrival import Became, Line
from bot.store.activity import CameBy

ROSTER, SCREEN = "签到名单", "签到大屏"
CAME_BY = {
    CameBy.CODE.value: "签到码",
    CameBy.QR.value: "扫码",
    CameBy.STAFF.value: "工作人员",
    CameBy.LIST.value: "补录",
}
NUMBER, WHO, PERSONS, SINCE, HOW, NOTE = "报名号", "姓名", "人数", "到场", "方式", "备注"
WALK_IN, MEMBER, FAR = "现场来的", "党员", "定位较远"
BECAME = {Became.TICKED: "签到", Became.ADDED: "现场加入", Became.GUEST: "来宾", Became.THERE: "早已签到"}
LIST_COLUMNS = {"number": "报名号", "code": "党员编号", "phone": "电话", "name": "姓名", "at": "到场时间"}
NO_COLUMNS = "第一行要有表头，至少有一列：报名号、党员编号、电话、姓名。可以再加一列“到场时间”，写19:05这样的时刻。"
NO_SUCH_TIME = "到场时间要写成19:05这样"
NO_FILE = "请先选一个文件。"
LOST = "这次检查的结果已经失效，请重新上传。"
MOST_LINES = 2000


def who(line: Line) -> str:
    """A guest's or member's name; of a resident the end of their number."""
    return line.name or (f"居民{line.person}" if line.person else "已注销")


def notes(line: Line) -> list[str]:
    """What the staff should know of a line."""
    late = [f"迟到{line.late_minutes}分钟"] if line.late_minutes else []
    marks = ((line.is_member, MEMBER), (line.walk_in, WALK_IN), (line.far, FAR))
    return [*(words for holds, words in marks if holds), *late]


def too_many(lines: int) -> str:
    return f"表里有{lines}行，一次最多{MOST_LINES}行，请分开上传。"


def checked(counts: Mapping[Became, int]) -> str:
    """What the list would do."""
    said = "，".join(f"{BECAME[one]}{count}人" for one, count in counts.items() if count)
    return f"会记上：{said}。" if said else "没有要记的人。"


def row_wrong(line: int, reason: str) -> str:
    return f"第{line}行：{reason}"


def there(came: int, walked_in: int, enrolled: int) -> str:
    more = f"，其中现场来的{walked_in}人" if walked_in else ""
    return f"到场{came}人{more}，报名{enrolled}人"
