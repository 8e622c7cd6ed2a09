"""The sample stations' weekly rota, marked 示例, with the shifts of two weeks; nobody has claimed any yet."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.rules.volunteer.limits import AHEAD_DAYS
from bot.rules.volunteer.rota import code_of
from bot.samples.activities import DAY
from bot.store import Session, station
from bot.store.activity import Activity, Kind, State
from bot.store.ids import new_id
from bot.store.volunteer import Shift, ShiftPlan

_ZONE = ZoneInfo("Asia/Shanghai")
_PLANS = (  # station, weekday, from, until, at least, at most, title, duties
    ("L01", 2, "14:00", "17:00", 1, 2, "共享站下午值班（示例）", "开门、登记借书、教用手机"),
    ("L01", 5, "09:00", "12:00", 2, 3, "共享站上午值班（示例）", "开门、引导签到、收拾桌椅"),
    ("L01", 5, "14:00", "17:00", 1, 1, "共享站下午值班（示例）", "开门、登记借书、关门前清点"),
)


def fill(session: Session, day: date = DAY) -> None:
    """Put them into an empty store, as of that day."""
    stations = {one.code: one for one in station.everywhere(session)}
    now = datetime.combine(day, time(8), _ZONE)
    for at, weekday, start, end, minimum, maximum, title, duties in _PLANS:
        plan = ShiftPlan(
            station_id=stations[at].id,
            weekday=weekday,
            start=start,
            end=end,
            minimum=minimum,
            maximum=maximum,
            title=title,
            duties=duties,
            since=day,
            created_at=now,
        )
        session.add(plan)
        session.flush()
        days = [day + timedelta(days=ahead) for ahead in range(1, AHEAD_DAYS + 1)]
        for one in (one for one in days if one.weekday() == weekday):
            _shift(session, plan, one, area_id=stations[at].area_id, now=now)
    session.flush()


def _shift(session: Session, plan: ShiftPlan, day: date, *, area_id: UUID | None, now: datetime) -> None:
    its = Activity(
        id=new_id(),
        code=code_of(plan.id, day),
        kind=Kind.SHIFT.value,
        title=plan.title,
        words=plan.duties,
        station_id=plan.station_id,
        area_id=area_id,
        starts_at=datetime.combine(day, time.fromisoformat(plan.start), _ZONE),
        ends_at=datetime.combine(day, time.fromisoformat(plan.end), _ZONE),
        places=plan.maximum,
        state=State.PUBLISHED.value,
        created_at=now,
        changed_at=now,
    )
    session.add(its)
    session.flush()
    session.add(Shift(id=its.id, plan_id=plan.id, day=day, minimum=plan.minimum))
