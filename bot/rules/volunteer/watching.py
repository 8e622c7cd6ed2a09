"""Shifts that lack people: the station's staff hear of it the day before and three hours before, each once."""

from bot.rules.office import Office
from bot.rules.volunteer.claiming import numbers
from bot.rules.volunteer.limits import DAY_BEFORE, SOON
from bot.rules.volunteer.telling import tell_station
from bot.store.activity import Activity
from bot.store.volunteer import Shift, shifts


def alarm(office: Office) -> int:
    """Raise the alarms that are due; returns how many. Who is first heard of three hours before is told once."""
    raised = 0
    for shift, its in shifts.to_watch(office.session, office.now, office.now + DAY_BEFORE):
        is_soon = its.starts_at - office.now <= SOON
        if (shift.alarm_soon_at if is_soon else shift.alarm_day_at) is None:
            raised += _raise(office, shift, its, is_soon=is_soon)
    return raised


def _raise(office: Office, shift: Shift, its: Activity, *, is_soon: bool) -> bool:
    count = numbers(office, shift, its)
    if int(str(count["have"])) >= shift.minimum:
        return False
    if is_soon:
        shift.alarm_soon_at = office.now
    shift.alarm_day_at = shift.alarm_day_at or office.now
    tell_station(office, its, "shift_short", {**count, "soon": is_soon})
    return True
