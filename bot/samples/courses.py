"""Sample courses of every format and kind of lecturer, all marked 示例: on weekdays after the day of the sample."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.store import Session, station
from bot.store.activity import Activity, Kind, State
from bot.store.course import Course, CourseState, Format, LecturerKind, Lesson, Material
from bot.store.ids import new_id
from bot.store.station import Station

_ZONE = ZoneInfo("Asia/Shanghai")
_MONDAY, _TUESDAY, _WEDNESDAY, _THURSDAY, _FRIDAY, _SATURDAY, _SUNDAY = range(7)
_CLASSROOM, _HALL = "二楼教室", "一楼分享厅"


@dataclass(frozen=True, slots=True)
class _Sample:
    """One course; `weeks`: in which weeks after the day its lessons are, 0 the next seven days, -1 those before."""

    code: str
    title: str
    format: Format
    kind: LecturerKind
    lecturer: str
    weekday: int
    start: str
    end: str
    spot: str
    places: int
    words: str
    weeks: Sequence[int] = (0,)
    series: str = ""
    members_only: bool = False
    whole: bool = False


_COURSES = (
    _Sample(
        "KC01",
        "书法入门（示例）",
        Format.SKILLS,
        LecturerKind.NEIGHBOUR,
        "示例书画社会员",
        _WEDNESDAY,
        "14:30",
        "16:00",
        _CLASSROOM,
        16,
        "从握笔学起，笔墨纸砚站里备好，空手来就行。",
        (0, 1, 2, 3),
        series="居民技艺课",
    ),
    _Sample(
        "KC02",
        "手机摄影入门（示例）",
        Format.SKILLS,
        LecturerKind.TUTOR,
        "示例影像协会讲师",
        _FRIDAY,
        "19:00",
        "20:30",
        _CLASSROOM,
        12,
        "教老年朋友拍好、修好、发好照片，自带手机。",
        (0, 1, 2),
        whole=True,
    ),
    _Sample(
        "KC03",
        "书记讲党课：院落里的治理（示例）",
        Format.SECRETARY,
        LecturerKind.PIONEER,
        "示例社区书记",
        _TUESDAY,
        "19:00",
        "20:00",
        _HALL,
        40,
        "讲讲楼栋议事的几件实事。",
        series="微党校",
        members_only=True,
    ),
    _Sample(
        "KC04",
        "党员话初心：一枚纪念章（示例）",
        Format.MEMBERS_WORDS,
        LecturerKind.PIONEER,
        "示例社区老党员",
        _SATURDAY,
        "09:30",
        "10:30",
        _HALL,
        0,
        "老党员讲自己的故事，居民都可以来听。",
        series="微党校",
    ),
    _Sample(
        "KC05",
        "理论宣讲：文明实践面对面（示例）",
        Format.THEORY,
        LecturerKind.TUTOR,
        "示例区宣讲团讲师",
        _THURSDAY,
        "15:00",
        "16:00",
        _HALL,
        60,
        "用身边事讲清楚新政策，有直播。",
    ),
    _Sample(
        "KC06",
        "红色故事会（示例）",
        Format.RED_CULTURE,
        LecturerKind.NEIGHBOUR,
        "示例社区故事队",
        _SUNDAY,
        "10:00",
        "11:30",
        "门前小广场",
        30,
        "大人娃娃一起听红色故事，讲得来的也欢迎上台。",
        (-1, 0, 2),
    ),
    _Sample(
        "KC07",
        "川剧脸谱绘画（示例）",
        Format.OTHER_CULTURE,
        LecturerKind.TUTOR,
        "示例文化馆老师",
        _SATURDAY,
        "14:00",
        "16:00",
        _CLASSROOM,
        15,
        "画一张自己的脸谱带回家，颜料站里备。",
        (1,),
    ),
)
_MATERIALS = (  # of which course, title, address, words
    ("KC01", "书法临帖讲义（示例）", "https://example.org/shufa.pdf", "第一节到第四节的字帖，打印出来就能练。"),
    ("KC05", "文明实践学习手册（示例）", "https://example.org/shouce.pdf", ""),
)
_LIVE, _REPLAY = "https://example.org/live", "https://example.org/replay"


def fill(session: Session, day: date) -> None:
    """Put them into an empty store, as of that day."""
    at = next(one for one in station.everywhere(session) if one.code == "L01")
    now = datetime.combine(day, time(8), _ZONE)
    its = {sample.code: _course(session, sample, at, day, now) for sample in _COURSES}
    for code, title, url, words in _MATERIALS:
        session.add(Material(course_id=its[code].id, title=title, url=url, words=words, created_at=now))
    session.flush()


def _course(session: Session, sample: _Sample, at: Station, day: date, now: datetime) -> Course:
    its = Course(
        code=sample.code,
        title=sample.title,
        words=sample.words,
        series=sample.series,
        format=sample.format.value,
        lecturer_kind=sample.kind.value,
        lecturer=sample.lecturer,
        station_id=at.id,
        area_id=at.area_id,
        spot=sample.spot,
        places=sample.places,
        members_only=sample.members_only,
        whole=sample.whole,
        state=CourseState.PUBLISHED.value,
        created_at=now,
        changed_at=now,
    )
    held = [_lesson(its, sample, number, _day(day, sample.weekday, week), now) for number, week in _weeks(sample)]
    session.add(its)
    session.add_all(held)
    session.flush()
    session.add_all(_more(its, number, one, now) for number, one in enumerate(held, 1))
    session.flush()
    return its


def _lesson(its: Course, sample: _Sample, number: int, day: date, now: datetime) -> Activity:
    starts_at, ends_at = (datetime.combine(day, time.fromisoformat(at), _ZONE) for at in (sample.start, sample.end))
    return Activity(
        id=new_id(),
        code=f"{its.code}-{number}",
        kind=Kind.LESSON.value,
        title=its.title,
        station_id=its.station_id,
        area_id=its.area_id,
        spot=its.spot,
        starts_at=starts_at,
        ends_at=ends_at,
        places=its.places,
        members_only=its.members_only,
        organiser=its.lecturer,
        state=(State.OVER if ends_at <= now else State.PUBLISHED).value,
        created_at=now,
        changed_at=now,
    )


def _more(its: Course, number: int, held: Activity, now: datetime) -> Lesson:
    """What only a lesson has: the theory is shown live, the story that was told can be heard again."""
    lesson = Lesson(id=held.id, course_id=its.id, number=number)
    if its.format == Format.THEORY:
        lesson.live_url = _LIVE
    if held.state == State.OVER:
        lesson.replay_url, lesson.replay_since, lesson.replay_told_at = _REPLAY, now, now
    return lesson


def _weeks(sample: _Sample) -> list[tuple[int, int]]:
    return list(enumerate(sample.weeks, 1))


def _day(day: date, weekday: int, week: int) -> date:
    """The weekday in the seven days that follow, or so many weeks later."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1, weeks=week)
