"""The sample community: three counters with plainly fictitious phones, enough to try everything on."""

from bot.store import Session
from bot.store.station import Station, StationKind

_WEEKDAYS = [["09:00", "12:00"], ["13:30", "18:00"]]
_SATURDAY = [["10:00", "16:00"]]


def fill(session: Session) -> None:
    """Put the sample community into an empty store."""
    session.add_all([_community(), _life(), _learning()])


def _community() -> Station:
    return Station(
        code="C01",
        kind=StationKind.COMMUNITY.value,
        name="示例社区党群服务中心",
        address="示例路18号一楼",
        phone="028-0000-0001",
        hours={str(day): [["09:00", "12:00"], ["13:00", "17:00"]] for day in range(5)},
        lat=30.6201,
        lon=104.1123,
    )


def _life() -> Station:
    return Station(
        code="S01",
        kind=StationKind.LIFE.value,
        name="示例社区生活服务站",
        address="示例路20号（2栋与3栋之间）",
        phone="028-0000-0002",
        hours={str(day): _WEEKDAYS if day < 5 else _SATURDAY for day in range(7)},
        services="保洁、家电清洗、家电维修、水电维修、管道疏通、开锁换锁、搬家、理发、陪护陪诊、洗衣、助餐、代购、代收代寄、打印复印",
        locker_fee="快递48小时内免费，外卖2小时内免费（示例）",
        lat=30.6212,
        lon=104.1131,
    )


def _learning() -> Station:
    return Station(
        code="L01",
        kind=StationKind.LEARNING.value,
        name="示例社区知识共享站",
        address="示例公园东门旁",
        phone="028-0000-0004",
        hours={str(day): [["09:00", "17:30"]] for day in range(1, 7)},
        lat=30.6190,
        lon=104.1140,
    )
