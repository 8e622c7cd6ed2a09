"""What the staff read of a community's chart that leaves somebody without a person."""

from bot.rules.grid import Finding, Gap
from bot.wording.contact import building, unit


def finding(found: Finding) -> str:
    """One finding, with what to do about it."""
    match found.gap:
        case Gap.NOBODY:
            return f"{_door(found)}没有网格员也没有楼栋长，居民会被转到社区窗口，请补上。"
        case Gap.NO_GRID:
            return f"{_door(found)}不属于任何网格，请在网格表里补上。"
        case Gap.OVERLAP:
            return f"{_door(found)}同时归{'、'.join(found.what)}管，请只留一个。"
        case Gap.VACANT:
            return f"{found.where}空缺，先由上一级负责。"
        case Gap.NO_STAND_IN:
            return f"{found.where}请假，没有人代班，先由上一级负责。"


def _door(found: Finding) -> str:
    return f"{found.where}{building(found.number)}{unit(found.unit) if found.unit else ''}"


def summary(count: int) -> str:
    """How the check ended."""
    return f"覆盖检查：有{count}处要处理。" if count else "覆盖检查：每栋楼都有人负责。"
