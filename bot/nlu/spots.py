"""Whether words tell where something is, beyond compound and building: 东门口, 公交站旁边, 地下车库."""

import re

LONGEST = 60  # characters; who writes more tells a story
_SPOT = re.compile(
    r"[门口路街巷院坝桥店站场园厅棚亭]|楼[上下道梯顶]|[一二三四五六七八九十\d]\s?[楼层栋幢号]|单元|车库|电梯|旁边|对面|附近|隔壁|转角|拐角|[里外后前]面|中庭|"
    r"广场|花园|公园|学校|幼儿园|超市|菜市|医院|诊所|小区|院子|绿化|草坪|河边|湖边|[东南西北]边|顶楼|天台|负[一二\d]|我家|家里|家门|过道|走廊"
)


def names_a_spot(text: str) -> bool:
    """Whether a short text says a place.

    >>> names_a_spot("东门口公交站旁边"), names_a_spot("快点嘛")
    (True, False)
    """
    return len(text) <= LONGEST and _SPOT.search(text) is not None
