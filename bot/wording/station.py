"""How stations are told: hours as people say them, where, how far."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.hours import Opening, Week
from bot.rules.station import CIRCLE_MINUTES, LIFE_CIRCLE_MINUTES, Around, Nearby
from bot.store.station import Counter, Facility

_DAYS = "一二三四五六日"
_ALL_DAY = [["00:00", "24:00"]]
_FACILITIES = {
    Facility.REST: "歇脚",
    Facility.CHARGE: "给手机充电",
    Facility.DRINK: "接水喝",
    Facility.TOILET: "上厕所",
    Facility.LEARN: "看书学习",
}
YOU = "您"
WHERE = "您在哪里？点＋号发个位置，或者说小区名字，我来找最近的："
WHERE_AGAIN = "没听出是哪个小区。点聊天框旁的＋号，选“位置”发给我就行："
NOT_PLACED = "还没登记这个地方的位置。点聊天框旁的＋号，选“位置”发给我就行。"
IN_GROUP = "群里不方便说您在哪里。请点开公众号私聊我，我帮您找最近的站点。"
ON_MAP = "打开站点列表和地图"
CLOSED = "暂不对外开放"
UNKNOWN = "请向社区咨询"
MOST_MINUTES = 90  # further away nobody walks


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


def fact(stations: Mapping[str, Counter], name: str, now: Callable[[Counter], str]) -> str:
    """What `{station.hours}` and the like stand for in the knowledge base; `now` tells how a station stands."""
    where, _, what = name.partition(".")
    station = stations.get(where)
    if station is None:
        return UNKNOWN
    if what == "now":
        return now(station)
    if what == "facilities":
        return facilities(station) or UNKNOWN
    if what == "hours":
        return hours(station.hours)
    return str(getattr(station, what, "")) or UNKNOWN


def standing(opening: Opening, now: datetime) -> str:
    """Whether it is open and how long, or when it opens, such as 现在开着，到18:00."""
    if opening.is_open:
        return f"现在开着，到{until(opening, now)}" if opening.until else "现在开着，全天不关门"
    return (
        f"{_why_closed(opening)}，{when(opening.opens, now)}开门"
        if opening.opens
        else f"{_why_closed(opening)}，开门时间等通知"
    )


def until(opening: Opening, now: datetime) -> str:
    """When it closes: an hour of today, midnight being 24:00."""
    end = opening.until or now
    if end.date() == now.date():
        return _clock(end)
    return "24:00" if (end - now).days == 0 and _clock(end) == "0:00" else when(end, now)


def when(moment: datetime | None, now: datetime) -> str:
    """A moment to come, the day as people say it."""
    if moment is None:
        return ""
    days = (moment.date() - now.date()).days
    near = {0: "今天", 1: "明天", 2: "后天"}.get(days)
    return (near or f"{moment.month}月{moment.day}日（周{_DAYS[moment.weekday()]}）") + _clock(moment)


def facilities(station: Counter) -> str:
    """What a passer-by may do there."""
    return "、".join(words for facility, words in _FACILITIES.items() if facility in station.facilities)


def hours(week: Week) -> str:
    """A week's opening hours, equal days together, such as 周一至周五 9:00–12:00、13:30–18:00."""
    if all(week.get(str(day)) == _ALL_DAY for day in range(7)):
        return "24小时"
    spoken = [_intervals(week.get(str(day), [])) for day in range(7)]
    parts, day = [], 0
    while day < 7:
        last = day
        while last < 6 and spoken[last + 1] == spoken[day]:
            last += 1
        if spoken[day]:
            parts.append(f"{_span(day, last)} {spoken[day]}")
        day = last + 1
    if week.get("holiday"):
        parts.append(f"法定节假日 {_intervals(week['holiday'])}")
    return "，".join(parts) or CLOSED


def nearby(around: Around, now: datetime, *, near: str = YOU, in_group: bool = False) -> str:
    """The nearest stations: the walk, whether they are open, where, and what one may do there; no phone in a group."""
    if not around.stations:
        return "附近还没有登记的站点，请告诉我小区名字，或者拨12345问问。"
    lines = [_one(number, place, now, in_group=in_group) for number, place in enumerate(around.stations, 1)]
    return "\n".join([f"离{near}最近的站点：", *lines, *_outside(around)])


def _one(number: int, place: Nearby, now: datetime, *, in_group: bool) -> str:
    station = place.station
    where = station.address if in_group else f"{station.address}，电话{station.phone}"
    lines = [f"{number}. {station.name}，{_walk(place)}", f"{standing(place.opening, now)}", where]
    if can := facilities(station):
        lines.append(f"可以{can}")
    return "\n   ".join(lines)


def _outside(around: Around) -> list[str]:
    """What to do where the next station is further than it should be."""
    if around.is_far:
        return [f"都在{CIRCLE_MINUTES}分钟圈外，出门前先打电话问问；不方便走，可以问能不能上门。"]
    if around.life_minutes is not None:
        return [f"生活服务站要走约{around.life_minutes}分钟，在{LIFE_CIRCLE_MINUTES}分钟圈外，可以打电话约上门。"]
    return []


def _walk(place: Nearby) -> str:
    if place.minutes <= MOST_MINUTES:
        return f"步行约{place.minutes}分钟"
    return f"有约{place.metres / 1000:.0f}公里"


def _why_closed(opening: Opening) -> str:
    if opening.shut is not None:
        return f"临时关门（{opening.shut.reason}）" if opening.shut.reason else "临时关门"
    return f"今天{opening.special.name}放假" if opening.special else "现在没开"


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def _intervals(day: Sequence[Sequence[str]]) -> str:
    return "、".join(f"{start.removeprefix('0')}–{end.removeprefix('0')}" for start, end in day)


def _span(day: int, last: int) -> str:
    if (day, last) == (0, 6):
        return "每天"
    return f"周{_DAYS[day]}" if day == last else f"周{_DAYS[day]}至周{_DAYS[last]}"
