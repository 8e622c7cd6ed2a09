"""The weekly pattern: the shifts of the next two weeks are made of it, each once, holidays and closures passed over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from bot.rules import activity, hours
from bot.rules.hours import Calendar
from bot.rules.office import Office
from bot.rules.volunteer.limits import AHEAD_DAYS, MinimumAboveMaximum, ShiftEndsBeforeItBegins
from bot.store import activity as activities
from bot.store.activity import Activity, Kind, Organiser, State
from bot.store.holiday import DayKind
from bot.store.ids import new_id
from bot.store.station import Closure, Station, closures
from bot.store.volunteer import Shift, ShiftPlan, shifts


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the staff say of a shift of every week. `weekday`: 0 is Monday."""

    station_id: UUID
    weekday: int
    start: time
    end: time
    minimum: int
    maximum: int
    title: str
    duties: str = ""
    on_holidays: bool = False


def add(office: Office, pattern: Pattern) -> ShiftPlan:
    """From now on a shift of every week; the next two weeks' are made at once.

    Raises ShiftEndsBeforeItBegins, MinimumAboveMaximum.
    """
    if pattern.end <= pattern.start:
        raise ShiftEndsBeforeItBegins
    if not 1 <= pattern.minimum <= pattern.maximum:
        raise MinimumAboveMaximum
    plan = ShiftPlan(
        station_id=pattern.station_id,
        weekday=pattern.weekday,
        start=pattern.start.strftime("%H:%M"),
        end=pattern.end.strftime("%H:%M"),
        minimum=pattern.minimum,
        maximum=pattern.maximum,
        title=pattern.title,
        duties=pattern.duties,
        on_holidays=pattern.on_holidays,
        since=office.today,
        created_at=office.now,
    )
    office.session.add(plan)
    office.session.flush()
    _make_all(office, [plan])
    return plan


def end(office: Office, plan: ShiftPlan, *, by: str) -> int:
    """No more shifts are made of it; those that nobody claimed are gone, the others stand. Returns how many went."""
    plan.until = office.today
    ahead = sorted(its.id for _, its in shifts.of_plan(office.session, plan.id, office.now))
    return sum(_is_gone(office, shift_id, by) for shift_id in ahead)


def _is_gone(office: Office, shift_id: UUID, by: str) -> bool:
    """Cancel it unless somebody has it: who claims it at this moment is waited for, or comes too late."""
    its = activities.locked(office.session, shift_id)
    heads = activities.heads(office.session, [shift_id])[shift_id]
    if not its.is_published or heads.taken or heads.waiting:
        return False
    activity.cancel(office, shift_id, "", by=by)
    return True


def generate(office: Office) -> int:
    """Make the shifts of the next two weeks that are not there yet; returns how many."""
    return _make_all(office, list(shifts.plans(office.session, after=office.today)))


def change_numbers(office: Office, shift: Shift, *, minimum: int, maximum: int) -> None:
    """One shift needs more people or fewer. Raises MinimumAboveMaximum, PlacesTaken, NotToChange."""
    if not 1 <= minimum <= maximum:
        raise MinimumAboveMaximum
    its = activities.locked(office.session, shift.id)
    activity.change(office, its.id, replace(activity.plan_of(its), places=maximum))
    shift.minimum = minimum
    shift.alarm_day_at = shift.alarm_soon_at = None


def code_of(plan_id: UUID, day: date) -> str:
    """What workbooks call a pattern's shift of a day; no two can be called so."""
    return f"ZB{plan_id.hex[-10:]}-{day:%y%m%d}"


def _make_all(office: Office, plans: list[ShiftPlan]) -> int:
    calendar = hours.calendar(office.session, office.today)
    shut = closures(office.session, {plan.station_id for plan in plans}, office.now) if plans else ()
    days = [office.today + timedelta(days=number) for number in range(AHEAD_DAYS + 1)]
    return sum(_make(office, plan, day, shut) for plan in plans for day in days if _is_on(plan, day, calendar))


def _is_on(plan: ShiftPlan, day: date, calendar: Calendar) -> bool:
    special = calendar.days.get(day)
    is_holiday = special is not None and special.kind is DayKind.HOLIDAY
    is_in = plan.since <= day and (plan.until is None or day < plan.until)
    return is_in and day.weekday() == plan.weekday and (plan.on_holidays or not is_holiday)


def _make(office: Office, plan: ShiftPlan, day: date, shut: Sequence[Closure]) -> bool:
    start, end = (datetime.combine(day, time.fromisoformat(clock), office.zone) for clock in (plan.start, plan.end))
    if start <= office.now or _is_shut(plan, start, end, shut) or shifts.is_made(office.session, plan.id, day):
        return False
    its = _activity(office, plan, start, end)
    if not shifts.make(office.session, Shift(id=its.id, plan_id=plan.id, day=day, minimum=plan.minimum), its):
        return False
    activity.publish(office, its.id)
    return True


def _is_shut(plan: ShiftPlan, start: datetime, end: datetime, shut: Sequence[Closure]) -> bool:
    return any(one.station_id == plan.station_id and one.starts_at <= start and one.ends_at >= end for one in shut)


def _activity(office: Office, plan: ShiftPlan, start: datetime, end: datetime) -> Activity:
    """A draft whose code says of which pattern and day it is, so that nobody makes it twice."""
    at = office.session.get_one(Station, plan.station_id)
    return Activity(
        id=new_id(),
        code=code_of(plan.id, start.date()),
        kind=Kind.SHIFT.value,
        title=plan.title,
        words=plan.duties,
        station_id=plan.station_id,
        area_id=at.area_id,
        starts_at=start,
        ends_at=end,
        places=plan.maximum,
        organiser_kind=Organiser.COMMUNITY.value,
        state=State.DRAFT.value,
        created_at=office.now,
        changed_at=office.now,
    )
