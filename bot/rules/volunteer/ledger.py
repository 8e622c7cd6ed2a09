"""The hours ledger: from who checked in to a shift that is over, with the rule; the staff correct it with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.rules.office import Office
from bot.rules.volunteer.limits import GRACE, QUARTER, ReasonMissing
from bot.rules.volunteer.telling import facts_of, tell
from bot.store import activity as activities
from bot.store.activity import Activity, ActivityEnrolment, Standing
from bot.store.scope import Scope
from bot.store.volunteer import Rule, VolunteerHours, hours, shifts

AT_ONCE = 50  # shifts counted in one go
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Statement:
    """A person's hours of a year: all minutes, of how many shifts, and the last lines."""

    year: int
    minutes: int
    shifts: int
    lines: Sequence[tuple[VolunteerHours, Activity]]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a time counts of volunteers: people with hours, shifts held, minutes of all of them."""

    volunteers: int
    shifts: int
    minutes: int


def credit(office: Office) -> int:
    """Count the hours of the shifts that are over; everybody who came is thanked. Returns how many lines."""
    added = 0
    for shift, its in shifts.to_credit(office.session, AT_ONCE):
        for mine in activities.roster(office.session, its.id):
            if mine.state == Standing.CAME:
                added += _credit(office, its, mine)
        shift.credited_at = office.now
    return added


def counted(its: Activity, came_at: datetime | None) -> tuple[int, Rule]:
    """The minutes of somebody who checked in then: in time the planned ones, else whole quarters from then on."""
    if came_at is None or came_at <= its.starts_at + GRACE:
        return int((its.ends_at - its.starts_at).total_seconds() // 60), Rule.WHOLE
    there = max(timedelta(), its.ends_at - came_at)
    return int(there.total_seconds() // 60) // QUARTER * QUARTER, Rule.LATE


def correct(office: Office, its: Activity, mine: ActivityEnrolment, minutes: int, *, reason: str, by: str) -> None:
    """The staff know better; who came unseen gets a line. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(0)
    hours.credit(office.session, _line(office, its, mine, minutes, Rule.STAFF))
    line = hours.locked_of(office.session, mine.id)
    line.minutes, line.rule, line.reason, line.by, line.at = minutes, Rule.STAFF.value, reason.strip(), by, office.now
    office.session.flush()


def statement(office: Office, resident_id: UUID, year: int) -> Statement:
    """A person's own hours of a year."""
    first, last = (datetime(number, 1, 1, tzinfo=office.zone) for number in (year, year + 1))
    found = hours.of(office.session, resident_id, first, last)
    return Statement(year, sum(line.minutes for line, _ in found), len(found), found[:SHOWN])


def counts(office: Office, scope: Scope, since: datetime, until: datetime) -> Counts:
    """For the figures: volunteers, shifts and minutes of a time in a part of the city."""
    people, minutes = hours.minutes_of(office.session, scope, since, until)
    return Counts(people, shifts.held_between(office.session, scope, since, until), minutes)


def _credit(office: Office, its: Activity, mine: ActivityEnrolment) -> bool:
    minutes, rule = counted(its, mine.came_at)
    if not hours.credit(office.session, _line(office, its, mine, minutes, rule)):
        return False
    tell(office, mine.resident_id, mine.channel, "shift_thanks", {**facts_of(office, its), "minutes": minutes})
    return True


def _line(office: Office, its: Activity, mine: ActivityEnrolment, minutes: int, rule: Rule) -> VolunteerHours:
    return VolunteerHours(
        enrolment_id=mine.id,
        shift_id=its.id,
        resident_id=mine.resident_id,
        area_id=its.area_id,
        station_id=its.station_id,
        starts_at=its.starts_at,
        minutes=minutes,
        rule=rule.value,
        at=office.now,
    )
