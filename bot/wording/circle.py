"""How the circle on foot is told: to residents, and to the staff with its map, its list and its workbook."""

from collections.abc import Sequence

from bot.rules.circle import MINUTES, Circle, Group, What
from bot.rules.station import DETOUR, WALK_METRES_A_MINUTE, minutes
from bot.store.station import Counter

TITLE = "15分钟学习圈"
TABS = {What.LEARNING.value: "学习圈（15分钟）", What.LIFE.value: "生活圈（5分钟）"}
HOW = (
    f"算法：按步行，直线距离乘{DETOUR}当作街道的路，每分钟走{WALK_METRES_A_MINUTE}米（老人的步子）。"
    "学习点是知识共享站，和在站点资料里勾了“学习”的地方。"
)
PLACES, LEFT_OUT = "站点覆盖", "还没有覆盖的楼"
NONE, NONE_WORDS = "还没有楼栋位置", "导入楼栋时填上经纬度，这里就能算出谁走得到、谁走不到。"
ALL_COVERED = "有位置的楼栋都走得到，很好。"
MAP = "地图"
SHEET_TITLES = {What.LEARNING.value: "学习圈", What.LIFE.value: "生活圈"}
HEADINGS = ("类别", "名称", "楼栋数", "最近的站点", "步行分钟", "楼栋")
COVERED_BY, NOT_COVERED = "站点", "没覆盖"
WHERE = "您住哪个小区？告诉我，或者发个位置，我算算走路能到哪些学习点。"
IN_GROUP = "说一下小区名，我算算走路能到哪些学习点。"
BAR_METRES, BAR = 500, "500米"
MOST_NAMED = 3


def summary(found: Circle) -> str:
    """The circle in one sentence."""
    count = len(found.covered) + found.uncovered
    unplaced = f"；另有{found.unplaced}栋还没有位置，没算进去" if found.unplaced else ""
    return f"{count}栋楼里{len(found.covered)}栋（{found.share}%）步行{MINUTES[found.what]}分钟能到{unplaced}。"


def group(one: Group) -> str:
    """Which buildings: 示例新村1、2栋等5栋."""
    names = one.compounds
    said = "、".join(names[:MOST_NAMED]) + ("等" if len(names) > MOST_NAMED else "")
    return f"{said}，{len(one.homes)}栋"


def buildings(one: Group, most: int = 12) -> str:
    """The numbers of the buildings, as far as they fit."""
    said = [f"{home.compound}{home.number}栋" for home in one.homes[:most]]
    return "、".join(said) + (f"等{len(one.homes)}栋" if len(one.homes) > most else "")


def how_far(one: Group) -> str:
    """How far the nearest place is from them."""
    return f"最近是{one.place.name}，步行约{one.minutes}分钟" if one.place else "还没有站点"


def legend(what: What) -> str:
    return f"● 走{MINUTES[what]}分钟内能到的楼　✕ 走不到的楼　方块里的数字是站点，虚线圈是直线估的范围"


def alternative(found: Circle) -> str:
    """What the map shows, for whoever does not see it."""
    return f"{TABS[found.what.value]}的地图。{summary(found)}"


def reachable(near: str, found: Sequence[tuple[float, Counter]]) -> str:
    """What a resident reads: each place with its walk."""
    most = MINUTES[What.LEARNING]
    if not found:
        return f"{near}步行{most}分钟以内还没有学习点，已经在站里的图上标着。线上的课也能学，说“看回放”。"
    lines = [
        f"{number}. {one.name}，步行约{minutes(way)}分钟，{one.address}" for number, (way, one) in _numbered(found)
    ]
    return "\n".join([f"{near}步行{most}分钟能到的学习点：", *lines, "想知道开没开门，说站名就行。"])


def _numbered(found: Sequence[tuple[float, Counter]]) -> list[tuple[int, tuple[float, Counter]]]:
    return list(enumerate(found, 1))
