"""Sample activities and notices, all marked 示例: at days after the one on which the sample is filled."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.store import Session, station
from bot.store.activity import Activity, Organiser, State
from bot.store.bulletin import Bulletin, Topic

_ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 22)
_ACTIVITIES = (  # code, title, days ahead, from, until, station, spot, places, audience, kind, organiser, words
    (
        *(
            "HD01",
            "邻里汤圆会（示例）",
            6,
            "14:30",
            "16:30",
            "C01",
            "一楼大厅",
            20,
            "居民、租客都欢迎，小朋友请家长陪同",
        ),
        *(Organiser.RESIDENTS, "示例花园楼栋议事会", "材料站里备好，带上围裙就行，做好的大家一起吃。"),
    ),
    (
        *("HD02", "口腔义诊日（示例）", 7, "09:30", "11:30", "S01", "", 0, "60岁以上优先"),
        *(Organiser.SOCIAL_ORGANISATION, "示例健康促进会", "免费检查牙齿和假牙，不推销，不用空腹。"),
    ),
    (
        *("HD03", "旧书换绿植（示例）", 13, "10:00", "12:00", "L01", "门前小广场", 3, "不限"),
        *(Organiser.RESIDENT_UNIT, "示例书店", "三本旧书换一盆绿植，换完为止。"),
    ),
)
_NOTICES = (  # title, topic, days until its end, words
    ("示例路水管检修停水", Topic.OUTAGE, 3, "示例路18号至26号周二9:00到17:00检修水管停水（示例），请提前接好水。"),
    (
        "适老化改造补贴申请",
        Topic.POLICY,
        30,
        "60岁以上老人家里装扶手、换防滑地面可申请补贴（示例），带身份证到社区窗口问。",
    ),
)


def fill(session: Session, day: date = DAY) -> None:
    """Put them into an empty store, as of that day."""
    stations = {one.code: one for one in station.everywhere(session)}
    now = datetime.combine(day, time(8), _ZONE)
    for code, title, days, start, end, at, spot, places, audience, kind, organiser, words in _ACTIVITIES:
        session.add(
            Activity(
                code=code,
                title=title,
                words=words,
                station_id=stations[at].id,
                area_id=stations[at].area_id,
                spot=spot,
                starts_at=_at(day, days, start),
                ends_at=_at(day, days, end),
                places=places,
                audience=audience,
                organiser_kind=kind.value,
                organiser=organiser,
                state=State.PUBLISHED.value,
                created_at=now,
                changed_at=now,
            )
        )
    for title, topic, days, words in _NOTICES:
        session.add(
            Bulletin(
                title=title,
                words=words,
                topic=topic.value,
                valid_from=now,
                valid_until=_at(day, days + 1, "00:00"),
                station_id=stations["C01"].id,
                area_id=stations["C01"].area_id,
                published=True,
                created_at=now,
                changed_at=now,
            )
        )
    session.flush()


def _at(day: date, days: int, clock: str) -> datetime:
    return datetime.combine(day + timedelta(days=days), time.fromisoformat(clock), _ZONE)
