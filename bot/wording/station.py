"""How stations are told: hours as people say them, where, how far."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules.station import Nearby
from bot.store.station import Counter

_DAYS = "一二三四五六日"
CLOSED = "暂不对外开放"
UNKNOWN = "请向社区咨询"


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a person can be found, in words."""

    name: str
    address: str
    phone: str
    hours: str


def reach(station: Counter) -> Reach:
    """The station as an answer names it."""
    return Reach(station.name, station.address, station.phone, hours(station.hours))


def fact(stations: dict[str, Counter], name: str) -> str:
    """What `{station.hours}` and the like stand for in the knowledge base."""
    where, _, what = name.partition(".")
    station = stations.get(where)
    if station is None or what not in Counter._fields:
        return UNKNOWN
    return hours(station.hours) if what == "hours" else str(getattr(station, what)) or UNKNOWN


def hours(week: dict[str, list[list[str]]]) -> str:
    """A week's opening hours, equal days together, such as 周一至周五 9:00–12:00、13:30–18:00."""
    spoken = [_intervals(week.get(str(day), [])) for day in range(7)]
    parts, day = [], 0
    while day < 7:
        last = day
        while last < 6 and spoken[last + 1] == spoken[day]:
            last += 1
        if spoken[day]:
            parts.append(f"{_span(day, last)} {spoken[day]}")
        day = last + 1
    return "，".join(parts) or CLOSED


def nearby(found: Sequence[Nearby]) -> str:
    """The nearest stations with their walk."""
    if not found:
        return "附近还没有登记的站点，请告诉我小区名字，或者拨12345问问。"
    lines = [
        f"{number}. {place.station.name}，步行约{place.minutes}分钟\n"
        f"   {place.station.address}，电话{place.station.phone}\n   {hours(place.station.hours)}"
        for number, place in enumerate(found, 1)
    ]
    return "离您最近的站点：\n" + "\n".join(lines)


def _intervals(day: list[list[str]]) -> str:
    return "、".join(f"{start.removeprefix('0')}–{end.removeprefix('0')}" for start, end in day)


def _span(day: int, last: int) -> str:
    if (day, last) == (0, 6):
        return "每天"
    return f"周{_DAYS[day]}" if day == last else f"周{_DAYS[day]}至周{_DAYS[last]}"
